"""Making a new workspace: its database last, and nothing that stands there is overwritten.

The database is made under another name and takes its own when key file and first tables are on the
disk: a file under the other name never held anything, and what was cut off can be made again.
"""

import os
import secrets
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.private import private_folder
from kamdesk.core.wording import Text
from kamdesk.storage import key_file, lock, migrating, soundness
from kamdesk.storage.database import connect
from kamdesk.storage.fitness import refuse, why_unfit
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import BACKUPS, DATABASE, SIDES, UNFINISHED, database_files
from kamdesk.storage.lock import holder

SHORTEST: Final = 8
"""The fewest characters of a passphrase."""


@dataclass(frozen=True, slots=True)
class Created:
    """A new workspace: what must be printed and kept, and its id."""

    recovery_code: str = field(repr=False)
    workspace_id: str


def create(
    folder: Path, passphrase: str, *, keys: KeyRing, cost: key_file.Cost | None = None
) -> Created:
    """Make a new workspace in ``folder``; the key goes to the keyring where one works.

    Raises ``RuleBroken`` for a short passphrase, ``StorageTrouble`` when the folder already holds
    a workspace (or the rest of one), lies on a network or in a synced folder, or cannot be written.
    """
    check_length(passphrase)
    folder = folder.resolve()
    refuse(why_unfit(folder))
    key, salt, workspace = secrets.token_hex(32), secrets.token_hex(16), secrets.token_hex(16)
    code = key_file.new_code()
    sealed = key_file.make(key, salt, workspace, passphrase=passphrase, code=code, cost=cost)
    made: list[Path] = []
    held, new = None, key_file.absent_folders(folder)
    try:
        _make_room(folder)
        held = lock.Lock(folder)
        _clear(folder)
        unfinished = folder / UNFINISHED
        os.close(key_file.create_private(unfinished))
        made += [folder / key_file.NAME, *_unfinished(folder), folder / lock.NAME]
        with closing(connect(unfinished, key, salt)) as connection:
            migrating.migrate(connection)
            soundness.check(connection, unfinished)
        key_file.write(folder, sealed)
        if os.path.lexists(folder / DATABASE):
            raise FileExistsError(folder / DATABASE)
        unfinished.rename(folder / DATABASE)
        made.append(folder / DATABASE)
        key_file.sync_folder(folder)
        key_file.sync_names(new)
    except BaseException as error:
        for path in made:
            with suppress(OSError):
                path.unlink()
        if new:
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


def check_length(passphrase: str, *, field: str = "passphrase") -> None:
    """Raise ``RuleBroken`` for a passphrase that is too short; blanks at its ends do not count."""
    if len(passphrase.strip()) < SHORTEST:
        raise RuleBroken(
            Text("A passphrase has at least {least} characters.", least=SHORTEST), field=field
        )


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
    private_folder(folder)
    names = {name.casefold() for name in os.listdir(folder)}
    if UNFINISHED not in names or names & {DATABASE, BACKUPS}:
        ours = {key_file.NAME, BACKUPS, *(path.name for path in database_files(folder))}
        if names & ours or any(name.startswith(key_file.NAME) for name in names):
            raise StorageTrouble(_taken(folder))
    if lock.NAME in names and not _is_lock(folder / lock.NAME):
        raise StorageTrouble(_taken(folder))
    if not names:
        folder.chmod(0o700)


def _is_lock(path: Path) -> bool:
    """Return whether a file is a lock KamDesk left: a process number, or nothing yet."""
    return not path.is_symlink() and (path.stat().st_size == 0 or holder(path.parent) is not None)


def _clear(folder: Path) -> None:
    """Remove what a creation that was cut off has left: it never held anything."""
    if (folder / UNFINISHED).exists():
        (folder / key_file.NAME).unlink(missing_ok=True)
    for path in (*folder.glob(f"{key_file.NAME}.*.new"), *_unfinished(folder)):
        path.unlink(missing_ok=True)


def _unfinished(folder: Path) -> list[Path]:
    """Return the files of a database being made; that by which it is known comes last."""
    return [folder / f"{UNFINISHED}{side}" for side in (*SIDES, "")]
