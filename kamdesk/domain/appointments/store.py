"""Imported calendars in the workspace: this device's own, never exchanged; what is asked of them.

The times of an appointment are a set: ``2026-03-12T06:00:00.000Z Asia/Shanghai`` for a moment,
``2026-03-12`` for a whole day. Both sort by time.
"""

from datetime import timedelta
from typing import NamedTuple

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import AppointmentId, CalendarId
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number
from kamdesk.domain.appointments.model import LONGEST_STAY, Appointment, Calendar
from kamdesk.storage.catalogue import LOCAL, Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

CALENDAR = Kind(
    "calendar",
    table="calendars",
    scope_of=LOCAL,
    cells=(
        Cell("name", privacy=Privacy.INTERNAL),
        Cell("read", columns=("file", "imported", "first", "until"), privacy=Privacy.INTERNAL),
    ),
)

APPOINTMENT = Kind(
    "appointment",
    table="appointments",
    scope_of=LOCAL,
    holds={Held.ID: ("calendar",), Held.WHOLE: ("minutes", "all_day", "busy", "sequence")},
    cells=(
        Cell("named", columns=("calendar", "uid"), privacy=Privacy.INTERNAL),
        Cell("title", privacy=Privacy.NOTE),
        Cell("place", privacy=Privacy.NOTE),
        Cell("length", columns=("minutes", "all_day"), privacy=Privacy.INTERNAL),
        Cell("busy", privacy=Privacy.INTERNAL),
        Cell("sequence", privacy=Privacy.INTERNAL),
        Cell("times", privacy=Privacy.INTERNAL, merge=Merge.LINKS),
    ),
)


class Occurrence(NamedTuple):
    """An appointment at one time, in the zone asked for: an all-day one starts at its midnight."""

    start: Instant
    minutes: int
    title: str
    place: str
    all_day: bool
    busy: bool
    calendar: CalendarId
    id: AppointmentId

    @property
    def ends(self) -> Instant:
        """When it is over: an all-day one at midnight, however long its last day was."""
        if self.all_day:
            last = self.start.day + max(timedelta(minutes=self.minutes), timedelta(days=1))
            return Instant.at(last, 0, zone=self.start.zone)
        return self.start.plus(minutes=self.minutes)

    def on(self, day: Day) -> tuple[int, int] | None:
        """Return from when to when it takes of a day, in minutes; None: nothing of it.

        What takes no time stands in its day alone.
        """
        start, end = self.start.local, self.ends.local
        if not start.date() <= day <= end.date():
            return None
        begins = minute_of(start) if start.date() == day else 0
        ends = minute_of(end) if end.date() == day else DAY_MINUTES
        return (begins, ends) if ends > begins or not self.minutes else None


class CalendarLine(NamedTuple):
    """A calendar as the list shows it: how many appointments, how many times from now on."""

    calendar: Calendar
    appointments: int
    ahead: int


class AppointmentStore:
    """Asks the tables of imported calendars."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def between(self, first: Instant, last: Instant) -> list[Occurrence]:
        """Return what touches the time from ``first`` to before ``last``, in order of time.

        Days and times are those of ``first.zone``.
        """
        longest = self._ask("SELECT max(minutes) FROM appointments").value() or 0
        back = timedelta(minutes=min(max(0, int(longest)), LONGEST_STAY), days=1)
        rows = self._ask(
            "SELECT t.target, a.minutes, a.title, a.place, a.all_day, a.busy, a.calendar, a.id"
            " FROM appointments_times t CROSS JOIN appointments a ON a.id = t.eid"
            " WHERE t.target >= ? AND t.target < ? AND NOT a.gone",
            (first.day - back).isoformat(),
            (last.day + timedelta(days=2)).isoformat(),
        )
        found = [one for row in rows if (one := _occurrence(row, first.zone))]
        touching = (one for one in found if one.start.ms < last.ms and one.ends.ms > first.ms)
        return sorted(touching, key=lambda one: (one.start.ms, not one.all_day, one.title, one.id))

    def calendars(self, *, now: Instant) -> list[CalendarLine]:
        """Return the imported calendars by name, with counts."""
        rows = self._ask(
            "SELECT c.*, (SELECT count(*) FROM appointments a WHERE a.calendar = c.id"
            "  AND NOT a.gone) AS many, (SELECT count(*) FROM appointments a"
            "  JOIN appointments_times t ON t.eid = a.id"
            "  WHERE a.calendar = c.id AND NOT a.gone AND t.target >= ?) AS ahead"
            " FROM calendars c WHERE NOT c.gone ORDER BY c.name, c.id",
            now.day.isoformat(),
        )
        return [CalendarLine(_calendar(row), row["many"], row["ahead"]) for row in rows]

    def find(self, calendar: bytes) -> Calendar | None:
        """Return a calendar that is not forgotten, or None."""
        row = self._ask("SELECT * FROM calendars WHERE id = ? AND NOT gone", calendar).first()
        return _calendar(row) if row else None

    def of_calendar(self, calendar: CalendarId) -> list[Appointment]:
        """Return the appointments of a calendar, as they came."""
        sql = "SELECT * FROM appointments WHERE calendar = ? AND NOT gone ORDER BY rid"
        return [_appointment(row) for row in self._ask(sql, calendar)]

    def times(self, calendar: CalendarId) -> dict[AppointmentId, set[str]]:
        """Return the times of each appointment of a calendar, as they are stored."""
        rows = self._ask(
            "SELECT t.eid, t.target FROM appointments a JOIN appointments_times t ON t.eid = a.id"
            " WHERE a.calendar = ? AND NOT a.gone",
            calendar,
        )
        found: dict[AppointmentId, set[str]] = {}
        for eid, target in rows:
            found.setdefault(eid, set()).add(target)
        return found


def _occurrence(row: Row, zone: str) -> Occurrence | None:
    target = row[0]
    if len(target) == len("2026-03-12"):
        day = read_day(target)
        start = Instant.at(day, 0, zone=zone) if day else None
    else:
        start = (moment := Instant.read(target)) and Instant(moment.ms, zone)
    if start is None:
        return None
    minutes = read_number(range(LONGEST_STAY + 1), row[1], 60)
    return Occurrence(
        start, minutes, row[2] or "", row[3] or "", bool(row[4]), bool(row[5]), row[6], row[7]
    )


def _calendar(row: Row) -> Calendar:
    return Calendar(
        id=row["id"],
        name=row["name"] or "",
        file=row["file"] or "",
        imported=Instant.read(row["imported"]),
        first=read_day(row["first"]),
        until=read_day(row["until"]),
    )


def _appointment(row: Row) -> Appointment:
    return Appointment(
        id=row["id"],
        calendar=row["calendar"],
        uid=row["uid"] or "",
        title=row["title"] or "",
        place=row["place"] or "",
        minutes=read_number(range(LONGEST_STAY + 1), row["minutes"], 60),
        all_day=bool(row["all_day"]),
        busy=bool(row["busy"]),
        sequence=row["sequence"] or 0,
    )
