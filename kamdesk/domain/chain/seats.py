"""What a user does with the seats of a map: take, leave and move them, put them in groups."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import BodyId, GroupId, Id, PersonId, SeatId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Group, GroupSort, Map, Role, Seat, refuse_secret
from kamdesk.domain.chain.network import Node, NodeKind
from kamdesk.domain.chain.store import GROUP, MAP, SEAT, ChainStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage


class Seats:
    """The verbs of seats and their groups. A day says from when on; what was before it stays.

    Verbs that take nodes want them as the map showed them (``dossier.chain_view``).
    """

    def __init__(self, storage: Storage, ask: ChainStore) -> None:
        self._storage = storage
        self._ask = ask

    def open(self, change: Change, chain: Map) -> None:
        """Save a map that is new within the change that puts the first card on it."""
        if all(one.id != chain.id for one in self._ask.maps(chain.account)):
            change.put(MAP, chain)

    def new(self, chain: Map, **fields: Any) -> Seat:
        """Return a seat not yet saved."""
        seat = Seat(
            id=SeatId(self._storage.new_id()), account=chain.account, map=chain.id, **fields
        )
        refuse_secret(seat.label, field="label")
        return cleaned(seat)

    def put(
        self, change: Change, chain: Map, person: PersonId, *, on: Day | None = None, **fields: Any
    ) -> Seat:
        """Seat a person within a larger change, unless they sit there; ``on`` None: since ever."""
        for seat in self._ask.seats(chain.id):
            if seat.person == person and (seat.until is None or (on and on < seat.until)):
                return seat
        seat = self.new(chain, person=person, since=on, **fields)
        change.put(SEAT, seat)
        return seat

    def otherwise(self, change: Change, seat: Seat, on: Day | None, **fields: Any) -> Seat:
        """Let a seat be otherwise from a day on; the map of the day before stays as it was."""
        if on is None or (seat.since is not None and seat.since >= on):
            after = replace(seat, **fields)
            change.put(SEAT, after, base=seat)
            return after
        change.put(SEAT, replace(seat, until=on), base=seat)
        after = replace(seat, id=SeatId(self._storage.new_id()), since=on, **fields)
        change.put(SEAT, after)
        return after

    def end(self, change: Change, seat: Seat, on: Day) -> None:
        """Let a seat stand on its map until the day before ``on``.

        One that began then was a mistake and goes; not a body's, which would stand since ever.
        """
        if seat.since is not None and seat.since >= on and seat.body is None:
            change.drop(SEAT, seat.id)
        else:
            change.put(SEAT, replace(seat, until=on), base=seat)

    def unseat(self, chain: Map, *nodes: Node, on: Day) -> ChangeSet:
        """Take nodes off the map from a day on; what was judged of them is kept."""
        with self._storage.change(Text("Take off the map")) as change:
            for node in nodes:
                if node.seat is not None:
                    self.end(change, node.seat, on)
                else:  # judged or deciding, never seated: the end of a seat says so
                    change.put(SEAT, replace(self._seat_of(chain, node, on), since=None, until=on))
        return change.touched

    def want(self, chain: Map, node: Node, *roles: Role, on: Day) -> ChangeSet:
        """Say which roles somebody must fill on a seat."""
        with self._storage.change(Text("Say which roles are wanted")) as change:
            self._rewrite(change, chain, node, on, wanted=roles)
        return change.touched

    def call(self, node: Node, label: str) -> ChangeSet:
        """Name a seat nobody is known for. Raises ``RuleBroken`` for what the law keeps secret."""
        refuse_secret(label, field="label")
        with self._storage.change(Text("Name the seat")) as change:
            if node.seat is not None:
                change.put(SEAT, cleaned(replace(node.seat, label=label)), base=node.seat)
        return change.touched

    def place(
        self, chain: Map, places: Iterable[tuple[Node, float | None, float | None]], *, on: Day
    ) -> ChangeSet:
        """Remember where several nodes were put, in points; None: where the layout puts them."""
        with self._storage.change(Text("Move on the map")) as change:
            for node, x, y in places:
                if node.seat is not None:
                    change.put(SEAT, replace(node.seat, x=x, y=y), base=node.seat)
                else:
                    change.put(SEAT, replace(self._seat_of(chain, node, on), x=x, y=y))
        return change.touched

    def new_group(self, chain: Map, name: str, sort: GroupSort = GroupSort.DEPARTMENT) -> Group:
        """Return a group not yet saved."""
        return Group(
            id=GroupId(self._storage.new_id()), account=chain.account, name=name, sort=sort
        )

    def make_group(
        self, chain: Map, group: Group, *nodes: Node, on: Day, outside: bool = False
    ) -> ChangeSet:
        """Save a group around some nodes; ``outside`` seats the party as a whole.

        Raises ``RuleBroken`` at the field.
        """
        with self._storage.change(Text("Make a group")) as change:
            change.put(GROUP, group.checked())
            if outside:
                change.put(SEAT, self.new(chain, in_group=group.id, label=group.name, since=on))
            for node in nodes:
                self._rewrite(change, chain, node, on, in_group=group.id)
        return change.touched

    def put_in(self, chain: Map, group: GroupId | None, *nodes: Node, on: Day) -> ChangeSet:
        """Put nodes in a group, or out of theirs with None."""
        name = Text("Put in a group") if group else Text("Take out of a group")
        with self._storage.change(name) as change:
            for node in nodes:
                self._rewrite(change, chain, node, on, in_group=group)
        return change.touched

    def _rewrite(self, change: Change, chain: Map, node: Node, on: Day, **fields: Any) -> None:
        if node.seat is not None:
            if any(getattr(node.seat, name) != value for name, value in fields.items()):
                self.otherwise(change, node.seat, on, **fields)
        else:
            change.put(SEAT, replace(self._seat_of(chain, node, on), **fields))

    def _seat_of(self, chain: Map, node: Node, on: Day) -> Seat:
        """Return a seat for a node that stands on the map without one.

        A body without a seat always stood there; a person stood there since the first judgement.
        """
        if node.kind is NodeKind.BODY:
            return self.new(chain, body=BodyId(node.id))
        return self.new(chain, person=PersonId(Id(node.id)), since=on, label=node.name)
