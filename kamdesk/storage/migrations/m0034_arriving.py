"""Contents of files on their way here: part by part, until they are whole; and why some are not."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables of contents that arrive, and of those nobody could give or take."""
    db.executescript("""
        CREATE TABLE arriving (
            rid INTEGER PRIMARY KEY, digest BLOB NOT NULL, start INTEGER NOT NULL,
            part BLOB NOT NULL, UNIQUE (digest, start));
        CREATE TABLE content_trouble (
            digest BLOB PRIMARY KEY, why TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
    """)
