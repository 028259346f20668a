"""What each device brought today, so that none fills the hub's disk."""

from sqlalchemy import Connection, text


def up(connection: Connection) -> None:
    """Count from now on: the day since 1970, and the bytes brought on it."""
    for column in ("day", "brought"):
        connection.execute(
            text(f"ALTER TABLE device ADD COLUMN {column} BIGINT NOT NULL DEFAULT 0")
        )
