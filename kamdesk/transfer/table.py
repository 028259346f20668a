"""A foreign table as a person sees it: one row of headings, columns with names, rows below."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kamdesk.core.text.clean import LONGEST
from kamdesk.transfer.found import RawRow

_NO_TEXT = re.compile("[\x00-\x1f\x7f\ufeff\ud800-\udfff]+")
_NO_HEADING = re.compile(
    r"""[\d\s.,:/+()%¥￥$€-]+            # a number, a day, a telephone number
    | \S+@\S+\.\S+ | https?://.* | www\..*
    | \d{6}\.[A-Za-z]{2}
    | \d{4}年.*""",
    re.VERBOSE,
)
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a table. ``row`` is the number of the heading row, 0 where there is none."""

    row: int
    names: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for files with the same columns: by it a mapping is remembered."""
        plain = "\x1f".join(name.casefold().replace(" ", "") for name in self.names)
        return sha256(plain.encode()).hexdigest()[:16]


def find_headings(first: Sequence[RawRow]) -> Headings:
    """Return the headings of a table from its first rows; lines above them are passed over."""
    rows = [row for row in first[:_LOOKED_AT] if row.refused is None]
    if not rows:
        return Headings(0, ())
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in rows]
    usual = Counter(filled).most_common(1)[0][0]
    widest = max(len(row.cells) for row in rows)
    for row, count in zip(rows, filled, strict=True):
        if count >= max(1, min(usual, widest) * 0.6) and not _is_data(row.cells):
            return Headings(row.number, _named(row.cells, widest))
        if _is_data(row.cells) and count >= usual * 0.6:
            break
    return Headings(0, _named([], widest))


def named(row: RawRow, headings: Headings) -> dict[str, str]:
    """Return the cells of a row by column; cells beyond the last column are ``#7``, ``#8`` …"""
    names = headings.names
    cells = dict(zip(names, row.cells, strict=False))
    for place in range(len(names), len(row.cells)):
        if row.cells[place]:
            cells[column_name(place)] = row.cells[place]
    return cells


def column_name(place: int) -> str:
    """Return what a column without a heading is called, by its place from 0."""
    return f"#{place + 1}"


def _is_data(cells: Sequence[str]) -> bool:
    """True when a cell is a number, day, address or the like: headings are words."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return any(len(cell) > 200 or _NO_HEADING.fullmatch(cell) for cell in said)


def _named(cells: Sequence[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    taken: set[str] = set()
    for place in range(max(width, len(cells))):
        cell = cells[place] if place < len(cells) else ""
        plain = " ".join(_NO_TEXT.sub(" ", cell[:LONGEST]).split()) or column_name(place)
        name, again = plain, 1
        while name in taken:
            again += 1
            name = f"{plain} ({again})"
        taken.add(name)
        names.append(name)
    while names and names[-1] == column_name(len(names) - 1) and len(names) > max(width, 1):
        names.pop()
    return tuple(names)
