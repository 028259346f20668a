"""Stored values read without trust: newer programs, damage and others' halves write them too.

What a value means here is all that is read; the stored value itself stays as it is.
"""

from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)
Else = TypeVar("Else")


def read_word(of: type[Word], value: str | None, otherwise: Else) -> Word | Else:
    """Return the word of an enum; ``otherwise`` for a missing one and for one unknown here."""
    try:
        return of(value or "")
    except ValueError:
        return otherwise


def read_words(of: type[Word], value: str | None) -> tuple[Word, ...]:
    """Return those words of a text, parted by blanks, that are known here."""
    found = (read_word(of, word, None) for word in (value or "").split())
    return tuple(word for word in found if word is not None)


def read_number(within: range, value: int | None, otherwise: int) -> int:
    """Return a number; ``otherwise`` for a missing one and for one out of its scale."""
    return otherwise if value is None or value not in within else value
