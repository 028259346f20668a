"""Steps towards executives are found by customer."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def step(db: "Database") -> None:
    """Index the steps of executive plans by customer."""
    db.execute("CREATE INDEX access_steps_account ON access_steps(account)")
