"""The list of erased records: ids, kinds and days, in the file and in a shadow beside it.

The table ``erased`` is the truth; the plain file of the same name survives a database that is
damaged, or replaced by an older copy. Neither holds a word about anybody.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.database import Connection
from kamdesk.storage.key_file import create_private, sync_folder
from kamdesk.storage.layout import ERASED

_TEXTS = "+texts"
_LINE = re.compile(r"([0-9a-f]{32}) ([a-z_]{1,40}) ([0-9]{4}-[0-9]{2}-[0-9]{2}(?:\+texts)?)")


class Listed(NamedTuple):
    """An erased record: its kind, the day, and whether a name was to go from all texts too."""

    kind: str
    at: str

    @staticmethod
    def on(kind: str, day: str, *, texts: bool = False) -> "Listed":
        """Return the entry of a record erased on a day."""
        return Listed(kind, day + (_TEXTS if texts else ""))

    @property
    def day(self) -> str:
        """The day as ISO text."""
        return self.at.removesuffix(_TEXTS)

    @property
    def texts(self) -> bool:
        """True when the name was to be blanked in everybody's texts."""
        return self.at.endswith(_TEXTS)


def in_table(connection: Connection) -> dict[bytes, Listed]:
    """Return what the database lists, by id."""
    rows = connection.execute("SELECT id, kind, at FROM erased").fetchall()
    return {bytes(row[0]): Listed(row[1], row[2]) for row in rows}


def note(connection: Connection, entries: Mapping[bytes, Listed]) -> None:
    """Put records on the list within a transaction; who is on it keeps the first day."""
    connection.executemany(
        "INSERT OR IGNORE INTO erased (id, kind, at) VALUES (?, ?, ?)",
        [(record, *entry) for record, entry in entries.items()],
    )


def in_folder(folder: Path) -> dict[bytes, Listed]:
    """Return what the shadow beside the database lists; lines that say nothing are passed over."""
    try:
        with open(folder / ERASED, encoding="ascii", errors="replace", opener=_plain_file) as file:
            matches = [_LINE.fullmatch(line.strip()) for line in file]
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(folder) from error
    return {bytes.fromhex(found[1]): Listed(found[2], found[3]) for found in matches if found}


def _plain_file(path: str, flags: int) -> int:
    """Open the list and nothing behind a link; wait for no pipe."""
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "no ordinary file")
    return file


def write_shadow(folder: Path, entries: Mapping[bytes, Listed]) -> None:
    """Write the shadow anew: private, whole or not at all. Raises ``StorageTrouble``."""
    target, part = folder / ERASED, folder / f"{ERASED}.part"
    lines: Iterable[str] = (
        f"{record.hex()} {entry.kind} {entry.at}\n" for record, entry in sorted(entries.items())
    )
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        with os.fdopen(create_private(part), "w", encoding="ascii") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise _unreadable(folder) from error


def _unreadable(folder: Path) -> StorageTrouble:
    return StorageTrouble(
        Text(
            "The list of erased people {path} cannot be read or written: check disk and folder.",
            path=str(folder / ERASED),
        )
    )
