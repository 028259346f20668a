"""Writing a record's row: whole when it is new, changed columns later, folded when ops met."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kamdesk.core.ids import Id
from kamdesk.storage import basis, own_values
from kamdesk.storage.catalogue import Cell, CellValue, Kind, Merge, is_own
from kamdesk.storage.database import Connection, Reader, Row, Rows
from kamdesk.storage.fold import Folded


def columns_of(cell: Cell, value: CellValue) -> list[tuple[str, Any]]:
    """Return the columns of a cell with the values they take; NULL where they do not fit."""
    if value is None:
        return [(column, None) for column in cell.columns]
    value, _ = basis.parted(cell, value)
    width = len(cell.columns)
    if width == 1:
        return [(cell.columns[0], cell.held[0].taken(value))]
    if not isinstance(value, tuple) or len(value) != width:
        return [(column, None) for column in cell.columns]
    parts = zip(cell.columns, cell.held, value, strict=True)
    return [(column, held.taken(part)) for column, held, part in parts]


def targets_of(cell: Cell, folded: Folded) -> set[Any]:
    """Return the targets a set takes of those the record's ops amount to."""
    found = folded.links.get(cell.name, ())
    return {target for target in found if cell.held[0].taken(target) is not None}


def values_of(kind: Kind, row: Row) -> dict[str, CellValue]:
    """Return the cells a row holds, by name."""
    return {
        cell.name: row[cell.columns[0]]
        if len(cell.columns) == 1
        else tuple(row[column] for column in cell.columns)
        for cell in kind.valued
    }


def whole_of(ask: Callable[..., Any], kind: Kind, row: Row) -> dict[str, CellValue]:
    """Return all that a record's values say, as the log writes it: what they stand on, own fields.

    Sets are not among it.
    """
    record = row["id"]
    whole = basis.whole(kind, values_of(kind, row), basis.of_record(ask, record))
    return whole | (own_values.of_record(ask, record) if kind.own else {})


def living(reader: Reader, kind: Kind, columns: Iterable[str]) -> Rows:
    """Return some columns of all records of a kind that are not deleted."""
    return reader.ask(f"SELECT {', '.join(columns)} FROM {kind.table} WHERE NOT gone")


def insert(execute: Any, kind: Kind, record: Id, values: Mapping[str, CellValue]) -> None:
    """Write the row of a new record; columns not in ``values`` stay NULL."""
    pairs = [pair for name, value in values.items() for pair in _known(kind, name, value)]
    names = "".join(f", {column}" for column, _ in pairs)
    execute(
        f"INSERT INTO {kind.table} (id{names}) VALUES (?{', ?' * len(pairs)})",
        (record, *(value for _, value in pairs)),
    )
    basis.insert(execute, record, basis.said(kind, values).items())


def update(execute: Any, kind: Kind, record: Id, values: Mapping[str, CellValue]) -> None:
    """Write changed cells into a record's row."""
    pairs = [pair for name, value in values.items() for pair in _known(kind, name, value)]
    if pairs:
        sets = ", ".join(f"{column} = ?" for column, _ in pairs)
        execute(
            f"UPDATE {kind.table} SET {sets} WHERE id = ?",
            (*(value for _, value in pairs), record),
        )
    basis.write(execute, kind, record, values)
    own_values.write(execute, kind, record, values)


def _known(kind: Kind, name: str, value: CellValue) -> Iterable[tuple[str, Any]]:
    cell = kind.by_name.get(name)  # an unknown cell is a newer program's: kept in the log only
    in_row = cell and cell.merge is not Merge.LINKS and not is_own(name)
    return columns_of(cell, value) if cell and in_row else ()


def materialise(connection: Connection, kind: Kind, record: Id, folded: Folded) -> None:
    """Make a record's row, links and contested marks what its ops amount to.

    Of an erased record nothing is left.
    """
    execute = connection.execute
    if folded.erased:
        execute(f"DELETE FROM {kind.table} WHERE id = ?", (record,))
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                execute(f"DELETE FROM {kind.link_table(cell.name)} WHERE eid = ?", (record,))
        basis.forget(execute, record)
        own_values.forget(execute, record)
        execute("DELETE FROM contested WHERE eid = ? AND kind = ?", (record, kind.name))
        return
    values = {cell.name: folded.values.get(cell.name) for cell in kind.valued}
    if execute(f"SELECT 1 FROM {kind.table} WHERE id = ?", (record,)).fetchone():
        update(execute, kind, record, values)
    else:
        insert(execute, kind, record, values)
    execute(f"UPDATE {kind.table} SET gone = ? WHERE id = ?", (int(folded.gone), record))
    if kind.own:
        own_values.forget(execute, record)
        own_values.insert(execute, record, own_values.said(kind, folded.values).items())
    for cell in kind.cells:
        if cell.merge is Merge.LINKS:
            table = kind.link_table(cell.name)
            execute(f"DELETE FROM {table} WHERE eid = ?", (record,))
            connection.executemany(
                f"INSERT INTO {table} (eid, target) VALUES (?, ?)",
                [(record, target) for target in targets_of(cell, folded)],
            )
    execute("DELETE FROM contested WHERE eid = ? AND kind = ?", (record, kind.name))
    connection.executemany(
        "INSERT OR IGNORE INTO contested (eid, kind, cell) VALUES (?, ?, ?)",
        [(record, kind.name, cell) for cell in sorted(folded.contested)],
    )


def insert_all(connection: Connection, kind: Kind, batch: Sequence[tuple[Id, Folded]]) -> None:
    """Write the rows, links and contested marks of many records that have none yet."""
    many = connection.executemany
    marks = ", ?" * len(kind.columns)
    many(
        f"INSERT INTO {kind.table} (id, gone, {', '.join(kind.columns)}) VALUES (?, ?{marks})",
        [
            (
                record,
                int(folded.gone),
                *(
                    value
                    for cell in kind.valued
                    for _, value in columns_of(cell, folded.values.get(cell.name))
                ),
            )
            for record, folded in batch
        ],
    )
    for record, folded in batch:
        bases = basis.said(kind, folded.values)
        basis.insert(connection.execute, record, bases.items())
        own = own_values.said(kind, folded.values)
        own_values.insert(connection.execute, record, own.items())
    for cell in kind.cells:
        if cell.merge is Merge.LINKS:
            many(
                f"INSERT INTO {kind.link_table(cell.name)} (eid, target) VALUES (?, ?)",
                [
                    (record, target)
                    for record, folded in batch
                    for target in targets_of(cell, folded)
                ],
            )
    many(
        "INSERT OR IGNORE INTO contested (eid, kind, cell) VALUES (?, ?, ?)",
        [
            (record, kind.name, cell)
            for record, folded in batch
            for cell in sorted(folded.contested)
        ],
    )
