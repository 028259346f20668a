"""Sees that a file from elsewhere is laid out as our own steps lay it out, and of sane size."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

from sqlcipher3 import dbapi2

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import migrating
from kamdesk.storage.database import Connection, trouble

LONGEST: Final = 16 * 1024 * 1024
"""No value of ours is longer, in bytes."""

_Entry = tuple[Any, ...]
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def vet(connection: Connection) -> None:
    """Refuse a file with anything in it that no step of ours made: trigger, view, table, index.

    Raises ``StorageTrouble``, also for a file of a newer program. Reads the layout before anything
    else, and calls nothing that is laid down there.
    """
    with trouble():
        migrating.pending(connection)
        done = migrating.applied(connection)
        theirs = {tuple(row) for row in connection.execute(_SCHEMA)}
        ours = layout(done)
        for entry in sorted(theirs ^ ours, key=repr):
            raise StorageTrouble(
                Text(
                    "This is no backup of KamDesk's own: it differs in “{what}”. Nothing was taken"
                    " from it.",
                    what=str(entry[1]),
                )
            )
        for table, column in _columns(connection, ours):
            longest = connection.execute(
                f'SELECT max(octet_length("{column}")) FROM "{table}"'
            ).fetchone()[0]
            if (longest or 0) > LONGEST:
                raise StorageTrouble(
                    Text(
                        "This is no backup of KamDesk's own: a value in “{what}” is too long."
                        " Nothing was taken from it.",
                        what=table,
                    )
                )


def layout(steps: list[str]) -> set[_Entry]:
    """Return what these steps make of an empty file; nothing for steps no file has had."""
    if steps != migrating.known()[: len(steps)]:
        return set()
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as empty:
        migrating.migrate(empty, only=steps)
        return {tuple(row) for row in empty.execute(_SCHEMA)}


def _columns(connection: Connection, layout: set[_Entry]) -> Iterator[tuple[str, str]]:
    for kind, table, _, sql in sorted(layout, key=repr):
        if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
            for column in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                yield table, column[1]
