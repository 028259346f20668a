"""Changing what opens a workspace: its passphrase, its recovery code, its key.

Afterwards the present passphrase and the present recovery code open every backup as well. Each verb
asks for a secret that opens the workspace now, whatever the keyring holds, and is done wholly or
not at all: cut off at any point, the workspace opens as before or as afterwards.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import backups, key_change, key_file, lock
from kamdesk.storage.backup import verified_copy
from kamdesk.storage.creating import check_length
from kamdesk.storage.database import Connection, trouble
from kamdesk.storage.key_change import NEXT_DATABASE, backup_key_files
from kamdesk.storage.key_file import Cost, KeyFile, read_code, sync_folder
from kamdesk.storage.keys import Found, KeyRing, keep_key
from kamdesk.storage.layout import BACKUPS, DATABASE, database_files
from kamdesk.storage.opening import Opened, open_file

_UNCHANGED: Final = Text("The disk is full or refused to write: nothing was changed.")

Left = tuple[Path, ...]
"""Key files of backups that ``secret`` does not unlock: they open by what opened them before."""


def change_passphrase(opened: Opened, *, secret: str, new: str, cost: Cost | None = None) -> Left:
    """Let ``new`` open the workspace from now on, instead of the passphrase before.

    ``secret`` is the present passphrase or recovery code. Runs while the workspace is open for
    writing, in the process that has it open; the key, the keyring and the recovery code stay.
    Raises ``RuleBroken`` (field ``secret`` or ``new``), ``StorageTrouble``.
    """
    check_length(new, field="new")
    key, sealed = proved(opened.folder, secret)
    changed = sealed.rewrapped(key, passphrase=new, cost=cost)
    with _backups_still(opened.folder):
        others, left = _of_backups(opened.folder, changed, key, secret, passphrase=new, cost=cost)
        _replace(opened.folder, changed, others)
    return left


def change_code(opened: Opened, *, secret: str, code: str, cost: Cost | None = None) -> Left:
    """Let the recovery code ``code`` count from now on, instead of the one before.

    ``code`` comes from ``key_file.new_code`` and is shown or printed first: cut off before the end,
    the one before still counts. ``secret`` is the present passphrase or recovery code. Runs while
    the workspace is open for writing, in the process that has it open. Raises ``RuleBroken``
    (field ``secret``), ``StorageTrouble``.
    """
    key, sealed = proved(opened.folder, secret)
    changed = sealed.rewrapped(key, code=code, cost=cost)
    with _backups_still(opened.folder):
        others, left = _of_backups(opened.folder, changed, key, secret, code=code, cost=cost)
        _replace(opened.folder, changed, others)
    return left


def renew_key(
    folder: Path, *, passphrase: str, code: str, keys: KeyRing, cost: Cost | None = None
) -> Left:
    """Encrypt the whole workspace with a new key, and let a new recovery code count with it.

    ``passphrase`` is the present one and stays; ``code`` comes from ``key_file.new_code`` and is
    shown or printed first, as it counts only when this has ended well. Runs only while the
    workspace is closed everywhere, in this process as well; takes the right to write itself. First
    makes a verified backup under the key before. Raises ``RuleBroken`` (field ``secret``),
    ``Held``, ``StorageTrouble``; the key before then still counts, unless the error says otherwise.
    """
    read_code(code)
    with closing(open_file(folder, keys=keys, passphrase=lambda: passphrase)) as opened:
        folder = opened.folder
        key, before = proved(folder, passphrase, by_code=False)
        backups.make(
            folder, opened.connection, key, before.salt, backups.Why.REKEY, now=datetime.now(UTC)
        )
        new, salt = secrets.token_hex(32), secrets.token_hex(16)
        sealed = key_file.make(
            new, salt, opened.workspace_id, passphrase=passphrase, code=code, cost=cost
        )
        old = before.rewrapped(key, code=code, cost=cost)
        with _backups_still(folder):
            others, left = _of_backups(folder, old, key, passphrase, code=code, cost=cost)
            try:
                _use_alone(opened.connection)
                with _unchanged():
                    key_change.prepare(folder, sealed, others)
                keys.set(opened.workspace_id, new, "next")
                verified_copy(opened.connection, new, salt, folder / NEXT_DATABASE)
                opened.connection.close()
                _see_no_log(folder)
            except BaseException:
                keys.drop(opened.workspace_id, "next")
                _take_back(folder)
                raise
            with _unconfirmed():
                os.replace(folder / NEXT_DATABASE, folder / DATABASE)  # now the new key counts
                sync_folder(folder)
                keep_key(opened.workspace_id, Found(new, "next"), keys)
                key_change.complete(folder)
    return left


def proved(folder: Path, secret: str, *, by_code: bool = True) -> tuple[str, KeyFile]:
    """Return the key and its file when ``secret`` unlocks it, whatever the keyring holds.

    Raises ``RuleBroken`` (field ``secret``) when it does not.
    """
    sealed = key_file.read(folder)
    key = sealed.unlocked(secret) if by_code else sealed.key_under(secret, "passphrase")
    if key is None:
        raise RuleBroken(Text("That passphrase does not open this workspace."), field="secret")
    return key, sealed


def _of_backups(
    folder: Path,
    today: KeyFile,
    key: str,
    secret: str,
    *,
    passphrase: str | None = None,
    code: str | None = None,
    cost: Cost | None = None,
) -> tuple[dict[Path, KeyFile], Left]:
    """Return the new key files of all backups by path, and those ``secret`` does not unlock.

    ``today`` is the new key file of the present ``key``; what it fits gets the same.
    """
    changed: dict[Path, KeyFile] = {}
    left: list[Path] = []
    known = {(today.check, today.salt): today}
    for path in backup_key_files(folder):
        try:
            one = key_file.read_file(path)
        except StorageTrouble:
            left.append(path)
            continue
        same = (one.check, one.salt)
        if same not in known and (its := key if one.fits(key) else one.unlocked(secret)):
            known[same] = one.rewrapped(its, passphrase=passphrase, code=code, cost=cost)
        if same in known and known[same].workspace == one.workspace:
            changed[path] = known[same]
        else:
            left.append(path)
    return changed, tuple(left)


def _replace(folder: Path, changed: KeyFile, others: dict[Path, KeyFile]) -> None:
    """Let new key files of the same key count, all of them together."""
    try:
        with _unchanged():
            key_change.prepare(folder, changed, others)
    except BaseException:
        _take_back(folder)
        raise
    with _unconfirmed():
        key_change.complete(folder)


def _take_back(folder: Path) -> None:
    with suppress(OSError):  # then when it is next opened
        key_change.settle(folder, key_file.NAME)


def _use_alone(connection: Connection) -> None:
    """Empty the log beside the file and do without one, which works only while nobody else reads.

    A log left behind would be laid over the database that comes in this one's place.
    """
    with trouble():
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    if mode != "delete":
        raise StorageTrouble(
            Text("Another program holds the workspace file. Close it and try again.")
        )


def _see_no_log(folder: Path) -> None:
    _, *beside = database_files(folder)
    if any(os.path.lexists(path) for path in beside):
        raise StorageTrouble(_UNCHANGED)


@contextmanager
def _backups_still(folder: Path) -> Iterator[None]:
    """Let no backup be made meanwhile: it would take the key file of before with it."""
    if (folder / BACKUPS).is_symlink() or not (folder / BACKUPS).is_dir():
        yield
        return
    try:
        held = lock.Lock(folder / BACKUPS)
    except lock.Held as error:
        raise StorageTrouble(
            Text("Another backup is being made at this moment. Wait until it is done.")
        ) from error
    try:
        yield
    finally:
        held.release()


@contextmanager
def _unchanged() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageTrouble(_UNCHANGED) from error


@contextmanager
def _unconfirmed() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageTrouble(
            Text(
                "The disk did not confirm the change: the old or the new one counts. Keep both,"
                " open the workspace again, and repeat it."
            )
        ) from error
