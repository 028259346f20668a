"""The basis of values: as of when, who says so, how sure; a row only where one was given."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table of what values stand on, by record and cell."""
    db.executescript("""
        CREATE TABLE basis (
            eid BLOB NOT NULL, cell TEXT NOT NULL, as_of TEXT, source TEXT, sureness TEXT,
            PRIMARY KEY (eid, cell)) WITHOUT ROWID;
    """)
