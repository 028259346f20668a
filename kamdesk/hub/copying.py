"""Copies of a hub: all it holds in the open, a backup of SQLite, and what follows a restore."""

import gzip
import json
import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, Engine, Table, select, update

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.audit import note
from kamdesk.hub.schema import DEVICE, INVITE, METADATA, TENANT
from kamdesk.hub.turn import Turn

_SECRET: Final = {DEVICE.name: ("token", "next_token"), INVITE.name: ("secret",)}
_AT_ONCE: Final = 1000


def export(engine: Engine, target: Path) -> int:
    """Write all rows as JSON lines, packed by gzip, as of one moment; return how many.

    One line is ``{"table": …, column: value …}``; bytes are base64. Tokens and invitations stay.
    Raises ``OSError``, also where the file is there already.
    """
    count = 0
    with (
        _fresh(target) as file,
        gzip.GzipFile(fileobj=file, mode="wb") as packed,
        _of_one_moment(engine) as connection,
    ):
        for table in METADATA.sorted_tables:
            for row in _rows(connection, table):
                packed.write(json.dumps(row, ensure_ascii=False, default=_octets).encode() + b"\n")
                count += 1
    return count


def backup(engine: Engine, target: Path) -> None:
    """Write the whole SQLite database of a hub to a file, as of one moment, while it serves on.

    Raises ``RuleBroken`` on a server, whose own tools do that; ``OSError``.
    """
    if engine.dialect.name != "sqlite":
        raise RuleBroken(
            Text("This hub's database is a server: back it up with its own tools, as pg_dump.")
        )
    _fresh(target).close()
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def restored(turn: Turn) -> int:
    """Tell desks that this log was put back from a backup; return the epoch from now on.

    They look for the last place both have in common and offer anew what is missing.
    """
    epoch: int = turn.connection.execute(
        update(TENANT)
        .where(TENANT.c.tenant == turn.tenant)
        .values(epoch=TENANT.c.epoch + 1)
        .returning(TENANT.c.epoch)
    ).scalar_one()
    note(turn, "restored", "", epoch=epoch)
    return epoch


@contextmanager
def _of_one_moment(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees nothing written from now on, and keeps nobody from writing."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":  # there a transaction that reads is just that
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _rows(connection: Connection, table: Table) -> Any:
    hidden = _SECRET.get(table.name, ())
    columns = [column for column in table.c if column.name not in hidden]
    asked = select(*columns).order_by(*table.primary_key)
    found = connection.execution_options(yield_per=_AT_ONCE).execute(asked)
    return ({"table": table.name, **row} for row in found.mappings())


def _fresh(target: Path) -> IO[bytes]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(target, flags, 0o600), "wb")


def _octets(value: Any) -> str:
    return b64encode(bytes(value)).decode("ascii")
