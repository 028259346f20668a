"""What joins two who are close: one school, one home town, a former boss."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Widen ties by what joins the two."""
    db.execute("ALTER TABLE ties ADD COLUMN bond TEXT")
