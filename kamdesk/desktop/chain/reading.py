"""What the page of a decision chain is given, read at once in the background."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.domain.chain.model import Map
from kamdesk.domain.chain.network import Network
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.visits.model import Side, VisitState
from kamdesk.dossier.chain_picture import picture
from kamdesk.dossier.chain_view import read_chain
from kamdesk.figures.chain import ChainMap

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Beside(NamedTuple):
    """Somebody of the customer's file who is not on the map; ``found_as`` as for ``ChainSeen``."""

    id: Id
    name: str
    post: str
    found_as: str


@dataclass(frozen=True, kw_only=True)
class ChainSeen:
    """A decision chain as its page shows it: ``net`` is the map as of ``net.day``.

    ``now`` is the same map as of today (the same value where today is shown); ``maps`` are all
    maps of the customer, its own unnamed one first, ``deals`` its open opportunities and those
    with a map. ``attending`` sit at the next visit.
    ``found_as`` says by which letters somebody is found: name, how it is said, post. What is shown
    of another day than today cannot be edited.
    """

    today: Day
    account: AccountId
    called: str
    net: Network
    now: Network
    maps: tuple[Map, ...] = ()
    deals: tuple[Opportunity, ...] = ()
    attending: frozenset[Id] = frozenset()
    found_as: Mapping[Id, str] = field(default_factory=lambda: MappingProxyType({}))
    beside: tuple[Beside, ...] = ()

    @property
    def past(self) -> bool:
        """True when an earlier day than today is shown."""
        return self.net.day < self.today

    @property
    def map_id(self) -> MapId | None:
        """Which map is shown; None while there is none."""
        return self.net.map.id if self.net.map else None

    @cached_property
    def picture(self) -> ChainMap:
        """What is drawn of the map."""
        return picture(self.net, attending=self.attending)


def read_seen(
    desk: "Workspace", account: AccountId, *, map_id: MapId | None = None, day: Day | None = None
) -> ChainSeen:
    """Return what the page shows of a customer's map, as of ``day`` (None: today).

    Raises ``LookupError`` for a customer that is not there.
    """
    now = desk.clock.now()
    reader = desk.storage.reader
    current = read_chain(reader, account, at=now, map_id=map_id)
    shown = current
    if day is not None and day != now.day:
        at = Instant.at(day, 23, 59, zone=now.zone)
        shown = read_chain(reader, account, at=at, map_id=map_id)
    found_as, beside = _spelt(desk, account, shown)
    return ChainSeen(
        today=now.day,
        account=account,
        called=current.account_name,
        net=shown,
        now=current,
        maps=tuple(sorted(desk.chain.ask.maps(account), key=lambda one: bool(one.name))),
        deals=read_deals(desk, account),
        attending=_attending(desk, account, now),
        found_as=found_as,
        beside=beside,
    )


def read_deals(desk: "Workspace", account: AccountId) -> tuple[Opportunity, ...]:
    """Return a customer's open opportunities and those with a map of their own."""
    mapped = {one.opportunity for one in desk.chain.ask.maps(account)}
    return tuple(
        one
        for one in desk.opportunities.ask.of_account(account)
        if one.state is OpportunityState.OPEN or one.id in mapped
    )


def _attending(desk: "Workspace", account: AccountId, now: Instant) -> frozenset[Id]:
    """Return who of theirs sits at the next visit."""
    ahead = [
        line
        for line in desk.visits.ask.of_account(account)
        if line.state is VisitState.PLANNED and line.start and line.start.day >= now.day
    ]
    if not ahead:
        return frozenset()
    following = min(ahead, key=lambda line: line.start or now)
    return frozenset(
        seat.who for seat in desk.visits.ask.attendees(following.id) if seat.side is Side.THEIRS
    )


def _spelt(
    desk: "Workspace", account: AccountId, net: Network
) -> tuple[Mapping[Id, str], tuple[Beside, ...]]:
    """Return by which letters everybody on the map is found, and who of the file is not on it."""
    others = [line for line in desk.people.ask.lines(account) if line.id not in net.by_id]
    named = [node.name for node in net.nodes] + [line.name for line in others]
    said = desk.search.spoken([name for name in named if name])

    def letters(name: str, post: str) -> str:
        spelt = said.get(name)
        first = spelt.variants()[0] if spelt else None
        sounds = f"{''.join(first.syllables)} {''.join(first.initials)}" if first else ""
        return f"{name} {sounds} {post}".casefold()

    return (
        {node.id: letters(node.name, node.post) for node in net.nodes},
        tuple(
            Beside(line.id, line.name, line.post, letters(line.name, line.post)) for line in others
        ),
    )
