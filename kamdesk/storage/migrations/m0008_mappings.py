"""Mappings of foreign lists: which column went where, by the list's headings; never exchanged."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table of remembered mappings."""
    db.executescript("""
        CREATE TABLE mappings (
            headings TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
    """)
