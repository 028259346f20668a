"""How a contact duty is said: what is due, how it stands, how often, how its cycle fares."""

from datetime import date
from typing import TYPE_CHECKING, Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.domain.cadence.duty import DUE_WORDS, Channel, DueWord
from kamdesk.dossier import due_said

if TYPE_CHECKING:  # the day is seen before these are needed
    from kamdesk.dossier.due import DueCounts, DueLine

WORDS: Final = {**DUE_WORDS, DueWord.PAUSED: Text("paused")}
CHANNEL_WORDS: Final = {
    Channel.VISIT: Text("a visit"),
    Channel.TOUCH: Text("a call or message"),
}
_TONES: Final = {DueWord.OVERDUE: Tone.BRICK, DueWord.NEVER: Tone.OCHRE}


def standing_words(line: "DueLine", today: date) -> Text:
    """Return how a duty stands; while it is paused, until when."""
    if line.word is DueWord.PAUSED and line.paused_until is not None:
        return Text("paused until {day}", day=looks.day(line.paused_until, today=today))
    return due_said.standing_words(line, today)


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


def last_words(line: "DueLine", today: date) -> Text | str:
    """Return the day of the last contact that counts, or that there was none."""
    return looks.day(line.last, today=today) if line.last else Text("never")


def why_words(line: "DueLine") -> str:
    """Return where a duty comes from, why it is quiet, and that it is met too often."""
    return looks.joined(line.because, line.paused_because, line.too_often or "")


def whom(line: "DueLine") -> str:
    """Return towards whom: the customer, or one of theirs and where they are."""
    return looks.joined(line.person_name, line.account_name)


def remark_of(counts: "DueCounts") -> str:
    """Return how many are late, were never visited, or fall due within a week."""
    late, never, soon = counts.overdue, counts.never, counts.soon
    return looks.joined(
        Text("{n} overdue", "{n} overdue", n=late) if late else "",
        Text("{n} never visited", "{n} never visited", n=never) if never else "",
        Text("{n} due within a week", "{n} due within a week", n=soon) if soon else "",
    )
