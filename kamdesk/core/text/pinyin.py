"""Chinese in letters, by pypinyin with its phrases kept small: a third of the memory."""

import importlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import groupby
from typing import Any, Final

_HOLDERS: Final = ("constants", "converter", "core", "seg.simpleseg", "seg.mmseg")
"""The modules of pypinyin that hold the phrases."""


class Phrases(Mapping[str, list[list[str]]]):
    """Phrases and how each character of one is said, as text: one block for a first character.

    As lists in lists, as pypinyin ships them, the 47,000 phrases take 40 MB; so they take 3.
    """

    def __init__(self, said: Mapping[str, list[list[str]]]) -> None:
        self._count = len(said)
        self._blocks = {
            first: "".join(f"\n{phrase}\t{_written(said[phrase])}" for phrase in group) + "\n"
            for first, group in groupby(sorted(said), key=lambda phrase: phrase[:1])
        }

    def __contains__(self, phrase: object) -> bool:
        return isinstance(phrase, str) and f"\n{phrase}\t" in self._block(phrase)

    def __getitem__(self, phrase: str) -> list[list[str]]:
        block = self._block(phrase)
        at = block.find(f"\n{phrase}\t")
        if at < 0:
            raise KeyError(phrase)
        at += len(phrase) + 2
        return [ways.split(",") for ways in block[at : block.index("\n", at)].split(" ")]

    def __iter__(self) -> Iterator[str]:
        for block in self._blocks.values():
            yield from (line.partition("\t")[0] for line in block.strip("\n").split("\n"))

    def __len__(self) -> int:
        return self._count

    def begin(self, words: str) -> bool:
        """Return whether a phrase begins with the words, or is the words."""
        return words in self._starts if len(words) < 3 else f"\n{words}" in self._block(words)

    @cached_property
    def _starts(self) -> frozenset[str]:
        """Not made before the lists are gone: small texts between them would hold their memory."""
        return frozenset(phrase[:n] for phrase in self for n in (1, 2))

    def _block(self, words: str) -> str:
        return self._blocks.get(words[:1], "") if words.isprintable() else ""


class _Beginnings:
    """Stands for pypinyin's set of all that a phrase begins with."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def __contains__(self, words: str) -> bool:
        return self._phrases.begin(words)


@cache
def phrases() -> Phrases:
    """Return the phrases that are read in a way of their own; the first call takes 0.5 s."""
    with _setting("PYPINYIN_NO_PHRASES"):  # else it makes copies and a set as it starts
        modules: list[Any] = [importlib.import_module(f"pypinyin.{name}") for name in _HOLDERS]
    data: Any = importlib.import_module("pypinyin.phrases_dict")
    if not isinstance(data.phrases_dict, Phrases):
        small = data.phrases_dict = Phrases(data.phrases_dict)
        for module in modules:
            module.PHRASES_DICT = small
        modules[-1].p_set._set = _Beginnings(small)
    known: Phrases = data.phrases_dict
    return known


_LONGEST_SAID: Final = 400


@contextmanager
def _setting(name: str) -> Iterator[None]:
    """Set a switch of the environment for a moment: programs started later do not inherit it."""
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def said(text: str, *, tones: bool = False) -> list[str]:
    """Return how each character is said, ``tones`` marked or not; other text stays, in one.

    What follows after 400 characters stays too: no name is that long, and each takes its time.
    """
    phrases()
    from pypinyin import Style, lazy_pinyin

    start, rest = text[:_LONGEST_SAID], text[_LONGEST_SAID:]
    style = Style.TONE if tones else Style.NORMAL
    return [*lazy_pinyin(start, style=style), *([rest] if rest else [])]


def _written(said: list[list[str]]) -> str:
    return " ".join(",".join(ways) for ways in said)
