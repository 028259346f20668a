"""Reads XLSX workbooks by calamine, after their zip was found honest."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.found import About, Found, RawRow, Remark
from kamdesk.transfer.limits import LIMITS, MIB, Limits

Cell = int | float | str | bool | time | date | datetime | timedelta

_LOCAL_HEAD: Final = 30
_SMALL: Final = 64 * 1024
"""Bytes; what inflates to no more than this harms nobody at any ratio."""
_MOST_FILLED: Final = 1_000_000


def read_workbook(
    file: BinaryIO, *, sheet: int | None = None, limits: Limits = LIMITS
) -> Iterator[Found]:
    """Yield what one sheet holds: the first visible one with anything in it, or number ``sheet``.

    Sheets are counted from 0 in the order of ``About.sheets``.
    """
    _inspect(file, limits)
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        names = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        if sheet is not None and not 0 <= sheet < len(names):
            raise RuleBroken(Text("There is no sheet number {n}.", n=sheet + 1))
        chosen = None
        for name in names if sheet is None else [names[sheet]]:
            found = book.get_sheet_by_name(name)
            if found.height and found.width:
                chosen = found
                break
        if chosen is None:
            raise RuleBroken(Text("No visible sheet of it holds anything."))
        yield About(format="xlsx", sheet=chosen.name, sheets=tuple(names))
        start, end = chosen.start or (0, 0), chosen.end or (0, 0)
        if end[1] - start[1] >= limits.columns:
            raise RuleBroken(
                Text(
                    "This sheet has {n} columns; {most} is the most.",
                    n=end[1] - start[1] + 1,
                    most=limits.columns,
                )
            )
        if end[0] - start[0] > limits.rows:
            raise RuleBroken(Text("It has more than {most} rows.", most=limits.rows))
        merged = _merged_downwards(chosen.merged_cell_ranges, start)
        if merged:
            yield Remark(
                Text("Merged cells were read as if their value stood in each of their rows.")
            )
        yield from _rows(chosen.iter_rows(), merged, limits)
    except PasswordError:
        raise RuleBroken(
            Text("It is encrypted. Take the password off in your spreadsheet program.")
        ) from None
    except CalamineError as broken:
        raise RuleBroken(
            Text(
                "The workbook is damaged ({detail}). Open it in your spreadsheet program and "
                "save it again.",
                detail=str(broken)[:120],
            )
        ) from None


def text_of(cell: object) -> str:
    """Return a cell as the text a person would type for it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds")
    return str(cell)


def _rows(
    rows: Iterator[list[Cell]],
    merged: dict[int, dict[int, int]],
    limits: Limits,
) -> Iterator[Found]:
    """Yield the filled rows; ``merged`` names, by row and column, the row a value comes from.

    ``rows`` start at the top of the sheet, though at its first filled column.
    """
    cut = 0
    sources: dict[tuple[int, int], str] = {}
    wanted = {(row, column) for inside in merged.values() for column, row in inside.items()}
    for number, row in enumerate(rows, 1):
        cells = [text_of(cell) for cell in row]
        for column, source in merged.get(number, {}).items():
            if column < len(cells) and not cells[column]:
                cells[column] = sources.get((source, column), "")
        for column, cell in enumerate(cells):
            if len(cell) > limits.cell:
                cells[column] = cell[: limits.cell]
                cut += 1
            if (number, column) in wanted:
                sources[number, column] = cells[column]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield RawRow(number, cells)
    if cut:
        yield Remark(
            Text(
                "{n} cell was longer than {most} characters and was cut.",
                "{n} cells were longer than {most} characters and were cut.",
                n=cut,
                most=limits.cell,
            )
        )


def _merged_downwards(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None, start: tuple[int, int]
) -> dict[int, dict[int, int]]:
    """Return for each row under a merged cell the columns it covers and the row it comes from."""
    covered: dict[int, dict[int, int]] = {}
    filled = 0
    for (top, left), (bottom, _) in ranges or ():
        filled += bottom - top
        if filled > _MOST_FILLED:
            break
        for row in range(top + 1, bottom + 1):
            covered.setdefault(row + 1, {})[left - start[1]] = top + 1
    return covered


def _inspect(file: BinaryIO, limits: Limits) -> None:
    """Refuse a zip that promises too much, lies about it, or is no workbook."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries:
                raise RuleBroken(
                    Text("The workbook has {n} parts; {most} is the most.",
                         n=len(entries), most=limits.entries)
                )  # fmt: skip
            if "[Content_Types].xml" not in archive.NameToInfo:
                raise RuleBroken(Text("It is a zip file, but no Excel workbook."))
            _refuse_bombs(entries, limits)
            _refuse_overlap(entries, archive.start_dir)
            left = limits.inflated
            for entry in entries:
                left -= _measure(file, entry, most=min(left, entry.file_size + _SMALL))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError) as broken:
        raise RuleBroken(
            Text(
                "The workbook is damaged ({detail}). Open it in your spreadsheet program and "
                "save it again.",
                detail=str(broken)[:120],
            )
        ) from None


def _refuse_bombs(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if inflated > limits.inflated:
        raise RuleBroken(
            Text(
                "Unpacked it would be {size} MB; {most} MB is the most.",
                size=inflated // MIB,
                most=limits.inflated // MIB,
            )
        )
    swollen = any(
        entry.file_size > _SMALL and entry.file_size > limits.ratio * max(1, entry.compress_size)
        for entry in entries
    )
    if swollen or inflated > max(_SMALL, limits.ratio * packed):
        raise RuleBroken(
            Text(
                "It unpacks to more than {most} times its size, as no honest workbook does.",
                most=limits.ratio,
            )
        )
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise RuleBroken(
                Text("It is encrypted. Take the password off in your spreadsheet program.")
            )
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("unusual compression")


def _refuse_overlap(entries: list[zipfile.ZipInfo], end: int) -> None:
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [entry.header_offset for entry in ordered[1:]] + [end]
    for entry, following in zip(ordered, starts, strict=True):
        least = _LOCAL_HEAD + len(entry.orig_filename.encode()) + entry.compress_size
        if entry.header_offset + least > following:
            raise RuleBroken(Text("Its parts overlap, as in no honest workbook."))


def _measure(file: BinaryIO, entry: zipfile.ZipInfo, *, most: int) -> int:
    """Inflate one part without keeping it: it must hold what it says, to a little more."""
    file.seek(entry.header_offset)
    head = file.read(_LOCAL_HEAD)
    if len(head) < _LOCAL_HEAD or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("missing part")
    if entry.compress_type == zipfile.ZIP_STORED:
        if entry.file_size != entry.compress_size:
            raise zipfile.BadZipFile("sizes differ")
        return entry.file_size
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    left, inflated = entry.compress_size, 0
    inflate = zlib.decompressobj(-15)
    while not inflate.eof:
        packed = inflate.unconsumed_tail
        if not packed:
            packed = file.read(min(left, MIB))
            left -= len(packed)
            if not packed:
                raise zipfile.BadZipFile("cut off")
        inflated += len(inflate.decompress(packed, MIB))
        if inflated > most:
            raise RuleBroken(Text("It unpacks to more than it says, as no honest workbook does."))
    return inflated
