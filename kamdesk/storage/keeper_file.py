"""The keeper's log beside the workspace: a file encrypted under a key the workspace holds.

A key of its own, kept inside the encrypted workspace: it stays good when the workspace is re-keyed.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.database import Connection, connect
from kamdesk.storage.keeper_copies import KEY, Lock, size_of
from kamdesk.storage.key_file import create_private
from kamdesk.storage.layout import ASIDE, KEEPER, SIDES
from kamdesk.storage.storage import Storage

DRIVER: Final = dbapi2
"""What a library for databases must know of the driver: its errors and types."""
_KEY, _SALT = 32, 16


def keeps(storage: Storage) -> bool:
    """Return whether this workspace keeps the log for others."""
    return storage.remembered(KEY) is not None


def connector(storage: Storage, folder: Path) -> Callable[[], Connection]:
    """Return how to open the keeper's file, making it and its key at first.

    The function may be called on any thread; it raises ``StorageTrouble``. So does this for a log
    that had begun and is gone: another in its place would part from what the others hold.
    """
    path, key = folder / KEEPER, storage.remembered(KEY)
    if key is None:
        _put_aside(path)
        key = secrets.token_bytes(_KEY + _SALT)
        storage.remember(KEY, key)
    elif storage.log.own and not size_of(path):
        raise StorageTrouble(_GONE)
    lock = Lock.of(key)

    def opened() -> Connection:
        with suppress(FileExistsError):
            os.close(create_private(path))
        connection = connect(path, *lock)
        connection.row_factory = None
        return connection

    return opened


def _put_aside(path: Path) -> None:
    """Keep the log of a workspace that was brought back from before it kept one; nobody opens it.

    Raises ``StorageTrouble``.
    """
    named = path.with_name(f"{path.name}.{ASIDE}{secrets.token_hex(4)}")
    try:
        for side in ("", *SIDES):
            old = path.with_name(path.name + side)
            if os.path.lexists(old):
                old.replace(named.with_name(named.name + side))
    except OSError as error:
        raise StorageTrouble(
            Text("The log this computer keeps cannot be read or written. Check disk and folder.")
        ) from error


_GONE: Final = Text(
    "The log this computer kept for the others, keeper.db, is gone. Put it back, or restore the"
    " newest backup, which holds it. The other laptops keep all they have."
)
