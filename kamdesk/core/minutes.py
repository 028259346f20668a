"""Minutes of a day, and how they are said: a time, a length; and how weekdays are called."""

from datetime import datetime
from typing import Final

from kamdesk.core.wording import Text

WEEKDAYS: Final = (
    Text("Mon"),
    Text("Tue"),
    Text("Wed"),
    Text("Thu"),
    Text("Fri"),
    Text("Sat"),
    Text("Sun"),
)
"""Monday is 0."""

DAY_MINUTES: Final = 24 * 60


def minute_of(local: datetime) -> int:
    """Return the minutes after midnight of a time by the clock on the wall."""
    return local.hour * 60 + local.minute


def clock(minute: int) -> str:
    """Return minutes after midnight as a time of two figures each: 08:45."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def hours_minutes(minutes: int) -> str:
    """Return a length in hours and minutes, or a time of the day as one says it: 1:35, 8:45."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def length(minutes: int) -> Text:
    """Return how long something takes, everywhere in one way: 42 min, 1 h, 1 h 05."""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return Text("{n} min", n=rest)
    if not rest:
        return Text("{hours} h", hours=whole)
    return Text("{hours} h {minutes}", hours=whole, minutes=f"{rest:02d}")
