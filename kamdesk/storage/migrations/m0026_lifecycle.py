"""Holiday lists, absences, standing tasks that were touched, and patterns of visits."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables."""
    db.executescript("""
        CREATE TABLE year_lists (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, year INTEGER, off_lines TEXT,
            worked_lines TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE absences (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, colleague BLOB, first TEXT, last TEXT,
            begins INTEGER, ends INTEGER, words TEXT, gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX absences_last ON absences(last);
        CREATE TABLE tasks (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, account BLOB, task TEXT,
            round INTEGER, state TEXT, done_on TEXT, evidence TEXT, record BLOB, words TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX tasks_account ON tasks(account);
        CREATE TABLE patterns (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, weeks INTEGER,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE pattern_stops (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, pattern BLOB, account BLOB,
            week INTEGER, weekday INTEGER, begins INTEGER, minutes INTEGER, kind TEXT,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX pattern_stops_pattern ON pattern_stops(pattern);
        CREATE INDEX pattern_stops_account ON pattern_stops(account);
    """)
