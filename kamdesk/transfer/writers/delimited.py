"""Writes a table as CSV that Excel opens rightly and calculates nothing of."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kamdesk.transfer.neutral import neutralised
from kamdesk.transfer.writers.plain_table import Heading, Rows, Value, as_text, is_words
from kamdesk.transfer.writers.whole_file import whole_file


def write_delimited(
    target: Path, headings: Sequence[Heading], rows: Rows, *, language: str, separator: str = ","
) -> None:
    """Write ``rows`` under ``headings`` in UTF-8 with a byte-order mark, private and whole."""
    with whole_file(target) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", errors="replace")
        writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
        writer.writerow([_cell(heading, language) for heading in headings])
        for row in rows:
            cells = [_cell(value, language) for value in row]
            if cells == [""]:  # csv would write nothing, and the row would be lost
                text.write('""\r\n')
            else:
                writer.writerow(cells)
        text.flush()
        text.detach()


def _cell(value: Value, language: str) -> str:
    said = as_text(value, language)
    return neutralised(said) if is_words(value) else said
