"""A log put into a fresh file, in place of what that holds; all tables are made from it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from kamdesk.core.ids import Id
from kamdesk.storage import own_values
from kamdesk.storage.carrying import STATE, StoredAction, StoredOp
from kamdesk.storage.catalogue import Kind, Merge
from kamdesk.storage.database import IntegrityError
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.fold import Folded, fold
from kamdesk.storage.ops import Scope
from kamdesk.storage.rows import insert_all
from kamdesk.storage.storage import Storage
from kamdesk.storage.taking_out import take_out

_BATCH: Final = 1_000


class Twice(ValueError):
    """What was to be put in names the same number twice."""


class Refill:
    """Puts a log into a fresh file, in place of what it holds, within one open transaction.

    Lids and ids of actions are kept. ``close`` makes all tables what the log says.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._ops: list[tuple[Any, ...]] = []
        execute = storage.connection.execute
        for kind in storage.catalogue.kinds:
            for table in (kind.table, *_sets(kind)):
                execute(f"DELETE FROM {table}")
        for table in ("op", "actions", "contested", "basis", own_values.TABLE, "scopes"):
            execute(f"DELETE FROM {table}")
        execute(f"DELETE FROM state WHERE key IN ({', '.join('?' * len(STATE))})", tuple(STATE))
        storage.dictionary.reload()

    def action(self, action: StoredAction) -> None:
        """Put in an action."""
        with _numbers():
            self._storage.connection.execute(
                f"INSERT INTO actions ({', '.join(action._fields)})"
                f" VALUES ({', '.join('?' * len(action))})",
                action,
            )

    def op(self, op: StoredOp) -> None:
        """Put in an op."""
        words = self._storage.dictionary
        self._ops.append(
            (
                op.lid,
                op.action,
                op.dev,
                op.dseq,
                op.ctx,
                op.wall,
                words.scope(op.scope),
                words.number(op.kind),
                op.record,
                op.verb,
                words.pack(op.cells),
                op.seq,
            )
        )
        if len(self._ops) >= _BATCH:
            self._flush()

    def close(
        self, state: Mapping[str, Any], shared: Iterable[Scope], erased: Mapping[bytes, Listed]
    ) -> None:
        """Remember ``state``, mark the scopes offered, make all tables what the log says.

        Who is on the list of the erased is taken out, should the log still tell of them.
        """
        self._flush()
        for key, value in state.items():
            self._storage.keep(key, value)
        for scope in shared:
            number = self._storage.dictionary.scope(scope)
            self._storage.connection.execute("UPDATE scopes SET offered = 1 WHERE n = ?", (number,))
        _fill_tables(self._storage)
        if erased:
            take_out(self._storage, self._storage.change_under(0), erased)
        for follower in self._storage.followers:
            follower.rebuild(self._storage.connection)

    def astray(self) -> int | None:
        """Return an action that claims ops of another one, or None."""
        found: int | None = self._storage.reader.ask(_ASTRAY).value()
        return found

    def _flush(self) -> None:
        with _numbers():
            self._storage.connection.executemany(_OP, self._ops)
        self._ops = []


_OP = (
    "INSERT INTO op (lid, action, dev, dseq, ctx, wall, scope, kind, eid, verb, cells, seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ASTRAY = """
SELECT actions.id FROM op JOIN actions ON op.lid BETWEEN first_lid AND last_lid
WHERE op.action <> actions.id LIMIT 1"""


@contextmanager
def _numbers() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise Twice from None


def _fill_tables(storage: Storage) -> None:
    """Write the rows, sets and contested marks of every record of the log into empty tables."""
    waiting: dict[str, list[tuple[Id, Folded]]] = {}
    for name, record, ops in storage.log.records():
        if name in storage.catalogue:
            folded = fold(ops)
            if folded.erased:
                continue
            batch = waiting.setdefault(name, [])
            batch.append((record, folded))
            if len(batch) >= _BATCH:
                insert_all(storage.connection, storage.catalogue[name], batch)
                batch.clear()
    for name, batch in waiting.items():
        insert_all(storage.connection, storage.catalogue[name], batch)


def _sets(kind: Kind) -> list[str]:
    return [kind.link_table(cell.name) for cell in kind.cells if cell.merge is Merge.LINKS]
