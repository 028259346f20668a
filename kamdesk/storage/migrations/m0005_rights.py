"""People's rights: why and until when a person is kept, who must not be shown, what was erased."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add what the law asks of each person, and the list of erased records.

    ``people.shown`` is the one rule of who stands in lists, search, papers and exports: whoever
    lives and is not restricted. ``erased`` names records by id and day only.
    """
    db.executescript("""
        ALTER TABLE people ADD COLUMN basis TEXT;
        ALTER TABLE people ADD COLUMN source TEXT;
        ALTER TABLE people ADD COLUMN collected_on TEXT;
        ALTER TABLE people ADD COLUMN told_on TEXT;
        ALTER TABLE people ADD COLUMN keep_until TEXT;
        ALTER TABLE people ADD COLUMN restricted INTEGER;
        ALTER TABLE people ADD COLUMN restricted_because TEXT;
        ALTER TABLE people ADD COLUMN shown INTEGER
            GENERATED ALWAYS AS (NOT gone AND restricted IS NULL) VIRTUAL;

        CREATE TABLE erased (
            id BLOB PRIMARY KEY,
            kind TEXT NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID;
    """)
