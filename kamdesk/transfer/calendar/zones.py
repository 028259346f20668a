"""The time zones a calendar file names: known ones, Microsoft's, those it defines itself, and odd.

A zone turns wall-clock times into moments. What the file says of ``Asia/Shanghai`` itself is not
looked at; a name nobody knows is the user's own zone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kamdesk.core.clock import Instant
from kamdesk.transfer.calendar.recurrence import Unreckoned, occurrences, read_rule
from kamdesk.transfer.calendar.stamps import read_offset, read_wall

_LONGEST_NAME: Final = 200
_MOST_CHANGES: Final = 1_000
_MOST_ZONES: Final = 100
_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+\-−])(\d{1,2}):?(\d{2})?(?=\D|$)")
_ONCE = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone by name, or by its changes of offset: from a wall-clock time on, so many seconds."""

    name: str
    """The name its moments are kept under."""
    named: ZoneInfo | None = None
    changes: tuple[tuple[datetime, int], ...] = ()

    def moment(self, wall: datetime) -> Instant | None:
        """Return the moment of a wall-clock time; in a gap the clock has sprung already.

        None for a time beyond those that can be kept. One before 1971 counts as one of 2371 to
        2770, when the calendar is the same: it is over, but how long it lasts is asked.
        """
        if wall.year < 1971:
            wall = wall.replace(year=1971 + 400 + (wall.year - 1971) % 400)
        if not 1970 < wall.year < 9998:
            return None
        if self.named is not None:
            aware = wall.replace(tzinfo=self.named)
        else:
            aware = (wall - timedelta(seconds=self._offset(wall))).replace(tzinfo=UTC)
        return Instant(round(aware.timestamp() * 1000), self.name)

    def wall(self, moment: datetime) -> datetime:
        """Return the wall-clock time of a moment in UTC (naive)."""
        if self.named is not None:
            return moment.replace(tzinfo=UTC).astimezone(self.named).replace(tzinfo=None)
        for _, offset in reversed(self.changes):
            wall = moment + timedelta(seconds=offset)
            if self._offset(wall) == offset:
                return wall
        return moment

    def _offset(self, wall: datetime) -> int:
        found = bisect_right(self.changes, wall, key=lambda change: change[0])
        return self.changes[max(found - 1, 0)][1] if self.changes else 0


class Zones:
    """Finds the zone of a ``TZID``; ``home`` is the user's own, ``until`` when looking ends."""

    def __init__(self, home: str, *, until: datetime) -> None:
        self.home: Final = Zone(home, ZoneInfo(home))
        self.utc: Final = Zone("UTC", ZoneInfo("UTC"))
        self._until = until
        self._defined: dict[str, Definition] = {}
        self._found: dict[str, Zone | None] = {}

    def define(self, name: str, definition: "Definition") -> None:
        """Note what a file says of a zone; the first hundred are believed."""
        if len(self._defined) < _MOST_ZONES:
            self._defined[name] = definition

    def find(self, name: str) -> Zone | None:
        """Return a zone; None for a name that says nothing."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> Zone | None:
        if len(name) > _LONGEST_NAME:
            return None
        plain = name.strip().strip('"')
        defined = self._defined.get(name)
        return (
            _known(plain)
            or _known(_microsoft(plain))
            or (defined and defined.zone(self.home.name, self._until))
            or _known(defined.location if defined else "")
            or next(filter(None, map(_known, _tails(plain))), None)
            or self._by_offset(plain)
        )

    def _by_offset(self, name: str) -> Zone | None:
        found = _OFFSET.search(name)
        if found is None:
            return None
        sign, hours, minutes = found.groups()
        seconds = int(hours) * 3600 + int(minutes or 0) * 60
        offset = seconds if sign == "+" else -seconds
        return Zone(self.home.name, changes=((_ONCE, offset),)) if seconds < 86400 else None


class Definition:
    """A ``VTIMEZONE`` being read: when its offset changes to what."""

    def __init__(self) -> None:
        self.location = ""
        self._parts: list[tuple[datetime, int, int, list[str], list[str]]] = []

    def add(self, start: str, before: str, after: str, rules: list[str], dates: list[str]) -> None:
        """Note one ``STANDARD`` or ``DAYLIGHT`` part, as it is written."""
        begins, offset, earlier = read_wall(start), read_offset(after), read_offset(before)
        if begins is not None and offset is not None and len(self._parts) < _MOST_CHANGES:
            was = offset if earlier is None else earlier
            self._parts.append((begins, was, offset, rules[:3], dates[:_MOST_CHANGES]))

    def zone(self, name: str, until: datetime) -> Zone | None:
        """Return the zone so defined, its moments kept under ``name``; None for no parts."""
        changes: dict[datetime, int] = {}
        first: tuple[datetime, int] | None = None
        for begins, before, after, rules, dates in self._parts:
            if first is None or begins < first[0]:
                first = begins, before
            for onset in (begins, *_onsets(begins, rules, dates, until)):
                changes[onset] = after
                if len(changes) > _MOST_CHANGES:
                    return None
        if first is None:
            return None
        return Zone(name, changes=((datetime.min, first[1]), *sorted(changes.items())))


def _onsets(
    begins: datetime, rules: list[str], dates: list[str], until: datetime
) -> Iterable[datetime]:
    for text in rules:
        try:
            rule = read_rule(text)
            end = read_wall(rule.until) if rule.until else None
            # the end stands in UTC, the rule in wall time: a day more is never a change too many
            end = end and end + timedelta(days=1)
            yield from occurrences(rule, begins, first=max(begins, _ONCE), last=until, until=end)
        except Unreckoned:
            continue
    for text in dates:
        if (wall := read_wall(text)) is not None:
            yield wall


def _known(name: str) -> Zone | None:
    if not name or name.startswith(("/", ".")):
        return None
    try:
        found = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return Zone(name, found)


def _microsoft(name: str) -> str:
    from tzlocal.windows_tz import win_tz

    return win_tz.get(name, "")


def _tails(name: str) -> Iterable[str]:
    """Yield ``America/New_York`` of ``/mozilla.org/20050126_1/America/New_York``, and so on."""
    if name.casefold() == "tzone://microsoft/utc":
        yield "UTC"
    parts = [part for part in re.split(r"[/\\]", name) if part]
    if len(parts) > 1:
        for length in (3, 2):
            yield "/".join(parts[-length:])
    for prefix in ("custom_", "posix/"):
        if name.startswith(prefix):
            yield name.removeprefix(prefix)
