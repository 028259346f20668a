"""Texts cut into what search compares: one form of each letter, Han characters, words, pairs."""

import re
import unicodedata
from functools import lru_cache
from operator import add
from typing import Final

LONGEST: Final = 16
"""Letters of a word or a spelling that count; what is typed is cut alike."""

BEGINNINGS: Final = (2, 3, 4)
"""How many letters of a word are a token of their own: to gather all words of a million notes
that begin so would take half a second."""
BEGINNING: Final = "…"
"""What marks such a token; no plain text holds it."""

_HAN: Final = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
_HAN_RUN = re.compile(f"[{_HAN}]+")
_UNIT = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_ACCENT = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """Return ``text`` in the form in which it is compared: narrow, small, without accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _ACCENTED.search(folded):
        bare = _ACCENT.sub("", unicodedata.normalize("NFD", folded))
        folded = unicodedata.normalize("NFC", bare)
    return folded


@lru_cache(maxsize=1 << 16)
def is_han(unit: str) -> bool:
    """True for a Chinese character (or kana): it is compared in pairs, not as a word."""
    return unit[0] > "\u3004" and _HAN_RUN.match(unit) is not None


def only_han(text: str) -> bool:
    """True when a text consists of Chinese characters alone."""
    return _HAN_RUN.fullmatch(text) is not None


def units(text: str) -> list[str]:
    """Return the Han characters, each by itself, and the words of a plain text."""
    return _UNIT.findall(text)


def runs(text: str) -> list[str]:
    """Return the runs of Han characters and the words of a plain text."""
    return _RUN.findall(text)


def pairs(run: str) -> list[str]:
    """Return each two neighbours of a run of Han characters, and its last one alone."""
    return [*map(add, run, run[1:]), run[-1]]


def tokens(text: str) -> list[str]:
    """Return what a note is found by, each once: pairs of Han characters, words, beginnings."""
    found: dict[str, None] = {}
    for run in runs(plain(text)):
        if is_han(run[0]):
            found.update(dict.fromkeys(pairs(run)))
        else:
            found[run[:LONGEST]] = None
            found.update((run[:n] + BEGINNING, None) for n in BEGINNINGS if len(run) >= n)
    return list(found)
