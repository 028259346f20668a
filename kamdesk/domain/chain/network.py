"""A decision chain as of one day: who stands where, who is tied to whom, whom of ours they know.

What judging (``gaps``, ``flow``, ``support`` …) and drawing start from. Values only, no store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import AccountId, ColleagueId, GroupId, Id, PostId
from kamdesk.domain.chain.model import Group, Map, Role, Seat, Tie
from kamdesk.domain.chain.standing import Reading, Standing, What

RELATION_HALVES: Final = 90
"""Days after which a relationship not tended counts half (``model_notes.md`` 28)."""

CONTACT_DAYS: Final = 180
"""Contacts as old as this and younger count as live ties (``engines_notes.md`` B4)."""

SHELF_DAYS: Final = 180
"""Days a judgement counts as known (``field_book.md`` D20)."""
STANCE_SHELF_DAYS: Final = 90
"""Days a stance counts as known while an opportunity is open (``field_book.md`` D20)."""


UNKNOWN: Final = Standing()
"""Where somebody stands of whom nobody said anything."""


class NodeKind(StrEnum):
    """What stands on a card of a map."""

    PERSON = "person"
    VACANT = "vacant"  # a post without a holder
    GHOST = "ghost"  # roles that somebody must fill and nobody is known for
    BODY = "body"  # a committee that decides as one
    OUTSIDE = "outside"  # a party outside as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One card. ``id`` is the person's, else the post's, the body's or the seat's.

    ``boss`` is the node above, or None. ``latest`` holds the reading behind each value of
    ``stands``. ``wanted`` are roles somebody must fill here. A body has a ``chair``, a
    ``secretary``, ``members`` (ids of persons, not all of them need be on the map), and ``meets``:
    when it sits, in words or as its next day.
    """

    id: Id
    kind: NodeKind = NodeKind.PERSON
    name: str
    post: str = ""
    department: str = ""
    group: GroupId | None = None
    boss: Id | None = None
    post_id: PostId | None = None
    seat: Seat | None = None
    wanted: tuple[Role, ...] = ()
    stands: Standing = UNKNOWN
    latest: Mapping[What, Reading] = field(default_factory=lambda: MappingProxyType({}))
    last_met: Day | None = None
    owner: ColleagueId | None = None
    chair: Id | None = None
    secretary: Id | None = None
    members: tuple[Id, ...] = ()
    meets: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How well one of ours knows one of theirs, 0 to 5, now and wanted (None: nobody said).

    ``colleague`` None: ours, without a name. ``since`` is the day of the judgement, ``last_met``
    the day this colleague last sat with them.
    """

    node: Id
    colleague: ColleagueId | None = None
    now: int | None = None
    wanted: int | None = None
    since: Day | None = None
    last_met: Day | None = None
    note: str = ""

    def strength(self, day: Day) -> float:
        """Return the relationship in [0, 1], halved for each 90 days without contact.

        q = strength / 5 · 2^(−days / 90) (``model_notes.md`` 28).
        """
        if not self.now:
            return 0.0
        last = max((d for d in (self.since, self.last_met) if d), default=None)
        days = max(0, days_between(last, day)) if last else 0
        return float(self.now / 5 * 2.0 ** (-days / RELATION_HALVES))


class Ours(NamedTuple):
    """One of our own people."""

    id: ColleagueId
    name: str
    title: str = ""


def stance_shelf_days(*, in_play: bool) -> int:
    """Return for how many days a stance counts as known."""
    return STANCE_SHELF_DAYS if in_play else SHELF_DAYS


@dataclass(frozen=True, kw_only=True)
class Network:
    """A map on a day. ``loops`` are circles of reporting lines found; each is cut at one place.

    ``in_play``: an opportunity is open, so that a stance is known for 90 days only. ``contacts``
    counts the visits and calls of the last 180 days by person, ``needs`` the needs we know of
    them. ``account_name`` is what the customer is called.
    """

    day: Day
    account: AccountId
    account_name: str = ""
    map: Map | None = None
    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    covers: tuple[Cover, ...] = ()
    groups: tuple[Group, ...] = ()
    ours: tuple[Ours, ...] = ()
    contacts: Mapping[Id, int] = field(default_factory=lambda: MappingProxyType({}))
    needs: Mapping[Id, int] = field(default_factory=lambda: MappingProxyType({}))
    in_play: bool = False
    loops: tuple[tuple[Id, ...], ...] = ()

    @cached_property
    def by_id(self) -> Mapping[Id, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def people(self) -> tuple[Node, ...]:
        """The nodes that are people."""
        return tuple(node for node in self.nodes if node.kind is NodeKind.PERSON)

    @cached_property
    def covered_by(self) -> Mapping[Id, tuple[Cover, ...]]:
        """Who of ours knows a node, by node."""
        found: dict[Id, tuple[Cover, ...]] = {}
        for cover in self.covers:
            found[cover.node] = (*found.get(cover.node, ()), cover)
        return found

    def with_role(self, *roles: Role) -> tuple[Node, ...]:
        """Return the people who fill one of these roles."""
        wanted = set(roles)
        return tuple(node for node in self.people if wanted & set(node.stands.roles))

    def relation(self, node: Id) -> float:
        """Return the strongest relationship any of ours has with a node now, in [0, 1]."""
        return max((c.strength(self.day) for c in self.covered_by.get(node, ())), default=0.0)

    def shelf_days(self, what: What) -> int:
        """Return for how many days a judgement of this kind counts as known."""
        return stance_shelf_days(in_play=self.in_play) if what is What.STANCE else SHELF_DAYS

    def age(self, node: Node, what: What) -> int | None:
        """Return how many days ago a value was judged; None when it never was or was taken back."""
        reading = node.latest.get(what)
        if reading is None or not reading.value:
            return None
        return max(0, days_between(reading.valid_from, self.day))

    def stale(self, node: Node, what: What) -> bool:
        """True for a value that is known but older than its shelf life."""
        age = self.age(node, what)
        return age is not None and age > self.shelf_days(what)

    def stance(self, node: Node) -> int | None:
        """Return a stance that is known and fresh, −2 to 2, else None."""
        return None if self.stale(node, What.STANCE) else node.stands.stance
