"""The user's own fields, and their values beside the records that have them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables; values are found by record, and by field for lists."""
    db.executescript("""
        CREATE TABLE own_fields (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, of_kind TEXT, sort TEXT,
            choices TEXT, privacy TEXT, place INTEGER, retired INTEGER,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE own_values (
            eid BLOB NOT NULL, field BLOB NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (eid, field)) WITHOUT ROWID;
        CREATE INDEX own_values_field ON own_values(field, eid, value);
    """)
