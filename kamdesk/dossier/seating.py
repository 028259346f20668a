"""People put on a map with post and boss in one action; empty seats filled; bosses changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, GroupId, Id, PersonId, PostId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Map, Role
from kamdesk.domain.chain.network import UNKNOWN, Node, NodeKind
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.domain.chain.store import READING, SEAT
from kamdesk.domain.people.model import Person, Post
from kamdesk.domain.people.posts import POST
from kamdesk.domain.people.service import People
from kamdesk.dossier.new_at_visit import Stranger
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage

Spot = tuple[float, float]
"""Where a card is put, in points."""


class Seating:
    """The verbs of a map that touch people and posts too. A day says from when on each holds.

    Reporting lines join posts. Whoever holds none gets one whose title nobody knows yet: a line can
    be drawn at once, no word is made up, and a title given later names that very post.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._people = People(storage)
        self._chain = Chain(storage)

    def add(
        self,
        chain: Map,
        who: Stranger | PersonId,
        *,
        on: Day,
        under: Node | None = None,
        group: GroupId | None = None,
        at: Spot | None = None,
        roles: tuple[Role, ...] = (),
    ) -> tuple[ChangeSet, PersonId]:
        """Put somebody on a map: known, or new with what one line says; under a boss if given.

        Raises ``RuleBroken`` at ``name`` or ``reports_to``.
        """
        with self._storage.change(Text("Put on the map")) as change:
            self._chain.seats.open(change, chain)
            person = self._person(change, chain, who, on)
            x, y = at or (None, None)
            self._chain.seats.put(
                change, chain, person.id, on=on, label=person.name, in_group=group, x=x, y=y
            )
            if under is not None:
                post = self._people.post_on(change, person, on)
                self._people.lines.put(change, post, self._post(change, chain, under, on), on=on)
            self._take_roles(change, chain, person.id, roles, on)
        return change.touched, person.id

    def put_under(
        self,
        chain: Map,
        nodes: Sequence[Node],
        boss: Node | None,
        *,
        on: Day,
        visit: Id | None = None,
        sureness: Sureness | None = None,
        note: str = "",
    ) -> ChangeSet:
        """Let nodes report to another from a day on; to nobody with None.

        Raises ``RuleBroken`` at ``reports_to``: for a circle, a body, a party outside.
        """
        with self._storage.change(Text("Change reporting line")) as change:
            above = self._post(change, chain, boss, on) if boss else None
            for node in nodes:
                self._people.lines.put(
                    change,
                    self._post(change, chain, node, on),
                    above,
                    on=on,
                    visit=visit,
                    sureness=sureness or "",
                    note=note,
                )
        return change.touched

    def add_ghost(
        self,
        chain: Map,
        *roles: Role,
        on: Day,
        label: str = "",
        under: Node | None = None,
        group: GroupId | None = None,
        at: Spot | None = None,
    ) -> ChangeSet:
        """Put an empty seat on a map for roles nobody is known for; under a boss if given."""
        x, y = at or (None, None)
        with self._storage.change(Text("Add an empty seat")) as change:
            self._chain.seats.open(change, chain)
            post = None
            if under is not None:
                post = self._new_post(change, chain.account)
                self._people.lines.put(change, post, self._post(change, chain, under, on), on=on)
            seat = self._chain.seats.new(
                chain, post=post, wanted=roles, label=label, in_group=group, x=x, y=y, since=on
            )
            change.put(SEAT, seat)
        return change.touched

    def fill(
        self, chain: Map, node: Node, who: Stranger | PersonId, *, on: Day
    ) -> tuple[ChangeSet, PersonId]:
        """Let somebody take an empty seat or a vacant post: they have its roles from then on.

        Raises ``RuleBroken`` at ``name``, also for a seat that is taken.
        """
        if node.seat is None or node.kind not in (NodeKind.GHOST, NodeKind.VACANT):
            raise RuleBroken(Text("Somebody sits there already."), field="name")
        with self._storage.change(Text("Fill a seat")) as change:
            person = self._person(change, chain, who, on, post=node.post_id)
            self._chain.seats.end(change, node.seat, on)
            self._chain.seats.put(
                change,
                chain,
                person.id,
                on=on,
                label=person.name,
                in_group=node.seat.in_group,
                x=node.seat.x,
                y=node.seat.y,
            )
            self._take_roles(change, chain, person.id, node.wanted, on)
        return change.touched, person.id

    def _person(
        self,
        change: Change,
        chain: Map,
        who: Stranger | PersonId,
        on: Day,
        *,
        post: PostId | None = None,
    ) -> Person:
        """Return somebody of the customer's, made when new; with ``post`` they hold that one."""
        if not isinstance(who, Stranger):
            person = self._people.ask.get(who)
            if post is not None:
                self._people.end_posts(change, person.id, on - timedelta(days=1))
                self._people.hold(change, person, post, since=on)
            return person
        new = self._people.new(one_line(who.name, field="name"), chain.account)
        person = replace(new, department=who.department)
        if post is None:
            self._people.put_new(change, person, title=who.title, since=on)
            return person
        self._people.put_new(change, person)
        self._people.hold(change, person, post, since=on)
        before = self._people.ask.post(post)
        if who.title and not before.title:
            change.put(POST, replace(before, title=who.title).checked(), base=before)
        return person

    def _post(self, change: Change, chain: Map, node: Node, on: Day) -> PostId:
        """Return the post of a node; where it has none, one whose title nobody knows yet."""
        if node.post_id is not None:
            return node.post_id
        if node.kind is NodeKind.PERSON:
            return self._people.post_on(change, self._people.ask.get(PersonId(node.id)), on)
        if node.kind is NodeKind.GHOST and node.seat is not None:
            post = self._new_post(change, chain.account)
            self._chain.seats.otherwise(change, node.seat, on, post=post)
            return post
        raise RuleBroken(
            Text("Only people and posts report: make them members, or tie them."),
            field="reports_to",
        )

    def _new_post(self, change: Change, account: AccountId) -> PostId:
        """Save a post whose title nobody knows yet."""
        post = Post(id=PostId(self._storage.new_id()), account=account, title="")
        change.put(POST, post)
        return post.id

    def _take_roles(
        self, change: Change, chain: Map, person: PersonId, roles: tuple[Role, ...], on: Day
    ) -> None:
        """Judge that somebody has these roles too from a day on."""
        has = self._chain.ask.standings(chain.id, on=on).get(person, UNKNOWN).roles
        if set(roles) <= set(has):
            return
        every = " ".join(dict.fromkeys((*has, *roles)))
        reading = self._chain.reading(chain, person, What.ROLES, every, on=on)
        change.put(READING, reading.checked())
