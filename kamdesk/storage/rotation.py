"""Which backups are kept: three days', three weeks', one month's, few old ones, in their room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

DAYS: Final = 3
WEEKS: Final = 3
MONTHS: Final = 1
OLDEST: Final = timedelta(days=35)
"""No backup gets older but the newest few: what was erased must not live on in one."""
ANY_AGE: Final = 3
"""So many of the newest stay however old they seem: a clock that is wrong makes all of them old.
Once somebody is erased, age counts for these too (``erasing``)."""
SHARE: Final = 10
"""Backups take at most one part in so many of the disk that is free without them."""


class Dated(Protocol):
    """A backup as the rule sees it."""

    @property
    def at(self) -> datetime:
        """When it was made, in UTC."""
        ...

    @property
    def size(self) -> int:
        """Its size in bytes."""
        ...

    @property
    def daily(self) -> bool:
        """Whether it is a day's; the others were made before something that is hard to undo."""
        ...


Backup = TypeVar("Backup", bound=Dated)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of the disk is free, in bytes, beside the backups that are there."""

    free: int

    def holds(self, backups: Iterable[Dated]) -> bool:
        """Return whether so many backups stay within their share of the disk."""
        taken = sum(backup.size for backup in backups)
        return taken * SHARE <= self.free


def surplus(backups: Sequence[Backup], *, now: datetime, room: Room) -> list[Backup]:
    """Return the backups to be removed, oldest first; never the newest.

    Kept is the newest of each of the last three days, of the last three weeks before the newest
    one's, and of the last month before it: a backup that will count for its week or month later
    is, until then, the newest of its day. Those made by hand or before something stand for
    themselves by the same ages, so that the day's does not push them out; of these the last three
    stay also when they are of one day. What a wrong clock stamped with a time to come counts as
    older than all others. ``backups`` are good ones, in any order.
    """
    newest_first = sorted(backups, key=lambda one: (one.at <= now, one.at), reverse=True)
    others = [one for one in newest_first if not one.daily]
    stand = [*_counted([one for one in newest_first if one.daily]), *others[:DAYS]]
    stand += [one for one in _counted(others) if not _among(one, stand)]
    ranked = [one for one in newest_first if _among(one, stand)]
    kept = [one for at, one in enumerate(ranked) if at < ANY_AGE or now - one.at <= OLDEST]
    while len(kept) > 1 and not room.holds(kept):
        kept.pop()
    return [one for one in reversed(newest_first) if not _among(one, kept)]


def _among(one: object, others: Sequence[object]) -> bool:
    return any(one is other for other in others)


def _counted(newest_first: Sequence[Backup]) -> list[Backup]:
    """Return those that stand for a day, a week or a month, newest first."""
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    months: dict[object, Backup] = {}
    for one in newest_first:
        days.setdefault(one.at.date(), one)
        weeks.setdefault(one.at.isocalendar()[:2], one)
        months.setdefault((one.at.year, one.at.month), one)
    stand = [
        *list(days.values())[:DAYS],
        *list(weeks.values())[1 : 1 + WEEKS],
        *list(months.values())[1 : 1 + MONTHS],
    ]
    return [one for one in newest_first if _among(one, stand)]
