"""What the side panel is told of a map, judged in the background by the rules in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.desktop.chain.findings_list import Said
from kamdesk.domain.chain.analysis import Analysis, analysed
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.network import Network
from kamdesk.domain.playbook.model import Precision, Word
from kamdesk.dossier.chain_view import read_chain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamdesk.workspace import Workspace

MONTH: Final = 28
"""Days back to the map with which one is compared: its support, what moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A map judged: what it says, how often each rule was right, what was said of its findings."""

    analysis: Analysis
    precision: Mapping[str, Precision]
    words: Mapping[Said, Word]


def since(net: Network) -> Day:
    """Return the day with which the support of a map is compared."""
    return net.day - timedelta(days=MONTH)


def read_judged(desk: "Workspace", net: Network) -> Judged:
    """Return a map as judged by the pack in force, compared with a month before its day."""
    then = Instant.at(since(net), 23, 59, zone=desk.clock.now().zone)
    map_id = net.map.id if net.map else None
    book = desk.playbook
    return Judged(
        analysis=analysed(
            net,
            pack=book.in_force(),
            before=read_chain(desk.storage.reader, net.account, at=then, map_id=map_id),
            quiet=book.quiet(),
        ),
        precision=book.precision(),
        words={
            (one.rule, one.subject): one.word
            for one in book.ask.verdicts(net.account)
            if one.map == map_id
        },
    )


def marking(net: Network, finding: Finding, *, right: bool) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that notes that a finding was right, or noise."""
    map_id = net.map.id if net.map else None

    def verb(desk: "Workspace") -> ChangeSet:
        today = desk.clock.today()
        return desk.playbook.mark(net.account, map_id, finding, right=right, on=today)

    return verb
