"""The index by which visits are found that are still to come or to be written up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Index open visits by their start: among a million visits a few thousand are open."""
    db.executescript(
        "CREATE INDEX visits_open ON visits(start) WHERE state IN ('planned', 'held');"
    )
