"""The appointments of one's own office that an invented week is planned around."""

from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AppointmentId, CalendarId, linked_id
from kamdesk.demo.book import Book
from kamdesk.demo.material import Language, Line
from kamdesk.domain.appointments.model import Appointment, Calendar, stored_time
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR

_NAME: Final = Line("公司日历", "Office calendar")
_PLACE: Final = Line("苏州办公室", "Suzhou office")
_WEEKLY: Final = (
    (0, (8, 30), 30, Line("周一晨会", "Monday stand-up"), _PLACE),
    (4, (8, 30), 30, Line("周报与下周安排", "Weekly report"), Line("", "")),
)
"""Weekday, hour and minute, minutes, what, where."""
_WEEKS: Final = range(-4, 26)


def put_appointments(book: Book, day: Day, language: Language) -> None:
    """Add a calendar with what comes back every week around ``day``."""
    monday = day - timedelta(days=day.weekday())
    calendar = Calendar(
        id=CalendarId(linked_id("demo calendar")),
        name=_NAME.text(language),
        file="office.ics",
        imported=Instant.at(day, 7),
        first=monday + timedelta(weeks=_WEEKS[0]),
        until=monday + timedelta(weeks=_WEEKS[-1] + 1),
    )
    book.add(CALENDAR, calendar)
    for weekday, (hour, minute), minutes, what, where in _WEEKLY:
        one = AppointmentId(linked_id(f"demo appointment {weekday}"))
        book.add(
            APPOINTMENT,
            Appointment(
                id=one,
                calendar=calendar.id,
                uid=f"office-{weekday}",
                title=what.text(language),
                place=where.text(language),
                minutes=minutes,
            ),
        )
        days = (monday + timedelta(weeks=week, days=weekday) for week in _WEEKS)
        times = (stored_time(Instant.at(on, hour, minute)) for on in days)
        book.link(APPOINTMENT, one, "times", *times)
