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

from kamdesk.storage.database import Connection, connect
from kamdesk.storage.key_file import create_private
from kamdesk.storage.layout import KEEPER
from kamdesk.storage.storage import Storage

DRIVER: Final = dbapi2
"""What a library for databases must know of the driver: its errors and types."""
KEY: Final = "keeper_key"
_KEY, _SALT = 32, 16


def keeps(storage: Storage) -> bool:
    """Return whether this workspace keeps the log for others."""
    return storage.remembered(KEY) is not None


def connector(storage: Storage, folder: Path) -> Callable[[], Connection]:
    """Return how to open the keeper's file, making it and its key at first.

    The function may be called on any thread; it raises ``StorageTrouble``.
    """
    key = storage.remembered(KEY)
    if key is None:
        key = secrets.token_bytes(_KEY + _SALT)
        storage.remember(KEY, key)
    path, cipher, salt = folder / KEEPER, key[:_KEY].hex(), key[_KEY:].hex()

    def opened() -> Connection:
        with suppress(FileExistsError):
            os.close(create_private(path))
        connection = connect(path, cipher, salt)
        connection.row_factory = None
        return connection

    return opened
