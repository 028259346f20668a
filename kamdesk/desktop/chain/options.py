"""Choosing by keys typed one after the other: −2, ?, 4; several of them, or one. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kamdesk.core.wording import Text


class Option(NamedTuple):
    """One choice: the keys that make it, its words, what it stands for."""

    keys: str
    words: Text | str
    value: object


class Typed:
    """What was typed so far of the keys of some options."""

    def __init__(self, options: Iterable[Option]) -> None:
        self._options = {option.keys: option for option in options}
        self._so_far = ""

    def take(self, char: str) -> Option | None:
        """Add a character; return the option whose keys are complete. Others are forgotten."""
        char = {"\u2212": "-", "_": "-", "？": "?"}.get(char, char.lower())
        if char == "+" and "+" not in self._options:
            self._so_far = ""
            return None
        self._so_far += char
        if not any(keys.startswith(self._so_far) for keys in self._options):
            self._so_far = char
        found = self._options.get(self._so_far)
        if found is not None:
            self._so_far = ""
        return found


def numbered(words: Sequence[tuple[object, Text | str]]) -> tuple[Option, ...]:
    """Return options chosen by 1, 2, 3 … 9."""
    return tuple(Option(str(n), said, value) for n, (value, said) in enumerate(words[:9], 1))
