"""The files that make up a workspace, by name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kamdesk.storage import key_file, lock

DATABASE: Final = "kamdesk.db"
UNFINISHED: Final = f"{DATABASE}.new"
"""The database of a workspace being made, which has never held anything."""
KEEPER: Final = "keeper.db"
"""The log a keeper holds for the laptops that exchange with it by a folder."""
BACKUPS: Final = "backups"
ERASED: Final = "erased"
ASIDE: Final = "aside-"
"""How the folders begin in which a restore puts what stood there, with its key file."""
SIDES: Final = ("-wal", "-shm", "-journal")


def database_files(folder: Path) -> Iterator[Path]:
    """Yield the paths of the database and of what SQLite keeps beside it."""
    yield from (folder / f"{DATABASE}{side}" for side in ("", *SIDES))


def put_aside(folder: Path) -> list[Path]:
    """Return the folders in which a restore put old databases, oldest first; no links."""
    found = (path for path in folder.glob(f"{ASIDE}*") if not path.is_symlink())
    return sorted(path for path in found if (path / DATABASE).is_file())


def is_own_file(path: Path) -> bool:
    """Return whether ``path`` is, or would be, one of the files that make up a workspace."""
    folder, name = path.absolute().parent, path.name.casefold()
    if folder.name.casefold() == BACKUPS and (folder.parent / DATABASE).exists():
        return True
    own = name in (lock.NAME, ERASED) or name.startswith((DATABASE, KEEPER, key_file.NAME))
    return own and any((folder / one).exists() for one in (DATABASE, key_file.NAME))
