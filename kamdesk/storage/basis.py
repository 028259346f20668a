"""What a stored value stands on: behind the value in the log, in a row of its own beside the table.

A cell that is ``dated`` may be written with its basis: day, source and sureness then follow what
its columns take. Value and basis are one cell: they are changed, undone and merged together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Cell, CellValue, Kind, nothing
from kamdesk.storage.held import Held

Parts = tuple[str | None, str | None, str | None]
"""Day, source, sureness."""
_WIDTH: Final = 3
_COLUMNS: Final = "as_of, source, sureness"


def parted(cell: Cell, value: CellValue) -> tuple[CellValue, Parts | None]:
    """Return what a cell's columns take of a value in the log, and its basis where it has one."""
    width = len(cell.columns)
    if not (cell.dated and isinstance(value, tuple) and len(value) == width + _WIDTH):
        return value, None
    plain = value[0] if width == 1 else value[:width]
    basis = cast(Parts, tuple(Held.TEXT.taken(part) for part in value[width:]))
    return plain, basis if any(basis) else None


def with_basis(cell: Cell, value: CellValue, basis: Parts | None) -> CellValue:
    """Return a value as the log writes it with its basis."""
    if basis is None or not any(basis):
        return value
    plain = value if isinstance(value, tuple) else (value,)
    return (*plain, *basis)


def given(kind: Kind, record: object, bases: Mapping[str, Basis], today: Day) -> dict[str, Parts]:
    """Return what somebody says values of a record stand on, by cell, as it is stored.

    Raises ``RuleBroken`` at the field, ``LookupError`` for a cell that takes no basis.
    """
    values = kind.values(record) if bases else {}
    for name, basis in bases.items():
        if not kind.by_name[name].dated:
            raise LookupError(f"{kind.name}: {name} takes no basis")
        if basis and nothing(values[name]):
            raise RuleBroken(Text("Write the value first, then what it stands on."), field=name)
    return {name: basis.checked(today).parts for name, basis in bases.items()}


def of_record(ask: Callable[..., Any], record: bytes) -> dict[str, Parts]:
    """Return the basis of each value of a record that has one, by cell."""
    rows = ask(f"SELECT cell, {_COLUMNS} FROM basis WHERE eid = ?", record)
    return {cell: (as_of, source, sureness) for cell, as_of, source, sureness in rows}


def of_children(
    ask: Callable[..., Any], table: str, account: bytes
) -> dict[bytes, dict[str, Parts]]:
    """Return the bases of the values of an account's records in a table, by record and cell."""
    found: dict[bytes, dict[str, Parts]] = defaultdict(dict)
    sql = (
        f"SELECT b.eid, b.cell, {_COLUMNS} FROM {table} r JOIN basis b ON b.eid = r.id"
        " WHERE r.account = ?"
    )
    for record, cell, *parts in ask(sql, account):
        found[record][cell] = cast(Parts, tuple(parts))
    return found


def of_all(ask: Callable[..., Any]) -> dict[bytes, dict[str, Parts]]:
    """Return every basis, by record and cell."""
    found: dict[bytes, dict[str, Parts]] = defaultdict(dict)
    for record, cell, *parts in ask(f"SELECT eid, cell, {_COLUMNS} FROM basis"):
        found[record][cell] = cast(Parts, tuple(parts))
    return found


def whole(
    kind: Kind, values: Mapping[str, CellValue], bases: Mapping[str, Parts]
) -> dict[str, CellValue]:
    """Return a row's values as the log writes them, each with the basis it has."""
    return {
        name: with_basis(kind.by_name[name], value, bases.get(name))
        for name, value in values.items()
    }


def said(kind: Kind, values: Mapping[str, CellValue]) -> dict[str, Parts]:
    """Return the basis of each value of the log that has one, by cell."""
    cells = ((kind.by_name.get(name), value) for name, value in values.items())
    pairs = ((cell.name, parted(cell, value)[1]) for cell, value in cells if cell is not None)
    return {name: basis for name, basis in pairs if basis is not None}


def write(execute: Any, kind: Kind, record: bytes, values: Mapping[str, CellValue]) -> None:
    """Make the rows of basis what values just written say: one written bare has none any more."""
    for name in values:
        if (cell := kind.by_name.get(name)) is not None and cell.dated:
            execute("DELETE FROM basis WHERE eid = ? AND cell = ?", (record, name))
    insert(execute, record, said(kind, values).items())


def insert(execute: Any, record: bytes, bases: Iterable[tuple[str, Parts]]) -> None:
    """Write rows of basis that are not there yet."""
    for cell, parts in bases:
        execute(
            f"INSERT INTO basis (eid, cell, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
            (record, cell, *parts),
        )


def forget(execute: Any, record: bytes) -> None:
    """Take away all that is known of what a record's values stand on."""
    execute("DELETE FROM basis WHERE eid = ?", (record,))
