"""The decision chain by days: who reported to whom since when, groups, whose relationship it is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables of reporting lines and groups; widen maps, seats and readings."""
    db.executescript("""
        CREATE TABLE reportings (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, post BLOB, boss BLOB,
            valid_from TEXT, visit BLOB, sureness TEXT, note TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX reportings_account ON reportings(account);
        CREATE TABLE chain_groups (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, name TEXT, sort TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX chain_groups_account ON chain_groups(account);
        ALTER TABLE maps ADD COLUMN decision_way TEXT;
        ALTER TABLE seats ADD COLUMN in_group BLOB;
        ALTER TABLE seats ADD COLUMN since TEXT;
        ALTER TABLE seats ADD COLUMN until TEXT;
        ALTER TABLE ties ADD COLUMN visit BLOB;
        ALTER TABLE ties ADD COLUMN sureness TEXT;
        ALTER TABLE readings ADD COLUMN colleague BLOB;
    """)
