"""Reads CSV and its kin: any code, any separator, and every row accounted for by number."""

import csv
import sys
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.found import About, Found, RawRow, Remark
from kamdesk.transfer.limits import LIMITS, Limits
from kamdesk.transfer.neutral import bare
from kamdesk.transfer.sniff import (
    ENCODINGS,
    HEAD,
    MARK,
    Codec,
    find_codec,
    find_separator,
    lines_of,
    says_separator,
)

_END: Final = "\x00end of file\x00"
"""A last line of our own: where it lands tells whether a quote was left open."""
_LONGEST_ROW: Final = 4_000_000
_MOST_LINES_A_ROW: Final = 10_000
_MOST_OPEN_QUOTES: Final = 100
_LONGEST_SHOWN: Final = 1_000
"""Characters of a refused cell that are kept, to be mended by hand."""


def read_delimited(
    file: BinaryIO, *, encoding: str = "", separator: str = "", limits: Limits = LIMITS
) -> Iterator[Found]:
    """Yield what ``file`` holds; ``encoding`` and ``separator`` are guessed when empty."""
    codec = _given(encoding) if encoding else find_codec(file)
    lines = lines_of(file, codec)
    first = _first_lines(lines)
    sign = separator or find_separator(first)
    yield About(format="csv", encoding=codec.name, separator=sign)
    start = 1
    if first and says_separator(first[0]):
        first, start = first[1:], 2
    spaced = bool(sign) and any(f'{sign} "' in line for line in first)
    spaced = spaced and not any(f'{sign}"' in line for line in first)
    rows = _Rows(chain(first, lines), sign, spaced=spaced, limits=limits)
    yield from rows.read(start, marked=codec.mixed)
    if rows.cut:
        yield Remark(
            Text(
                "{n} cell was longer than {most} characters and was cut.",
                "{n} cells were longer than {most} characters and were cut.",
                n=rows.cut,
                most=limits.cell,
            )
        )


def _given(encoding: str) -> Codec:
    name = encoding.lower().replace("_", "-")
    known = {one.replace("_", "-"): one for one in ENCODINGS}
    if name not in known:
        raise RuleBroken(Text("“{name}” is not a code for text.", name=encoding))
    return Codec(known[name], mixed=True)


def _first_lines(lines: Iterator[str]) -> list[str]:
    first: list[str] = []
    size = 0
    for line in islice(lines, 200):
        first.append(line)
        size += len(line)
        if size > HEAD:
            break
    return first


class _Rows:
    """The rows of one text: quotes that are never closed cost their own row, not the rest."""

    def __init__(
        self, lines: Iterator[str], separator: str, *, spaced: bool, limits: Limits
    ) -> None:
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        # A single column is "separated" by a character that no text holds.
        self._separator, self._spaced, self._limits = separator or "\x1f", spaced, limits
        self._lines = chain(lines, (_END,))
        self._pending: list[str] = []
        self._pending_size = 0
        self.cut = 0

    def read(self, number: int, *, marked: bool) -> Iterator[RawRow]:
        """Yield the rows that hold anything, numbered from ``number``."""
        open_quotes = 0
        while True:
            reader = csv.reader(
                self._feed(), delimiter=self._separator, skipinitialspace=self._spaced
            )
            try:
                for cells in reader:
                    if cells and cells[-1].endswith(_END):
                        if len(self._pending) == 1:
                            return
                        raise csv.Error("open quote")
                    row = self._row(number, cells, marked=marked)
                    if row is not None:
                        yield row
                    number += 1
                    if number > self._limits.rows + 2:
                        raise RuleBroken(
                            Text("It has more than {most} rows.", most=self._limits.rows)
                        )
                    self._pending.clear()
                    self._pending_size = 0
            except csv.Error:
                open_quotes += 1
                if open_quotes > _MOST_OPEN_QUOTES:
                    raise RuleBroken(
                        Text("More than {most} quotes are never closed.", most=_MOST_OPEN_QUOTES)
                    ) from None
            else:
                return
            said = self._pending[0].rstrip("\r\n")[:_LONGEST_SHOWN]
            yield RawRow(
                number,
                [MARK.sub("\ufffd", said)],
                Text("The quote that opens in this row is never closed."),
            )
            number += 1
            self._lines = chain(self._pending[1:], self._lines)
            self._pending, self._pending_size = [], 0

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._pending.append(line)
            self._pending_size += len(line)
            if len(self._pending) > 1 and (
                self._pending_size > _LONGEST_ROW or len(self._pending) > _MOST_LINES_A_ROW
            ):
                raise csv.Error("open quote")
            yield line

    def _row(self, number: int, cells: list[str], *, marked: bool) -> RawRow | None:
        limits = self._limits
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return None
        if marked and any(MARK.search(cell) for cell in cells):
            return RawRow(
                number,
                [MARK.sub("\ufffd", cell)[:_LONGEST_SHOWN] for cell in cells[: limits.columns]],
                Text("This row is written in another code than the rest of the file."),
            )
        if len(cells) > limits.columns:
            return RawRow(
                number,
                [cell[:_LONGEST_SHOWN] for cell in cells[: limits.columns]],
                Text(
                    "This row has {n} columns; {most} is the most.",
                    n=len(cells),
                    most=limits.columns,
                ),
            )
        if self._pending_size > limits.cell:
            cells = [self._cut(cell) for cell in cells]
        if any("'" in line for line in self._pending):
            cells = [bare(cell) for cell in cells]
        return RawRow(number, cells)

    def _cut(self, cell: str) -> str:
        if len(cell) <= self._limits.cell:
            return cell
        self.cut += 1
        return cell[: self._limits.cell]
