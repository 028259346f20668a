"""What a visit is worth in a week, in minutes of driving, term by term and in words. Rules only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.minutes import WEEKDAYS
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence.rules import worth_of
from kamdesk.domain.week.model import Reason

FROM: Final = 0.55
"""A contact is worth a visit from this share of its interval on."""
_LATEST: Final = 3.0
"""Being later than three intervals adds nothing more."""
_ONCE: Final = 7
"""Days that stand for the interval of a duty that is done once."""
_PROMISE, _MOST_PROMISES = 40.0, 3
_PERSON, _MOST_PEOPLE = 20.0, 3
_STEP, _OPPORTUNITY = 5.0, 10.0
_SCARCE: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """A duty as of two days: ``today`` for what is said, ``planned_for`` for what it is worth."""

    due: Day
    every: int
    met_before: bool
    because: Text
    today: Day
    planned_for: Day

    @property
    def ratio(self) -> float:
        """Time since the last contact that counts as a share of the interval: 1 on its day."""
        every = self.every or _ONCE
        return max(0.0, min(_LATEST, 1 + days_between(self.due, self.planned_for) / every))


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What else speaks for a visit: promises of ours due, people due as well, an opportunity.

    ``received_on``: the weekdays (Monday is 0) on which alone they receive; empty: on any.
    """

    promises: int = 0
    people: Sequence[str] = ()
    step: int | None = None
    received_on: Sequence[int] = ()


def prize(
    urgency: Urgency | None, class_by_hand: AccountClass | None, others: Others
) -> tuple[Reason, ...]:
    """Return what speaks for a visit, the most telling first; nothing when nothing is due.

    The base is V·min(1, u)², being late adds V·1.5·(u − 1): u is the share of the interval that
    is over, V the worth of the class.
    """
    terms: list[Reason] = []
    if urgency is not None and urgency.ratio >= FROM:
        terms += _of_duty(urgency, worth_of(class_by_hand))
    if others.promises:
        said = Text("{n} promise of ours is due", "{n} promises of ours are due", n=others.promises)
        terms.append(Reason(said, _PROMISE * min(others.promises, _MOST_PROMISES)))
    if not terms:
        return ()
    if others.people:
        points = _PERSON * min(len(others.people), _MOST_PEOPLE)
        said = Text("due there as well: {names}", names=tuple(others.people[:_MOST_PEOPLE]))
        terms.append(Reason(said, points))
    if others.step is not None:
        said = Text("open opportunity at step {step}", step=others.step)
        terms.append(Reason(said, _OPPORTUNITY + _STEP * others.step))
    if others.received_on:
        days = tuple(WEEKDAYS[day] for day in others.received_on)
        terms.append(Reason(Text("they receive on {days} only", days=days), _SCARCE))
    return tuple(terms)


def _of_duty(urgency: Urgency, worth: float) -> list[Reason]:
    """Return the base of the prize and what being late adds; how late it is comes first."""
    ratio = urgency.ratio
    base = Reason(urgency.because, round(worth * min(1.0, ratio) ** 2, 1))
    over = days_between(urgency.due, urgency.today)
    if over <= 0:
        ahead = -over
        said = Text("due in {n} day", "due in {n} days", n=ahead) if ahead else Text("due today")
    elif urgency.met_before:
        said = Text("{n} day over", "{n} days over", n=over)
    else:
        said = Text("never visited, {n} day over", "never visited, {n} days over", n=over)
    return [Reason(said, round(worth * 1.5 * max(0.0, ratio - 1), 1)), base]
