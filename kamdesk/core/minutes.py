"""Minutes of a day as figures: a time of the day, a length; and how weekdays are called."""

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


def clock(minute: int) -> str:
    """Return minutes after midnight as a time of two figures each: 08:45."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def hours_minutes(minutes: int) -> str:
    """Return a length in hours and minutes, or a time of the day as one says it: 1:35, 8:45."""
    return f"{minutes // 60}:{minutes % 60:02d}"
