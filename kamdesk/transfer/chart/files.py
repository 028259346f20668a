"""A file with an organisation chart: a table of posts, a list of pairs, or indented text."""

from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import LONGEST
from kamdesk.core.wording import Text
from kamdesk.transfer.chart.chart import Chart
from kamdesk.transfer.chart.columns import read_pairs, read_table
from kamdesk.transfer.chart.indented import read_text
from kamdesk.transfer.foreign import cannot_be_imported
from kamdesk.transfer.preview import ForeignTable
from kamdesk.transfer.preview import read_table as read_foreign
from kamdesk.transfer.sniff import find_codec, lines_of, refuse_other_kinds
from kamdesk.transfer.table import named

TEXTS: Final = frozenset({".txt", ".md", ".text", ""})
_MOST_BYTES: Final = 2_000_000


def read_chart(path: Path) -> Chart:
    """Return the chart in a file. Raises ``RuleBroken`` in plain words.

    Files named ``.txt`` or ``.md`` are indented text of at most 2 MB; all others are tables.
    """
    try:
        if path.suffix.lower() in TEXTS:
            return read_text(_text(path))
        return chart_of(read_foreign(path))
    except OSError as trouble:
        raise cannot_be_imported(
            path, Text("it cannot be read ({why}).", why=trouble.strerror or "?")
        ) from None


def chart_of(table: ForeignTable) -> Chart:
    """Return the chart in a table that was read. Raises ``RuleBroken`` where it is none."""
    try:
        return read_table(table.headings.names, _rows(table))
    except RuleBroken as broken:
        raise cannot_be_imported(table.path, broken.said) from None


def read_ties(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of names in a table from → to. Raises ``RuleBroken`` in plain words."""
    table = read_foreign(path)
    try:
        return read_pairs(table.headings.names, _rows(table))
    except RuleBroken as broken:
        raise cannot_be_imported(path, broken.said) from None


def _rows(table: ForeignTable) -> list[tuple[int, dict[str, str]]]:
    headings = table.headings
    return [
        (row.number, named(row, headings))
        for row in table.rows
        if row.number > headings.row and row.refused is None
    ]


def _text(path: Path) -> str:
    """Return the words of a text file, in whatever code they were written."""
    with path.open("rb") as file:
        if path.stat().st_size > _MOST_BYTES:
            raise cannot_be_imported(
                path, Text("it is larger than {n} MB.", n=_MOST_BYTES // 1_000_000)
            )
        head = file.read(4096)
        refuse_other_kinds(head)
        if head.startswith(b"PK") or (
            b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise cannot_be_imported(path, Text("it is no text."))
        file.seek(0)
        codec = find_codec(file)
        file.seek(0)
        return "\n".join(line.rstrip("\r\n")[:LONGEST] for line in lines_of(file, codec))
