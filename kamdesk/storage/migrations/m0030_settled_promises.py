"""Indexes by which one colleague's settled promises are found without reading everybody's."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Index settled promises by who answers for them, and by customer where nobody does."""
    db.executescript("""
        CREATE INDEX promises_settled_by ON promises(colleague, side, settled_on DESC, gone)
            WHERE state <> 'open' AND colleague NOT NULL;
        CREATE INDEX promises_settled_at ON promises(account, side, settled_on DESC, gone)
            WHERE state <> 'open' AND colleague IS NULL;
    """)
