"""One human, two records: what points at the one is made to point at the other."""

from kamdesk.core.ids import Id
from kamdesk.storage.catalogue import CellValue, Kind, Merge
from kamdesk.storage.change import Change
from kamdesk.storage.held import Held
from kamdesk.storage.rows import values_of
from kamdesk.storage.storage import Storage


def point_elsewhere(storage: Storage, change: Change, old: Id, new: Id) -> bool:
    """Let every value and every set that names ``old`` name ``new``, as part of a change.

    Returns whether nothing points at ``old`` any more: records whose own id is made of whom they
    join keep it.
    """
    whole = True
    for kind in storage.catalogue.kinds:
        for record, values in _naming(storage, kind, old):
            if kind.linked:
                whole = False
            else:
                change.write(kind, record, {n: _swapped(v, old, new) for n, v in values.items()})
        for cell in kind.cells:
            if cell.merge is Merge.LINKS and Held.ID in cell.held:
                sql = f"SELECT eid FROM {kind.link_table(cell.name)} WHERE target = ?"
                for row in list(storage.reader.ask(sql, old)):
                    change.unlink(kind, Id(row[0]), cell.name, old)
                    change.link(kind, Id(row[0]), cell.name, new)
    return whole


def _naming(storage: Storage, kind: Kind, old: Id) -> list[tuple[Id, dict[str, CellValue]]]:
    """Return the records of a kind with the cells of theirs in which an id stands."""
    columns = [
        column
        for cell in kind.valued
        for column, held in zip(cell.columns, cell.held, strict=True)
        if held is Held.ID
    ]
    if not columns:
        return []
    where = " OR ".join(f"{column} = ?" for column in columns)
    rows = storage.reader.ask(f"SELECT * FROM {kind.table} WHERE {where}", *[old] * len(columns))
    return [
        (Id(row["id"]), {n: v for n, v in values_of(kind, row).items() if _names(v, old)})
        for row in rows
    ]


def _names(value: object, old: Id) -> bool:
    return old in value if isinstance(value, tuple) else value == old


def _swapped(value: CellValue, old: Id, new: Id) -> CellValue:
    if isinstance(value, tuple):
        return tuple(new if part == old else part for part in value)
    return new if value == old else value
