"""Cells and columns: a value that does not fit its columns is none, never an error."""

from typing import Any

import pytest

from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.rows import columns_of, values_of

NOTE = Cell("note", privacy=Privacy.NOTE)
TIME = Cell("time", columns=("start", "minutes"), privacy=Privacy.BUSINESS)
VISIT = Kind("visit", table="visits", scope_of="house", cells=(NOTE, TIME))


@pytest.mark.parametrize(
    ("cell", "value", "columns"),
    [
        (NOTE, "a", [("note", "a")]),
        (NOTE, None, [("note", None)]),
        (NOTE, ("a", "b"), [("note", None)]),
        (TIME, ("9:00", 60), [("start", "9:00"), ("minutes", 60)]),
        (TIME, None, [("start", None), ("minutes", None)]),
        (TIME, "9:00", [("start", None), ("minutes", None)]),
        (TIME, ("9:00", 60, 1), [("start", None), ("minutes", None)]),
    ],
)
def test_a_cell_takes_its_columns(cell: Cell, value: Any, columns: list[tuple[str, Any]]) -> None:
    assert columns_of(cell, value) == columns


def test_a_row_gives_its_cells_back() -> None:
    row = {"note": "a", "start": "9:00", "minutes": None}
    assert values_of(VISIT, row) == {"note": "a", "time": ("9:00", None)}
