"""What the log and the calendar are given, read at once in the background."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.visits.store import LogFilter, VisitLine
from kamdesk.domain.working_days.absence import stretch_said
from kamdesk.dossier.clashing import Other, clashing
from kamdesk.dossier.time_off import Away, unavailable

if TYPE_CHECKING:
    from kamdesk.desktop.visits.appointments import Stretch
    from kamdesk.workspace import Workspace

PAGE = 500
"""Visits of the log that are read in one go."""


class Diary(NamedTuple):
    """Calendar days with their visits, each on the day it has where it takes place.

    ``more`` counts per day what is not shown, ``clashing`` names what else is at the
    same time.
    """

    first: Day
    days: int
    lines: dict[Day, list[VisitLine]]
    more: dict[Day, int]
    clashing: dict[bytes, list[Other]]
    now: Instant
    taken: tuple["Stretch", ...] = ()
    """What appointments of other calendars take of these days."""
    notes: Mapping[Day, str] = MappingProxyType({})
    """What is to be known of a day: its holiday, that it makes up for one, that one is away."""

    @property
    def today(self) -> Day:
        """The day it was read."""
        return self.now.day

    @property
    def shown(self) -> list[VisitLine]:
        """All visits shown, in order of time."""
        return [line for day in sorted(self.lines) for line in self.lines[day]]


class Log(NamedTuple):
    """Visits of the log, newest first; ``older`` says that there are more."""

    lines: list[VisitLine]
    now: Instant
    older: bool


def read_diary(desk: "Workspace", first: Day, days: int, *, most: int) -> Diary:
    """Return ``days`` from ``first``, each with at most ``most`` visits."""
    from kamdesk.desktop.visits.appointments import stretches

    now = desk.clock.now()
    read = desk.visits.ask.days(first - timedelta(days=1), days + 2, zone=now.zone, most=most)
    lines: dict[Day, list[VisitLine]] = defaultdict(list)
    every = [line for day in read for line in day.lines]
    for line in every:
        if line.start is not None:
            lines[line.start.day].append(line)
    within = {first + timedelta(days=n) for n in range(days)}
    found = {day: sorted(lines[day], key=_when) for day in within if lines[day]}
    begins = Instant.at(first, 0, zone=now.zone)
    ends = Instant.at(first + timedelta(days=days), 0, zone=now.zone)
    standing, me = desk.appointments.ask.between(begins, ends), desk.team.sits_here

    def beside(line: VisitLine, day: Day) -> list[Other]:
        there = [*lines[day - _DAY], *lines[day], *lines[day + _DAY]]
        return clashing(line, there, standing, me=me)

    return Diary(
        first,
        days,
        found,
        {day.day: day.total - len(day.lines) for day in read if day.total > len(day.lines)},
        {
            line.id: others
            for day, there in found.items()
            for line in there
            if (others := beside(line, day))
        },
        now,
        tuple(stretches(standing, first, days)),
        _notes(desk, first, days, me),
    )


def _notes(desk: "Workspace", first: Day, days: int, me: bytes | None) -> dict[Day, str]:
    calendar, found = desk.working_days.calendar(), {}
    away = unavailable(desk.storage.reader, first, days, ColleagueId(Id(me)) if me else None)
    for n in range(days):
        day = first + timedelta(days=n)
        name = calendar.name(day) or ""
        called = Text("Make-up day") if name and calendar.works(day) else name
        words = looks.joined(called, *(_away(one) for one in away[n]))
        if words:
            found[day] = words
    return found


def _away(one: Away) -> str:
    time = stretch_said(one.begins, one.ends)
    return f"{looks.cut(one.words, 60) or looks.said(Text('away'))} {time}".rstrip()


def read_log(desk: "Workspace", which: LogFilter, before: VisitLine | None) -> Log:
    """Return the next visits of the log after ``before``."""
    now = desk.clock.now()
    lines = desk.visits.ask.log(which, now=now, before=before, limit=PAGE)
    return Log(lines, now, len(lines) == PAGE)


_DAY = timedelta(days=1)


def _when(line: VisitLine) -> tuple[str, bytes]:
    return str(line.start), line.id
