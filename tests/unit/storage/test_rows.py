"""Cells and columns: a value that does not fit its columns is none, never an error."""

from typing import Any

import pytest

from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.held import Held
from kamdesk.storage.rows import columns_of, values_of

NOTE = Cell("note", privacy=Privacy.NOTE)
TIME = Cell("time", columns=("start", "minutes"), privacy=Privacy.BUSINESS)
VISIT = Kind(
    "visit",
    table="visits",
    scope_of="house",
    cells=(NOTE, TIME),
    holds={Held.WHOLE: ("minutes",)},
)
NOTE, TIME = VISIT.cells


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
        (TIME, (60, "9:00"), [("start", None), ("minutes", None)]),
        (TIME, ("9:00", 2.5), [("start", "9:00"), ("minutes", None)]),
        (NOTE, 7, [("note", None)]),
    ],
)
def test_a_cell_takes_its_columns(cell: Cell, value: Any, columns: list[tuple[str, Any]]) -> None:
    assert columns_of(cell, value) == columns


def test_a_row_gives_its_cells_back() -> None:
    row = {"note": "a", "start": "9:00", "minutes": None}
    assert values_of(VISIT, row) == {"note": "a", "time": ("9:00", None)}


@pytest.mark.parametrize(
    ("held", "value", "taken"),
    [
        (Held.TEXT, "a", "a"),
        (Held.TEXT, b"a", None),
        (Held.WHOLE, 7, 7),
        (Held.WHOLE, True, 1),
        (Held.WHOLE, 2**63, None),
        (Held.WHOLE, 7.0, None),
        (Held.WHOLE, "7", None),
        (Held.REAL, 7, 7.0),
        (Held.REAL, 2**63 - 1, float(2**63)),
        (Held.REAL, float("nan"), None),
        (Held.REAL, float("inf"), None),
        (Held.ID, bytes(16), bytes(16)),
        (Held.ID, bytes(15), None),
        (Held.ID, "a" * 16, None),
        (Held.BYTES, b"a", b"a"),
        (Held.BYTES, (b"a",), None),
        (Held.BYTES, None, None),
    ],
)
def test_a_column_takes_its_own_sort_only(held: Held, value: Any, taken: Any) -> None:
    found = held.taken(value)
    assert (found, type(found)) == (taken, type(taken))
