"""Notes that stay on this computer, whatever else is exchanged with a team."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Give notes the mark that keeps them here."""
    db.executescript("ALTER TABLE facts ADD COLUMN here INTEGER;")
