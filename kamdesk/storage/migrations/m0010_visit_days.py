"""The indexes of the calendar and the log: visits by their day without those deleted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Count and list the visits of a day from an index alone, and find the few dropped ones."""
    db.executescript(
        """
        DROP INDEX visits_start;
        CREATE INDEX visits_start ON visits(start DESC, id DESC) WHERE NOT gone;
        CREATE INDEX visits_dropped ON visits(start DESC, id DESC)
            WHERE NOT gone AND state = 'dropped';
        """
    )
