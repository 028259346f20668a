"""Is the file whole? What is asked of it on every opening."""

from pathlib import Path
from typing import Final

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.database import Connection, trouble

PAGE: Final = 4096
_CHECKED_WHOLE = 32 * 1024 * 1024


def damaged() -> Text:
    """Return what is said of a damaged file."""
    return Text("The workspace file is damaged. Nothing was changed; restore a backup.")


def check(connection: Connection, path: Path) -> None:
    """Refuse a damaged file. Before a checkpoint half of what the cipher reports is no damage."""
    with trouble():
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:  # somebody reads beside us
            return
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        size = path.stat().st_size
        if size < pages * PAGE or (
            size <= _CHECKED_WHOLE
            and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None
        ):
            raise StorageTrouble(damaged())
