"""A copy of the workspace that was opened and counted before it is called a backup."""

import os
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.steps import Steps
from kamdesk.core.wording import Text
from kamdesk.storage.database import Connection, DatabaseError, connect, trouble
from kamdesk.storage.key_file import create_private, sync_folder

_PAGES_A_STEP = 2000


def verified_copy(
    connection: Connection, key: str, salt: str, target: Path, *, steps: Steps | None = None
) -> None:
    """Copy the file behind ``connection`` to ``target``, under the same key, and check the copy.

    Reads one moment of the file while others go on writing. The copy is called ``….part`` until it
    is known to be good. Raises ``StorageTrouble``; then the copy is removed, and what stood at
    ``target`` stays.
    """
    part = target.with_name(target.name + ".part")
    refuse_existing(target, part)
    try:
        os.close(create_private(part))
    except OSError as error:
        raise StorageTrouble(
            Text("No backup could be made at {path}: check disk and folder.", path=str(target))
        ) from error
    try:
        with trouble():
            counted = _copy(connection, key, salt, part, steps)
            wrong = _findings(counted, key, salt, part)
        if wrong:
            raise StorageTrouble(Text("The copy differs from the workspace."))
        part.rename(target)
        sync_folder(target.parent)
    except (StorageTrouble, OSError, DatabaseError) as error:
        _remove(part)
        reason = (
            error.said
            if isinstance(error, StorageTrouble)
            else Text("The disk is full or did not write the copy.")
        )
        raise StorageTrouble(Text("No backup could be made. {reason}", reason=reason)) from error
    except BaseException:
        _remove(part)
        raise


def refuse_existing(*paths: Path) -> None:
    """Raise ``StorageTrouble`` where one of these stands: a backup is written over nothing."""
    for path in filter(os.path.lexists, paths):
        raise StorageTrouble(
            Text(
                "No backup could be made: {path} is there already. Choose another name.",
                path=str(path),
            )
        )


def _copy(
    connection: Connection, key: str, salt: str, target: Path, steps: Steps | None
) -> dict[str, int]:
    def told(_status: int, left: int, total: int) -> None:
        if steps is not None:
            steps(total - left, total)

    connection.execute("BEGIN")  # held: without it every write by others starts the copy again
    try:
        counted = _counts(connection)
        copy = dbapi2.connect(str(target), isolation_level=None)
        try:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.execute(f"PRAGMA key = \"x'{key}{salt}'\"")
            copy.execute("PRAGMA synchronous = FULL")
            connection.backup(copy, pages=_PAGES_A_STEP, progress=told, sleep=0.001)
        finally:
            copy.close()
    finally:
        if connection.in_transaction:  # it only read
            connection.execute("ROLLBACK")
    return counted


def _findings(counted: dict[str, int], key: str, salt: str, target: Path) -> bool:
    with closing(connect(target, key, salt)) as copy:
        return (
            bool(copy.execute("PRAGMA cipher_integrity_check").fetchall())
            or [row[0] for row in copy.execute("PRAGMA quick_check")] != ["ok"]
            or _counts(copy) != counted
        )


def _counts(connection: Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in tables
    }


def _remove(target: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            target.with_name(target.name + ending).unlink()
