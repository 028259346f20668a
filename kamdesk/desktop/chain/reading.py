"""What the page of a decision chain is given, read at once in the background."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, MapId
from kamdesk.domain.chain.model import Map
from kamdesk.domain.chain.network import Network
from kamdesk.dossier.chain_view import read_chain

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ChainSeen:
    """A decision chain as its page shows it: ``net`` is the map as of ``net.day``.

    ``now`` is the same map as of today (the same value where today is shown); ``maps`` are all
    maps of the customer, its own unnamed one first. What is shown of another day than today
    cannot be edited.
    """

    today: Day
    account: AccountId
    called: str
    net: Network
    now: Network
    maps: tuple[Map, ...] = ()

    @property
    def past(self) -> bool:
        """True when an earlier day than today is shown."""
        return self.net.day < self.today

    @cached_property
    def map_id(self) -> MapId | None:
        """Which map is shown; None while there is none."""
        return self.net.map.id if self.net.map else None


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
    return ChainSeen(
        today=now.day,
        account=account,
        called=current.account_name,
        net=shown,
        now=current,
        maps=tuple(sorted(desk.chain.ask.maps(account), key=lambda one: bool(one.name))),
    )
