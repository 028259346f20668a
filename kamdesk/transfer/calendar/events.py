"""One appointment of a calendar file: its fields as written become times, a length, words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import LONGEST_STAY
from kamdesk.transfer.calendar.found import MOST_TIMES, neat
from kamdesk.transfer.calendar.recurrence import Unreckoned, occurrences, read_rule
from kamdesk.transfer.calendar.stamps import is_utc, read_day, read_length, read_wall
from kamdesk.transfer.calendar.zones import Zone, Zones
from kamdesk.transfer.readers.card_lines import Property

WANTED: Final = frozenset(
    {"UID", "SEQUENCE", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE",
     "EXRULE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}
)  # fmt: skip
"""The properties of an event that are looked at; the others are not even kept."""

_DAY: Final = timedelta(days=1)
_MOST_DATES: Final = 5_000
"""Single dates of one appointment that are looked at."""
NO_START: Final = Text("It does not say when it begins.")
ODD_START: Final = Text("Its beginning cannot be read.")
TOO_LONG: Final = Text("It lasts longer than a year.")

Time = Instant | date
"""A moment, or a whole day."""


def day_of(one: Time) -> date:
    """Return the day on which a time lies."""
    return one.day if isinstance(one, Instant) else one


def moment_of(one: Time) -> int:
    """Return the milliseconds a time is sorted by; a whole day comes as its midnight in UTC."""
    return one.ms if isinstance(one, Instant) else one.toordinal() * 86_400_000


@dataclass(slots=True)
class Event:
    """An event as read from its properties; ``times`` in order, within the time looked at."""

    uid: str
    start: Time
    minutes: int
    title: str = ""
    place: str = ""
    sequence: int = 0
    busy: bool = True
    cancelled: bool = False
    replaces: Time | None = None
    onwards: bool = False
    """True when it stands in place of all later ones too."""
    times: list[Time] = field(default_factory=list)
    cut: bool = False
    """True when it has more times than are taken."""

    @property
    def all_day(self) -> bool:
        """True when it is about whole days."""
        return not isinstance(self.start, Instant)


def read_event(said: dict[str, list[Property]], zones: Zones, first: date, last: date) -> Event:
    """Return an event with its times from ``first`` to before ``last``; raises ``Unreckoned``."""
    if "DTSTART" not in said:
        raise Unreckoned(NO_START)
    begins = said["DTSTART"][0]
    zone = _zone(begins, zones)
    start = _time(begins.value, begins, zone)
    if start is None:
        raise Unreckoned(ODD_START)
    replaces = said.get("RECURRENCE-ID", [None])[0]
    event = Event(
        uid=neat(_first(said, "UID"), 400, whole=True),
        start=start,
        minutes=_minutes(said, begins, start, zones),
        title=neat(_first(said, "SUMMARY"), 300),
        place=neat(_first(said, "LOCATION"), 300),
        sequence=_number(_first(said, "SEQUENCE")),
        busy=_is_busy(said),
        cancelled=_first(said, "STATUS").upper() == "CANCELLED",
    )
    if replaces is not None:
        event.replaces = _time(replaces.value, replaces, _zone(replaces, zones))
        event.onwards = replaces.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
    if event.minutes > LONGEST_STAY:
        raise Unreckoned(TOO_LONG)
    if not event.cancelled:
        _reckon(event, said, zone, zones, first, last)
    return event


def _reckon(
    event: Event,
    said: dict[str, list[Property]],
    zone: Zone,
    zones: Zones,
    first: date,
    last: date,
) -> None:
    """Gather the times: the start, by rules, by dates, without those taken out again."""
    begins, ends = (
        datetime.combine(first, datetime.min.time()),
        datetime.combine(last, datetime.min.time()),
    )
    wall = read_wall(said["DTSTART"][0].value)
    wall = _shifted(said["DTSTART"][0], wall, zone, event.all_day)
    found: set[Time] = {event.start, *_dates(said.get("RDATE", ()), zones)}
    without: set[Time] = set(_dates(said.get("EXDATE", ()), zones))
    days_without = {one for one in without if not isinstance(one, Instant)}
    if wall is not None and event.replaces is None:
        for name, into in (("RRULE", found), ("EXRULE", without)):
            for rule in said.get(name, ())[:5]:
                _by_rule(rule.value, wall, zone, event.all_day, (begins, ends), into)
    moments = {one.ms for one in without if isinstance(one, Instant)}
    kept = []
    for one in found:
        day = day_of(one)
        gone = (one.ms in moments if isinstance(one, Instant) else False) or day in days_without
        if first <= day < last and not gone and isinstance(one, Instant) is not event.all_day:
            kept.append(one)
    kept.sort(key=moment_of)
    event.times, event.cut = kept[:MOST_TIMES], len(kept) > MOST_TIMES


def _by_rule(
    text: str,
    wall: datetime,
    zone: Zone,
    all_day: bool,
    window: tuple[datetime, datetime],
    into: set[Time],
) -> None:
    rule = read_rule(text)
    until = read_wall(rule.until) if rule.until else None
    if until is not None and is_utc(rule.until) and not all_day:
        until = zone.wall(until)
    elif until is not None and read_day(rule.until) is not None:
        until += _DAY - timedelta(seconds=1)
    elif rule.until and until is None:
        raise Unreckoned(Text("It repeats by a rule that cannot be read."))
    begins, ends = window
    times = 0
    for one in occurrences(rule, wall, first=begins, last=ends, until=until):
        if (time := one.date() if all_day else zone.moment(one)) is not None:
            into.add(time)
        if (times := times + 1) > MOST_TIMES + 10:
            break


def _shifted(begins: Property, wall: datetime | None, zone: Zone, all_day: bool) -> datetime | None:
    """Return the wall-clock time a rule starts from."""
    return wall if wall is None or all_day or not is_utc(begins.value) else zone.wall(wall)


def _zone(one: Property, zones: Zones) -> Zone:
    """Return the zone a time is written in; the user's own when nobody knows it."""
    if is_utc(one.value):
        return zones.utc
    name = one.parameters.get("TZID", "")
    return (zones.find(name) if name else None) or zones.home


def _time(text: str, one: Property, zone: Zone) -> Time | None:
    if one.parameters.get("VALUE", "").upper() == "DATE" or read_day(text) is not None:
        wall = read_wall(text)
        return wall.date() if wall else None
    wall = read_wall(text)
    return None if wall is None else zone.moment(wall)


def _minutes(said: dict[str, list[Property]], begins: Property, start: Time, zones: Zones) -> int:
    """Return how long it lasts: till its end, for its length, else a day or no time at all."""
    ends = said.get("DTEND", [None])[0]
    if ends is not None:
        zone = _zone(ends, zones) if "TZID" in ends.parameters else _zone(begins, zones)
        end = _time(ends.value, ends, zones.utc if is_utc(ends.value) else zone)
        if isinstance(start, Instant) and isinstance(end, Instant):
            return max(0, (end.ms - start.ms) // 60_000)
        if isinstance(start, date) and isinstance(end, date):
            return max(1, (end - start).days) * DAY_MINUTES
    length = read_length(_first(said, "DURATION"))
    if not isinstance(start, Instant):
        return max(1, length.days) * DAY_MINUTES if length else DAY_MINUTES
    return int(length.total_seconds() // 60) if length else 0


def _dates(many: Iterable[Property], zones: Zones) -> Iterable[Time]:
    """Yield single dates; of a period its beginning."""
    left = _MOST_DATES
    for one in many:
        zone = _zone(one, zones)
        for text in one.value.split(",")[:left]:
            left -= 1
            plain = text.partition("/")[0].strip()
            own = zones.utc if is_utc(plain) else zone
            if (time := _time(plain, one, own)) is not None:
                yield time


def _is_busy(said: dict[str, list[Property]]) -> bool:
    microsoft = _first(said, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if microsoft:
        return microsoft not in ("FREE", "WORKINGELSEWHERE")
    return _first(said, "TRANSP").upper() != "TRANSPARENT"


def _first(said: dict[str, list[Property]], name: str) -> str:
    return said[name][0].text if name in said else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
