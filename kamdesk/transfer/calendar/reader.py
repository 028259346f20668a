"""Reads a calendar file in the child process: appointments with their times, changes applied."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import LONGEST_CALENDAR, stored_time
from kamdesk.transfer.calendar.bare_zones import with_whole_zone
from kamdesk.transfer.calendar.events import WANTED, Event, Time, day_of, moment_of, read_event
from kamdesk.transfer.calendar.found import (
    MOST_EVENTS,
    MOST_TIMES,
    MOST_TIMES_IN_ALL,
    Entry,
    Found,
    Refused,
    neat,
)
from kamdesk.transfer.calendar.recurrence import Unreckoned
from kamdesk.transfer.calendar.zones import Definition, Zones
from kamdesk.transfer.readers.card_lines import Property, properties
from kamdesk.transfer.sniff import HEAD, find_codec, lines_of

_LONGEST_VALUE: Final = 60_000
_MOST_OF_A_KIND: Final = 200
"""Properties of one name in one appointment: lists of single dates may have many lines."""
_DEEPEST: Final = 20

NO_CALENDAR: Final = Text("It is no calendar file.")

Said = dict[str, list[Property]]


def read_calendar(file: BinaryIO, *, home: str, first: date, last: date) -> Found:
    """Return what a calendar file holds from ``first`` to before ``last``.

    ``home`` is the zone of times that name none. Raises ``RuleBroken`` in plain words.
    """
    if b"begin:v" not in file.read(HEAD).replace(b"\0", b"").lower():
        raise RuleBroken(NO_CALENDAR)
    codec = find_codec(file)
    gathered = _Gathered()
    for one, _ in properties(lines_of(file, codec), longest=_LONGEST_VALUE):
        gathered.take(one)
    gathered.end()
    if not gathered.seen:
        raise RuleBroken(NO_CALENDAR)
    until = datetime(last.year, last.month, last.day) + timedelta(days=2)
    zones = Zones(home, until=until)
    for name, definition in gathered.zones.items():
        zones.define(name, definition)
    return _found(gathered, zones, first, last)


class _Gathered:
    """The events and zones of a file, as their lines come."""

    def __init__(self) -> None:
        self.seen = self.cancels = False
        self.name = ""
        self.events: list[Said] = []
        self.zones: dict[str, Definition] = {}
        self._stack: list[str] = []
        self._event: Said = defaultdict(list)
        self._zone, self._zone_name = Definition(), ""
        self._part: Said = defaultdict(list)

    def take(self, one: Property) -> None:
        """Take the next property."""
        if one.name == "BEGIN":
            self._begin(one.value.strip().upper())
        elif one.name == "END":
            self._end(one.value.strip().upper())
        elif self._stack[-1:] == ["VEVENT"] and len(self._stack) <= 2:
            if one.name in WANTED and len(self._event[one.name]) < _MOST_OF_A_KIND:
                self._event[one.name].append(with_whole_zone(one))
        elif self._stack[-1:] == ["VTIMEZONE"]:
            if one.name == "TZID":
                self._zone_name = one.value.strip()
            elif one.name in ("X-LIC-LOCATION", "TZ-LOCATION"):
                self._zone.location = one.text
        elif self._stack[-2:-1] == ["VTIMEZONE"]:
            if len(self._part[one.name]) < _MOST_OF_A_KIND:
                self._part[one.name].append(one)
        elif self._stack == ["VCALENDAR"]:
            if one.name == "X-WR-CALNAME" and not self.name:
                self.name = neat(one.text, LONGEST_CALENDAR)
            elif one.name == "METHOD":
                self.cancels = one.value.strip().upper() == "CANCEL"

    def end(self) -> None:
        """Take what a file that breaks off has begun."""
        if "VEVENT" in self._stack:
            self._end("VEVENT")

    def _begin(self, name: str) -> None:
        if name == "VCALENDAR":
            self._stack.clear()  # one that was never closed
            self.seen = True
        if len(self._stack) < _DEEPEST:
            self._stack.append(name)
        if name == "VEVENT":
            self.seen = True
            self._event = defaultdict(list)
            if len(self.events) >= MOST_EVENTS:
                raise RuleBroken(Text("It has more than {most} appointments.", most=MOST_EVENTS))
        elif name == "VTIMEZONE":
            self._zone, self._zone_name = Definition(), ""
        elif name in ("STANDARD", "DAYLIGHT"):
            self._part = defaultdict(list)

    def _end(self, name: str) -> None:
        if name not in self._stack:
            return
        while self._stack.pop() != name:
            pass
        if name == "VEVENT":
            self.events.append(dict(self._event))
        elif name == "VTIMEZONE" and self._zone_name:
            self.zones.setdefault(self._zone_name, self._zone)
        elif name in ("STANDARD", "DAYLIGHT") and self._stack[-1:] == ["VTIMEZONE"]:
            start, before, after = (
                self._part[key][0].value if self._part[key] else "" for key in _PART_OF_ZONE
            )
            rules = [rule.value for rule in self._part["RRULE"]]
            dates = [text for one in self._part["RDATE"] for text in one.value.split(",")]
            self._zone.add(start, before, after, rules, dates)


_PART_OF_ZONE: Final = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")


def _found(gathered: _Gathered, zones: Zones, first: date, last: date) -> Found:
    found = Found(name=gathered.name, events=len(gathered.events))
    events: list[Event] = []
    for number, said in enumerate(gathered.events, start=1):
        try:
            event = read_event(said, zones, first, last)
        except Unreckoned as odd:
            title = neat(said["SUMMARY"][0].text, LONGEST_CALENDAR) if "SUMMARY" in said else ""
            found.refused.append(Refused(number, title, odd.said))
            continue
        event.uid = event.uid or f"{number}"
        if gathered.cancels:
            event.times, event.cancelled = [], True
        events.append(event)
    series = _newest(event for event in events if event.replaces is None)
    changed = _newest(event for event in events if event.replaces is not None)
    for event in changed.values():
        _apply(event, series.get((event.uid, "")), first, last)
    found.entries = [_entry(key, event) for key, event in (series | changed).items() if event.times]
    if sum(len(entry.times) for entry in found.entries) > MOST_TIMES_IN_ALL:
        raise RuleBroken(
            Text("It has more than {most} times in two years.", most=MOST_TIMES_IN_ALL)
        )
    if cut := sum(event.cut for event in series.values()):
        found.remarks.append(
            Text(
                "{n} appointment repeats more than {most} times; the first ones are taken.",
                "{n} appointments repeat more than {most} times; the first ones are taken.",
                n=cut,
                most=MOST_TIMES,
            )
        )
    return found


def _newest(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """Return the events by uid and what they replace; of several the one changed most often."""
    found: dict[tuple[str, str], Event] = {}
    for event in events:
        key = (event.uid, stored_time(event.replaces) if event.replaces is not None else "")
        if key not in found or event.sequence >= found[key].sequence:
            found[key] = event
    return found


def _apply(change: Event, series: Event | None, first: date, last: date) -> None:
    """Let one changed time stand in place of the one it replaces, or of all later ones too."""
    replaced = change.replaces
    if series is None or replaced is None:
        return
    since = moment_of(replaced)
    if not change.onwards:
        series.times = [one for one in series.times if not _same(one, replaced)]
        return
    later = [one for one in series.times if moment_of(one) >= since]
    series.times = [one for one in series.times if moment_of(one) < since]
    if not change.cancelled:
        moved = (_moved(one, replaced, change.start) for one in later)
        kept = {one for one in moved if one is not None and first <= day_of(one) < last}
        change.times = sorted({*change.times, *kept}, key=moment_of)[:MOST_TIMES]


def _same(one: Time, other: Time) -> bool:
    if isinstance(one, Instant) and isinstance(other, Instant):
        return one.ms == other.ms
    return day_of(one) == day_of(other)


def _moved(one: Time, old: Time, new: Time) -> Time | None:
    if isinstance(one, Instant) and isinstance(old, Instant) and isinstance(new, Instant):
        return Instant(one.ms + new.ms - old.ms, new.zone)
    if isinstance(one, Instant) or isinstance(old, Instant) or isinstance(new, Instant):
        return None
    return one + (new - old)


def _entry(key: tuple[str, str], event: Event) -> Entry:
    uid, replaces = key
    return Entry(
        f"{uid}\n{replaces}" if replaces else uid,
        event.sequence,
        event.title,
        event.place,
        event.minutes,
        event.all_day,
        event.busy,
        tuple(dict.fromkeys(map(stored_time, event.times))),
    )
