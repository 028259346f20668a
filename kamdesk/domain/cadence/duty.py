"""A contact duty: whom to meet how often and why, since when, and how late it is. Values only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import AccountId, PersonId
from kamdesk.core.wording import Text

SOON_DAYS: Final = 7
"""So many days before its day a contact is due *soon*."""


class Channel(StrEnum):
    """What counts: a real visit, or any touch (``field_book.md`` D12)."""

    VISIT = "visit"
    TOUCH = "touch"


CADENCE_CHANNEL_WORDS: Final = {
    Channel.VISIT: Text("a visit, in days"),
    Channel.TOUCH: Text("a word, in days"),
}


class Source(StrEnum):
    """Where a duty comes from; where two speak of the same contact the stricter one holds."""

    CLASS = "class"
    PHASE = "phase"
    ROLE = "role"
    AGREEMENT = "agreement"
    NEW_CONTACT = "new contact"


class DueWord(StrEnum):
    """How a duty stands, in four words; ``PAUSED`` while somebody wants quiet."""

    NEVER = "never visited"
    ON_TRACK = "on track"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"


DUE_WORDS: Final = {
    DueWord.NEVER: Text("never visited"),
    DueWord.ON_TRACK: Text("on track"),
    DueWord.SOON: Text("due soon"),
    DueWord.OVERDUE: Text("overdue"),
    DueWord.PAUSED: Text("contact paused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty towards a customer, or towards one of their people.

    ``every``: days from one contact to the next; 0: once. ``last``: the last real contact that
    counts. ``due``: the day it falls due, moved off holidays; None: it has not begun. ``because``
    says in words where the duty comes from. ``planned``: the day of the next planned contact.
    """

    account: AccountId
    because: Text
    person: PersonId | None = None
    channel: Channel = Channel.VISIT
    source: Source = Source.CLASS
    every: int = 0
    last: Day | None = None
    due: Day | None = None
    planned: Day | None = None
    paused_until: Day | None = None
    paused_because: str = ""

    def days_over(self, today: Day) -> int:
        """Return how many days it is late; 0 when it is not, or while it is paused."""
        if self.due is None or self.word(today) is DueWord.PAUSED:
            return 0
        return max(0, days_between(self.due, today))

    def word(self, today: Day) -> DueWord:
        """Return how it stands today."""
        if self.paused_until is not None and today <= self.paused_until:
            return DueWord.PAUSED
        if self.due is not None and self.due < today:
            return DueWord.NEVER if self.last is None else DueWord.OVERDUE
        if self.due is not None and days_between(today, self.due) <= SOON_DAYS:
            return DueWord.SOON
        return DueWord.NEVER if self.last is None else DueWord.ON_TRACK
