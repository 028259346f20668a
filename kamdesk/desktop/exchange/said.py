"""How the exchange stands, in one sentence and in a few words for the rail and the status line."""

from datetime import date
from typing import Final, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import moment_words
from kamdesk.sync.told import Told

LATE: Final = 24 * 3_600_000
"""Milliseconds after which what is not sent is red."""


class Said(NamedTuple):
    """A sentence and its tone."""

    words: Text
    tone: Tone


def is_late(told: Told, now: Instant) -> bool:
    """True when something has waited for the hub for more than a day."""
    return told.joined and told.oldest_unsent is not None and now.ms - told.oldest_unsent.ms > LATE


def state_words(told: Told, now: Instant) -> Said:
    """Return how the exchange stands, what is wrong and what to do about it."""
    if not told.joined:
        return Said(
            Text("What you write stays on this computer: nobody else sees it."), Tone.SECOND
        )
    late = is_late(told, now)
    waits = _waiting(told, now.day)
    if told.trouble is not None:
        kept = waits or Text("Everything you wrote is at the hub.")
        said = Text("{one} {two}", one=told.trouble, two=kept)
        return Said(said, Tone.BRICK if late else Tone.OCHRE)
    if waits is not None:
        return Said(waits, Tone.BRICK if late else Tone.SECOND)
    if told.last is None:
        return Said(Text("Joined. The first exchange has not been made yet."), Tone.SECOND)
    return Said(Text("Everything you wrote is with the team."), Tone.SECOND)


def _waiting(told: Told, today: date) -> Text | None:
    if not told.unsent:
        return None
    when = moment_words(told.oldest_unsent, today)
    return Text(
        "{n} change waits to be sent, since {when}. It is safe on this computer.",
        "{n} changes wait to be sent, the oldest since {when}. They are safe on this computer.",
        n=told.unsent,
        when=when,
    )


def kept_words(told: Told) -> Text | str:
    """Return what is said of changes only a newer program can read, and of those the hub lost."""
    parked = Text(
        "{n} change needs a newer KamDesk. It is kept and read after the update.",
        "{n} changes need a newer KamDesk. They are kept and read after the update.",
        n=told.parked,
    )
    lost = Text(
        "The hub was set back and lost {n} change of a colleague. It is kept here, and goes back"
        " with the next exchange of the computer it was written on. Where that computer is gone,"
        " say it again as yours: A.",
        "The hub was set back and lost {n} changes of colleagues. They are kept here, and go back"
        " with the next exchange of the computers they were written on. Where a computer is gone,"
        " say them again as yours: A.",
        n=told.lost,
    )
    if told.parked and told.lost:
        return Text("{one} {two}", one=parked, two=lost)
    return parked if told.parked else lost if told.lost else ""


def rail_words(told: Told, today: date) -> Text | None:
    """Return the words of the item in the rail, short beside a count; None for its own name."""
    if not told.joined:
        return None
    if told.unsent:
        return Text("{n} unsent", "{n} unsent", n=told.unsent)
    if told.last is None:
        return None
    last = told.last.day
    time = looks.clock(told.last.local) if last == today else looks.day(last, today=today)
    return Text("Last {time}", time=time) if told.conflicts else Text("Exchanged {time}", time=time)


def status_words(told: Told, today: date) -> list[Text]:
    """Return what the status line says of the exchange; nothing before a team is joined."""
    if not told.joined:
        return []
    if told.last is None:
        return [Text("No exchange yet")]
    said = Text("Last exchange {when}", when=moment_words(told.last, today))
    if told.unsent:
        return [said, Text("{n} unsent", "{n} unsent", n=told.unsent)]
    return [said]
