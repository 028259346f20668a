"""Reads a year's public holidays and make-up days from a file: calendar, table, or JSON."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.working_days.calendar import YearList

LARGEST: Final = 2_000_000
"""Bytes a list may have."""
_LONGEST_HOLIDAY: Final = 31
_MOST_DAYS: Final = 20_000
_LONGEST_NAME: Final = 60
_WORKED: Final = re.compile(r"上班|补班|班\s*[)）]|^班|work(ing)? ?day|make-?up", re.IGNORECASE)
_OFF_WORDS: Final = {"off", "holiday", "true", "1", "休", "放假", "休息"}
_PLAIN_DAY: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


class _Entry(NamedTuple):
    day: Day
    off: bool
    name: str


def read_lists(path: Path) -> list[YearList]:
    """Return the lists of a file, by year. Raises ``RuleBroken`` for a file that holds none.

    Read are calendars (iCalendar: all-day events, work days by their name or Apple's mark), tables
    (CSV: day, off or worked, name) and the JSON of the list *holiday-cn*.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as why:
        said = Text("{file} cannot be read: {why}.", file=path.name, why=why.strerror or "?")
        raise StorageTrouble(said) from None
    if len(data) > LARGEST:
        raise RuleBroken(Text("This file is too large for a list of holidays."), field="file")
    found = lists_of(data.decode("utf-8-sig", errors="replace"))
    if not found:
        raise RuleBroken(Text("This file holds no year's list of holidays."), field="file")
    return found


def lists_of(text: str) -> list[YearList]:
    """Return the lists that a text holds, by year; none for a text that is no list."""
    begin = text.lstrip()[:15].upper()
    if begin.startswith("BEGIN:VCALENDAR"):
        entries = _calendar(text)
    elif begin.startswith(("{", "[")):
        entries = _json(text)
    else:
        entries = _table(text)
    off: dict[int, dict[Day, str]] = defaultdict(dict)
    worked: dict[int, dict[Day, str]] = defaultdict(dict)
    for n, entry in enumerate(entries):
        if n == _MOST_DAYS:
            break
        name = one_line(entry.name.replace("\x00", ""))[:_LONGEST_NAME]
        (off if entry.off else worked)[entry.day.year][entry.day] = name
    return [
        YearList(year=year, off=off[year], worked=worked[year]) for year in sorted({*off, *worked})
    ]


def _calendar(text: str) -> Iterator[_Entry]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    event: dict[str, str] = {}
    for line in unfolded.splitlines():
        head, _, value = line.partition(":")
        name = head.partition(";")[0].strip().upper()
        if name == "BEGIN" and value.strip().upper() == "VEVENT":
            event = {}
        elif name == "END" and value.strip().upper() == "VEVENT":
            yield from _event(event)
            event = {}
        elif name in ("DTSTART", "DTEND", "SUMMARY", "X-APPLE-SPECIAL-DAY"):
            event.setdefault(name, value.strip())


def _event(event: dict[str, str]) -> Iterator[_Entry]:
    first = _day(event.get("DTSTART", "")[:8])
    if first is None:
        return
    after = _day(event.get("DTEND", "")[:8]) or first + timedelta(days=1)
    summary = event.get("SUMMARY", "").replace("\\,", ",").replace("\\n", " ")
    mark = event.get("X-APPLE-SPECIAL-DAY", "").upper()
    worked = mark == "ALTERNATE-WORKDAY" or (not mark and bool(_WORKED.search(summary)))
    for n in range(max(1, min((after - first).days, _LONGEST_HOLIDAY))):
        yield _Entry(first + timedelta(days=n), not worked, summary)


def _json(text: str) -> Iterator[_Entry]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    years = found if isinstance(found, list) else [found]
    for year in years:
        days = year.get("days") if isinstance(year, dict) else None
        for day in days if isinstance(days, list) else ():
            if not isinstance(day, dict):
                continue
            on = _day(str(day.get("date", "")))
            if on is not None:
                yield _Entry(on, bool(day.get("isOffDay")), str(day.get("name", "")))


def _table(text: str) -> Iterator[_Entry]:
    first = text.partition("\n")[0]
    apart = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=apart):
            cells = [cell.strip() for cell in row[:3]]
            on = _day(cells[0]) if cells else None
            if on is not None and len(cells) > 1:
                name = cells[2] if len(cells) > 2 else ""
                yield _Entry(on, cells[1].casefold() in _OFF_WORDS, name)
    except csv.Error:
        return


def _day(text: str) -> Day | None:
    found = _PLAIN_DAY.fullmatch(text.strip())
    if found is None:
        return None
    return read_day(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}")
