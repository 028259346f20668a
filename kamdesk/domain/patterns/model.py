"""A pattern of visits: whom one sees in which week of a cycle, on which day, when. Rules only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PatternId
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text

CYCLE: Final = range(1, 13)
"""Weeks a pattern may last before it begins again."""
MOST_STOPS: Final = 200
MOST_CYCLES: Final = 26
LONGEST_PATTERN: Final = 60
"""Characters of a pattern's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A cycle of ``weeks`` weeks under a name."""

    id: PatternId
    name: str
    weeks: int = 4

    def checked(self) -> "Pattern":
        """Return this pattern cleaned. Raises ``RuleBroken`` at the field."""
        neat = replace(self, name=one_line(self.name, field="name"))
        if not neat.name:
            raise RuleBroken(Text("Give the pattern a name."), field="name")
        if len(neat.name) > LONGEST_PATTERN:
            said = Text("A pattern's name has at most {most} characters.", most=LONGEST_PATTERN)
            raise RuleBroken(said, field="name")
        if neat.weeks not in CYCLE:
            raise RuleBroken(Text("A cycle lasts 1 to 12 weeks."), field="weeks")
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternStop:
    """One visit of a pattern: ``week`` counts from 1, ``weekday`` from Monday = 0.

    ``begins`` are minutes after midnight, ``minutes`` its length; ``kind`` is a visit's.
    """

    id: Id
    pattern: PatternId
    account: AccountId
    week: int = 1
    weekday: int = 0
    begins: int = 540
    minutes: int = 60
    kind: str = "visit"

    def checked(self, weeks: int) -> "PatternStop":
        """Return this stop if it lies within a cycle; raises ``RuleBroken`` at the field."""
        if not 1 <= self.week <= weeks:
            raise RuleBroken(Text("The cycle has weeks 1 to {weeks}.", weeks=weeks), field="week")
        if self.weekday not in range(7):
            raise RuleBroken(Text("Choose a day from Monday to Sunday."), field="weekday")
        if not 0 <= self.begins < self.begins + self.minutes <= DAY_MINUTES:
            said = Text("It begins and ends within one day: write 9:00 and 60 minutes.")
            raise RuleBroken(said, field="begins")
        return self


class Falls(NamedTuple):
    """A stop on the day on which it falls."""

    stop: PatternStop
    day: Day


def laid(stops: list[PatternStop], weeks: int, monday: Day, cycles: int) -> Iterator[Falls]:
    """Yield where the stops fall in ``cycles`` cycles from a Monday, by day and time.

    What another program put into a week the cycle does not have falls nowhere.
    """
    within = [stop for stop in stops if stop.week <= weeks]
    ordered = sorted(within, key=lambda one: (one.week, one.weekday, one.begins, one.id))
    for cycle in range(cycles):
        for stop in ordered:
            gone_by = (cycle * weeks + stop.week - 1) * 7 + stop.weekday
            yield Falls(stop, monday + timedelta(days=gone_by))
