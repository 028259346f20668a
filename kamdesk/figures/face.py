"""A TrueType face read straight from its file: nothing is parsed before it is asked for."""

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

Column: TypeAlias = "array[int]"
Groups: TypeAlias = tuple[Column, Column, Column]
_GROUP = 3  # a group of the character table: first code, last code, first glyph


class Face:
    """One weight of the font: which glyph a character has, how wide it is, its tables."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._places: dict[str, tuple[int, int]] = {}
        (count,) = struct.unpack_from(">H", self._data, 4)
        for place in range(12, 12 + 16 * count, 16):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self._data, place)
            self._places[tag.decode("latin-1")] = (offset, length)
        self.units: int = self._number("head", 18)
        self._advances_known: int = self._number("hhea", 34)
        self._long_places = self._number("head", 50) == 1

    def table(self, tag: str) -> bytes:
        """Return a table of the font as bytes; empty when it has none of this name."""
        offset, length = self._places.get(tag, (0, 0))
        return self._data[offset : offset + length]

    def glyph(self, code: int) -> int:
        """Return the glyph of a character, 0 when the face has none."""
        firsts, lasts, glyphs = self._groups
        group = bisect_right(firsts, code) - 1
        if group < 0 or code > lasts[group]:
            return 0
        return glyphs[group] + code - firsts[group]

    def narrow_glyph(self, glyph: int) -> int:
        """Return the glyph's proportional form, the glyph itself when it has none."""
        return self._proportional.get(glyph, glyph)

    def advance(self, glyph: int) -> int:
        """Return how wide a glyph is, in thousandths of an em."""
        at = self._places["hmtx"][0] + 4 * min(glyph, self._advances_known - 1)
        (width,) = struct.unpack_from(">H", self._data, at)
        return round(int(width) * 1000 / self.units)

    def side(self, glyph: int) -> int:
        """Return the left side bearing of a glyph, in units of the font."""
        start, known = self._places["hmtx"][0], self._advances_known
        at = start + 4 * glyph + 2 if glyph < known else start + 4 * known + 2 * (glyph - known)
        return int(struct.unpack_from(">h", self._data, at)[0])

    def outline(self, glyph: int) -> bytes:
        """Return a glyph's outline as it stands in the font; empty for a blank.

        Outlines are read, not mapped: a few hundred of them lie all over ten megabytes, and each
        one would keep its whole neighbourhood in memory.
        """
        place = self._places["loca"][0]
        if self._long_places:
            first, last = struct.unpack_from(">LL", self._data, place + 4 * glyph)
        else:
            first, last = (
                2 * at for at in struct.unpack_from(">HH", self._data, place + 2 * glyph)
            )
        start = self._places["glyf"][0]
        with self._path.open("rb", buffering=0) as file:
            file.seek(start + first)
            return file.read(last - first)

    @cached_property
    def name(self) -> str:
        """The PostScript name."""
        table = self.table("name")
        count, strings = struct.unpack_from(">HH", table, 2)
        for place in range(6, 6 + 12 * count, 12):
            platform, _, _, kind, length, offset = struct.unpack_from(">6H", table, place)
            if kind == 6 and platform == 3:
                start = strings + offset
                return table[start : start + length].decode("utf-16-be")
        return "Font"

    def _number(self, tag: str, offset: int) -> int:
        return int(struct.unpack_from(">H", self._data, self._places[tag][0] + offset)[0])

    @cached_property
    def _groups(self) -> Groups:
        """The character table as three columns; segments of the old form become groups too."""
        start = self._places["cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        best: dict[int, int] = {}
        for place in range(start + 4, start + 4 + 8 * count, 8):
            at = start + struct.unpack_from(">HHL", self._data, place)[2]
            best[struct.unpack_from(">H", self._data, at)[0]] = at
        if 12 in best:
            (groups,) = struct.unpack_from(">L", self._data, best[12] + 12)
            first = best[12] + 16
            flat = _big_endian("I", self._data[first : first + 12 * groups])
            return flat[0::_GROUP], flat[1::_GROUP], flat[2::_GROUP]
        return _segments(self._data[best[4] : best[4] + (1 << 17)])

    @cached_property
    def _proportional(self) -> dict[int, int]:
        """Single substitutions of the feature ``pwid``."""
        table = self.table("GSUB")
        pairs: dict[int, int] = {}
        if not table:
            return pairs
        features, lookups = struct.unpack_from(">HH", table, 6)
        for place in range(features + 2, features + 2 + 6 * _short(table, features), 6):
            if table[place : place + 4] == b"pwid":
                feature = features + _short(table, place + 4)
                for number in range(_short(table, feature + 2)):
                    index = _short(table, feature + 4 + 2 * number)
                    lookup = lookups + _short(table, lookups + 2 + 2 * index)
                    pairs.update(_substitutions(table, lookup))
        return pairs


def _short(table: bytes, offset: int) -> int:
    return int.from_bytes(table[offset : offset + 2], "big")


def _big_endian(kind: str, data: bytes) -> Column:
    column: Column = array(kind)
    column.frombytes(data)
    if sys.byteorder == "little":
        column.byteswap()
    return column


def _segments(table: bytes) -> Groups:
    """Turn a character table of format 4 into groups."""
    twice = _short(table, 6)
    columns = [
        _big_endian("H", table[at : at + twice])
        for at in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
    ]
    firsts, lasts, glyphs = array("I"), array("I"), array("I")
    for number, (last, first, delta, offset) in enumerate(zip(*columns, strict=True)):
        if first == 0xFFFF:
            continue
        if not offset:
            # The delta may wrap round within a segment only where a font was made carelessly.
            firsts.append(first)
            lasts.append(last)
            glyphs.append((first + delta) & 0xFFFF)
            continue
        at = 16 + 3 * twice + 2 * number + offset
        for code in range(first, last + 1):
            glyph = _short(table, at + 2 * (code - first))
            if glyph:
                firsts.append(code)
                lasts.append(code)
                glyphs.append((glyph + delta) & 0xFFFF)
    return firsts, lasts, glyphs


def _substitutions(table: bytes, lookup: int) -> dict[int, int]:
    """Read the single substitutions of one lookup, plain or in an extension."""
    pairs: dict[int, int] = {}
    kind = _short(table, lookup)
    for number in range(_short(table, lookup + 4)):
        at = lookup + _short(table, lookup + 6 + 2 * number)
        if kind == 7 and _short(table, at + 2) == 1:
            at += int.from_bytes(table[at + 4 : at + 8], "big")
        elif kind != 1:
            continue
        covered = _coverage(table, at + _short(table, at + 2))
        if _short(table, at) == 1:
            delta = _short(table, at + 4)
            pairs.update((glyph, (glyph + delta) & 0xFFFF) for glyph in covered)
        else:
            pairs.update(
                (glyph, _short(table, at + 6 + 2 * place)) for place, glyph in enumerate(covered)
            )
    return pairs


def _coverage(table: bytes, at: int) -> list[int]:
    count = _short(table, at + 2)
    if _short(table, at) == 1:
        return [_short(table, at + 4 + 2 * place) for place in range(count)]
    glyphs: list[int] = []
    for place in range(at + 4, at + 4 + 6 * count, 6):
        glyphs.extend(range(_short(table, place), _short(table, place + 2) + 1))
    return glyphs
