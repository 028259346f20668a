"""When those a week leaves out could be visited next: the first later week with a gap for them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.core.wording import Text
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.store import TravelStore
from kamdesk.domain.week.model import Window
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.week import standing_days
from kamdesk.dossier.week_problem import RECEIVED, worked
from kamdesk.dossier.week_read import WeekDay, WeekRead
from kamdesk.storage.database import Reader

WEEKS: Final = 8
"""So many weeks are looked at."""


class Later(NamedTuple):
    """A later week, by its Monday; ``far``: from home and back in a day it cannot be done."""

    monday: Day
    far: bool = False


def later_said(later: Later | None) -> Text:
    """Return in which later week somebody could be visited; None: in none that is looked at."""
    if later is None:
        return Text("not within {n} week", "not within {n} weeks", n=WEEKS)
    week = later.monday.isocalendar().week
    if later.far:
        return Text("next possible: week {week}, with a night away", week=week)
    return Text("next possible: week {week}", week=week)


def next_weeks(reader: Reader, read: WeekRead) -> Mapping[bytes, Later]:
    """Return by key the next week in which each of those due could be visited.

    It has a day on which they receive and one is free for the visit and the way there and back;
    where no week has one, free for the visit alone. Who has no such week within ``WEEKS`` is left
    out. A rough answer: nothing else is planned.
    """
    habits = TravelStore(reader).habits()
    first = read.sunday + timedelta(days=1)
    days = standing_days(
        reader, first, 7 * WEEKS, me=read.me, now=read.now, calendar=working_calendar(reader)
    )
    free = {day.day: tuple(_free(day, habits)) for day in days}
    found = {}
    for item in read.due:
        there = read.problem.travel[0][item.at] if item.at is not None else 0
        back = read.problem.travel[item.at][0] if item.at is not None else 0
        hours = read_hours(item.hours) if item.hours else None
        received = hours.windows if hours else (RECEIVED,) * 7
        for ways in dict.fromkeys([(there, back), (0, 0)]):
            fits = (
                day
                for day, gaps in free.items()
                if _fits(item.minutes, received[day.weekday()], gaps, *ways)
            )
            day = next(fits, None)
            if day is not None:
                found[item.key] = Later(day - timedelta(days=day.weekday()), ways != (there, back))
                break
    return found


def _free(day: WeekDay, habits: Habits) -> Iterator[Window]:
    """Yield the stretches of a day in which nothing stands; none of a day off."""
    if not worked(day, habits):
        return
    taken = [(one.begins, one.ends) for one in day.away]
    taken += [
        (item.begins, item.begins + item.minutes)
        for item in day.items
        if item.begins is not None and item.bond.is_held
    ]
    at = habits.starts
    for begins, ends in sorted(taken):
        if begins > at:
            yield Window(at, min(begins, habits.ends))
        at = max(at, ends)
    if at < habits.ends:
        yield Window(at, habits.ends)


def _fits(
    minutes: int, received: Iterable[tuple[int, int]], gaps: Iterable[Window], there: int, back: int
) -> bool:
    return any(
        min(gap.closes - back, closes) - max(gap.opens + there, opens) >= minutes
        for gap in gaps
        for opens, closes in received
    )
