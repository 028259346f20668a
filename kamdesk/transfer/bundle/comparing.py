"""A record of a bundle held against the one that is here: pure, cell by cell."""

from typing import Any, Final

from kamdesk.storage import basis
from kamdesk.storage.carrying import StoredRecord
from kamdesk.storage.catalogue import Cell, Kind, is_own, own_cell

_CALLED: Final = ("name", "title", "words", "topic")


def differing(kind: Kind, there: StoredRecord, here: StoredRecord) -> dict[str, Any]:
    """Return the cells in which the bundle says something else, with what it says."""
    return {
        cell.name: there.values.get(cell.name)
        for cell in (*kind.valued, *_own(there, here))
        if _flat(there.values.get(cell.name), len(cell.columns))
        != _flat(here.values.get(cell.name), len(cell.columns))
    }


def _own(there: StoredRecord, here: StoredRecord) -> list[Cell]:
    names = there.values.keys() | here.values.keys()
    return [own_cell(name) for name in sorted(names) if is_own(name)]


def other_sets(kind: Kind, there: StoredRecord, here: StoredRecord) -> list[str]:
    """Return the sets in which the bundle says something else."""
    return [
        cell.name
        for cell in kind.cells
        if not cell.columns and there.links.get(cell.name, []) != here.links.get(cell.name, [])
    ]


def columns_of(kind: Kind, record: StoredRecord) -> dict[str, Any]:
    """Return the id and all columns of a record by name, those that say nothing as None, bare."""
    pairs = (
        pair
        for cell in kind.valued
        for pair in zip(
            cell.columns,
            _flat(basis.parted(cell, record.values.get(cell.name))[0], len(cell.columns)),
            strict=True,
        )
    )
    return {"id": record.id, **dict(pairs)}


def _flat(value: Any, width: int) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) * width if value is None else (value,)


def called(record: StoredRecord) -> str:
    """Return what a person would call a record: its name, else its id."""
    for name in _CALLED:
        value = record.values.get(name)
        first = value[0] if isinstance(value, tuple) else value
        if isinstance(first, str) and first:
            return first[:60]
    return record.id.hex()
