"""The index by which the holders of a post are found when its title changes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Index holdings by post: without it every change of a post reads all holdings."""
    db.executescript("CREATE INDEX holdings_post ON holdings(post);")
