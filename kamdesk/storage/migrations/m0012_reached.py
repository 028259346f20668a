"""Whether a visit brought what it was to bring: asked by the debrief, kept beside the outcome."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add the column to visits."""
    db.executescript("ALTER TABLE visits ADD COLUMN reached TEXT;")
