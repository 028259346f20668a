"""What the side panel is told of a map, judged in the background by the rules in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kamdesk.core.clock import Instant
from kamdesk.desktop.chain.findings_list import Precision
from kamdesk.domain.chain.analysis import Analysis, analysed
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.packs import SHIPPED, shipped
from kamdesk.dossier.chain_view import read_chain

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

MONTH: Final = 30
"""Days back to the map with which the support is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A map judged: what it says, and how often each rule was right before."""

    analysis: Analysis
    precision: Mapping[str, Precision] = field(default_factory=lambda: MappingProxyType({}))


def read_judged(desk: "Workspace", net: Network) -> Judged:
    """Return a map as judged by the pack in force, compared with a month before its day."""
    then = Instant.at(net.day - timedelta(days=MONTH), 23, 59, zone=desk.clock.now().zone)
    before = read_chain(
        desk.storage.reader, net.account, at=then, map_id=net.map.id if net.map else None
    )
    return Judged(analysis=analysed(net, pack=shipped(SHIPPED[0]), before=before))
