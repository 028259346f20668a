"""Filters of lists that were given a name."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table."""
    db.executescript("""
        CREATE TABLE saved_filters (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, of_list TEXT,
            conditions TEXT, place INTEGER, gone INTEGER NOT NULL DEFAULT 0);
    """)
