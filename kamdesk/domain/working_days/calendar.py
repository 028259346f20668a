"""Which days are worked: public holidays, the weekend days worked in their stead, and weekends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, linked_id
from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Festival(StrEnum):
    """The public holidays of mainland China."""

    NEW_YEAR = "new_year"
    SPRING_FESTIVAL = "spring_festival"
    QINGMING = "qingming"
    LABOUR_DAY = "labour_day"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"


FESTIVAL_WORDS: Final = {
    Festival.NEW_YEAR: Text("New Year's Day"),
    Festival.SPRING_FESTIVAL: Text("Spring Festival"),
    Festival.QINGMING: Text("Qingming Festival"),
    Festival.LABOUR_DAY: Text("Labour Day"),
    Festival.DRAGON_BOAT: Text("Dragon Boat Festival"),
    Festival.MID_AUTUMN: Text("Mid-Autumn Festival"),
    Festival.NATIONAL_DAY: Text("National Day"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearList:
    """The holiday list of one year: ``off`` and ``worked`` name each day's festival.

    A name is a word of ``Festival``, or what a file of the user's calls it; it may be empty.
    """

    year: int
    off: Mapping[Day, str] = field(default_factory=dict)
    worked: Mapping[Day, str] = field(default_factory=dict)

    @property
    def id(self) -> Id:
        """The id of the year's list in every workspace."""
        return linked_id("year_list", str(self.year).encode())

    @property
    def off_lines(self) -> tuple[str, ...]:
        """The days off as they are kept: the day, then what it is called."""
        return _lines(self.off)

    @property
    def worked_lines(self) -> tuple[str, ...]:
        """The days worked in their stead, as they are kept."""
        return _lines(self.worked)

    def with_days(self, other: "YearList") -> "YearList":
        """Return this list with the days of another for the same year, which wins."""
        off = {day: name for day, name in self.off.items() if day not in other.worked}
        worked = {day: name for day, name in self.worked.items() if day not in other.off}
        return replace(self, off=off | dict(other.off), worked=worked | dict(other.worked))


class Calendar:
    """Working days by lists of holidays; a later list of a year takes the place of an earlier."""

    def __init__(self, lists: Iterable[YearList]) -> None:
        self._lists: Final = {each.year: each for each in lists}

    def of_year(self, year: int) -> YearList | None:
        """Return a year's list; None when it has none."""
        return self._lists.get(year)

    def knows(self, year: int) -> bool:
        """True when the year has a list; without one only weekends are known."""
        return year in self._lists

    def is_working(self, day: Day) -> bool | None:
        """Return whether a day is worked; None when its year has no list (see ``works``)."""
        return self.works(day) if self.knows(day.year) else None

    def works(self, day: Day) -> bool:
        """Return whether a day is worked, going by weekends where the year has no list."""
        known = self._lists.get(day.year)
        if known is None or (day not in known.off and day not in known.worked):
            return day.weekday() < _SATURDAY
        return day in known.worked

    def next_working(self, day: Day) -> Day:
        """Return the first working day on or after a day; weekends count where no list does."""
        while not self.works(day):
            day += _ONE
        return day

    def name(self, day: Day) -> Text | str | None:
        """Return what a day is called that is off or made up for; None for any other day."""
        known = self._lists.get(day.year)
        if known is None:
            return None
        if day in known.off:
            return festival_words(known.off[day])
        if day in known.worked:
            festival = read_word(Festival, known.worked[day], None)
            if festival is None:
                return known.worked[day] or Text("Make-up day")
            return Text("Make-up day for {festival}", festival=FESTIVAL_WORDS[festival])
        return None

    def working_days(self, first: Day, last: Day) -> int:
        """Return how many days from ``first`` to ``last``, both included, are worked."""
        days = (first + n * _ONE for n in range((last - first).days + 1))
        return sum(map(self.works, days))


def festival_words(name: str) -> Text | str:
    """Return what a festival is called: our word for it, else what a file calls it."""
    known = read_word(Festival, name, None)
    return FESTIVAL_WORDS[known] if known else name or Text("Public holiday")


def _lines(days: Mapping[Day, str]) -> tuple[str, ...]:
    return tuple(f"{day.isoformat()} {days[day]}".rstrip() for day in sorted(days))
