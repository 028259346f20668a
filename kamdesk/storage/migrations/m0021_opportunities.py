"""Opportunities, found by customer and by the day they are expected."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the table of opportunities."""
    db.executescript("""
        CREATE TABLE opportunities (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, name TEXT, step INTEGER,
            amount_minor INTEGER, currency TEXT, expected TEXT, state TEXT, settled_on TEXT,
            since TEXT, note TEXT, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX opportunities_account ON opportunities(account);
        CREATE INDEX opportunities_expected ON opportunities(coalesce(expected, '9999'), id);
    """)
