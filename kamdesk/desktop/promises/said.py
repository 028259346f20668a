"""What the ledger's page says: how many promises stand how, and what was just done to some."""

from collections.abc import Sequence

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.promises.keeping import Outcome
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.dossier.promise_ledger import LedgerLine, LedgerRead


def remark_of(read: LedgerRead) -> str:
    """Return how many promises are listed, and how many of each side are overdue."""
    if read.cut:
        n = f"{len(read.lines):,}"
        return looks.said(Text("the first {n}: narrow them by side or by whom", n=n))
    open_ones = sum(line.outcome in (Outcome.OPEN, Outcome.OVERDUE) for line in read.lines)
    late = dict.fromkeys(PromiseSide, 0)
    for line in read.lines:
        late[line.side] += line.outcome is Outcome.OVERDUE
    ours, theirs = late[PromiseSide.OURS], late[PromiseSide.THEIRS]
    settled = len(read.lines) - open_ones
    return looks.joined(
        Text("{n} open", n=open_ones) if open_ones else "",
        Text("{n} of ours overdue", n=ours) if ours else "",
        Text("{n} of theirs overdue", n=theirs) if theirs else "",
        Text("{n} settled", n=settled) if settled else "",
    )


def settled_words(lines: Sequence[LedgerLine], state: PromiseState) -> Text:
    """Return what was just said of promises."""
    if len(lines) == 1:
        what = looks.cut(lines[0].words, 120)
        return {
            PromiseState.KEPT: Text("Kept: {what}", what=what),
            PromiseState.BROKEN: Text("Broken: {what}", what=what),
            PromiseState.DROPPED: Text("Dropped: {what}", what=what),
            PromiseState.OPEN: Text("Open again: {what}", what=what),
        }[state]
    n = len(lines)
    return {
        PromiseState.KEPT: Text("{n} promise kept", "{n} promises kept", n=n),
        PromiseState.BROKEN: Text("{n} promise broken", "{n} promises broken", n=n),
        PromiseState.DROPPED: Text("{n} promise dropped", "{n} promises dropped", n=n),
        PromiseState.OPEN: Text("{n} promise open again", "{n} promises open again", n=n),
    }[state]
