"""Bringing a workspace file to the form this program knows: step by step, after a verified copy."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any, Final

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import migrations
from kamdesk.storage.database import Connection, trouble

SET: Final = "kamdesk"
_TABLE = "_sqlite_migrations"


def known() -> list[str]:
    """Return the names of all steps this program has, in order."""
    return sorted(step.name for step in pkgutil.iter_modules(migrations.__path__))


def applied(connection: Connection) -> list[str]:
    """Return the names of the steps the file records as done, in the order they were done."""
    with trouble():
        found = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_TABLE,)
        ).fetchone()
        if found is None:
            return []
        rows = connection.execute(
            f"SELECT name FROM {_TABLE} WHERE migration_set = ? ORDER BY id", (SET,)
        ).fetchall()
    return [row[0] for row in rows]


def pending(connection: Connection) -> list[str]:
    """Return the steps still to be done. Raises ``StorageTrouble`` for a newer program's file."""
    steps, done = known(), applied(connection)
    if not set(done) <= set(steps):
        raise StorageTrouble(
            Text("A newer KamDesk wrote this workspace. Update KamDesk; the file stays as it is.")
        )
    return [step for step in steps if step not in done]


def migrate(
    connection: Connection,
    *,
    copy_first: Callable[[Sequence[str]], object] | None = None,
    only: Sequence[str] | None = None,
) -> list[str]:
    """Do the pending steps, or ``only`` some of them, and return their names.

    Before anything is done to a file that has been in use, ``copy_first`` is called with them; what
    it raises stops the migration. Raises ``StorageTrouble`` for a newer program's file and for
    troubles of the disk; a step that fails leaves the file as it was before that step.
    """
    steps = [step for step in pending(connection) if only is None or step in only]
    if not steps:
        return steps
    if copy_first is not None and applied(connection):
        copy_first(steps)
    with trouble():
        connection.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
        try:
            for step in steps:
                _do(connection, step)
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
    return steps


def _do(connection: Connection, step: str) -> None:
    """Do one step with its record in one transaction."""
    import sqlite_utils  # 121 ms: only where something is pending

    module: Any = importlib.import_module(f"{migrations.__name__}.{step}")
    one = sqlite_utils.Migrations(SET)
    one(name=step)(module.step)
    connection.execute("BEGIN IMMEDIATE")
    try:
        one.apply(sqlite_utils.Database(connection, execute_plugins=False))
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
        if astray is not None:
            raise RuntimeError(f"{step} leaves rows of {astray[0]} without what they point at")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
