"""What the week needs to know: where sites lie, how firm a visit stands, phases set by hand."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Add the columns."""
    db.executescript("""
        ALTER TABLE sites ADD COLUMN lat REAL;
        ALTER TABLE sites ADD COLUMN lon REAL;
        ALTER TABLE sites ADD COLUMN spot_from TEXT;
        ALTER TABLE visits ADD COLUMN firmness TEXT;
        ALTER TABLE accounts ADD COLUMN phase_by_hand TEXT;
        ALTER TABLE accounts ADD COLUMN phase_because TEXT;
    """)
