"""Drafts: what was typed and not saved yet, by the place where it was typed; never exchanged."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table of drafts."""
    db.executescript("""
        CREATE TABLE drafts (
            place TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
    """)
