"""How the user works and drives, and the ways whose length was corrected."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Make the tables."""
    db.executescript("""
        CREATE TABLE habits (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, home_address TEXT, home_lat REAL,
            home_lon REAL, home_from TEXT, starts INTEGER, ends INTEGER, weekdays TEXT,
            lunch_earliest INTEGER, lunch_latest INTEGER, lunch_minutes INTEGER,
            visit_minutes INTEGER, road_percent INTEGER, speed_town INTEGER, speed_near INTEGER,
            speed_far INTEGER, speed_long INTEGER, gate_minutes INTEGER, night_minutes INTEGER,
            gone INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE learnt_legs (
            rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, one TEXT, other TEXT,
            kilometres REAL, minutes INTEGER, gone INTEGER NOT NULL DEFAULT 0);
    """)
