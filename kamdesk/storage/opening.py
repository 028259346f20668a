"""Creating and opening a workspace: what is wrong is said in words, and nothing is overwritten."""

import os
import re
import secrets
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import key_file, lock, migrating
from kamdesk.storage.backup import verified_copy
from kamdesk.storage.database import Connection, WrongKey, connect, trouble
from kamdesk.storage.keys import KeyRing, find_key

DATABASE: Final = "kamdesk.db"
BACKUPS: Final = "backups"
SHORTEST: Final = 8
"""The fewest characters of a passphrase."""

_SIDES = ("-wal", "-shm", "-journal")
_PAGE = 4096
_CHECKED_WHOLE = 32 * 1024 * 1024
_PLAIN = b"SQLite format 3\0"
_FAR = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|afpfs|davfs|fuse\.(?!fuse-overlayfs$).*")
_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud( ?drive|~.*)?|mobile documents|com~apple~clouddocs"
    r"|cloudstorage|nextcloud|owncloud|baidusyncdisk|(我的)?坚果云|(my )?nutstore( files)?)"
    r"( .*)?"
)
_open_here: Counter[Path] = Counter()  # opening and closing these by hand drops SQLite's locks


@dataclass(frozen=True, slots=True)
class Created:
    """A new workspace: what must be printed and kept, and its id."""

    recovery_code: str = field(repr=False)
    workspace_id: str


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


def is_own_file(path: Path) -> bool:
    """Return whether ``path`` is, or would be, one of the files that make up a workspace."""
    folder, name = path.absolute().parent, path.name.casefold()
    if folder.name.casefold() == BACKUPS and (folder.parent / DATABASE).exists():
        return True
    own = {key_file.NAME, lock.NAME, *(file.name for file in _files(folder))}
    return name in own and any((folder / one).exists() for one in (DATABASE, key_file.NAME))


def create(
    folder: Path, passphrase: str, *, keys: KeyRing, cost: key_file.Cost | None = None
) -> Created:
    """Make a new workspace in ``folder``; the key goes to the keyring where one works.

    Raises ``RuleBroken`` for a short passphrase, ``StorageTrouble`` when the folder already holds
    a workspace (or the rest of one), lies on a network or in a synced folder, or cannot be written.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise RuleBroken(
            Text("A passphrase has at least {least} characters.", least=SHORTEST),
            field="passphrase",
        )
    folder = folder.resolve()
    _refuse(why_unfit(folder))
    key, salt, workspace = secrets.token_hex(32), secrets.token_hex(16), secrets.token_hex(16)
    code = key_file.new_code()
    sealed = key_file.make(key, salt, workspace, passphrase=passphrase, code=code, cost=cost)
    made: list[Path] = []
    held, fresh = None, not folder.exists()
    try:
        _make_room(folder)
        held = lock.Lock(folder)
        os.close(key_file.create_private(folder / DATABASE))
        made += [folder / key_file.NAME, *_files(folder), folder / lock.NAME]
        with closing(connect(folder / DATABASE, key, salt)) as connection:
            migrating.migrate(connection)
        key_file.write(folder, sealed)  # last: without it there is no workspace
    except BaseException as error:
        for path in made:
            with suppress(OSError):
                path.unlink()
        if fresh:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise StorageTrouble(_taken(folder)) from error
        if isinstance(error, OSError):
            raise StorageTrouble(
                Text(
                    "No workspace could be made in {folder}: the disk is full, or the folder may"
                    " not be written.",
                    folder=str(folder),
                )
            ) from error
        raise
    finally:
        if held is not None:
            held.release()
    keys.set(workspace, key)
    return Created(code, workspace)


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
    _refuse(why_unfit(folder))
    _refuse(_why_absent(folder))
    held = None if readonly else lock.Lock(folder)
    connection: Connection = None
    try:
        header = _header(path)
        if not (folder / key_file.NAME).exists():
            raise StorageTrouble(
                Text(
                    "The key file {path} is missing; without it nobody can open the workspace."
                    " Bring it back from a copy of this folder.",
                    path=str(folder / key_file.NAME),
                )
            )
        sealed = key_file.read(folder)
        key = find_key(sealed, keys, passphrase)
        connection = _connected(path, key, sealed.salt, header, readonly=readonly)
        pending = _steps_of(connection)
        if readonly and pending:
            raise StorageTrouble(
                Text("An older KamDesk wrote this workspace. Open it once in the window first.")
            )
        if not readonly:
            _check(connection, path)
            migrating.migrate(
                connection,
                copy_first=lambda steps: verified_copy(
                    connection, key, sealed.salt, _backup_before(folder, steps)
                ),
            )
    except BaseException:
        if connection is not None:
            connection.close()
        if held:
            held.release()
        raise
    _open_here[path] += 1
    return Opened(connection, folder, sealed.workspace, key, sealed.salt, held)


def why_unfit(folder: Path, *, mounts: str | None = None) -> Text | None:
    """Return why a workspace must not lie in ``folder``; None where it may.

    ``mounts`` is what ``/proc/mounts`` says, read when left out.
    """
    for part in folder.parts:
        if _SYNCED.fullmatch(part.casefold()):
            return Text(
                "“{part}” is a folder that another program copies to other computers, also while"
                " the workspace is being written: that damages it. Choose a folder that stays on"
                " this computer.",
                part=part,
            )
    if _on_network(folder, _mounts() if mounts is None else mounts):
        return Text(
            "{folder} lies on a network drive, where a workspace gets damaged. Choose a folder on"
            " this computer's own disk.",
            folder=str(folder),
        )
    return None


def _refuse(reason: Text | None) -> None:
    if reason is not None:
        raise StorageTrouble(reason)


def _on_network(folder: Path, mounts: str) -> bool:
    name = str(folder)
    if name.startswith("\\\\"):
        return not name.startswith("\\\\?\\") or name.startswith("\\\\?\\UNC")
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == 4)
    found: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        _, where, kind, *_ = [*line.split(" "), "", "", ""]
        place = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where))
        if folder.is_relative_to(place):
            found = max(found, (len(place.parts), kind), key=lambda mount: mount[0])
    return _FAR.fullmatch(found[1]) is not None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    yield from (folder / f"{DATABASE}{side}" for side in ("", *_SIDES))


def _taken(folder: Path) -> Text:
    return Text(
        "{folder} already holds a workspace, or the rest of one. Open it, or choose an empty"
        " folder.",
        folder=str(folder),
    )


def _make_room(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StorageTrouble(
            Text("“{file}” is a file. Choose another name for the folder.", file=str(folder))
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = {name.casefold() for name in os.listdir(folder)}
    ours = {key_file.NAME, lock.NAME, BACKUPS, *(path.name for path in _files(folder))}
    if names & ours or any(name.startswith(key_file.NAME) for name in names):
        raise StorageTrouble(_taken(folder))
    if not names:
        folder.chmod(0o700)


def _why_absent(folder: Path) -> Text | None:
    path, key_path = folder / DATABASE, folder / key_file.NAME
    for ours in (*_files(folder), key_path):
        if os.path.lexists(ours) and not stat.S_ISREG(ours.lstat().st_mode):
            return Text(
                "{path} is a link or no ordinary file; KamDesk does not follow it. Put the file"
                " itself in its place.",
                path=str(ours),
            )
    if path.exists():
        return None
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
        raise StorageTrouble(
            Text("The disk did not read or write the workspace file. Check disk and folder.")
        ) from error
    if header == _PLAIN:
        raise StorageTrouble(
            Text(
                "{path} is a plain SQLite file, not an encrypted workspace. KamDesk leaves it"
                " alone; put the workspace file in its place, or restore a backup.",
                path=str(path),
            )
        )
    if path.stat().st_size < _PAGE:
        raise StorageTrouble(_damaged())
    return header


def _damaged() -> Text:
    return Text("The workspace file is damaged. Nothing was changed; restore a backup.")


def _connected(
    path: Path, key: str, salt: str, header: bytes | None, *, readonly: bool
) -> Connection:
    try:
        return connect(path, key, salt, readonly=readonly)
    except WrongKey as error:  # the key is right: the key file says so
        if header is not None and header.hex() != salt:
            raise StorageTrouble(
                Text(
                    "{path} is not the workspace its key file was made for. Put the two that"
                    " belong together in this folder, or restore a backup.",
                    path=str(path),
                )
            ) from error
        raise StorageTrouble(_damaged()) from error


def _steps_of(connection: Connection) -> list[str]:
    if not migrating.applied(connection):
        raise StorageTrouble(_damaged())  # keyed, but empty: no workspace was ever finished here
    return migrating.pending(connection)


def _check(connection: Connection, path: Path) -> None:
    """Refuse a damaged file. Before a checkpoint half of what the cipher reports is no damage."""
    with trouble():
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:  # somebody reads beside us
            return
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        size = path.stat().st_size
        if size < pages * _PAGE or (
            size <= _CHECKED_WHOLE
            and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None
        ):
            raise StorageTrouble(_damaged())


def _backup_before(folder: Path, steps: Sequence[str]) -> Path:
    backups = folder / BACKUPS
    try:
        backups.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            Text("No backup could be made at {path}: check disk and folder.", path=str(backups))
        ) from error
    return backups / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-before-{steps[0]}.db"
