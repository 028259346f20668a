"""All that a workspace file holds, as plain values in a fixed order.

Nothing of the file itself is among them: no key, no id of the workspace, no numbers of words and
scopes, no drafts, no derived rows. Two files with the same content carry the same values.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from kamdesk.storage import basis, own_values
from kamdesk.storage.catalogue import CellValue, Kind, Merge
from kamdesk.storage.database import Row, trouble
from kamdesk.storage.ops import Scope
from kamdesk.storage.rows import values_of, whole_of
from kamdesk.storage.storage import Storage

STATE: Final[Mapping[str, type]] = {
    "me": bytes,
    "stays_on": str,
    "undo_starts_after": int,
    "dev": int,
    "dseq": int,
    "position": int,
    "offers_all": int,
}
"""What a file remembers about its content. The rest of its memory is about the file or machine."""


class StoredRecord(NamedTuple):
    """A record as its tables hold it, values with what they stand on; sets by cell, in order."""

    id: bytes
    gone: bool
    values: dict[str, CellValue]
    links: dict[str, list[Any]]
    contested: list[str]


class StoredAction(NamedTuple):
    """An action of the log; ``said`` are its name's values as JSON."""

    id: int
    name: str
    plural: str | None
    said: str
    at: str
    by: bytes | None
    first_lid: int | None
    last_lid: int | None
    undoes: int | None
    redoes: int | None


class StoredOp(NamedTuple):
    """An op of the log, with words and scope written out; ``wall`` in milliseconds."""

    lid: int
    action: int
    dev: int
    dseq: int | None
    ctx: int
    wall: int
    scope: Scope
    kind: str
    record: bytes
    verb: int
    cells: dict[str, Any]
    seq: int | None


@contextmanager
def held_still(storage: Storage) -> Iterator[None]:
    """Read the file as it stands now, whoever writes beside. Raises ``StorageTrouble``."""
    with trouble():
        storage.connection.execute("BEGIN")
        try:
            yield
        finally:
            storage.connection.execute("COMMIT")


def column_types(storage: Storage) -> dict[str, dict[str, str]]:
    """Return for each table of records and sets the declared types of its columns."""
    tables = [kind.table for kind in storage.catalogue.kinds]
    tables += [
        kind.link_table(cell.name)
        for kind in storage.catalogue.kinds
        for cell in kind.cells
        if cell.merge is Merge.LINKS
    ]
    return {
        table: {
            row["name"]: row["type"] for row in storage.reader.ask(f"PRAGMA table_info({table})")
        }
        for table in tables
    }


def counts(storage: Storage) -> dict[str, int]:
    """Return how many records, the deleted ones too, there are of each kind that has any."""
    found = {
        kind.name: storage.reader.ask(f"SELECT count(*) FROM {kind.table}").value()
        for kind in storage.catalogue.kinds
    }
    return {name: n for name, n in found.items() if n}


def every_record(storage: Storage, kind: Kind) -> Generator[StoredRecord, None, None]:
    """Yield the records of a kind by id, the deleted ones too."""
    with _asking(storage) as ask:
        sets = {
            cell.name: _Beside(
                ask(f"SELECT eid, target FROM {kind.link_table(cell.name)} ORDER BY eid, target")
            )
            for cell in kind.cells
            if cell.merge is Merge.LINKS
        }
        bases = basis.of_all(ask)
        own = own_values.of_all(ask) if kind.own else {}
        doubts = _Beside(
            ask("SELECT eid, cell FROM contested WHERE kind = ? ORDER BY eid, cell", kind.name)
        )
        for row in ask(f"SELECT * FROM {kind.table} ORDER BY id"):
            record = row["id"]
            links = {name: held for name, beside in sets.items() if (held := beside.of(record))}
            values = basis.whole(kind, values_of(kind, row), bases.get(record, {}))
            values |= own.get(record, {})
            yield StoredRecord(record, bool(row["gone"]), values, links, doubts.of(record))


def one_record(storage: Storage, kind: Kind, record: bytes) -> StoredRecord | None:
    """Return one record as it stands, or None for one that is not here."""
    ask = storage.reader.ask
    row = ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
    if row is None:
        return None
    links = {
        cell.name: ask(
            f"SELECT target FROM {kind.link_table(cell.name)} WHERE eid = ? ORDER BY target", record
        ).column()
        for cell in kind.cells
        if cell.merge is Merge.LINKS
    }
    held = {name: targets for name, targets in links.items() if targets}
    return StoredRecord(record, bool(row["gone"]), whole_of(ask, kind, row), held, [])


def every_step(storage: Storage) -> Generator[StoredAction | StoredOp, None, None]:
    """Yield the log: the ops in their order, each action before the first op of a later one."""
    unpack, word = storage.dictionary.unpack, storage.dictionary.word
    scopes = _scopes(storage)
    with _asking(storage) as ask:
        actions = iter(ask(f"SELECT {', '.join(StoredAction._fields)} FROM actions ORDER BY id"))
        waiting = next(actions, None)
        for row in ask("SELECT * FROM op WHERE verb >= 0 ORDER BY lid"):
            while waiting is not None and waiting["id"] <= row["action"]:
                yield StoredAction(*waiting)
                waiting = next(actions, None)
            yield StoredOp(
                row["lid"],
                row["action"],
                row["dev"],
                row["dseq"],
                row["ctx"],
                row["wall"],
                scopes[row["scope"]],
                word(row["kind"]),
                row["eid"],
                row["verb"],
                unpack(row["cells"]),
                row["seq"],
            )
        if waiting is not None:
            yield StoredAction(*waiting)
            yield from (StoredAction(*row) for row in actions)


def remembered(storage: Storage) -> dict[str, Any]:
    """Return what the file remembers about its content, by name."""
    held = dict(map(tuple, storage.reader.ask("SELECT key, value FROM state")))
    return {key: held[key] for key in STATE if held.get(key) not in (None, 0)}


def offered(storage: Storage) -> list[Scope]:
    """Return the scopes that are offered to others, in order."""
    rows = storage.reader.ask(
        "SELECT account, audience FROM scopes WHERE offered ORDER BY account, audience"
    )
    return [Scope(*row) for row in rows]


def erased(storage: Storage) -> list[tuple[bytes, str, str]]:
    """Return what was erased for good: id, kind and time, by id."""
    return [tuple(row) for row in storage.reader.ask("SELECT id, kind, at FROM erased ORDER BY id")]


def is_fresh(storage: Storage) -> bool:
    """True when a file holds nothing but its user."""
    me = storage.remembered("me")
    written = storage.reader.ask("SELECT DISTINCT eid FROM op LIMIT 2").column()
    return written in ([], [me]) and not storage.log.own and not erased(storage)


@contextmanager
def _asking(storage: Storage) -> Iterator[Callable[..., Any]]:
    """Ask row by row; at the end no question is left open, which would lock the tables."""
    cursors = []

    def ask(sql: str, *values: object) -> Any:
        cursors.append(storage.connection.execute(sql, values))
        return cursors[-1]

    try:
        yield ask
    finally:
        for cursor in cursors:
            cursor.close()


class _Beside:
    """Hands out the second column of rows (record, value) that come in order of the record."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._record: Any = None
        self._rows: Iterable[Row] = ()
        self._next()

    def of(self, record: bytes) -> list[Any]:
        """Return the values of a record; records are asked for in order."""
        while self._record is not None and self._record < record:
            self._next()
        return [row[1] for row in self._rows] if self._record == record else []

    def _next(self) -> None:
        self._record, self._rows = next(self._groups, (None, ()))


def _scopes(storage: Storage) -> dict[int, Scope]:
    rows = storage.reader.ask("SELECT n, account, audience FROM scopes")
    return {n: Scope(account, audience) for n, account, audience in rows}
