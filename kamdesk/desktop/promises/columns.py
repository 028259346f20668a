"""The columns of the ledger of promises, and how it is put together by customer."""

from collections.abc import Sequence
from datetime import date

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.day_column import day_column
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.domain.promises.keeping import OUTCOME_WORDS, KeptRate, Outcome
from kamdesk.domain.promises.model import SIDE_WORDS, PromiseSide
from kamdesk.dossier.promise_ledger import LedgerLine, LedgerRead

_TONES = {Outcome.OVERDUE: Tone.BRICK, Outcome.BROKEN: Tone.BRICK, Outcome.LATE: Tone.OCHRE}
_SIGNS = {Outcome.OVERDUE: "triangle-alert", Outcome.BROKEN: "x", Outcome.KEPT: "check"}


def columns(today: Today) -> Sequence[Column[LedgerLine]]:
    """Return the columns; found by customer and by who answers for it, too."""
    return (
        Column(
            Text("Whose"),
            show=lambda line: looks.capital(SIDE_WORDS[line.side]),
            tone=lambda line: Tone.ACCENT if line.side is PromiseSide.OURS else Tone.SECOND,
            width=72,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Promise"),
            show=lambda line: line.words,
            found=lambda line: f"{line.account_name} {line.owner}",
            strong=True,
            least=200,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Customer"),
            show=lambda line: line.account_name,
            width=150,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Who answers"),
            show=lambda line: line.owner,
            width=104,
            privacy=Privacy.BUSINESS,
        ),
        day_column(Text("Due"), lambda line: line.due, today, privacy=Privacy.BUSINESS),
        Column(
            Text("How it stands"),
            show=lambda line: looks.capital(standing_words(line, today.day)),
            sort_by=lambda line: (list(Outcome).index(line.outcome), -line.days_over),
            tone=lambda line: _TONES.get(line.outcome, Tone.SECOND),
            sign=lambda line: _SIGNS.get(line.outcome, ""),
            width=130,
            privacy=Privacy.BUSINESS,
        ),
        day_column(
            Text("Given on"),
            lambda line: line.met.day if line.met else None,
            today,
            privacy=Privacy.BUSINESS,
        ),
        day_column(Text("Reminder"), lambda line: line.remind, today, privacy=Privacy.INTERNAL),
        day_column(
            Text("Settled on"),
            lambda line: line.settled_on,
            today,
            privacy=Privacy.BUSINESS,
            hidden=True,
        ),
    )


def standing_words(line: LedgerLine, today: date) -> Text | str:
    """Return how a promise stands: 2 days late, in 3 days, kept late, broken."""
    if line.outcome is Outcome.OVERDUE:
        return Text("{n} day late", "{n} days late", n=line.days_over)
    if line.outcome is not Outcome.OPEN:
        return OUTCOME_WORDS[line.outcome]
    if line.due is None:
        return Text("no day agreed")
    days = (line.due - today).days
    return Text("today") if days == 0 else Text("in {n} day", "in {n} days", n=days)


def by_customer(read: LedgerRead) -> Grouping[LedgerLine]:
    """Return the way to put promises together by customer, each with how both keep their word."""
    names = {line.account: line.account_name for line in read.lines}

    def sums(lines: Sequence[LedgerLine]) -> str:
        overdue = sum(line.outcome is Outcome.OVERDUE for line in lines)
        rates = [(side, read.rate(lines[0].account, side)) for side in PromiseSide]
        return looks.joined(
            Text("{n} promise", "{n} promises", n=len(lines)),
            Text("{n} overdue", "{n} overdue", n=overdue) if overdue else "",
            *(rate_words(side, rate) for side, rate in rates if rate.judged),
        )

    return Grouping(
        key="customer",
        title=Text("Customer"),
        of=lambda line: line.account,
        words=lambda of: names.get(of) or looks.DASH,
        order=lambda of: names.get(of, "").casefold(),
        sums=sums,
    )


def rate_words(side: PromiseSide, rate: KeptRate) -> Text:
    """Return how one side kept its word: we: 6 of 8 kept on time."""
    if side is PromiseSide.OURS:
        return Text("we: {rate}", rate=rate.said)
    return Text("they: {rate}", rate=rate.said)
