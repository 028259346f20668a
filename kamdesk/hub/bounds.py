"""How much a hub takes: the files of a team and of each member, changes a day, its disk."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

MB: Final = 1_000_000
GB: Final = 1000 * MB
DAY: Final = 86_400_000_000
SOON: Final = 300
"""Seconds after which a hub without room may be asked again."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """In bytes. ``a_day``: changes one computer may bring from midnight to midnight UTC.

    ``spare``: room on the disk of an SQLite database below which nothing more is taken.
    """

    files: int = 100 * GB
    files_each: int = 10 * GB
    a_day: int = 500 * MB
    spare: int = 1 * GB


_DISK_FULL: Final = "53100"
"""What a database server calls it."""
NONE: Final = Bounds(files=2**62, files_each=2**62, a_day=2**62, spare=0)
"""For a hub on somebody's own disk."""


class NoRoom(Exception):
    """The hub takes nothing more for ``after`` seconds; what is asked of it, it answers."""

    def __init__(self, after: int = SOON) -> None:
        super().__init__("no room")
        self.after = after


class EnoughToday(NoRoom):
    """A computer has brought what one may bring in a day."""


class NoRoomForFiles(NoRoom):
    """The team's files, or this member's, take all the room they may."""


def see_room(engine: Engine, bounds: Bounds) -> None:
    """Raise ``NoRoom`` where the disk of an SQLite database is nearly full."""
    where = engine.url.database
    if not bounds.spare or engine.dialect.name != "sqlite" or not where:
        return
    if shutil.disk_usage(Path(where).parent).free < bounds.spare:
        raise NoRoom


def is_full(error: SQLAlchemyError) -> bool:
    """True where a database says that its disk is full."""
    origin = error.orig if isinstance(error, DBAPIError) else None
    return (
        getattr(origin, "sqlstate", None) == _DISK_FULL
        or getattr(origin, "sqlite_errorname", None) == "SQLITE_FULL"
    )


def until_tomorrow(now: int) -> int:
    """Return the seconds until the next day begins; ``now`` in microseconds."""
    return (DAY - now % DAY) // 1_000_000 + 1
