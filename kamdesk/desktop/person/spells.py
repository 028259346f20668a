"""Spells of time in words: since a day, from one month to another."""

from datetime import date

from kamdesk.core.wording import Text
from kamdesk.desktop import looks


def since_words(day: date, today: date) -> Text:
    """Return since when something is so."""
    return Text("since {day}", day=looks.day(day, today=today))


def span(since: date | None, until: date | None, today: date) -> Text | str:
    """Return from when to when; what is not known is said so."""
    if since and until:
        return f"{_month(since)} – {_month(until)}"
    if since:
        return Text("since {day}", day=_month(since))
    if until:
        return Text("until {day}", day=looks.day(until, today=today))
    return Text("since when is not known")


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"
