"""What a month overview holds. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kamdesk.core.clock import Day, Instant
from kamdesk.dossier.week_read import WeekDay, WeekItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreCustomer:
    """A core customer in a month: on which days they were really seen; what is planned, what due.

    ``seen`` and ``planned`` are days of the month, ``planned`` of visits, since talks by video are
    none. ``last``: the last real visit as of now; ``next``: the next one planned, whenever.
    """

    name: str
    seen: tuple[Day, ...] = ()
    planned: tuple[Day, ...] = ()
    last: Day | None = None
    due: Day | None = None
    next: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month from its ``first`` day; ``days`` are whole weeks from Monday to Sunday.

    ``due``: names of customers whose visit falls due on a day and is not planned; ``late``: whose
    visit was due before now, in the month as it runs.
    ``knows_holidays`` is False for a year without a list.
    """

    first: Day
    as_of: Instant
    days: tuple[WeekDay, ...] = ()
    core: tuple[CoreCustomer, ...] = ()
    due: Mapping[Day, tuple[str, ...]] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    knows_holidays: bool = True
    made_by: str = ""

    def holds(self, day: Day) -> bool:
        """True for a day of this month."""
        return (day.year, day.month) == (self.first.year, self.first.month)

    @property
    def items(self) -> tuple[WeekItem, ...]:
        """What stands in the days of the month itself."""
        return tuple(item for day in self.days if self.holds(day.day) for item in day.items)

    @property
    def weeks(self) -> tuple[tuple[WeekDay, ...], ...]:
        """The days by weeks."""
        return tuple(self.days[at : at + 7] for at in range(0, len(self.days), 7))

    @property
    def seen(self) -> int:
        """How many core customers were really seen."""
        return sum(bool(one.seen) for one in self.core)


def last_of(first: Day) -> Day:
    """Return the last day of the month that begins on ``first``."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
