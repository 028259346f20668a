"""Values of the user's own fields: cells of their record in the log, rows of one table here.

Such a cell is named ``own:`` and the id of its field; kinds that may have them say so. Values are
texts: what they mean, a day or a number, the field says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kamdesk.storage.catalogue import OWN, CellValue, Kind, is_own
from kamdesk.storage.held import Held

Values = dict[str, CellValue]
"""Texts by cell."""
TABLE: Final = "own_values"


def cell_of(field: bytes) -> str:
    """Return the name of the cell that holds the value of a field."""
    return f"{OWN}{field.hex()}"


def field_of(cell: str) -> bytes:
    """Return the id of the field whose value a cell holds."""
    return bytes.fromhex(cell.removeprefix(OWN))


def of_record(ask: Callable[..., Any], record: bytes) -> Values:
    """Return the own values of a record, by cell, in order of their names."""
    rows = ask(f"SELECT field, value FROM {TABLE} WHERE eid = ? ORDER BY field", record)
    return {cell_of(field): value for field, value in rows}


def of_all(ask: Callable[..., Any]) -> dict[bytes, Values]:
    """Return every own value, by record and cell."""
    found: dict[bytes, Values] = defaultdict(dict)
    for record, field, value in ask(f"SELECT eid, field, value FROM {TABLE} ORDER BY eid, field"):
        found[record][cell_of(field)] = value
    return found


def said(kind: Kind, values: Mapping[str, CellValue]) -> Values:
    """Return the own values among those of the log, as the table takes them."""
    if not kind.own:
        return {}
    taken = {cell: Held.TEXT.taken(values[cell]) for cell in sorted(values) if is_own(cell)}
    return {cell: value for cell, value in taken.items() if value is not None}


def write(execute: Any, kind: Kind, record: bytes, values: Mapping[str, CellValue]) -> None:
    """Make the rows of own values what values just written say."""
    for cell in values if kind.own else ():
        if is_own(cell):
            execute(f"DELETE FROM {TABLE} WHERE eid = ? AND field = ?", (record, field_of(cell)))
    insert(execute, record, said(kind, values).items())


def insert(execute: Any, record: bytes, values: Iterable[tuple[str, CellValue]]) -> None:
    """Write rows that are not there yet."""
    for cell, value in values:
        execute(
            f"INSERT INTO {TABLE} (eid, field, value) VALUES (?, ?, ?)",
            (record, field_of(cell), value),
        )


def forget(execute: Any, record: bytes) -> None:
    """Take away all own values of a record."""
    execute(f"DELETE FROM {TABLE} WHERE eid = ?", (record,))
