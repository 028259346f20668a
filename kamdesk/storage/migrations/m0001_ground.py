"""The ground: the log of ops, the actions it consists of, and the words it repeats."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables every workspace stands on."""
    db.executescript("""
        CREATE TABLE words (n INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);

        CREATE TABLE scopes (n INTEGER PRIMARY KEY, account BLOB, audience TEXT NOT NULL);
        CREATE UNIQUE INDEX scopes_named ON scopes (account, audience);

        CREATE TABLE state (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

        CREATE TABLE actions (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            plural TEXT,
            said TEXT NOT NULL,
            at TEXT NOT NULL,
            by BLOB,
            first_lid INTEGER,
            last_lid INTEGER,
            undoes INTEGER,
            redoes INTEGER
        );

        CREATE TABLE op (
            lid INTEGER PRIMARY KEY,
            action INTEGER NOT NULL,
            dev INTEGER NOT NULL DEFAULT 0,
            dseq INTEGER,
            ctx INTEGER NOT NULL DEFAULT 0,
            wall INTEGER NOT NULL,
            scope INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            eid BLOB NOT NULL,
            verb INTEGER NOT NULL,
            cells BLOB NOT NULL,
            seq INTEGER
        );
        CREATE INDEX op_record ON op (eid);
        CREATE INDEX op_outbox ON op (dseq) WHERE dseq IS NOT NULL AND seq IS NULL;
        CREATE UNIQUE INDEX op_place ON op (seq) WHERE seq IS NOT NULL;

        CREATE TABLE contested (
            eid BLOB NOT NULL,
            kind TEXT NOT NULL,
            cell TEXT NOT NULL,
            PRIMARY KEY (eid, cell)
        ) WITHOUT ROWID;
    """)
