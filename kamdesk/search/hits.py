"""What a search finds: a record, what of it matched, where, and by what."""

from enum import StrEnum
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.search.fields import place


class How(StrEnum):
    """By what a record was found."""

    NAME = "name"
    SPELLING = "spelling"
    INITIALS = "initials"
    NUMBER = "number"
    PHONE = "phone"
    ROLE = "role"
    ALIKE = "alike"
    PROSE = "prose"


HOW_WORDS = {
    How.NAME: Text("by name"),
    How.SPELLING: Text("by pinyin"),
    How.INITIALS: Text("by initials"),
    How.NUMBER: Text("by number"),
    How.PHONE: Text("by telephone"),
    How.ROLE: Text("by post or firm"),
    How.ALIKE: Text("sounds or looks alike"),
    How.PROSE: Text("in the text"),
}


class Hit(NamedTuple):
    """A record found. ``matched`` is the name, number or piece of text that was typed.

    ``marks`` are the places in ``matched`` to make bold; ``day`` is the day a text is about.
    """

    kind: str
    id: Id
    title: str
    matched: str
    where: str
    how: How
    account: AccountId | None
    account_name: str
    privacy: Privacy
    score: float
    marks: tuple[tuple[int, int], ...] = ()
    day: Day | None = None

    @property
    def place(self) -> Text:
        """What the place is called where it was found."""
        return place(self.where)


class Names(NamedTuple):
    """Customers and people found, each group best first."""

    accounts: list[Hit]
    people: list[Hit]
