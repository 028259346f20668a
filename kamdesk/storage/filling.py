"""Fills a new file with very many records: what can be made at the end is made there, once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kamdesk.storage.database import Connection
from kamdesk.storage.storage import Storage

_CACHE: Final = 256 * 1024
"""KiB of pages kept while filling: ids made of two others fall anywhere in their index."""
_INDEXES: Final = """
SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND sql LIKE 'CREATE INDEX %' AND tbl_name IN ({}) ORDER BY rowid"""


@contextmanager
def in_bulk(storage: Storage, share: Callable[[float], None]) -> Iterator[None]:
    """Within it changes are written fast; at its end indexes and derived tables are made anew.

    Only for a new file that nobody else has open and that is thrown away if this does not end
    well: within it nothing waits for the disk, and after a crash the file is no longer one.
    ``share`` is told how much of the end is done, from 0 to 1.
    """
    connection, done = storage.connection, 0

    def step(records: int) -> None:
        nonlocal done
        done += records
        share(min(1.0, done / every))

    before = _pragma(connection, "cache_size"), _pragma(connection, "synchronous")
    _pragma(connection, "cache_size", -_CACHE)
    _pragma(connection, "synchronous", "OFF")
    _pragma(connection, "journal_mode", "MEMORY")
    tables = [kind.table for kind in storage.catalogue.kinds]
    with storage.followers_resting(), indexes_aside(connection, "op", *tables):
        yield
    every = storage.reader.ask("SELECT max(lid) FROM op").value() or 1
    _pragma(connection, "synchronous", before[1])  # the next end of a transaction waits for all
    with storage.transaction():
        for follower in storage.followers:
            follower.rebuild(connection, step)
    _pragma(connection, "journal_mode", "WAL")
    _pragma(connection, "cache_size", before[0])


@contextmanager
def indexes_aside(connection: Connection, *tables: str) -> Iterator[None]:
    """Within it the tables have no indexes but unique ones; at its end the others are made anew.

    To sort all entries once is several times quicker than to bring each to its place.
    """
    marks = ", ".join("?" * len(tables))
    indexes = connection.execute(_INDEXES.format(marks), tables).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)


def _pragma(connection: Connection, name: str, value: object = None) -> object:
    said = f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}"
    rows = connection.execute(said).fetchall()
    return rows[0][0] if rows else None
