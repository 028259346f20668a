"""What the canvas does to a map: each deed one transaction with a name, from today on."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, PersonId
from kamdesk.desktop.chain.drawing import kept_place
from kamdesk.desktop.chain.reading import ChainSeen
from kamdesk.desktop.chain.snapping import Spot
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import Map, Role, TieKind
from kamdesk.domain.chain.network import Node
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.new_at_visit import Stranger

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Deed = Callable[["Workspace"], ChangeSet]


class Deeds:
    """The deeds on the map that is seen; where there is none yet, the first one opens it."""

    def __init__(self, seen: ChainSeen) -> None:
        self._seen = seen

    @property
    def _today(self) -> Day:
        return self._seen.today

    def _map(self, desk: "Workspace") -> Map:
        return self._seen.now.map or desk.chain.open_map(self._seen.account)

    def _map_or_new(self, desk: "Workspace") -> Map:
        """Return the map seen; where there is none one that the first card saves with itself."""
        return self._seen.now.map or desk.chain.own_map(self._seen.account)

    def judge(self, nodes: Sequence[Node], what: What, value: str, *, note: str = "") -> Deed:
        """Judge these people alike; an empty value: not known any more."""

        def verb(desk: "Workspace") -> ChangeSet:
            chain, on = self._map(desk), self._today
            readings = [
                desk.chain.reading(chain, node.id, what, value, on=on, note=note) for node in nodes
            ]
            return desk.chain.judge(*readings)

        return verb

    def add_person(
        self, name: str, post: str, under: Node | None, added: Callable[[PersonId], object]
    ) -> Deed:
        """Put somebody new on the map; ``added`` hears on the writer's thread who it is."""

        def verb(desk: "Workspace") -> ChangeSet:
            touched, person = desk.seating.add(
                self._map_or_new(desk), Stranger(name, title=post), on=self._today, under=under
            )
            added(person)
            return touched

        return verb

    def add_known(self, person: PersonId, under: Node | None) -> Deed:
        """Put somebody of the customer's file on the map."""
        return lambda desk: desk.seating.add(
            self._map_or_new(desk), person, on=self._today, under=under
        )[0]

    def add_ghost(self, roles: Sequence[Role], under: Node | None) -> Deed:
        """Put an empty seat on the map for roles nobody fills."""
        return lambda desk: desk.seating.add_ghost(
            self._map_or_new(desk), *roles, on=self._today, under=under
        )

    def want(self, node: Node, roles: Sequence[Role]) -> Deed:
        """Say which roles somebody must fill on an empty seat."""
        return lambda desk: desk.chain.seats.want(self._map(desk), node, *roles, on=self._today)

    def fill(self, node: Node, who: "Stranger | PersonId") -> Deed:
        """Let somebody take an empty seat."""
        return lambda desk: desk.seating.fill(self._map(desk), node, who, on=self._today)[0]

    def put_under(self, nodes: Sequence[Node], boss: Node | None) -> Deed:
        """Let these report to another; to nobody with None."""
        return lambda desk: desk.seating.put_under(self._map(desk), nodes, boss, on=self._today)

    def tie(
        self,
        kind: TieKind,
        source: Node,
        target: Node,
        *,
        strength: int = 2,
        negative: bool = False,
        note: str = "",
        bond: Bond | None = None,
    ) -> Deed:
        """Tie one to another."""

        def verb(desk: "Workspace") -> ChangeSet:
            made = desk.chain.tie(
                self._map(desk),
                kind,
                source.id,
                target.id,
                strength=strength,
                negative=negative,
                since=self._today,
                note=note,
                bond=bond,
            )
            return desk.chain.ties.join(made)

        return verb

    def end_tie(self, tie: Id, *, mistake: bool) -> Deed:
        """Let a tie hold no longer from today on; by ``mistake``: it never held."""
        found = next(one for one in self._seen.net.ties if one.id == tie)
        on = found.since if mistake and found.since else self._today
        return lambda desk: desk.chain.ties.end(found, on=on)

    def take_off(self, nodes: Sequence[Node], *, mistake: bool) -> Deed:
        """Take cards off the map from today on; by ``mistake``: since they came on it."""

        def verb(desk: "Workspace") -> ChangeSet:
            days = [node.seat.since for node in nodes if node.seat and node.seat.since]
            on = min(days) if mistake and len(days) == len(nodes) else self._today
            return desk.chain.seats.unseat(self._map(desk), *nodes, on=on)

        return verb

    def place(self, spots: Mapping[Id, Spot]) -> Deed:
        """Remember where cards were put on the screen, all as one action."""
        net = self._seen.net
        places = [(net.by_id[one], *kept_place(*spot)) for one, spot in spots.items()]
        return lambda desk: desk.chain.seats.place(self._map(desk), places, on=self._today)

    def tidy_up(self) -> Deed:
        """Let the layout place all cards again."""
        moved = [
            (node, None, None)
            for node in self._seen.net.nodes
            if node.seat is not None and node.seat.x is not None
        ]
        return lambda desk: desk.chain.seats.place(self._map(desk), moved, on=self._today)

    def group(self, name: str, nodes: Sequence[Node]) -> Deed:
        """Put a box around cards."""

        def verb(desk: "Workspace") -> ChangeSet:
            chain = self._map(desk)
            made = desk.chain.seats.new_group(chain, name)
            return desk.chain.seats.make_group(chain, made, *nodes, on=self._today)

        return verb

    def put_in(self, nodes: Sequence[Node], group: "Id | None") -> Deed:
        """Put cards in a group there is, or out of theirs."""
        found = next((one.id for one in self._seen.net.groups if one.id == group), None)
        return lambda desk: desk.chain.seats.put_in(self._map(desk), found, *nodes, on=self._today)

    def add_body(self, name: str, members: Sequence[Node]) -> Deed:
        """Put a deciding body on the map, with these people as members."""

        def verb(desk: "Workspace") -> ChangeSet:
            chain = self._map_or_new(desk)
            made = desk.chain.bodies.new(chain.account, name)
            who = [PersonId(node.id) for node in members]
            return desk.chain.bodies.add(made, members=who, chain=chain, on=self._today)

        return verb
