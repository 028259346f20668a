"""How a contact duty is said: what is due, how it stands, how often, how its cycle fares."""

from datetime import date
from typing import TYPE_CHECKING, Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duty import Channel, DueWord

if TYPE_CHECKING:  # the day is seen before these are needed
    from kamdesk.dossier.due import DueLine

WORDS: Final = {
    DueWord.OVERDUE: Text("overdue"),
    DueWord.NEVER: Text("never visited"),
    DueWord.SOON: Text("due soon"),
    DueWord.ON_TRACK: Text("on track"),
    DueWord.PAUSED: Text("paused"),
}
CHANNEL_WORDS: Final = {
    Channel.VISIT: Text("a visit"),
    Channel.TOUCH: Text("a call or message"),
}
_TONES: Final = {DueWord.OVERDUE: Tone.BRICK, DueWord.NEVER: Tone.OCHRE}


def standing_words(line: "DueLine", today: date) -> Text:
    """Return how a duty stands: 17 days overdue, due in 3 days, never visited, on track."""
    if line.word is DueWord.PAUSED and line.paused_until is not None:
        return Text("paused until {day}", day=looks.day(line.paused_until, today=today))
    if line.word is DueWord.NEVER and line.channel is Channel.TOUCH:
        return Text("never in touch")
    if line.word is DueWord.NEVER and line.person is not None:
        n = line.days_over
        return (
            Text("never met, {n} day over", "never met, {n} days over", n=n)
            if n
            else Text("never met")
        )
    if line.word is DueWord.NEVER and line.days_over:
        n = line.days_over
        return Text("never visited, {n} day over", "never visited, {n} days over", n=n)
    if line.days_over:
        return Text("{n} day overdue", "{n} days overdue", n=line.days_over)
    if line.word is DueWord.SOON and line.due is not None:
        days = (line.due - today).days
        return Text("due today") if days == 0 else Text("due in {n} day", "due in {n} days", n=days)
    return WORDS[line.word]


def tone_of(line: "DueLine") -> Tone:
    """Return the tone in which it is said: late in brick, never in ochre."""
    return _TONES.get(line.word, Tone.SECOND)


def sign_of(line: "DueLine") -> str:
    """Return the icon beside it, the second sign of its colour."""
    return {
        DueWord.OVERDUE: "triangle-alert", DueWord.NEVER: "circle-alert", DueWord.PAUSED: "pause",
    }.get(line.word, "")  # fmt: skip


def every_words(every: int) -> Text:
    """Return how often: every 30 days; once."""
    if every <= 0:
        return Text("once")
    return Text("every day", "every {n} days", n=every)


def cycle_words(cycle: Cycle) -> Text | str:
    """Return how many contacts of the cycle took place: 1 of 2; nothing for a duty of once."""
    if not cycle.planned:
        return ""
    return Text("{done} of {n}", "{done} of {n}", done=cycle.done, n=cycle.planned)


def last_words(line: "DueLine", today: date) -> Text | str:
    """Return the day of the last contact that counts, or that there was none."""
    return looks.day(line.last, today=today) if line.last else Text("never")


def why_words(line: "DueLine") -> str:
    """Return where a duty comes from, why it is quiet, and that it is met too often."""
    return looks.joined(line.because, line.paused_because, line.too_often or "")


def whom(line: "DueLine") -> str:
    """Return towards whom: the customer, or one of theirs and where they are."""
    return looks.joined(line.person_name, line.account_name)
