"""Bringing back a backup: made anew beside the target, checked, then put in its place.

The new file counts from the moment it is called ``kamdesk.db.restored``: whole, checked, on the
disk. What was cut off after that moment is gone on with when the workspace is next opened; what was
cut off before it left the old one as it was. The old file is put aside whole, never deleted.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import erased_list, keeper_copies, key_change, key_file, lock, migrating
from kamdesk.storage.backup import verified_copy
from kamdesk.storage.backups import key_path_of
from kamdesk.storage.database import Connection, DatabaseError, connect, trouble
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.fitness import refuse, why_unfit
from kamdesk.storage.key_file import KeyFile, sync_folder
from kamdesk.storage.keys import KeyMissing, KeyRing, WrongPassphrase, find_key
from kamdesk.storage.layout import ASIDE, BACKUPS, DATABASE, ERASED, KEEPER, database_files
from kamdesk.storage.soundness import PAGE, copied
from kamdesk.storage.vetting import vet

READY: Final = f"{DATABASE}.restored"
RESTORED_AT: Final = "restored_at"
"""When this file was brought back, in UTC (in ``state``)."""
FORKED: Final = "forked"
"""1 in a file that had a number at a hub: others may know ops under it that this file lost."""
_READY_KEY = f"{key_file.NAME}.restored"
_WORK = "restoring"
_PLAIN = b"SQLite format 3\0"

EraseAgain = Callable[[Connection, Path], object]
"""Erases from a restored file, through the connection, what the list in a folder holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, and where the database that stood there before lies now."""

    folder: Path
    aside: Path | None


class _Lock(NamedTuple):
    """What a database is opened with."""

    key: str
    salt: str


def restore(
    file: Path,
    folder: Path,
    *,
    keys: KeyRing,
    passphrase: Callable[[], str] | None = None,
    erase_again: EraseAgain,
) -> Restored:
    """Bring back the backup ``file`` as the workspace in ``folder``, a new folder or its own.

    Its key file lies beside it. Where the present key of the workspace is known, it counts on.
    Raises ``StorageTrouble`` (``Held`` while the workspace is open); then all is as it was.
    """
    file, folder = file.resolve(), folder.resolve()
    refuse(why_unfit(folder))
    refuse(_why_not(file, folder))
    new = key_file.absent_folders(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = lock.Lock(folder)
    except OSError as error:
        raise _disk(folder) from error
    try:
        finish(folder)
        _end_key_change(folder)
        _prepare(file, folder, keys, cache(passphrase) if passphrase else None, erase_again)
        aside = finish(folder)
        key_file.sync_names(new)
    except OSError as error:
        raise _disk(folder) from error
    finally:
        held.release()
        if new and not any((folder / name).exists() for name in (READY, DATABASE)):
            shutil.rmtree(folder, ignore_errors=True)
    return Restored(folder=folder, aside=aside)


def is_cut_off(folder: Path) -> bool:
    """Return whether a restore counts that was not ended: ``finish`` ends it."""
    return (folder / READY).exists()


def finish(folder: Path) -> Path | None:
    """Put a restored file in its place, if one is ready; return where the old one lies then.

    The caller has the right to write. Raises ``OSError``; it can then be called again.
    """
    ready, ready_key = folder / READY, folder / _READY_KEY
    if not ready.exists():
        for path in (ready_key, *folder.glob(f"{_READY_KEY}.*.new")):
            path.unlink(missing_ok=True)
        return None
    aside = _aside(ready)
    sealed = folder / key_file.NAME
    old = [*database_files(folder), *([sealed] if ready_key.exists() else [])]
    for path in old:
        if os.path.lexists(path):
            aside.mkdir(mode=0o700, exist_ok=True)
            path.replace(aside / path.name)
    if aside.exists() and sealed.exists() and not (aside / sealed.name).exists():
        with suppress(StorageTrouble):  # a damaged one opens nothing
            key_file.write(aside, key_file.read(folder))
    if ready_key.exists():
        ready_key.replace(sealed)
    if aside.exists():
        sync_folder(aside)
    sync_folder(folder)  # nothing of the old database may appear again beside the new one
    ready.replace(folder / DATABASE)
    sync_folder(folder)
    return aside if aside.exists() else None


def _aside(ready: Path) -> Path:
    """Return where a restored file sends what it takes the place of: the same, however often."""
    made = datetime.fromtimestamp(ready.stat().st_mtime, UTC)
    return ready.with_name(f"{ASIDE}{made:%Y%m%d-%H%M%S-%f}")


def _prepare(
    file: Path,
    folder: Path,
    keys: KeyRing,
    passphrase: Callable[[], str] | None,
    erase_again: EraseAgain,
) -> None:
    """Make the restored file anew and let it count."""
    sealed = _key_file_for(file, folder)
    present = _present(folder)
    if present is not None and present.workspace != sealed.workspace:
        raise StorageTrouble(
            Text(
                "{file} is a backup of another workspace. Restore it into a new folder.",
                file=str(file),
            )
        )
    key = find_key(sealed, keys, passphrase).key
    under = _Lock(key, sealed.salt)
    if present is not None and not present.fits(key):
        with suppress(KeyMissing, WrongPassphrase):
            under = _Lock(find_key(present, keys, passphrase).key, present.salt)
    elif present is not None:
        under = _Lock(key, present.salt)
    kept = present is not None and present.fits(under.key)
    if kept:
        _level_list(folder, under)
    lists = [one for one in (folder, _workspace_of(file)) if one and (one / ERASED).exists()]
    with _unmoved(file), copied(file, folder / _WORK) as copy:
        try:
            _make_sound(copy, _Lock(key, sealed.salt), lists, erase_again)
        except DatabaseError as error:
            raise _unsound(file) from error
        anew = copy.with_name(READY)
        with closing(connect(copy, key, sealed.salt)) as connection:
            try:
                verified_copy(connection, *under, anew)
                keeper_copies.give_back(connection, file, folder)
            except StorageTrouble as error:
                raise _disk(folder) from error
        with anew.open("rb+") as file_anew:
            os.fsync(file_anew.fileno())
        if not kept:
            key_file.write_file(folder / _READY_KEY, sealed)
        _date(anew, folder)
        anew.replace(folder / READY)
        sync_folder(folder)


def _date(anew: Path, folder: Path) -> None:
    """Let what is put aside meet nothing that was, also where disks know time by two seconds."""
    while (folder / _aside(anew).name).exists():
        later = anew.stat().st_mtime + 2
        os.utime(anew, (later, later))


def _end_key_change(folder: Path) -> None:
    """End a change of keys that was cut off, so that the old file lies aside beside its own key."""
    if (folder / key_change.NEXT_KEY_FILE).exists() and (folder / DATABASE).exists():
        with (folder / DATABASE).open("rb") as file:
            salt = file.read(16).hex()
        with suppress(StorageTrouble):
            for name, sealed in key_change.candidates(folder, salt).items():
                if sealed.salt == salt:
                    key_change.settle(folder, name)


def _level_list(folder: Path, opens: _Lock) -> None:
    """Bring the list of the erased level with the file to be replaced, where that can be read.

    A crash right after an erasure leaves it in the file alone. Raises ``StorageTrouble``.
    """
    known: dict[bytes, Listed] = {}
    with (
        suppress(StorageTrouble, DatabaseError, OSError),
        copied(folder / DATABASE, folder / _WORK) as copy,
        closing(connect(copy, *opens)) as connection,
    ):
        known = erased_list.in_table(connection)
    shadow = erased_list.in_folder(folder) if known else {}
    if known.keys() - shadow.keys():
        erased_list.write_shadow(folder, {**known, **shadow})


def _make_sound(copy: Path, opens: _Lock, lists: list[Path], erase_again: EraseAgain) -> None:
    """Check a private copy and bring it up to date, marked as restored."""
    try:
        connection = connect(copy, *opens)
    except StorageTrouble as error:
        raise _unsound(copy) from error
    with closing(connection):
        with trouble():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        vet(connection)
        for pragma in ("cipher_integrity_check", "quick_check"):
            if [row[0] for row in connection.execute(f"PRAGMA {pragma}")] not in ([], ["ok"]):
                raise _unsound(copy)
        migrating.migrate(connection)
        for folder in lists:
            erase_again(connection, folder)
        with trouble():
            mark = "INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)"
            connection.execute(mark, (RESTORED_AT, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"))
            if connection.execute("SELECT 1 FROM state WHERE key = 'dev'").fetchone():
                connection.execute(mark, (FORKED, 1))


def _why_not(file: Path, folder: Path) -> Text | None:
    """Return why this file cannot be restored into this folder, as far as can be seen at once."""
    if not file.is_file():
        return Text("There is no backup {file}.", file=str(file))
    if file == folder / DATABASE:
        return Text("{file} is the workspace itself. Name a backup.", file=str(file))
    with file.open("rb") as opened:
        if opened.read(16) == _PLAIN:
            return Text("{file} is a plain SQLite file, no backup of KamDesk's.", file=str(file))
    if file.stat().st_size < PAGE or file.stat().st_size % PAGE:
        return _unsound(file).said
    if folder.exists() and not folder.is_dir():
        return Text("“{file}” is a file. Choose another name for the folder.", file=str(folder))
    ours = {lock.NAME, ERASED, BACKUPS, _WORK, READY, _READY_KEY, key_file.NAME, KEEPER}
    ours |= {path.name for path in database_files(folder)}
    names = set(os.listdir(folder)) if folder.exists() else set()
    others = {name for name in names - ours if not name.startswith(f"{_READY_KEY}.")}
    if not names & ({DATABASE, key_file.NAME, READY} | {BACKUPS}) and others:
        return Text(
            "{folder} holds other files and no workspace. Choose a new folder, or that of the"
            " workspace.",
            folder=str(folder),
        )
    return None


def _key_file_for(file: Path, folder: Path) -> KeyFile:
    """Return the key file that names the salt the backup begins with."""
    with file.open("rb") as opened:
        salt = opened.read(16).hex()
    beside = [key_path_of(file), file.parent / key_file.NAME, folder / key_file.NAME]
    if file.parent.name == BACKUPS:
        beside.append(file.parent.parent / key_file.NAME)
    there = [path for path in beside if os.path.lexists(path)]
    for path in there:
        with suppress(StorageTrouble):
            if (sealed := key_file.read_file(path)).salt == salt:
                return sealed
    for path in there[:1]:
        key_file.read_file(path)  # says what is wrong with it
        raise StorageTrouble(
            Text("{key_file} does not belong to {file}.", key_file=str(path), file=str(file))
        )
    raise StorageTrouble(
        Text(
            "The key file of {file} is missing. Put {key_file} beside it.",
            file=str(file),
            key_file=key_path_of(file).name,
        )
    )


def _present(folder: Path) -> KeyFile | None:
    with suppress(StorageTrouble, FileNotFoundError):
        if stat.S_ISREG((folder / key_file.NAME).lstat().st_mode):
            return key_file.read(folder)
    return None


def _workspace_of(file: Path) -> Path | None:
    return file.parent.parent if file.parent.name == BACKUPS else None


@contextmanager
def _unmoved(file: Path) -> Iterator[None]:
    """Keep the owner of a whole workspace from writing to its file while it is copied."""
    held = None
    if file.name == DATABASE and (file.parent / lock.NAME).exists():
        try:
            held = lock.Lock(file.parent)
        except lock.Held:
            raise
        except StorageTrouble:  # on a read-only disk nobody writes
            held = None
    try:
        yield
    finally:
        if held is not None:
            held.release()


def _unsound(file: Path) -> StorageTrouble:
    return StorageTrouble(
        Text(
            "The backup {file} is damaged. Nothing was changed; choose an older one.",
            file=file.name,
        )
    )


def _disk(folder: Path) -> StorageTrouble:
    return StorageTrouble(
        Text(
            "The backup could not be written to {folder}: the disk is full, or the folder may not"
            " be written. What was there counts on.",
            folder=str(folder),
        )
    )
