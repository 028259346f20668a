"""The columns of the list of calendars, and of what comes next in them."""

from datetime import date, timedelta

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.calendars.reading import CalendarRow, NextRow
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import days_at_widest
from kamdesk.desktop.widgets.columns import Align, Column

CALENDARS: tuple[Column[CalendarRow], ...] = (
    Column(
        Text("Calendar"),
        lambda row: row.calendar.name,
        strong=True,
        least=140,
        privacy=Privacy.INTERNAL,
    ),
    Column(
        Text("Appointments"),
        lambda row: looks.number(row.appointments),
        sort_by=lambda row: row.appointments,
        align=Align.RIGHT,
        width=100,
    ),
    Column(
        Text("Times ahead"),
        lambda row: looks.number(row.ahead),
        sort_by=lambda row: row.ahead,
        align=Align.RIGHT,
        width=96,
    ),
    Column(
        Text("Imported"),
        lambda row: (
            looks.day(row.calendar.imported.day, today=date.max) if row.calendar.imported else ""
        ),
        sort_by=lambda row: row.calendar.imported,
        widest=days_at_widest,
        width=110,
    ),
    Column(
        Text("Known until"),
        lambda row: looks.day(row.calendar.until, today=date.max) if row.calendar.until else "",
        sort_by=lambda row: row.calendar.until,
        widest=days_at_widest,
        width=110,
    ),
    Column(Text("File"), lambda row: row.calendar.file, least=110, privacy=Privacy.INTERNAL),
)


def _when(row: NextRow) -> str:
    times = _times(row)
    return times if row.one.busy else looks.joined(times, Text("shown as free"))


def _times(row: NextRow) -> str:
    start = row.one.start.local
    if not row.one.all_day:
        return f"{looks.clock(start)} – {looks.clock(row.one.ends.local)}"
    days = row.one.minutes // 1440
    if days < 2:
        return looks.said(Text("all day"))
    last = start.date() + timedelta(days=days - 1)
    return looks.said(Text("all day until {day}", day=looks.day(last)))


NEXT: tuple[Column[NextRow], ...] = (
    Column(
        Text("Day"),
        lambda row: looks.long_day(row.one.start.local.date()),
        sort_by=lambda row: row.one.start.ms,
        plain=lambda row: row.one.start.day,
        width=140,
    ),
    Column(Text("When"), _when, width=180),
    Column(
        Text("Appointment"),
        lambda row: row.one.title or Text("without a title"),
        strong=True,
        least=160,
        tone=lambda row: Tone.INK if row.one.busy else Tone.MUTED,
        privacy=Privacy.NOTE,
    ),
    Column(Text("Place"), lambda row: row.one.place, least=100, privacy=Privacy.NOTE),
    Column(Text("Calendar"), lambda row: row.calendar, width=100, privacy=Privacy.INTERNAL),
)
