"""Chinese in letters, by pypinyin with its phrases kept small: a third of the memory."""

import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from kamdesk.core.text.spoken import Characters, Phrases, Ways

_HOLDERS: Final = ("constants", "converter", "core", "seg.simpleseg", "seg.mmseg")
"""The modules of pypinyin that hold the phrases, the first three the characters too."""
_CHARACTERS: Final = "pypinyin.pinyin_dict"
_COPIES: Final = ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY")
"""Without these, pypinyin makes lists, copies and a set as it starts."""
_BEFORE_WAYS: Final = re.compile(r'"([^"]+)": (?=\[)')
_CODE_AND_WAYS: Final = re.compile(r'"(\d+)": "([^"]+)"')


class _Beginnings:
    """Stands for pypinyin's set of all that a phrase begins with."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def __contains__(self, words: str) -> bool:
        return self._phrases.begin(words)


@cache
def phrases() -> Phrases:
    """Return the phrases that are read in a way of their own; the first call takes 0.3 s."""
    if _CHARACTERS not in sys.modules:  # its own would hold all as lists for a moment
        sys.modules[_CHARACTERS] = _stand_in()
    with ExitStack() as switches:
        for name in _COPIES:
            switches.enter_context(_setting(name))
        modules: list[Any] = [importlib.import_module(f"pypinyin.{name}") for name in _HOLDERS]
    if isinstance(held := modules[-1].PHRASES_DICT, Phrases):  # only the memo was emptied
        return held
    data: Any = sys.modules[_CHARACTERS]
    if not isinstance(data.pinyin_dict, Characters):  # somebody had it read before us
        data.pinyin_dict = Characters(data.pinyin_dict.items())
    for module in modules[:3]:
        module.PINYIN_DICT = data.pinyin_dict
    known = Phrases(_shipped())
    for module in modules:
        module.PHRASES_DICT = known
    modules[-1].p_set._set = _Beginnings(known)
    return known


def _stand_in() -> ModuleType:
    """Return what stands for pypinyin's module of characters."""
    module = ModuleType(_CHARACTERS)
    found = _CODE_AND_WAYS.finditer(_text("pinyin_dict.json"))
    module.__dict__["pinyin_dict"] = Characters((int(one[1]), one[2]) for one in found)
    return module


def _shipped() -> Iterator[tuple[str, Ways]]:
    """Read pypinyin's file phrase by phrase: as a whole it would take 40 MB for a moment."""
    text = _text("phrases_dict.json")
    decode = json.JSONDecoder().raw_decode
    for found in _BEFORE_WAYS.finditer(text):
        yield found[1], decode(text, found.end())[0]


def _text(name: str) -> str:
    """Read one of pypinyin's files, without importing it."""
    spec = importlib.util.find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    return Path(spec.origin).with_name(name).read_text("utf-8")


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
