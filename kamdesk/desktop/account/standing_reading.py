"""What the block of phase and standing tasks is given, read in the background."""

from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.when import day_words
from kamdesk.domain.lifecycle.task import EVIDENCE_WORDS, EvidenceSort, Task
from kamdesk.domain.promises.model import PromiseState
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.lifecycle import CustomerLifecycle, read_lifecycle
from kamdesk.dossier.lifecycle_told import settled_told

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

MOST_SETTLED = 30
_MOST_OF_A_SORT = 12


class StandingSeen(NamedTuple):
    """A customer's phase and tasks; ``settled`` with what shows each of them."""

    lifecycle: CustomerLifecycle
    settled: tuple[tuple[Task, Text | str], ...]


class Shown(NamedTuple):
    """A record that may show a task done, and what it is called."""

    sort: EvidenceSort
    record: Id
    words: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.sort}:{self.record.hex()}"


def read_standing(desk: "Workspace", account: AccountId) -> StandingSeen | None:
    """Return a customer's phase and tasks; None when the customer is not there any more."""
    try:
        found = read_lifecycle(desk.storage, desk.accounts.ask.now(account))
    except LookupError:
        return None
    told = (
        (task, settled_told(desk.storage.reader, task)) for task in found.settled[:MOST_SETTLED]
    )
    return StandingSeen(found, tuple(told))


def read_evidence(desk: "Workspace", account: AccountId, first: EvidenceSort | None) -> list[Shown]:
    """Return the records of a customer that may show a task done, those of one sort first."""
    today = desk.clock.today()
    visits = [
        Shown(
            EvidenceSort.VISIT,
            line.id,
            _said(EvidenceSort.VISIT, day_words(line.start, today), line.topic or line.objective),
        )
        for line in desk.visits.ask.of_account(account, limit=60)
        if line.state in (VisitState.HELD, VisitState.CLOSED)
    ]
    promises = [
        Shown(EvidenceSort.PROMISE, one.id, _said(EvidenceSort.PROMISE, one.words))
        for one in desk.promises.ask.of_account(account)
        if one.state is PromiseState.KEPT
    ]
    deals = [
        Shown(EvidenceSort.OPPORTUNITY, one.id, _said(EvidenceSort.OPPORTUNITY, one.name))
        for one in desk.opportunities.ask.of_account(account)
    ]
    files = [
        Shown(EvidenceSort.FILE, one.id, _said(EvidenceSort.FILE, one.name))
        for one in desk.files.ask.of_account(account)
    ]
    lots = [lot[:_MOST_OF_A_SORT] for lot in (visits, promises, deals, files)]
    every = [one for lot in lots for one in lot]
    return sorted(every, key=lambda one: one.sort is not first)


def _said(sort: EvidenceSort, *words: str) -> str:
    return looks.cut(looks.joined(looks.capital(EVIDENCE_WORDS[sort]), *words), 80)
