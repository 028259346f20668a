"""What was typed, taken apart into terms and put as questions to the full-text tables."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple

from kamdesk.search.gathering import SHORTEST_TAIL
from kamdesk.search.keys import code, name_units
from kamdesk.search.words import BEGINNING, BEGINNINGS, LONGEST, is_han, pairs, plain, runs

_MOST_LETTERS: Final = 200
_MOST_TERMS: Final = 12
_NUMBER = re.compile(r"[\d\s+\-–().·/]+\Z")


class Typed:
    """A typed text as it is compared. Takes any text; there is no wrong way to type."""

    def __init__(self, text: str) -> None:
        folded = plain(text[:_MOST_LETTERS])
        self.terms: Final = runs(folded)[:_MOST_TERMS]
        self.whole: Final = "".join(self.terms) or "".join(name_units(folded))
        self.letters: Final = any(not is_han(term) for term in self.terms)
        self.code: Final = code(folded) or self.whole
        digits = re.sub(r"\D", "", folded) if _NUMBER.match(folded) else ""
        self.tail: Final = digits if len(digits) >= SHORTEST_TAIL else ""

    def __bool__(self) -> bool:
        return bool(self.whole)

    @cached_property
    def for_names(self) -> str:
        """The full-text question for names: each term as the beginning of a key."""
        return _and(self.terms, lambda word: f'"{word}" *')

    @cached_property
    def for_notes(self) -> str:
        """The full-text question for prose: each word by its beginning, a letter as a word."""
        return _and(self.terms, _beginning)


class Place(NamedTuple):
    """Where in a text something stands."""

    start: int
    end: int


def places(text: str, terms: list[str]) -> list[Place] | None:
    """Return where the terms stand in a plain text, each once; None when one is missing.

    A word counts where it begins.
    """
    found = []
    for term in terms:
        at = text.find(term)
        if not is_han(term):
            while at > 0 and text[at - 1].isalnum() and not is_han(text[at - 1]):
                at = text.find(term, at + 1)
        if at < 0:
            return None
        found.append(Place(at, at + len(term)))
    return found


def _beginning(word: str) -> str:
    if len(word) in BEGINNINGS:
        return f'"{word}{BEGINNING}"'
    return f'"{word}" *' if len(word) > max(BEGINNINGS) else f'"{word}"'


def _and(terms: list[str], ask_for: Callable[[str], str]) -> str:
    wanted: dict[str, None] = {}
    for term in terms:
        if not is_han(term):
            wanted[ask_for(term[:LONGEST])] = None
        elif len(term) == 1:
            wanted[f'"{term}" *'] = None
        else:
            wanted.update((f'"{pair}"', None) for pair in pairs(term)[:-1])
    return " AND ".join(wanted)
