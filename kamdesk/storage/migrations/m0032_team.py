"""The team's hub: how far its log is known, what it refused, what differed, what is under way."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make what the exchange with a hub remembers of itself."""
    db.executescript("""
        ALTER TABLE scopes ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE scopes ADD COLUMN writes INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE marks (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL);
        CREATE TABLE chains (dseq INTEGER PRIMARY KEY, chain TEXT NOT NULL);

        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            reason TEXT NOT NULL,
            dev INTEGER NOT NULL,
            dseq INTEGER NOT NULL,
            account BLOB,
            audience TEXT NOT NULL,
            kind TEXT NOT NULL,
            eid BLOB NOT NULL,
            op TEXT NOT NULL,
            UNIQUE (dev, dseq)
        );

        CREATE TABLE reports (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            account BLOB,
            audience TEXT NOT NULL,
            here INTEGER NOT NULL,
            there INTEGER NOT NULL,
            differing INTEGER,
            mended TEXT
        );

        CREATE TABLE snapshots_under_way (
            id INTEGER PRIMARY KEY,
            scopes TEXT NOT NULL,
            past INTEGER NOT NULL DEFAULT 0,
            first INTEGER NOT NULL DEFAULT 0,
            report INTEGER,
            after TEXT NOT NULL DEFAULT '',
            at INTEGER NOT NULL DEFAULT 0
        );

        CREATE TABLE parked (lid INTEGER PRIMARY KEY);

        CREATE INDEX op_scope ON op (scope) WHERE seq IS NOT NULL;
    """)
