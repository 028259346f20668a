"""Writes a table as an XLSX workbook in which every text is a text and no formula.

Written by hand rather than by openpyxl, which lays the customer's words in the system's folder
for temporary files on the way.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Final

from kamdesk.core.wording import Text, say
from kamdesk.transfer.neutral import looks_calculated
from kamdesk.transfer.writers.plain_table import Heading, Rows, Value, as_text, is_words
from kamdesk.transfer.writers.whole_file import whole_file

LONGEST_CELL: Final = 32_767
"""Characters Excel takes in a cell; with more it calls the whole file damaged."""
MOST_ROWS: Final = 1_048_576

_EXCEL_ZERO: Final = datetime(1899, 12, 30)
_FIRST_SURE_DAY: Final = date(1900, 3, 1)
_TEXT, _LOOKS_CALCULATED, _DAY, _TIME = 1, 2, 3, 4
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_x(?=[0-9a-fA-F]{4}_)")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f'\ud800-\udfff\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(
    target: Path, headings: Sequence[Heading], rows: Rows, *, language: str, sheet: Heading
) -> list[Text]:
    """Write ``rows`` under ``headings`` into one sheet; return what had to be left out."""
    page = _Page(language)
    every = iter(rows)
    name = _NO_SHEET_NAME.sub(" ", say(sheet, language))[:31].strip() or "1"
    with whole_file(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in _frame(name).items():
            book.writestr(part, _XML + content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for piece in page.pieces(headings, islice(every, MOST_ROWS - 1)):
                out.write(piece.encode("utf-8", "replace"))
    left = sum(1 for _ in every)
    said = []
    if page.cut:
        said.append(
            Text(
                "{n} cell was longer than Excel takes and was cut.",
                "{n} cells were longer than Excel takes and were cut.",
                n=page.cut,
            )
        )
    if left:
        said.append(
            Text(
                "Excel takes no more rows: {n} row was left out.",
                "Excel takes no more rows: {n} rows were left out.",
                n=left,
            )
        )
    return said


class _Page:
    """One sheet as XML; counts the cells it had to cut."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._rows = 0
        self.cut = 0

    def pieces(self, headings: Sequence[Heading], rows: Rows) -> Iterator[str]:
        """Yield the sheet row by row, the headings kept in sight."""
        yield (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            "</sheetView></sheetViews><sheetData>"
        )
        yield self._row(headings)
        for row in rows:
            yield self._row(row)
        yield "</sheetData></worksheet>"

    def _row(self, row: Sequence[Value]) -> str:
        self._rows += 1
        cells = "".join(
            self._cell(f"{column_letters(place)}{self._rows}", value)
            for place, value in enumerate(row)
            if value is not None
        )
        return f'<row r="{self._rows}">{cells}</row>'

    def _cell(self, at: str, value: Value) -> str:
        if isinstance(value, bool):
            return f'<c r="{at}" t="b"><v>{value:d}</v></c>'
        if isinstance(value, date):
            return self._day(at, value)
        if is_words(value) or not _is_exact(value):
            return self._text(at, as_text(value, self._language))
        return f'<c r="{at}"><v>{as_text(value, self._language)}</v></c>'

    def _day(self, at: str, value: date) -> str:
        if isinstance(value, datetime):
            plain = value.replace(tzinfo=None)
            if plain.date() >= _FIRST_SURE_DAY:
                days = (plain - _EXCEL_ZERO).total_seconds() / 86_400
                return f'<c r="{at}" s="{_TIME}"><v>{days:.9f}</v></c>'
        elif value >= _FIRST_SURE_DAY:
            days_since = (value - _EXCEL_ZERO.date()).days
            return f'<c r="{at}" s="{_DAY}"><v>{days_since}</v></c>'
        return self._text(at, as_text(value, self._language))

    def _text(self, at: str, said: str) -> str:
        if len(said) > LONGEST_CELL:
            said, self.cut = said[:LONGEST_CELL], self.cut + 1
        style = _LOOKS_CALCULATED if looks_calculated(said) else _TEXT
        plain = escape(_NO_XML.sub(_escaped, said), quote=False)
        return (
            f'<c r="{at}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{plain}</t></is></c>'
        )


@cache
def column_letters(place: int) -> str:
    """Return what a spreadsheet calls a column, by its place from 0: A … Z, AA …"""
    before, last = divmod(place, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


def _is_exact(value: Value) -> bool:
    """True when Excel keeps all digits of a figure: it has 15."""
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < 10**15
    if isinstance(value, int):
        return abs(value) < 10**15
    return isinstance(value, float) and isfinite(value)


def _escaped(found: "re.Match[str]") -> str:
    sign = found.group(0)
    if sign in "\ufffe\uffff":  # no characters at all, and XML has no way to say them
        return "\ufffd"
    return "_x005F_x" if sign == "_x" else f"_x{ord(sign):04X}_"


def _frame(sheet: str) -> dict[str, str]:
    """Return the parts of a workbook around its one sheet."""
    relation = f"{_PACKAGE}/relationships"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml"'
            f' ContentType="{_KIND}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{relation}"><Relationship Id="rId1"'
            f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{relation}">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
            '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
            '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
            '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
            '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/>'
            '<xf numFmtId="49" applyNumberFormat="1"/>'
            '<xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
            '<xf numFmtId="164" applyNumberFormat="1"/>'
            '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        ),
    }
