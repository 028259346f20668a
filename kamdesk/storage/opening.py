"""Opening a workspace: what is wrong is said in words, and the file stays as it was."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import backups, key_change, key_file, lock, migrating, restoring, soundness
from kamdesk.storage.database import Connection, Corrupt, WrongKey, connect
from kamdesk.storage.fitness import refuse, why_unfit
from kamdesk.storage.key_file import KeyFile
from kamdesk.storage.keys import Found, KeyMissing, KeyRing, WrongPassphrase, find_key, keep_key
from kamdesk.storage.layout import DATABASE, UNFINISHED, database_files

_PLAIN = b"SQLite format 3\0"
_DISK = Text("The disk did not read or write the workspace file. Check disk and folder.")
_open_here: Counter[Path] = Counter()  # opening and closing these by hand drops SQLite's locks


@dataclass(frozen=True, slots=True)
class Opened:
    """An open workspace file. ``close`` it, not only its connection: the lock goes with it."""

    connection: Connection
    folder: Path
    workspace_id: str
    key: str = field(repr=False)
    salt: str
    lock: lock.Lock | None

    def close(self) -> None:
        """Close the file and give back the right to write."""
        self.connection.close()
        _open_here[self.folder / DATABASE] -= 1
        if self.lock:
            self.lock.release()


def open_file(
    folder: Path,
    *,
    keys: KeyRing,
    passphrase: Callable[[], str] | None = None,
    readonly: bool = False,
) -> Opened:
    """Open the workspace in ``folder``, brought up to date unless ``readonly``.

    ``passphrase`` is called when the keyring does not hold the key. Raises ``StorageTrouble`` with
    what is wrong and what to do; then the file is as it was.
    """
    folder = folder.resolve()
    path = folder / DATABASE
    refuse(why_unfit(folder))
    _end_restore(folder)
    refuse(_why_absent(folder))
    held = None if readonly else lock.Lock(folder)
    connection: Connection = None
    try:
        header = _header(path)
        sealed_by = key_change.candidates(folder, header.hex() if header else None)
        cut_off = not readonly and header is not None and soundness.log_left(path)
        name, found, connection = _unlocked(
            path, sealed_by, keys, passphrase, header, readonly=readonly or cut_off
        )
        sealed, key = sealed_by[name], found.key
        if cut_off:
            connection.close()
            soundness.judge_by_copy(path, key, sealed.salt)
            connection = _connected(path, key, sealed.salt, header, readonly=False)
        pending = _steps_of(connection, folder)
        if readonly and pending:
            raise StorageTrouble(
                Text("An older KamDesk wrote this workspace. Open it once in the window first.")
            )
        if readonly:
            if found.slot is None:  # the other slot is for whoever writes
                keys.set(sealed.workspace, found.key)
        else:
            soundness.check(connection, path, key)
            _settle(folder, name, sealed.workspace, found, keys)
            migrating.migrate(
                connection,
                copy_first=lambda steps: backups.make(
                    folder,
                    connection,
                    key,
                    sealed.salt,
                    f"before-{steps[0]}",
                    now=datetime.now(UTC),
                ),
            )
    except BaseException as error:
        if connection is not None:
            connection.close()
        if held:
            held.release()
        if isinstance(error, Corrupt | WrongKey):  # the key is right: a page is not
            raise soundness.damaged(folder) from error
        raise
    _open_here[path] += 1
    return Opened(connection, folder, sealed.workspace, key, sealed.salt, held)


def _end_restore(folder: Path) -> None:
    """Go on with a restore that was cut off when it already counted."""
    if restoring.is_cut_off(folder):
        held = lock.Lock(folder)
        try:
            restoring.finish(folder)
        except OSError as error:
            raise StorageTrouble(_DISK) from error
        finally:
            held.release()


def _why_absent(folder: Path) -> Text | None:
    path, key_path = folder / DATABASE, folder / key_file.NAME
    for ours in (*database_files(folder), key_path):
        if os.path.lexists(ours) and not stat.S_ISREG(ours.lstat().st_mode):
            return Text(
                "{path} is a link or no ordinary file; KamDesk does not follow it. Put the file"
                " itself in its place.",
                path=str(ours),
            )
    if path.exists():
        return None
    if (folder / UNFINISHED).exists():
        return Text(
            "Making the workspace in {folder} was cut off before anything was in it. Make it again"
            " in the same folder.",
            folder=str(folder),
        )
    if key_path.exists():
        return Text(
            "The workspace file {path} is missing. Put it back, or restore a backup.",
            path=str(path),
        )
    return Text("There is no workspace in {folder}.", folder=str(folder))


def _header(path: Path) -> bytes | None:
    """Return the first bytes of the file, None when this process has it open already."""
    if _open_here[path] > 0:
        return None
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except OSError as error:
        raise StorageTrouble(_DISK) from error
    if header == _PLAIN:
        raise StorageTrouble(
            Text(
                "{path} is a plain SQLite file, not an encrypted workspace. KamDesk leaves it"
                " alone; put the workspace file in its place, or restore a backup.",
                path=str(path),
            )
        )
    if path.stat().st_size < soundness.PAGE:
        raise soundness.damaged(path.parent)
    return header


def _unlocked(
    path: Path,
    sealed_by: Mapping[str, KeyFile],
    ring: KeyRing,
    passphrase: Callable[[], str] | None,
    header: bytes | None,
    *,
    readonly: bool,
) -> tuple[str, Found, Connection]:
    """Return the name of the key file that opens the database, its key, and the connection."""
    asked = cache(passphrase) if passphrase else None
    *before, last = sealed_by
    for name in before:
        try:
            found = find_key(sealed_by[name], ring, asked)
            return name, found, connect(path, found.key, sealed_by[name].salt, readonly=readonly)
        except (KeyMissing, WrongPassphrase, WrongKey):
            continue
    found = find_key(sealed_by[last], ring, asked)
    sealed = sealed_by[last]
    return last, found, _connected(path, found.key, sealed.salt, header, readonly=readonly)


def _settle(folder: Path, name: str, workspace: str, found: Found, ring: KeyRing) -> None:
    """Let the keyring and the key files say what the file, found sound, has shown to be true."""
    keep_key(workspace, found, ring)
    if (folder / key_change.NEXT_KEY_FILE).exists():
        ring.drop(workspace, "next")
    with suppress(OSError):  # then next time
        key_change.settle(folder, name)


def _connected(
    path: Path, key: str, salt: str, header: bytes | None, *, readonly: bool
) -> Connection:
    try:
        return connect(path, key, salt, readonly=readonly)
    except Corrupt as error:
        raise soundness.damaged(path.parent, key) from error
    except WrongKey as error:  # the key is right: the key file says so
        if header is not None and any(header) and header.hex() != salt:
            raise StorageTrouble(
                Text(
                    "{path} is not the workspace its key file was made for. Put the two that"
                    " belong together in this folder, or restore a backup.",
                    path=str(path),
                )
            ) from error
        raise soundness.damaged(path.parent, key) from error


def _steps_of(connection: Connection, folder: Path) -> list[str]:
    if not migrating.applied(connection):
        raise soundness.damaged(folder)  # keyed, but empty: no workspace was ever finished here
    return migrating.pending(connection)
