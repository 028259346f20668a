"""Packs of rules of the house's own, which one is in force, and what was said of warnings."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables of packs, of the choice among them, and of verdicts."""
    db.executescript("""
        CREATE TABLE packs (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, content TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE pack_choices (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, pack TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE verdicts (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, map BLOB, rule TEXT,
            subject BLOB, word TEXT, day TEXT, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX verdicts_account ON verdicts(account);
        CREATE INDEX verdicts_rule ON verdicts(rule, word) WHERE NOT gone;
    """)
