"""Is the file whole? Asked in part on every opening, in full once a week; what to do if it is not.

A log that a crash left beside the file makes half of what the cipher reports no damage, and closing
a file writes its log into it. So a file with such a log is judged by a copy, and a damaged one is
refused byte for byte as it was.
"""

import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import backups, key_file
from kamdesk.storage.backups import Backup
from kamdesk.storage.database import Connection, DatabaseError, connect, trouble

if TYPE_CHECKING:
    from kamdesk.storage.storage import Storage

PAGE: Final = 4096
EVERY: Final = timedelta(days=7)
"""How often the whole file is looked through."""
_CHECKED_WHOLE = 32 * 1024 * 1024
_JUDGING = "judging"
_CHECKED_ON = "checked_on"


class Damaged(StorageTrouble):
    """The file in ``folder`` is damaged and was left as it is; ``backup`` is its newest good one.

    What can be done: restore that backup, or salvage what can still be read into a new folder.
    """

    def __init__(self, folder: Path, backup: Path | None, *, salvage: bool = True) -> None:
        super().__init__(_said(folder, backup) if salvage else _said_beyond(folder, backup))
        self.folder, self.backup = folder, backup


def damaged(folder: Path, key: str | None = None) -> Damaged:
    """Return the refusal of the damaged workspace in ``folder``, opened by ``key`` if known."""
    return Damaged(folder, _newest_good(folder, key))


def beyond_salvage(folder: Path, key: str | None) -> Damaged:
    """Return the refusal of a file of which nothing can be saved: only a backup helps."""
    return Damaged(folder, _newest_good(folder, key), salvage=False)


def check(connection: Connection, path: Path, key: str | None = None) -> None:
    """Refuse a damaged file. Before a checkpoint half of what the cipher reports is no damage."""
    with trouble():
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy and _is_damaged(connection, path):  # else somebody reads beside us
            raise damaged(path.parent, key)


def log_left(path: Path) -> bool:
    """Return whether a crash left changes that stand only in the log beside the file."""
    log = _log(path)
    return log.exists() and log.stat().st_size > 0


def judge_by_copy(path: Path, key: str, salt: str) -> None:
    """Refuse a file with a log left beside it by looking at a copy of both.

    A file too large to be copied at once, or a disk too full, is not judged. No connection to the
    file is open in this process, and nobody else writes to it.
    """
    if path.stat().st_size + _log(path).stat().st_size > _CHECKED_WHOLE:
        return
    with suppress(OSError), copied(path, path.parent / _JUDGING) as copy:
        try:
            with trouble(), closing(connect(copy, key, salt)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                whole = not _is_damaged(connection, copy)
        except (StorageTrouble, DatabaseError):
            whole = False
        if not whole:
            raise damaged(path.parent, key)


@contextmanager
def copied(path: Path, place: Path) -> Iterator[Path]:
    """Give a private copy of a file and its log, in a folder that is removed afterwards.

    Raises ``OSError``.
    """
    with suppress(FileNotFoundError):
        shutil.rmtree(place)  # what a crash left
    place.mkdir(mode=0o700)
    try:
        for one in (path, _log(path)):
            if one.exists():
                with one.open("rb") as source:
                    target = key_file.create_private(place / one.name)
                    with open(target, "wb") as copy:
                        shutil.copyfileobj(source, copy, 1 << 20)
        yield place / path.name
    finally:
        shutil.rmtree(place, ignore_errors=True)


def findings(connection: Connection, path: Path) -> list[str]:
    """Return what is wrong with the whole file, in SQLite's words; others may write meanwhile.

    The seals of pages are looked at only while no log lies beside the file; all pages in use are
    read in any case. Raises ``StorageTrouble``.
    """
    with trouble():
        lines = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
        found = [line for line in lines if line != "ok"]
        if not log_left(path):
            seals = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            found += [] if log_left(path) else seals
    return found


class Soundness:
    """The weekly look through the whole file, in the background."""

    def __init__(self, storage: "Storage", path: Path) -> None:
        self._storage = storage
        self.path: Final = path

    def due(self, today: Day) -> bool:
        """Return whether a week has gone by since the last one."""
        last = self.last()
        return last is None or not timedelta(0) <= today - last < EVERY

    def last(self) -> Day | None:
        """Return the day on which the file was last found whole."""
        sql = "SELECT value FROM state WHERE key = ?"
        return read_day(self._storage.reader.ask(sql, _CHECKED_ON).value())

    def look(self) -> None:
        """Read the whole file; works on a connection of its own beside others that write.

        Raises ``Damaged``.
        """
        try:
            found = findings(self._storage.connection, self.path)
        except (StorageTrouble, DatabaseError) as error:
            raise damaged(self.path.parent) from error
        if found:
            raise damaged(self.path.parent)

    def note(self, today: Day) -> ChangeSet:
        """Remember that the file was found whole; for the connection that writes."""
        self._storage.remember(_CHECKED_ON, today.isoformat())
        return ChangeSet()


def _is_damaged(connection: Connection, path: Path) -> bool:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    size = path.stat().st_size
    return size < pages * PAGE or (
        size <= _CHECKED_WHOLE
        and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None
    )


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _newest_good(folder: Path, key: str | None) -> Path | None:
    return next((one.path for one in backups.found(folder) if _is_good(one, key)), None)


def _is_good(backup: Backup, key: str | None) -> bool:
    """Return whether a backup is whole, as far as it can be told with the key at hand."""
    if not backup.looks_whole:
        return False
    try:
        with backup.path.open("rb") as file:
            salt = file.read(16).hex()
        if key is None or not _opens(backup, key):
            return True
        uri = f"{backup.path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(dbapi2.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key}{salt}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
    except (OSError, StorageTrouble, DatabaseError):
        return False


def _opens(backup: Backup, key: str) -> bool:
    return not backup.key_path.exists() or key_file.read_file(backup.key_path).fits(key)


def _said(folder: Path, backup: Path | None) -> Text:
    where = shlex.quote(str(folder))
    if backup is None:
        return Text(
            "The workspace file is damaged. Nothing was changed, and there is no backup. Save what"
            " can still be read into a new folder: kamdesk check --workspace {folder} --salvage"
            " NEWDIR",
            folder=where,
        )
    return Text(
        "The workspace file is damaged. Nothing was changed. Bring back the newest good backup:"
        " kamdesk restore {backup} {folder} — or save what can still be read into a new folder:"
        " kamdesk check --workspace {folder} --salvage NEWDIR",
        backup=shlex.quote(str(backup)),
        folder=where,
    )


def _said_beyond(folder: Path, backup: Path | None) -> Text:
    if backup is None:
        return Text(
            "Of this file nothing can be saved: the part that says where everything lies is"
            " damaged, and there is no backup in {folder}. Look for a copy elsewhere.",
            folder=str(folder),
        )
    return Text(
        "Of this file nothing can be saved: the part that says where everything lies is damaged."
        " Bring back the newest good backup: kamdesk restore {backup} {folder}",
        backup=shlex.quote(str(backup)),
        folder=shlex.quote(str(folder)),
    )
