"""Time as the trade needs it: instants with their zone, days without one, and a clock passed in."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, total_ordering
from typing import Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

Day = date
"""A calendar day; stored as ISO text."""

_FIRST_YEAR, _LAST_YEAR = 1970, 9998
"""What every system can show in every zone."""
YEARS: Final = range(1000, 9000)
"""Years of days that are read: one can reckon from them, years back and ahead."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Instant:
    """A moment: milliseconds since 1970 in UTC, and the zone it was meant in.

    Written as ``2026-03-12T06:00:00.000Z Asia/Shanghai``: text that sorts by time.
    """

    ms: int
    zone: str = "UTC"

    @staticmethod
    def at(day: Day, hour: int, minute: int = 0, *, zone: str = "Asia/Shanghai") -> "Instant":
        """Return the instant of a wall-clock time in a zone."""
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_named(zone))
        return Instant(round(local.timestamp() * 1000), zone)

    @staticmethod
    def read(text: str | None) -> "Instant | None":
        """Return the instant written by ``str``; None for None, empty or unreadable text.

        A zone unknown to this computer is UTC.
        """
        stamp, _, zone = (text or "").partition(" ")
        try:
            moment = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
        except ValueError:
            return None
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return None
        return Instant(round(moment.timestamp() * 1000), zone if _is_zone(zone) else "UTC")

    def __str__(self) -> str:
        moment = datetime.fromtimestamp(self.ms / 1000, UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{self.ms % 1000:03d}Z {self.zone}"

    def __lt__(self, other: "Instant") -> bool:
        return (self.ms, self.zone) < (other.ms, other.zone)

    @property
    def local(self) -> datetime:
        """The wall-clock time in its own zone."""
        return datetime.fromtimestamp(self.ms / 1000, zone_named(self.zone))

    @property
    def day(self) -> Day:
        """The calendar day in its own zone."""
        return self.local.date()

    def plus(self, *, minutes: int = 0, days: int = 0) -> "Instant":
        """Return the instant so much later, in the same zone."""
        return Instant(self.ms + (days * 1440 + minutes) * 60_000, self.zone)


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone; raises ``RuleBroken`` for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleBroken(Text("“{name}” is not a known time zone.", name=name)) from None


@cache
def _is_zone(name: str) -> bool:
    try:
        return bool(zone_named(name))
    except RuleBroken:
        return False


def read_day(text: str | None) -> Day | None:
    """Return the day written as ISO text; None for None, empty text or anything unreadable.

    So is a day before the year 1000 or after 8999.
    """
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


@cache
def zone_of_this_computer() -> str:
    """Return the name of the time zone this computer stands in; UTC when it cannot be told."""
    try:
        return zone_named(os.environ.get("TZ") or _from_link() or _from_system()).key
    except (RuleBroken, LookupError, OSError, ValueError):
        return "UTC"


def _from_link() -> str:
    """Return what ``/etc/localtime`` leads to: quicker than asking, where there is such a link."""
    try:
        return os.readlink("/etc/localtime").rpartition("zoneinfo/")[2]
    except (OSError, AttributeError):
        return ""


def _from_system() -> str:
    from tzlocal import get_localzone_name  # 15 ms, and logging with it

    return str(get_localzone_name())


class Clock(Protocol):
    """Tells the time; passed in, so that tests can stop it."""

    def now(self) -> Instant:
        """Return the present instant in the user's zone."""
        ...

    def today(self) -> Day:
        """Return the present day in the user's zone."""
        ...


@dataclass(slots=True)
class SystemClock:
    """The computer's clock, in ``zone``; an invented territory lives ``ahead_days`` from now."""

    zone: str = field(default_factory=lambda: zone_of_this_computer())
    ahead_days: int = 0

    def now(self) -> Instant:
        """Return the present instant."""
        now = Instant(round(datetime.now(UTC).timestamp() * 1000), self.zone)
        return now.plus(days=self.ahead_days)

    def today(self) -> Day:
        """Return the present day."""
        return self.now().day


@dataclass(slots=True)
class StoppedClock:
    """A clock that moves only when told: for tests and for invented territories."""

    at: Instant

    def now(self) -> Instant:
        """Return the instant it stands at."""
        return self.at

    def today(self) -> Day:
        """Return the day it stands at."""
        return self.at.day

    def move(self, *, minutes: int = 0, days: int = 0) -> None:
        """Move on by so much."""
        self.at = self.at.plus(minutes=minutes, days=days)


def days_between(earlier: Day, later: Day) -> int:
    """Return how many days ``later`` lies after ``earlier``."""
    return (later - earlier) // timedelta(days=1)
