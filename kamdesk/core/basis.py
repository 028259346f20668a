"""What a value stands on: as of which day, who says so, how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.stored import read_word
from kamdesk.core.text.clean import LONGEST_NAME
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


class Sureness(StrEnum):
    """How one comes to say so (``field_book.md`` D1)."""

    DOCUMENT = "document"
    THEIR_WORDS = "their_words"
    WE_SAW = "we_saw"
    GUESS = "guess"


SURENESS_WORDS: Final = {
    Sureness.DOCUMENT: Text("a document"),
    Sureness.THEIR_WORDS: Text("their words"),
    Sureness.WE_SAW: Text("we saw it"),
    Sureness.GUESS: Text("our guess"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The basis of one value; whatever of it is not known is empty."""

    as_of: Day | None = None
    source: str = ""
    sureness: Sureness | None = None

    def __bool__(self) -> bool:
        return self != Basis()

    @staticmethod
    def read(parts: Sequence[str | None]) -> "Basis":
        """Return the basis stored as these three: day as ISO text, source, sureness."""
        as_of, source, sureness = parts
        return Basis(
            as_of=read_day(as_of), source=source or "", sureness=read_word(Sureness, sureness, None)
        )

    @property
    def parts(self) -> tuple[str | None, str | None, str | None]:
        """The three as they are stored."""
        return (
            self.as_of.isoformat() if self.as_of else None,
            self.source or None,
            self.sureness.value if self.sureness else None,
        )

    def checked(self, today: Day) -> "Basis":
        """Return this basis cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        if neat.as_of is not None and neat.as_of > today:
            raise RuleBroken(
                Text("That day is still to come. Write the day the value was true."),
                field="as_of",
            )
        if len(neat.source) > LONGEST_NAME:
            raise RuleBroken(
                Text("Say in a few words where it comes from; 400 characters at most."),
                field="source",
            )
        return replace(neat)
