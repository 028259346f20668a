"""Dates, times, lengths and offsets as calendar files write them. Rules only."""

import re
from datetime import date, datetime, timedelta
from typing import Final

_STAMP = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ](\d{2}):?(\d{2}):?(\d{2})?(?:\.\d+)?[Zz]?)?", re.ASCII
)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?")
LONGEST_STAMP: Final = 40


def read_day(text: str) -> date | None:
    """Return the day of ``20260312``; None for anything with a time, or unreadable."""
    found = _STAMP.fullmatch(text.strip()[:LONGEST_STAMP])
    if found is None or found.group(4):
        return None
    return _day(found)


def read_wall(text: str) -> datetime | None:
    """Return the wall-clock time of ``20260312T143000``, of a day its midnight (naive)."""
    found = _STAMP.fullmatch(text.strip()[:LONGEST_STAMP])
    day = found and _day(found)
    if not found or day is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    try:
        return datetime(day.year, day.month, day.day, hour, minute, min(second, 59))
    except ValueError:
        return None


def is_utc(text: str) -> bool:
    """True for a time that ends with Z."""
    return text.strip()[-1:] in ("Z", "z")


def read_length(text: str) -> timedelta | None:
    """Return the length written as ``PT1H30M``; None for an unreadable or a negative one."""
    found = _LENGTH.fullmatch(text.strip().upper()[:LONGEST_STAMP])
    if found is None or found.group(1) == "-" or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def read_offset(text: str) -> int | None:
    """Return the seconds east of ``+0800``; None for anything unreadable."""
    found = _OFFSET.fullmatch(text.strip()[:LONGEST_STAMP])
    if found is None:
        return None
    sign, hours, minutes, seconds = found.groups()
    east = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    return (east if sign == "+" else -east) if east < 86400 else None


def _day(found: "re.Match[str]") -> date | None:
    try:
        return date(*map(int, found.group(1, 2, 3)))
    except ValueError:
        return None
