"""The exchange: which scopes are offered to others, and each op of a device once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Mark offered scopes; let no number of a device occur twice."""
    db.executescript("""
        ALTER TABLE scopes ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;
        CREATE UNIQUE INDEX op_numbered ON op (dev, dseq) WHERE dseq IS NOT NULL;
    """)
