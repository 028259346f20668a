"""Making a new workspace: the key last, and nothing that stands there is overwritten."""

import os
import secrets
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import key_file, lock, migrating
from kamdesk.storage.database import connect
from kamdesk.storage.fitness import refuse, why_unfit
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import BACKUPS, DATABASE, database_files

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
    if len(passphrase.strip()) < SHORTEST:
        raise RuleBroken(
            Text("A passphrase has at least {least} characters.", least=SHORTEST),
            field="passphrase",
        )
    folder = folder.resolve()
    refuse(why_unfit(folder))
    key, salt, workspace = secrets.token_hex(32), secrets.token_hex(16), secrets.token_hex(16)
    code = key_file.new_code()
    sealed = key_file.make(key, salt, workspace, passphrase=passphrase, code=code, cost=cost)
    made: list[Path] = []
    held, fresh = None, not folder.exists()
    try:
        _make_room(folder)
        held = lock.Lock(folder)
        os.close(key_file.create_private(folder / DATABASE))
        made += [folder / key_file.NAME, *database_files(folder), folder / lock.NAME]
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
    ours = {key_file.NAME, lock.NAME, BACKUPS, *(path.name for path in database_files(folder))}
    if names & ours or any(name.startswith(key_file.NAME) for name in names):
        raise StorageTrouble(_taken(folder))
    if not names:
        folder.chmod(0o700)
