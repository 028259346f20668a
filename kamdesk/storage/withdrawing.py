"""Taking ops out of the log with what they meant: refused ones, and those of a lost scope."""

from collections.abc import Iterable, Sequence

from kamdesk.core.changes import ChangeSet
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.inbox import fold_again
from kamdesk.storage.storage import Storage

_OF_RECORD = "SELECT lid, action, eid, ? AS here FROM op WHERE eid = ?"
_OF_OWN = "SELECT min(lid), max(lid) FROM op WHERE lid BETWEEN ? AND ? AND action = ?"


def withdraw(storage: Storage, lids: Sequence[int]) -> ChangeSet:
    """Take ops out of the log within a transaction; the tables are what the rest amounts to."""
    reader = Reader(storage.connection)
    rows = [
        row
        for at in range(0, len(lids), 500)
        for row in reader.ask(
            "SELECT action, kind, eid FROM op WHERE lid IN"
            f" ({','.join('?' * len(lids[at : at + 500]))})",
            *lids[at : at + 500],
        )
    ]
    for table in ("op", "parked"):
        storage.connection.executemany(
            f"DELETE FROM {table} WHERE lid = ?", [(lid,) for lid in lids]
        )
    _shrink(storage, {row["action"] for row in rows})
    return fold_again(storage, rows)


def still_of(storage: Storage, account: bytes) -> list[Row]:
    """Return what is left in the log of a customer that went: rows of lid, action, eid, here.

    ``here`` are those marked to stay on this computer; the others were so marked once.
    """
    ask, found = storage.reader.ask, list[Row]()
    for kind in storage.catalogue.kinds:
        if kind.kept_by:
            sql = f"SELECT id, {kind.kept_by} FROM {kind.table} WHERE {kind.scope_of} = ?"
            for record, here in ask(sql, account):
                found += ask(_OF_RECORD, bool(here), record)
    return found


def _shrink(storage: Storage, actions: Iterable[int]) -> None:
    """Let own actions claim only ops that are left; one without any is no longer to be undone."""
    execute = storage.connection.execute
    for action in actions:
        row = execute("SELECT first_lid, last_lid FROM actions WHERE id = ?", (action,)).fetchone()
        if row is None or row["first_lid"] is None:
            continue
        first, last = execute(_OF_OWN, (row["first_lid"], row["last_lid"], action)).fetchone()
        if first is None:
            execute("DELETE FROM actions WHERE id = ?", (action,))
        else:
            execute(
                "UPDATE actions SET first_lid = ?, last_lid = ? WHERE id = ?", (first, last, action)
            )
