"""Saving what can be read of a damaged workspace into a new one; the damaged one is not touched.

Every row stands twice: in its table, and as what the log says of it. What is lost of the one comes
back from the other; where the log lost something, it says anew what the row says.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgpack

from kamdesk.core.clock import Clock, Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import erased_list, key_change, key_file, lock, migrating, soundness
from kamdesk.storage.catalogue import Catalogue
from kamdesk.storage.database import Connection, DatabaseError, connect, trouble
from kamdesk.storage.fitness import refuse, why_unfit
from kamdesk.storage.followers import Follower
from kamdesk.storage.key_file import KeyFile
from kamdesk.storage.keys import KeyRing, find_key
from kamdesk.storage.layout import DATABASE, ERASED, database_files
from kamdesk.storage.naming import name_columns
from kamdesk.storage.ops import LOCAL_SCOPE
from kamdesk.storage.reconciling import Reconciled, reconcile
from kamdesk.storage.remains import Column, LayoutLost, Remains
from kamdesk.storage.replay import differences
from kamdesk.storage.restoring import FORKED
from kamdesk.storage.salvaged import Salvaged, count
from kamdesk.storage.storage import Storage

SALVAGED_AT: Final = "salvaged_at"
"""When this file was saved from a damaged one, in UTC (in ``state``)."""
_NEW = f"{DATABASE}.new"
_READING = "reading"
_DERIVED = ("contested", "_sqlite_migrations")
_LOST_ACTION = Text("Change whose name was lost with a damaged file")


def salvage(
    folder: Path,
    target: Path,
    *,
    keys: KeyRing,
    passphrase: Callable[[], str] | None = None,
    catalogue: Catalogue,
    followers: Sequence[Follower],
    clock: Clock,
) -> Salvaged:
    """Save what can be read of the workspace in ``folder`` into a new one in ``target``.

    Same key, passphrase and recovery code. Raises ``StorageTrouble``; then ``target`` is as it was:
    ``Damaged`` when the file's layout is lost and only a backup helps, ``Held`` while it is open.
    """
    folder, target = folder.resolve(), target.resolve()
    refuse(why_unfit(target))
    refuse(_why_not(folder, target))
    new = key_file.absent_folders(target)
    asked = cache(passphrase) if passphrase else None
    source = _held(folder)
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(_Making(target)) as making, _reading(folder, target) as copy:
            sealed, key, remains = _opened(folder, copy, keys, asked)
            with closing(remains.pages), closing(making.connect(key, sealed.salt)) as connection:
                _fill(connection, remains, followers)
                _carry_on(connection, remains)
                found = _reconciled(connection, remains, catalogue, followers, clock)
                done = count(connection, remains, catalogue, target, found)
            making.finish(folder, sealed)
            key_file.sync_names(new)
        return done
    except OSError as error:
        raise StorageTrouble(
            Text(
                "Nothing could be saved to {folder}: the disk is full, or the folder may not be"
                " written. The damaged workspace was not touched.",
                folder=str(target),
            )
        ) from error
    finally:
        if source is not None:
            source.release()
        if new and not (target / DATABASE).exists():
            shutil.rmtree(target, ignore_errors=True)


class _Making:
    """A new workspace in the making: its database takes its name last."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, lock.Lock(folder)
        self._new = folder / _NEW

    def connect(self, key: str, salt: str) -> Connection:
        for path in (*_unfinished(self._folder), self._folder / ERASED):
            path.unlink(missing_ok=True)
        os.close(key_file.create_private(self._new))
        return connect(self._new, key, salt)

    def finish(self, damaged: Path, sealed: KeyFile) -> None:
        if listed := erased_list.in_folder(damaged):
            erased_list.write_shadow(self._folder, listed)
        key_file.write(self._folder, sealed)
        self._new.rename(self._folder / DATABASE)
        key_file.sync_folder(self._folder)

    def close(self) -> None:
        for path in _unfinished(self._folder):
            path.unlink(missing_ok=True)
        self._lock.release()


def _reading(folder: Path, target: Path) -> Any:
    return soundness.copied(folder / DATABASE, target / _READING)


def _held(folder: Path) -> lock.Lock | None:
    try:
        return lock.Lock(folder)
    except lock.Held:
        raise
    except StorageTrouble:  # on a read-only disk nobody writes
        return None


def _why_not(folder: Path, target: Path) -> Text | None:
    if not (folder / DATABASE).is_file():
        return Text("There is no workspace in {folder}.", folder=str(folder))
    taken = Text("What is saved needs a new folder; {folder} is there already.", folder=str(target))
    if target.exists() and not target.is_dir():
        return taken
    names = set(os.listdir(target)) if target.exists() else set()
    rest = {_READING, lock.NAME, *(path.name for path in _unfinished(target))}
    if _NEW in names:  # a salvage that was cut off: what it wrote last counts for nothing yet
        rest |= {key_file.NAME, ERASED}
    return taken if names - rest else None


def _unfinished(folder: Path) -> list[Path]:
    return [path.with_name(path.name.replace(DATABASE, _NEW)) for path in database_files(folder)]


def _opened(
    folder: Path, copy: Path, keys: KeyRing, passphrase: Callable[[], str] | None
) -> tuple[KeyFile, str, Remains]:
    """Return the key file, the key and what can be read with it."""
    with copy.open("rb") as file:
        salt = file.read(16).hex()
    key = None
    for sealed in key_change.candidates(folder, salt).values():
        key = find_key(sealed, keys, passphrase).key
        with suppress(StorageTrouble, DatabaseError):  # damaged or not: its log belongs to it
            _lay_log_over(copy, key, sealed.salt)
        with suppress(LayoutLost):
            return sealed, key, Remains(copy, key, sealed.salt)
    raise soundness.beyond_salvage(folder, key)


def _lay_log_over(copy: Path, key: str, salt: str) -> None:
    with closing(connect(copy, key, salt)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _columns(connection: Connection, table: str) -> list[Column]:
    """Return the columns of a table as its rows store them."""
    found = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    sql = "SELECT sql FROM sqlite_master WHERE name = ?"
    if "WITHOUT ROWID" in connection.execute(sql, (table,)).fetchone()[0].upper():
        found.sort(key=lambda column: (not column["pk"], column["pk"] or column["cid"]))
        return [Column(one["name"], False) for one in found]
    return [Column(one["name"], bool(one["pk"]) and one["type"] == "INTEGER") for one in found]


def _fill(connection: Connection, remains: Remains, followers: Sequence[Follower]) -> None:
    """Lay the new file out like the old one, and put in what can be read."""
    migrating.migrate(connection, only=remains.steps)
    derived = tuple(table for follower in followers for table in follower.tables)
    with trouble():
        connection.execute("BEGIN IMMEDIATE")
        for table in remains.tables:
            if table in _DERIVED or table.startswith((*derived, "sqlite_")):
                continue
            columns = _columns(connection, table)
            _insert(connection, table, [one.name for one in columns], remains.rows(table, columns))
        _insert(connection, "words", ("word", "n"), remains.entries("sqlite_autoindex_words_1"))
        named = (entry for entry in remains.entries("scopes_named"))
        _insert(connection, "scopes", ("account", "audience", "n"), named)
        connection.execute("COMMIT")


def _insert(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection.executemany(
        f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})',
        (row for row in rows if len(row) == len(columns)),
    )


def _carry_on(connection: Connection, remains: Remains) -> None:
    """Bring the file up to date, and let nothing in the log point at what was lost."""
    migrating.migrate(connection)
    execute = connection.execute
    with trouble():
        execute("BEGIN IMMEDIATE")
        words = {row[0] for row in execute("SELECT n FROM words")}
        unsaid = [(lid,) for lid, kind, cells in _ops(connection) if not _said(words, kind, cells)]
        connection.executemany("DELETE FROM op WHERE lid = ?", unsaid)
        missing = "SELECT DISTINCT scope FROM op WHERE scope NOT IN (SELECT n FROM scopes)"
        connection.executemany(
            "INSERT INTO scopes (n, account, audience) VALUES (?, ?, ?)",
            [(row[0], *LOCAL_SCOPE) for row in execute(missing).fetchall()],
        )
        missing = (
            "SELECT action, min(wall) FROM op WHERE action NOT IN (SELECT id FROM actions)"
            " GROUP BY action"
        )
        connection.executemany(
            "INSERT INTO actions (id, name, plural, said, at) VALUES (?, ?, ?, ?, ?)",
            [
                (action, *name_columns(_LOST_ACTION), str(Instant(wall)))
                for action, wall in execute(missing).fetchall()
            ],
        )
        last = execute("SELECT max(lid) FROM op").fetchone()[0] or 0  # numbers behind it come again
        nothing = "UPDATE actions SET first_lid = NULL, last_lid = NULL WHERE first_lid > ?"
        execute(nothing, (last,))
        execute("UPDATE actions SET last_lid = ?1 WHERE last_lid > ?1", (last,))
        execute("DELETE FROM state WHERE key = 'checked_on'")
        execute("COMMIT")


def _ops(connection: Connection) -> Iterator[tuple[int, int, bytes]]:
    yield from connection.execute("SELECT lid, kind, cells FROM op")


def _said(words: set[int], kind: int, cells: bytes) -> bool:
    """Return whether the words of an op are known."""
    return kind in words and words.issuperset(msgpack.unpackb(cells, strict_map_key=False))


def _reconciled(
    connection: Connection,
    remains: Remains,
    catalogue: Catalogue,
    followers: Sequence[Follower],
    clock: Clock,
) -> Reconciled:
    """Bring tables and log together, derive the rest, and prove it."""
    storage = Storage(connection, catalogue, clock=clock)
    with storage.transaction():
        if own := storage.number("dev"):
            storage.keep(FORKED, 1)
            last = "SELECT max(dseq) FROM op WHERE dev = ?"
            sent = connection.execute(last, (own,)).fetchone()[0] or 0
            storage.keep("dseq", max(storage.number("dseq"), sent))
        storage.keep(SALVAGED_AT, str(clock.now()))
    found = reconcile(storage, lost=remains.lost)
    with storage.transaction():
        for follower in followers:
            follower.rebuild(connection)
    storage.start_undo_here()
    if wrong := differences(storage):
        raise RuntimeError(f"salvage left tables and log apart: {wrong[0]}")
    return found
