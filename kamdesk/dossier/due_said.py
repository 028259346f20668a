"""How a contact duty is said, in the window as in a terminal: how it and its cycle stand."""

from typing import TYPE_CHECKING

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duty import DUE_WORDS, Channel, DueWord

if TYPE_CHECKING:  # a day is seen before duties are reckoned
    from kamdesk.dossier.due import DueLine


def standing_words(line: "DueLine", today: Day) -> Text:
    """Return how a duty stands: 17 days overdue, due in 3 days, never visited, on track."""
    n = line.days_over
    if line.word is DueWord.NEVER and line.channel is Channel.TOUCH:
        return Text("never in touch")
    if line.word is DueWord.NEVER and line.person is not None:
        return (
            Text("never met, {n} day over", "never met, {n} days over", n=n)
            if n
            else Text("never met")
        )
    if line.word is DueWord.NEVER and n:
        return Text("never visited, {n} day over", "never visited, {n} days over", n=n)
    if n:
        return Text("{n} day overdue", "{n} days overdue", n=n)
    if line.word is DueWord.SOON and line.due is not None:
        days = days_between(today, line.due)
        return Text("due today") if days == 0 else Text("due in {n} day", "due in {n} days", n=days)
    return DUE_WORDS[line.word]


def cycle_words(cycle: Cycle) -> Text | None:
    """Return how many contacts of the cycle took place: 1 of 2; None for a duty of once."""
    if not cycle.planned:
        return None
    return Text("{done} of {n}", "{done} of {n}", done=cycle.done, n=cycle.planned)
