"""Promises have a day to be reminded on; indexes for the ledger, its settled part, kept rates."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add the day; let rates be counted, and settled promises be ordered, from indexes alone."""
    db.executescript("""
        ALTER TABLE promises ADD COLUMN remind TEXT;
        DROP INDEX promises_account;
        CREATE INDEX promises_account ON promises(account, gone, side, state, due, settled_on);
        CREATE INDEX promises_settled ON promises(settled_on DESC, side, colleague, account, gone)
            WHERE state <> 'open';
        CREATE INDEX promises_remind ON promises(remind) WHERE state = 'open' AND remind NOT NULL;
    """)
