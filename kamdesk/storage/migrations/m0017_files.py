"""Files kept with customers, and what is in them, part by part: each content once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table of files and the one of their contents."""
    db.executescript("""
        CREATE TABLE files (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, name TEXT,
            size INTEGER, digest BLOB, visit BLOB, about BLOB, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX files_account ON files(account);
        CREATE INDEX files_digest ON files(digest);
        CREATE INDEX files_about ON files(about) WHERE about IS NOT NULL;

        CREATE TABLE file_parts (
            rid INTEGER PRIMARY KEY, digest BLOB NOT NULL, n INTEGER NOT NULL, part BLOB NOT NULL);
        CREATE UNIQUE INDEX file_parts_place ON file_parts(digest, n);
    """)
