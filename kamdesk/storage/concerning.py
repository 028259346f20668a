"""Which records are about a person, and which name one: asked by what the catalogue says."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.steps import Steps
from kamdesk.storage.catalogue import CellValue, Kind, Merge, nothing
from kamdesk.storage.rows import whole_of
from kamdesk.storage.storage import Storage

LISTED: Final = "SELECT unhex(value) FROM json_each(?1)"
"""The ids of a ``listing``, however many: SQLite takes only so many values one by one."""


class Concerning(NamedTuple):
    """A record ``about`` one of the people asked for, or one that only names them."""

    kind: Kind
    record: Id
    about: bool


class Stored(NamedTuple):
    """A record as its table holds it: what says nothing is left out; links are tuples."""

    cells: Mapping[str, CellValue]
    gone: bool


def concerning(storage: Storage, people: Collection[bytes]) -> list[Concerning]:
    """Return every record that concerns the people, deleted ones too, themselves first."""
    found: dict[Id, Concerning] = {}
    for one in _concerning(storage, people):
        if one.record not in found or one.about:
            found[one.record] = one
    return list(found.values())


def stored(storage: Storage, kind: Kind, record: Id) -> Stored | None:
    """Return a record with all its cells, None when there is none."""
    row = storage.reader.ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
    if row is None:
        return None
    whole = whole_of(storage.reader.ask, kind, row)
    cells = {name: value for name, value in whole.items() if not nothing(value)}
    for cell in kind.cells:
        if cell.merge is Merge.LINKS:
            sql = f"SELECT target FROM {kind.link_table(cell.name)} WHERE eid = ? ORDER BY target"
            if targets := tuple(storage.reader.ask(sql, record).column()):
                cells[cell.name] = targets
    return Stored(cells, bool(row["gone"]))


def listing(ids: Collection[bytes]) -> str:
    """Return any number of ids as the one value that ``LISTED`` reads."""
    return json.dumps([one.hex() for one in ids])


def last_written(storage: Storage, people: Collection[bytes], step: Steps) -> dict[bytes, int]:
    """Return when anything about each of the people was written last, in milliseconds.

    ``step`` is told how many of all questions are asked; what it raises ends the asking.
    """
    latest: dict[bytes, int] = {}
    listed, places = listing(people), list(_places(storage))
    for done, (table, column) in enumerate(places):
        step(done, len(places))
        sql = (  # CROSS: the records first, never the log from its beginning
            f"SELECT r.{column}, max(op.wall) FROM {table} r CROSS JOIN op ON op.eid = r.id"
            f" WHERE r.{column} IN ({LISTED}) GROUP BY r.{column}"
        )
        for person, wall in storage.reader.ask(sql, listed):
            latest[person] = max(wall, latest.get(person, 0))
    return latest


def _places(storage: Storage) -> Iterator[tuple[str, str]]:
    """Yield the tables and columns that hold ids of the people a record is about or names."""
    for kind in storage.catalogue.kinds:
        for cell in kind.cells:
            if cell.columns:
                yield from ((kind.table, column) for column in (*cell.about, *cell.names))
        if kind.called:
            yield kind.table, "id"


def _concerning(storage: Storage, people: Collection[bytes]) -> Iterator[Concerning]:
    marks, ask = ",".join("?" * len(people)), storage.reader.ask
    for kind in storage.catalogue.kinds:
        if kind.called:
            sql = f"SELECT id FROM {kind.table} WHERE id IN ({marks}) ORDER BY id"
            yield from (Concerning(kind, Id(row[0]), True) for row in ask(sql, *people))
        for cell in kind.cells:
            if cell.merge is Merge.LINKS and cell.names:
                table = kind.link_table(cell.name)
                sql = f"SELECT eid FROM {table} WHERE target IN ({marks}) ORDER BY eid"
                yield from (Concerning(kind, Id(row[0]), False) for row in ask(sql, *people))
                continue
            for column in (*cell.about, *cell.names):
                sql = f"SELECT id FROM {kind.table} WHERE {column} IN ({marks}) ORDER BY id"
                rows = ask(sql, *people)
                yield from (Concerning(kind, Id(row[0]), column in cell.about) for row in rows)
