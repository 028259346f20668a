"""New key files for a workspace and for all its copies: they count together, or none of them does.

Each is first written beside the one it replaces, the workspace's own before all others. The change
counts from the moment that one takes its place, or the database does that only it opens; what was
cut off is then gone on with, and before that moment taken back, when the workspace is next opened.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import key_file
from kamdesk.storage.key_file import KeyFile, sync_folder
from kamdesk.storage.layout import ASIDE, BACKUPS, DATABASE

NEXT: Final = ".next"
NEXT_KEY_FILE: Final = key_file.NAME + NEXT
NEXT_DATABASE: Final = DATABASE + NEXT
_OF_BACKUP = ".key.json"


def backup_key_files(folder: Path) -> list[Path]:
    """Return the key files of a workspace's backups and of what restores put aside, by name.

    None behind a link.
    """
    return _not_its_own(folder, "")


def prepare(folder: Path, own: KeyFile, of_backups: Mapping[Path, KeyFile]) -> None:
    """Write the next key files beside the present ones, once what was cut off before is ended.

    Raises ``OSError``.
    """
    settle(folder, key_file.NAME)
    key_file.write_file(folder / NEXT_KEY_FILE, own)
    for path, sealed in of_backups.items():
        key_file.write_file(path.with_name(path.name + NEXT), sealed)


def complete(folder: Path) -> None:
    """Put the next key files in the place of the present ones. Raises ``OSError``."""
    if (folder / NEXT_KEY_FILE).exists():
        (folder / NEXT_KEY_FILE).replace(folder / key_file.NAME)
        sync_folder(folder)
    waiting = _waiting(folder)
    for path in waiting:
        path.replace(path.with_name(path.name.removesuffix(NEXT)))
    _sync(waiting)


def take_back(folder: Path) -> None:
    """Remove the next key files, and the database only they would open. Raises ``OSError``."""
    waiting = _waiting(folder)
    for path in waiting:
        path.unlink()
    _sync(waiting)  # alone, one of them would stand for a change that counts
    for path in folder.glob(f"{NEXT_DATABASE}*"):
        path.unlink()
    (folder / NEXT_KEY_FILE).unlink(missing_ok=True)


def settle(folder: Path, opened_by: str) -> None:
    """End a change that was cut off: ``opened_by`` names the key file that opened the database.

    Raises ``OSError``; the change is then ended next time.
    """
    if opened_by == key_file.NAME and (folder / NEXT_KEY_FILE).exists():
        take_back(folder)
    complete(folder)
    begun = [*folder.glob(f"{NEXT_DATABASE}*"), *folder.glob(f"{key_file.NAME}.*.new")]
    for path in (*begun, *_not_its_own(folder, f"{NEXT}.*.new")):
        path.unlink(missing_ok=True)


def candidates(folder: Path, salt: str | None) -> dict[str, KeyFile]:
    """Return by name the key files that may open the database; the likelier first.

    ``salt`` is what the database begins with, None when it cannot be read now: the one that names
    it is the only one. Raises ``StorageTrouble`` where key files are missing or damaged.
    """
    found: dict[str, KeyFile] = {}
    damage: StorageTrouble | None = None
    for name in (key_file.NAME, NEXT_KEY_FILE):
        if os.path.lexists(folder / name):
            try:
                found[name] = key_file.read_file(folder / name)
            except StorageTrouble as trouble:
                damage = damage or trouble
    for name, sealed in found.items():
        if sealed.salt == salt:
            return {name: sealed}
    if key_file.NAME in found:
        return found
    copy = _copy_that_fits(folder, salt)
    path = str(folder / key_file.NAME)
    if copy is not None:
        raise StorageTrouble(
            Text(
                "The key file {path} is missing or damaged. {copy} opens the same workspace: copy"
                " it to that place and name.",
                path=path,
                copy=str(copy),
            )
        )
    raise damage or StorageTrouble(
        Text(
            "The key file {path} is missing; without it nobody can open the workspace."
            " Bring it back from a copy of this folder.",
            path=path,
        )
    )


def _copy_that_fits(folder: Path, salt: str | None) -> Path | None:
    for path in reversed(backup_key_files(folder)):
        try:
            if key_file.read_file(path).salt == salt:
                return path
        except StorageTrouble:
            continue
    return None


def _waiting(folder: Path) -> list[Path]:
    return _not_its_own(folder, NEXT)


def _not_its_own(folder: Path, ending: str) -> list[Path]:
    """Return the key files, with an ending of their names, that are not the workspace's own."""
    found = [*folder.glob(f"{BACKUPS}/*{_OF_BACKUP}{ending}")]
    found += folder.glob(f"{ASIDE}*/{key_file.NAME}{ending}")
    return sorted(path for path in found if not path.parent.is_symlink())


def _sync(paths: Iterable[Path]) -> None:
    for folder in {path.parent for path in paths}:
        sync_folder(folder)
