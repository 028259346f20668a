"""The keeper's log in backups: copied beside each, and given back where the log is gone.

A log that is still there stays: it is younger than any backup. The copy is made after the
workspace's own, so what is brought back never knows more than the log beside it.
"""

from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage.backup import verified_copy
from kamdesk.storage.database import Connection, connect, trouble
from kamdesk.storage.layout import KEEPER

KEY: Final = "keeper_key"
"""Where a workspace keeps the key of its log (in ``state``): 32 bytes, then 16 of salt."""
_KEY: Final = 32


class Lock(NamedTuple):
    """What the log is opened with."""

    key: str
    salt: str

    @classmethod
    def of(cls, kept: bytes) -> "Lock":
        """Return the lock a workspace keeps."""
        return cls(kept[:_KEY].hex(), kept[_KEY:].hex())


def beside(backup: Path) -> Path:
    """Return where the log lies that belongs to a backup."""
    return backup.with_name(f"{backup.name.removesuffix('.db')}.{KEEPER}")


def size_of(path: Path) -> int:
    """Return the bytes of a log, 0 where there is none."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def copy(connection: Connection, folder: Path, backup: Path) -> None:
    """Copy the log of the workspace in ``folder``, if it keeps one, beside a backup of it.

    A log that cannot be read is no reason to have no backup: it says so itself in each exchange.
    """
    lock = _lock(connection)
    if lock is None or not size_of(folder / KEEPER):
        return
    with suppress(StorageTrouble), closing(connect(folder / KEEPER, *lock)) as log:
        verified_copy(log, *lock, beside(backup))


def give_back(connection: Connection, backup: Path, folder: Path) -> None:
    """Put the log beside a backup into a workspace's folder that has none.

    ``connection`` shows the workspace that is brought back. A damaged copy is left where it is:
    without it no log is begun anew, and the others keep all they have.
    """
    lock, kept = _lock(connection), beside(backup)
    if lock is None or not size_of(kept) or size_of(folder / KEEPER):
        return
    (folder / KEEPER).unlink(missing_ok=True)
    with suppress(StorageTrouble), closing(connect(kept, *lock, readonly=True)) as log:
        verified_copy(log, *lock, folder / KEEPER)


def _lock(connection: Connection) -> Lock | None:
    with trouble():
        found = connection.execute("SELECT value FROM state WHERE key = ?", (KEY,)).fetchone()
    return Lock.of(found[0]) if found else None
