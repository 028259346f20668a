"""The index of visits by their start tells whose and in which state: a day is one read of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add customer and state to the index, so that only one's own visits are fetched."""
    db.executescript("""
        DROP INDEX visits_start;
        CREATE INDEX visits_start ON visits(start DESC, id DESC, account, state) WHERE NOT gone;
    """)
