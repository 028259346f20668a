"""How many contacts a cycle asks for, how many it has had, how many are left. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from kamdesk.core.clock import Day, days_between


class Cycle(NamedTuple):
    """How a duty stands in its current cycle: ``planned`` = asked for, ``done``, ``remaining``.

    ``first`` and ``last`` are its first and last day. What lies in the calendar but has not
    happened is not done. ``remaining`` is never below 0, also when more was done than asked for.
    """

    planned: int = 0
    done: int = 0
    remaining: int = 0
    first: Day | None = None
    last: Day | None = None


@lru_cache(maxsize=512)
def cycle_days(every: int, today: Day) -> tuple[Day, Day]:
    """Return first and last day of the cycle in which ``today`` lies.

    Cycles are the spans the trade plans and reports in: for a duty of a week or less the calendar
    week, up to a month the month, up to a quarter the quarter, else the half-year.
    """
    if every <= 7:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    months = 1 if every <= 31 else 3 if every <= 92 else 6
    begins = (today.month - 1) // months * months + 1
    ends = begins + months - 1
    return (
        today.replace(month=begins, day=1),
        today.replace(month=ends, day=monthrange(today.year, ends)[1]),
    )


def cycle_of(every: int, contacts: Iterable[Day], today: Day) -> Cycle:
    """Return how the current cycle of a duty stands that is due every so many days.

    ``contacts`` are the days of the real contacts that count for it; each day fills one slot. A
    duty that falls due only once (``every`` 0) has no cycle.
    """
    if every <= 0:
        return Cycle()
    first, last = cycle_days(every, today)
    asked = max(1, round((days_between(first, last) + 1) / every))
    done = len({day for day in contacts if first <= day <= last})
    return Cycle(asked, done, max(0, asked - done), first, last)
