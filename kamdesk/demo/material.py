"""Reads the texts of the invented territory: every line in Chinese and in English."""

import re
import tomllib
from functools import cache
from string import Formatter
from typing import Any, Final, Literal, NamedTuple

from kamdesk.assets import asset

Language = Literal["zh", "en"]

PEOPLE: Final = frozenset(
    {"other", "boss", "finance", "buyer", "it", "quality", "legal", "gate", "tech_head"}
)
"""Places filled by somebody who must exist and not be the one we met."""
TOLD: Final = frozenset({"pain", "metric", "gain", "tech"})
"""Places filled by the subject of the talk."""
_HAN: Final = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60\U00020000-\U000323af]"
_GAP: Final = re.compile(f"(?<={_HAN}) (?={_HAN})")
_SEAM: Final = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U000323af])(?=[A-Za-z0-9])"
    r"|(?<=[A-Za-z0-9%])(?=[\u3400-\u9fff\U00020000-\U000323af])"
)


class Line(NamedTuple):
    """A sentence in both languages, with the people it speaks of beside the one we met.

    ``told``: what it takes from the subject, said once in a note. ``on_site``: only true of a
    meeting where we stood in the place. ``new``: only of somebody met for the first time.
    ``plant``: only where something is made. ``measured``: only of what alarms and reports.
    """

    zh: str
    en: str
    people: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    on_site: bool = False
    new: bool = False
    plant: bool = False
    measured: bool = False

    def text(self, language: Language) -> str:
        """Return the sentence in one language, its places still empty."""
        return self.zh if language == "zh" else self.en


_MEASURED: Final = ("误报", "报警", "传感器", "阈值", "测点", "采集", "大屏", "移动端")

Pool = tuple[Line, ...]


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of ``resources/demo``."""
    with asset("demo", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def line(text: str) -> Line:
    """Return the line written as ``中文 :: English``.

    Signs before it: ``@`` on site, ``*`` the first time, ``#`` only in plants.
    """
    plain = text.strip().lstrip("*@#")
    signs = text.strip().removesuffix(plain)
    zh, _, en = plain.partition("::")
    left = frozenset(places(zh))
    return Line(
        zh.strip(),
        en.strip(),
        people=left & PEOPLE,
        told=left & TOLD,
        on_site="@" in signs,
        new="*" in signs,
        plant="#" in signs,
        measured=any(word in zh for word in _MEASURED),
    )


def places(text: str) -> set[str]:
    """Return the names of the places a sentence leaves open."""
    return {place for _, place, _, _ in Formatter().parse(text) if place}


def pool(text: str) -> Pool:
    """Return the lines of a text, one a line."""
    return tuple(line(row) for row in text.strip("\n").split("\n") if "::" in row)


@cache
def lines(name: str, *keys: str) -> Pool:
    """Return the lines under a key of a file: ``lines("people", "boss", "focus")``."""
    found: Any = read(name)
    for key in keys:
        found = found[key]
    return pool(found)


def fields(row: str) -> list[str]:
    """Return the fields of a row written with bars."""
    return [part.strip() for part in row.split("|")]


def rows(text: str) -> list[list[str]]:
    """Return the rows of a text, each as its fields."""
    return [fields(row) for row in text.strip("\n").split("\n")]


def words(text: str) -> list[tuple[str, str]]:
    """Return the pairs of ``华 hua, 岳 yue``: a word and its reading."""
    pairs = (item.split(maxsplit=1) for item in text.replace("\n", " ").split(","))
    return [(word, reading) for word, reading in pairs]


def spaced(text: str) -> str:
    """Return a Chinese sentence with blanks only where letters or digits meet characters."""
    return text if text.isascii() else _GAP.sub("", _SEAM.sub(" ", text))
