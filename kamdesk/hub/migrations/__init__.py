"""The schema of a hub's database by version: forward only, each step once, whole or not at all.

A step is a module ``mNNNN_word`` whose ``up(connection)`` leads from version NNNN - 1 to NNNN; it
names tables and columns by itself, for ``schema`` moves on. A new database begins at the newest.
"""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    insert,
    inspect,
    select,
)

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.migrations import m0002_room
from kamdesk.hub.schema import METADATA
from kamdesk.hub.turn import writing

Step = Callable[[Connection], None]
STEPS: Final[tuple[Step, ...]] = (m0002_room.up,)
"""The steps from the first version on: the one at index 0 leads to version 2."""

_VERSION: Final = Table(
    "schema_version",
    MetaData(),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
)


def newest(steps: Sequence[Step] = STEPS) -> int:
    """Return the version this program works with."""
    return len(steps) + 1


def version_of(connection: Connection) -> int:
    """Return the version of a database: 0 for an empty one."""
    inspected = inspect(connection)
    if not inspected.has_table(_VERSION.name):
        return 1 if inspected.has_table("tenant") else 0
    return int(connection.execute(select(_VERSION.c.version)).scalars().one())


def behind(engine: Engine, steps: Sequence[Step] = STEPS) -> bool:
    """True for a database with tables that are older than this program."""
    with engine.connect() as connection:
        return 0 < version_of(connection) < newest(steps)


def bring_level(
    engine: Engine, *, steps: Sequence[Step] = STEPS, tables: MetaData = METADATA
) -> tuple[int, int]:
    """Bring a database to the newest version; return the version before and after.

    Raises ``RuleBroken`` for one a newer program made; on any error nothing was changed (where the
    database takes changes of tables into a transaction, as SQLite and PostgreSQL do).
    """
    with writing(engine) as connection:
        before, wanted = version_of(connection), newest(steps)
        if before > wanted:
            raise RuleBroken(
                Text(
                    "A newer KamDesk made this hub's database (version {before}; this one knows"
                    " {wanted}). Update this one.",
                    before=before,
                    wanted=wanted,
                )
            )
        _VERSION.create(connection, checkfirst=True)
        if before == 0:
            tables.create_all(connection)
        for step in steps[before - 1 :] if before else ():
            step(connection)
        connection.execute(_VERSION.delete())
        connection.execute(insert(_VERSION).values(version=wanted))
    return before, wanted
