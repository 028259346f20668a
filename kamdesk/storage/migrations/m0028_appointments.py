"""Calendars of other programs, and their appointments."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables."""
    db.executescript("""
        CREATE TABLE calendars (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, file TEXT,
            imported TEXT, first TEXT, until TEXT, gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE appointments (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, calendar BLOB, uid TEXT,
            title TEXT, place TEXT, minutes INTEGER, all_day INTEGER, busy INTEGER,
            sequence INTEGER, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX appointments_calendar ON appointments(calendar);
        CREATE INDEX appointments_minutes ON appointments(minutes);
        CREATE TABLE appointments_times (
            eid BLOB NOT NULL, target TEXT NOT NULL,
            PRIMARY KEY (eid, target)) WITHOUT ROWID;
        CREATE INDEX appointments_times_target ON appointments_times(target);
    """)
