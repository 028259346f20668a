"""What the page of calendars shows, read at once in the background."""

from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.domain.appointments.model import Calendar
from kamdesk.domain.appointments.store import Occurrence

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

DAYS_AHEAD: Final = 28
_MOST: Final = 500


class CalendarRow(NamedTuple):
    """An imported calendar, how many appointments it has, how many times from today on."""

    id: bytes
    calendar: Calendar
    appointments: int
    ahead: int


class NextRow(NamedTuple):
    """An appointment at one time of the next weeks, and in which calendar it stands."""

    id: bytes
    one: Occurrence
    calendar: str


class Shown(NamedTuple):
    """The calendars, what comes next in them, and today."""

    calendars: list[CalendarRow]
    next: list[NextRow]
    today: Day


def read_calendars(desk: "Workspace") -> Shown:
    """Return the imported calendars and the appointments of the next weeks."""
    now = desk.clock.now()
    begins = Instant.at(now.day, 0, zone=now.zone)
    lines = desk.appointments.ask.calendars(now=now)
    names = {line.calendar.id: line.calendar.name for line in lines}
    found = desk.appointments.ask.between(begins, begins.plus(days=DAYS_AHEAD))
    return Shown(
        [CalendarRow(line.calendar.id, *line) for line in lines],
        [
            NextRow(one.id + one.start.ms.to_bytes(8, "big"), one, names.get(one.calendar, ""))
            for one in found[:_MOST]
        ],
        now.day,
    )
