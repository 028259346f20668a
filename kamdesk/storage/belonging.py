"""What a record without a name of its own belongs to: the visit, person or customer it names."""

from typing import Final

from kamdesk.core.ids import Id
from kamdesk.storage.storage import Storage

_NAMED_BY: Final = ("visit", "person", "account")
"""Columns that name what a record belongs to, in the order in which they tell most."""


def parents(storage: Storage, kind: str, record: Id) -> list[bytes]:
    """Return whom a record is about or names, then what it belongs to; none for unknown kinds."""
    known = storage.catalogue.find(kind)
    if known is None:
        return []
    about = [
        column for cell in known.cells if cell.columns for column in (*cell.about, *cell.names)
    ]
    wanted = dict.fromkeys((*about, *(one for one in _NAMED_BY if one in known.columns)))
    if not wanted:
        return []
    sql = f"SELECT {', '.join(wanted)} FROM {known.table} WHERE id = ?"
    row = storage.reader.ask(sql, record).first()
    return [value for value in row or () if isinstance(value, bytes)]
