"""Days and moments as the window shows them: today 14:00, 16 Mar 11:00, 41 days ago."""

from datetime import date

from kamdesk.core.clock import Instant, days_between
from kamdesk.core.wording import Text
from kamdesk.desktop import looks


class Today:
    """The day it is for a list; told with its lines."""

    def __init__(self) -> None:
        self.day = date.max


def day_words(moment: Instant | None, today: date) -> str:
    """Return the day of a moment, with its year where that is another one."""
    return looks.day(moment.day if moment else None, today=today)


def moment_words(moment: Instant | None, today: date) -> Text | str:
    """Return day and time of a moment: today 14:00, 16 Mar 11:00; empty for None."""
    if moment is None:
        return ""
    local = moment.local
    time = looks.clock(local)
    if local.date() == today:
        return Text("today {time}", time=time)
    if days_between(today, local.date()) == 1:
        return Text("tomorrow {time}", time=time)
    return f"{looks.day(local.date(), today=today)} {time}"


def days_at_widest() -> list[str]:
    """Return days as wide as a day gets in the window's language, for columns that show them."""
    return [looks.day(date(2000, month, 28), today=date.max) for month in range(1, 13)]


def moments_at_widest() -> list[str]:
    """Return days with a time, as wide as they get, for columns that show them."""
    return [f"{day} 20:00" for day in days_at_widest()]


def ago(day: date | None, today: date) -> Text | str:
    """Return how long ago a day was; empty for None."""
    if day is None:
        return ""
    days = days_between(day, today)
    if days == 0:
        return Text("today")
    if days < 0:
        return Text("{n} day from now", "{n} days from now", n=-days)
    return Text("{n} day ago", "{n} days ago", n=days)
