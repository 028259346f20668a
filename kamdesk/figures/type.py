"""The letter on paper and screen: two weights, how wide text is, what to do without a glyph."""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from kamdesk.assets import asset
from kamdesk.core.text.lines import NARROW, Em, Line, broken, narrowed
from kamdesk.figures.face import Face

LONGEST: Final = 2_000
"""Characters of one text that are ever shown (``trust.md`` 3)."""
STANDS_FOR: Final = {private: mark for mark, private in NARROW.items()}
"""The mark a private character of ``core.text.lines`` stands for."""
_HALF_DOT: Final = 0xFF65
BOX: Final = 800.0
"""Width of the box drawn for a character no face has, in thousandths of an em."""


class Weight(StrEnum):
    """The two weights; the value is the face's name in shapes and files."""

    REGULAR = "NotoSansSC-Regular"
    BOLD = "NotoSansSC-Bold"


class Way(StrEnum):
    """How a character of a weight comes on paper."""

    OWN = "own"  # the weight has it
    THICKENED = "thickened"  # only the regular weight has it: drawn with a thin stroke
    BOXED = "boxed"  # no face has it: a box with its code point
    SILENT = "silent"  # it has no picture of its own


@cache
def face(weight: Weight) -> Face:
    """Return the face of a weight, opened on first use."""
    return Face(asset("fonts", f"{weight}.ttf"))


@cache
def glyph(char: str, weight: Weight) -> int:
    """Return the glyph of a character in its own weight, 0 when there is none."""
    own = face(weight)
    mark = STANDS_FOR.get(char)
    if mark == "·":
        return own.glyph(_HALF_DOT)
    if mark:
        return own.narrow_glyph(own.glyph(ord(mark)))
    if char == "\u00a0":
        char = " "
    return own.glyph(ord(char))


@cache
def way(char: str, weight: Weight) -> Way:
    """Return how a character comes on paper in a weight."""
    code = ord(char)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x200C <= code <= 0x200D:
        return Way.SILENT
    # Marks that turn the reading direction or hide text are shown, never obeyed.
    if unicodedata.category(char) not in ("Cf", "Cc"):
        if glyph(char, weight):
            return Way.OWN
        if weight is Weight.BOLD and glyph(char, Weight.REGULAR):
            return Way.THICKENED
    return Way.BOXED


class _Widths(dict[str, float]):
    """Width of each character met so far, in thousandths of an em."""

    def __init__(self, weight: Weight) -> None:
        super().__init__()
        self._weight = weight

    def __missing__(self, char: str) -> float:
        how = way(char, self._weight)
        if how is Way.BOXED:
            width = BOX
        elif how is Way.SILENT:
            width = 0.0
        else:
            source = Weight.REGULAR if how is Way.THICKENED else self._weight
            width = float(face(source).advance(glyph(char, source)))
        self[char] = width
        return width


_widths: Final = {weight: _Widths(weight) for weight in Weight}
ems: Final[dict[Weight, Em]] = {weight: _widths[weight].__getitem__ for weight in Weight}
"""Of each weight, the function that gives a character's width in thousandths of an em."""


def width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Return how wide ``text`` is on one line, in points, without gaps between scripts."""
    return sum(map(ems[weight], text)) * size / 1000


def parts(text: str, weight: Weight) -> list[tuple[Way, str]]:
    """Return ``text`` cut where the way it comes on paper changes."""
    return [(how, "".join(chars)) for how, chars in groupby(text, lambda char: way(char, weight))]


@lru_cache(maxsize=8192)
def lines(
    text: str, size: float, measure: float, weight: Weight = Weight.REGULAR, most: int | None = None
) -> tuple[Line, ...]:
    """Return ``text`` as lines no wider than ``measure``; with ``most``, cut short by “…”."""
    shown = narrowed(text[:LONGEST] + "…" if len(text) > LONGEST else text)
    return tuple(broken(shown, em=ems[weight], size=size, measure=measure, most=most))


def line(text: str, size: float, measure: float, weight: Weight = Weight.REGULAR) -> Line:
    """Return ``text`` as one line, cut short by “…” where it would be wider than ``measure``."""
    some = lines(text, size, measure, weight, 1)
    return some[0] if some else Line((), 0.0)
