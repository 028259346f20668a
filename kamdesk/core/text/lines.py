"""Lines of mixed Chinese and Latin text, broken as CLREQ and good printers want them.

No mark stands at a line's start or end that may not; Latin words stay whole; Han and Latin
are an eighth of an em apart; two full-width marks in a row share one em; the blank half of a
mark may hang over the edge; a last line is no runt. Widths are in thousandths of an em.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias

NO_START: Final = frozenset(
    "!%),.:;?]}¢°·ˇ†‡›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～”’…—–\U000f0002\U000f0004\U000f0005\U000f0006"
)
"""Marks that may not begin a line."""
NO_END: Final = frozenset("([{£¥$〈《「『【〔〖〝（．［｛￡￥“‘#\U000f0001\U000f0003")
"""Marks that may not end a line."""
_HANGS: Final = frozenset("，。、．；：！？")
_OPENING: Final = frozenset("“‘（《〈「『【〔〖")
_CLOSING: Final = frozenset("”’）》〉」』】〕〗，。、；：")

NARROW: Final = {
    "“": "\U000f0001",
    "”": "\U000f0002",
    "‘": "\U000f0003",
    "’": "\U000f0004",
    "…": "\U000f0005",
    "·": "\U000f0006",
}
"""Marks that are full-width in a Chinese face, and private stand-ins for their narrow forms."""
_WIDE_MARKS: Final = re.compile("[“”‘’…·]")
_HAN: Final = re.compile("[\u2e80-\uffef\U00020000-\U0003ffff]")
_AMONG_LATIN: Final = re.compile("(?<=[A-Za-z\u00c0-\u024f])[’·](?=[A-Za-z\u00c0-\u024f])")

_TOKEN: Final = re.compile(
    "\n|[ \t\r\f\v\u00a0]+|(?:(?![“”‘’…—·])[\u0021-\u2e7f\U000f0000-\U000f000f])+|."
)
_SOFT: Final = re.compile(r"(?<=[^\W\d_]{2}[-/–])(?=[^\W\d_]{2})")
_LAST_WORD: Final = re.compile("(?<!^)[!-\u2e7f]{1,16}$")
_FIRST_HAN: Final = "\u2e80"
_GAP: Final = 0.125
_RUNT: Final = 2.6
_SHED: Final = " ，。、；：,.;:-–—（(“‘"

Em: TypeAlias = Callable[[str], float]
"""Gives the width of one character in thousandths of an em."""
Run: TypeAlias = tuple[float, str]
"""A stretch of text and how far right of the line's start it begins, in points."""


class Line(NamedTuple):
    """A broken line: its runs, and how far its ink reaches, in points."""

    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run[1] for run in self.runs)


_Piece: TypeAlias = tuple[float, str, float]  # start, text, end


class _Unit(NamedTuple):
    """What may not be parted: its pieces, width, the gap before it, and a blank before it."""

    pieces: tuple[_Piece, ...]
    width: float
    gap: float
    blank: bool


def narrowed(text: str) -> str:
    """Return ``text`` with quotes and dots that stand in Latin text in their narrow forms."""
    if not _WIDE_MARKS.search(text):
        return text
    if _HAN.search(text):
        return _AMONG_LATIN.sub(_narrow, text)
    return _WIDE_MARKS.sub(_narrow, text)


def _narrow(mark: re.Match[str]) -> str:
    return NARROW[mark.group()]


def broken(
    text: str, *, em: Em, size: float, measure: float, most: int | None = None
) -> list[Line]:
    """Return ``text`` as lines no wider than ``measure`` points.

    With ``most``, later lines are cut off and the last one ends in “…”.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n") if "\n" in text else (text,):
        units = _units(paragraph, em, size)
        lines += _without_runt(units, em, size, measure) or [Line((), 0.0)]
    while lines and not lines[-1].runs:
        lines.pop()
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        lines[most - 1 :] = [_ended(last, em, size, measure)] if most else []
    return lines


def shortened(text: str, *, em: Em, size: float, measure: float) -> Line:
    """Return ``text`` on one line, ended by “…” where it would be wider than ``measure``."""
    lines = broken(text, em=em, size=size, measure=measure, most=1)
    return lines[0] if lines else Line((), 0.0)


def _without_runt(units: list[_Unit], em: Em, size: float, measure: float) -> list[Line]:
    lines = _filled(units, em, size, measure)
    if len(lines) < 2 or lines[-1].width >= _RUNT * size:
        return lines
    for step in range(1, 7):
        tried = _filled(units, em, size, measure - 0.6 * step * size)
        if len(tried) != len(lines):
            break
        if tried[-1].width >= _RUNT * size:
            return tried
    return lines


def _units(text: str, em: Em, size: float) -> list[_Unit]:
    """Cut into what may not be parted; measure each and the gap before it."""
    scale = size / 1000
    units: list[_Unit] = []
    before, blank = "", False
    for token in _tokens(text):
        first = token[0]
        if first.isspace() and first != "\u3000":
            blank = True
            continue
        width = sum(map(em, token)) * scale
        gap = _gap(before, first, em) * size if before and not blank else 0.0
        if units and (first in NO_START or before in NO_END or _joins(first)):
            whole = units[-1]
            start = whole.width + gap
            pieces = whole.pieces
            if blank:
                after = start + em(" ") * scale
                pieces, start = (*pieces, (start, " ", after)), after
            pieces = (*pieces, (start, token, start + width))
            units[-1] = whole._replace(pieces=pieces, width=start + width)
        else:
            units.append(_Unit(((0.0, token, width),), width, gap, blank))
        before, blank = token[-1], False
    return units


def _tokens(text: str) -> Iterable[str]:
    for token in _TOKEN.findall(text):
        if len(token) > 5 and _SOFT.search(token):
            yield from _SOFT.split(token)
        else:
            yield token


def _joins(char: str) -> bool:
    """True for a mark that belongs on the letter before it."""
    return char > "\u02ff" and unicodedata.combining(char) > 0


def _is_han(char: str) -> bool:
    return (
        char >= _FIRST_HAN
        and not "\uff10" <= char <= "\uff5a"
        and not "\U000f0000" <= char <= "\U000f000f"
        and char not in NO_START
        and char not in NO_END
    )


def _gap(before: str, char: str, em: Em) -> float:
    """Return the gap between two characters in ems: Han beside Latin, or two marks in a row."""
    if before in _CLOSING:
        squeezed = char in _CLOSING or char in _OPENING
    else:
        squeezed = before in _OPENING and char in _OPENING
    if squeezed:
        return -0.5 if em(before) >= 900 and em(char) >= 900 else 0.0
    if (before >= _FIRST_HAN) == (char >= _FIRST_HAN):
        return 0.0
    if char < _FIRST_HAN:
        return _GAP if char.isalnum() and _is_han(before) else 0.0
    return _GAP if (before.isalnum() or before in "%)") and _is_han(char) else 0.0


def _filled(units: list[_Unit], em: Em, size: float, measure: float) -> list[Line]:
    lines: list[Line] = []
    runs: list[_Piece] = []
    x, scale, limit = 0.0, size / 1000, measure + 0.01
    blank_width = em(" ") * scale
    for unit in units:
        gap = (blank_width if unit.blank else unit.gap) if runs else 0.0
        hanging = 0.0
        if runs and x + gap + unit.width > limit:
            hanging = _hanging(unit.pieces[-1][1][-1], em) * size
            if not hanging or x + gap + unit.width - hanging > limit:
                lines.append(_line(runs, x))
                runs, x, gap, hanging = [], 0.0, 0.0, 0.0
        if not runs and unit.width > limit:
            hanging = _hanging(unit.pieces[-1][1][-1], em) * size
            if not hanging or unit.width - hanging > limit:
                *whole, rest = _forced(unit, em, size, measure)
                lines += whole
                runs = [(dx, text, -1.0) for dx, text in rest.runs]
                x = rest.width
                continue
        if gap and unit.blank:
            _add(runs, x, " ", blank_width)
        for start, text, end in unit.pieces:
            _add(runs, x + gap + start, text, end - start)
        x += gap + unit.width - hanging
        if hanging:
            lines.append(_line(runs, x))
            runs, x = [], 0.0
    if runs:
        lines.append(_line(runs, x))
    return lines


def _hanging(char: str, em: Em) -> float:
    return 0.5 if char in _HANGS and em(char) >= 900 else 0.0


def _add(runs: list[_Piece], x: float, text: str, width: float) -> None:
    if runs and abs(runs[-1][2] - x) < 1e-6:
        start, before, _ = runs[-1]
        runs[-1] = (start, before + text, x + width)
    else:
        runs.append((x, text, x + width))


def _line(runs: list[_Piece], width: float) -> Line:
    return Line(tuple((start, text) for start, text, _ in runs), width)


def _forced(unit: _Unit, em: Em, size: float, measure: float) -> list[Line]:
    """Break what is longer than a whole line, between characters, kindly where it can be."""
    text = "".join(piece for _, piece, _ in unit.pieces)
    scale = size / 1000
    lines: list[Line] = []
    start = 0
    while True:
        end, width = start, 0.0
        while end < len(text) and (end == start or width + em(text[end]) * scale <= measure):
            width += em(text[end]) * scale
            end += 1
        if end == len(text):
            return [*lines, Line(((0.0, text[start:]),), width)]
        kind = end
        while kind > start + 1 and not _may_part(text[kind - 1], text[kind]):
            kind -= 1
        if kind > start + 1:
            width -= sum(map(em, text[kind:end])) * scale
            end = kind
        lines.append(Line(((0.0, text[start:end]),), width))
        start = end


def _may_part(before: str, after: str) -> bool:
    return after not in NO_START and before not in NO_END and not _joins(after)


def _ended(line: Line, em: Em, size: float, measure: float) -> Line:
    """Return the line with “…” at its end, as much of it as has room."""
    text = line.text.rstrip(_SHED)
    while True:
        dots = "…" if text and _FIRST_HAN <= text[-1] < NARROW["“"] else NARROW["…"]
        lines = _filled(_units(text + dots, em, size), em, size, measure)
        if len(lines) <= 1 or not text:
            return lines[0]
        shorter = text[:-1]
        if text[-1] < _FIRST_HAN and shorter[-1:] not in ("", " "):
            shorter = _LAST_WORD.sub("", shorter) or shorter
        text = shorter.rstrip(_SHED)
