"""Days and birthdays as files write them: ISO, Chinese, American, German, serial numbers."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.text.day_reading import MONTHS
from kamdesk.core.wording import Text
from kamdesk.transfer.amounts import Unreadable

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[t ].*)?")
_EIGHT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?: .*)?")
_WORDS = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
_TIME = re.compile(
    r"(上午|早上|中午|下午|晚上|am|pm)?\s*(\d{1,2})\s*[:时点hＨ]\s*(\d{1,2})?分?(?::\d{2}(?:\.\d+)?)?"
    r"\s*(am|pm|[ap]\.m\.)?(?:\s*(?:z|utc|[+-]\d{2}:?\d{2}))?(?:\s*[-–~至到].*)?"
)
_SERIAL_WITH_TIME = re.compile(r"[1-6]\d{4}(\.\d+)")
_NO_YEAR = re.compile(r"(?:--)?(\d{1,2})\s*(?:月|-)\s*(\d{1,2})\s*日?")
_EXCEL_ZERO: Final = date(1899, 12, 30)


def read_any_day(text: str, *, day_first: bool = False, pivot: int = 50) -> Day:
    """Return the day ``text`` says; raises ``Unreadable``.

    ``day_first`` settles 02/03/24 when nothing else does; two-digit years up to ``pivot`` are
    of this century.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    try:
        if found := _YEAR_FIRST.fullmatch(plain) or _EIGHT.fullmatch(plain):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if found := _YEAR_LAST.fullmatch(plain):
            return _year_last(found, day_first=day_first, pivot=pivot)
        if (found := _WORDS.fullmatch(plain)) and found.group(2)[:3] in MONTHS:
            day = int(found.group(1) or found.group(3) or 0)
            return date(int(found.group(4)), MONTHS.index(found.group(2)[:3]) + 1, day)
        if _SERIAL.fullmatch(plain):
            return _EXCEL_ZERO + timedelta(days=int(float(plain)))
    except ValueError:
        pass
    raise Unreadable(Text("“{text}” is not a day.", text=text[:40]))


def read_moment(text: str, *, day_first: bool = False) -> str:
    """Return a day as ISO text, with its time where the cell says one: ``2026-03-12T14:30``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _SERIAL_WITH_TIME.fullmatch(plain):
        minutes = round(float(found.group(1)) * 1440)
        hour, minute = divmod(min(minutes, 1439), 60)
        return f"{read_any_day(plain).isoformat()}T{hour:02d}:{minute:02d}"
    day, _, rest = plain.replace("T", " ", 1).partition(" ")
    if rest and (time := _time_in(rest)):
        try:
            return f"{read_any_day(day, day_first=day_first).isoformat()}T{time}"
        except Unreadable:
            pass  # “5 March 2026” has blanks of its own
    return read_any_day(plain, day_first=day_first).isoformat()


def read_time(text: str) -> str:
    """Return a time of the day as ``14:30``; raises ``Unreadable``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    time = _time_in(plain)
    if not time:
        raise Unreadable(Text("“{text}” is not a time.", text=text[:40]))
    return time


def _time_in(text: str) -> str:
    """Return the time a text begins with; empty when it is none."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return ""
    before, hour, minute, after = found.groups()
    hours, minutes = int(hour), int(minute or 0)
    half = (after or before or "").replace(".", "")
    if half in ("pm", "下午", "晚上") and hours < 12:
        hours += 12
    elif half == "am" and hours == 12:
        hours = 0
    return f"{hours:02d}:{minutes:02d}" if hours < 24 and minutes < 60 else ""


def read_birthday(text: str, *, day_first: bool = False) -> str:
    """Return a birthday as ISO text, ``--03-08`` where the year is not known."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _NO_YEAR.fullmatch(plain):
        try:
            known = date(2000, int(found.group(1)), int(found.group(2)))
        except ValueError:
            raise Unreadable(Text("“{text}” is not a day.", text=text[:40])) from None
        return f"--{known:%m-%d}"
    return read_any_day(plain, day_first=day_first, pivot=10).isoformat()


def days_come_first(cells: Iterable[str]) -> bool:
    """True when a column can only be read with the day before the month, as 31/12/2025."""
    for cell in cells:
        found = _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", cell).strip())
        if found and (int(found.group(1)) > 12 or found.group(2) == "."):
            return True
    return False


def _year_last(found: "re.Match[str]", *, day_first: bool, pivot: int) -> Day:
    first, second, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
    if len(found.group(4)) == 2:
        year += 2000 if year <= pivot else 1900
    if first > 12 or (second <= 12 and (day_first or found.group(2) == ".")):
        first, second = second, first
    return date(year, first, second)
