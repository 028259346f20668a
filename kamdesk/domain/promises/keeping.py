"""What became of promises: kept, late, broken; and how many of a stretch were kept on time."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState

RATE_DAYS: Final = 365
"""A kept rate looks back so many days."""


class Outcome(StrEnum):
    """How a promise stands on a day."""

    OVERDUE = "overdue"
    OPEN = "open"
    KEPT = "kept"
    LATE = "kept late"
    BROKEN = "broken"
    DROPPED = "dropped"


OUTCOME_WORDS: Final = {
    Outcome.OVERDUE: Text("overdue"),
    Outcome.OPEN: Text("still open"),
    Outcome.KEPT: Text("kept"),
    Outcome.LATE: Text("kept late"),
    Outcome.BROKEN: Text("broken"),
    Outcome.DROPPED: Text("dropped"),
}


def outcome(state: PromiseState, due: Day | None, settled_on: Day | None, today: Day) -> Outcome:
    """Return how a promise stands. One without a day is neither overdue nor late."""
    if state is PromiseState.OPEN:
        return Outcome.OVERDUE if due is not None and due < today else Outcome.OPEN
    if state is PromiseState.KEPT:
        late = due is not None and settled_on is not None and settled_on > due
        return Outcome.LATE if late else Outcome.KEPT
    return Outcome.BROKEN if state is PromiseState.BROKEN else Outcome.DROPPED


class Count(NamedTuple):
    """So many promises that ended alike; ``dated``: a day had been agreed and is known to be met
    or missed."""

    outcome: Outcome
    dated: bool
    number: int = 1


class KeptRate(NamedTuple):
    """How promises of the last ``RATE_DAYS`` days were kept.

    Judged are those kept with a day, those broken, and open ones past their day; ``undated`` ones
    were kept, but by no agreed day. Dropped ones count nowhere: both sides let them go.
    """

    on_time: int = 0
    late: int = 0
    broken: int = 0
    overdue: int = 0
    undated: int = 0

    @property
    def judged(self) -> int:
        """How many could be judged."""
        return self.on_time + self.late + self.broken + self.overdue

    @property
    def said(self) -> Text:
        """The rate with its count: 6 of 8 kept on time."""
        if not self.judged:
            return Text("no promise to judge by")
        return Text(
            "{kept} of {n} kept on time", "{kept} of {n} kept on time",
            kept=self.on_time, n=self.judged,
        )  # fmt: skip

    @property
    def because(self) -> tuple[Text, ...]:
        """What the rate is made of, and what it leaves out."""
        parts = (
            (self.late, Text("{n} late", "{n} late", n=self.late)),
            (self.broken, Text("{n} broken", "{n} broken", n=self.broken)),
            (self.overdue, Text("{n} overdue", "{n} overdue", n=self.overdue)),
            (self.undated, Text("{n} not judged: no day was agreed",
                                "{n} not judged: no day was agreed", n=self.undated)),
        )  # fmt: skip
        return tuple(words for number, words in parts if number)


def kept_rate(counts: Iterable[Count]) -> KeptRate:
    """Return the rate of promises counted by how they ended."""
    sums = dict.fromkeys(KeptRate._fields, 0)
    for one in counts:
        if one.outcome is Outcome.KEPT:
            sums["on_time" if one.dated else "undated"] += one.number
        elif one.outcome in _COUNTED:
            sums[_COUNTED[one.outcome]] += one.number
    return KeptRate(**sums)


def kept_rate_of(promises: Iterable[Promise], side: PromiseSide, today: Day) -> KeptRate:
    """Return how one side kept what stands in the ledger of a customer."""
    since = looked_back_to(today)
    counts = []
    for one in promises:
        ended = outcome(one.state, one.due, one.settled_on, today)
        settled = one.settled_on or one.due
        lately = ended is Outcome.OVERDUE or (settled is not None and settled >= since)
        if one.side is side and lately:
            counts.append(Count(ended, one.due is not None))
    return kept_rate(counts)


def looked_back_to(today: Day) -> Day:
    """Return the first day a rate of ``today`` looks at."""
    return today - timedelta(days=RATE_DAYS)


_COUNTED: Final = {
    Outcome.LATE: "late",
    Outcome.BROKEN: "broken",
    Outcome.OVERDUE: "overdue",
}
