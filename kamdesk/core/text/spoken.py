"""How phrases and characters are said, kept as packed text: a tenth of the memory of lists."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import TypeAlias

Ways: TypeAlias = list[list[str]]
"""For each character of a phrase, the ways it is said."""


class Phrases(Mapping[str, Ways]):
    """Phrases and how each character of one is said, as text: one block for a first character.

    As lists in lists, as pypinyin ships them, the 47,000 phrases take 40 MB; so they take 2.
    """

    def __init__(self, said: Iterable[tuple[str, Ways]]) -> None:
        self._count = 0
        self._blocks: dict[str, str] = {}
        self._seconds: dict[str, str] = {}
        for first, some in groupby(said, key=lambda pair: pair[0][:1]):
            pairs = list(some)
            lines = "".join(f"{phrase}\t{_written(ways)}\n" for phrase, ways in pairs)
            seconds = {phrase[1:2] for phrase, _ in pairs}
            self._count += len(pairs)
            self._blocks[first] = self._blocks.get(first, "\n") + lines
            self._seconds[first] = self._seconds.get(first, "") + "".join(seconds)

    def __contains__(self, phrase: object) -> bool:
        return isinstance(phrase, str) and f"\n{phrase}\t" in self._block(phrase)

    def __getitem__(self, phrase: str) -> Ways:
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
        if len(words) == 2:
            return words[1] in self._seconds.get(words[0], "")
        return words in self._blocks if len(words) < 2 else f"\n{words}" in self._block(words)

    def _block(self, words: str) -> str:
        return self._blocks.get(words[:1], "") if words.isprintable() else ""


class Characters(Mapping[int, str]):
    """How single characters are said (``zhòng,chóng``), by code point: 1 MB for 42,000, not 10.

    They come one by one, in any order: held together on their way, they would take the 10 once.
    """

    def __init__(self, said: Iterable[tuple[int, str]]) -> None:
        ways: dict[str, int] = {}
        both = array("Q", (code << 16 | ways.setdefault(way, len(ways)) for code, way in said))
        if any(before > after for before, after in pairwise(both)):
            both = array("Q", sorted(both))
        self._codes = array("I", (pair >> 16 for pair in both))
        self._places = array("H", (pair & 0xFFFF for pair in both))
        self._ways = tuple(ways)

    def __getitem__(self, code: int) -> str:
        at = bisect_left(self._codes, code)
        if at == len(self._codes) or self._codes[at] != code:
            raise KeyError(code)
        return self._ways[self._places[at]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


def _written(ways: Ways) -> str:
    return " ".join(",".join(some) for some in ways)
