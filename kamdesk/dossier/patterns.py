"""A pattern of visits laid over the calendar: what it plans, what it leaves out and why."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, PatternId, VisitId
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.store import AppointmentStore
from kamdesk.domain.patterns.model import MOST_CYCLES, Pattern, PatternStop, laid
from kamdesk.domain.patterns.store import PatternStore
from kamdesk.domain.visits.model import Attendee, Firmness, Side, Visit, VisitKind
from kamdesk.domain.visits.store import ATTENDEE, VISIT
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.time_off import unavailable
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class StopLine(NamedTuple):
    """A visit of a pattern with its customer's name; ``gone``: the customer was deleted."""

    stop: PatternStop
    account_name: str
    gone: bool


class LaidVisit(NamedTuple):
    """A visit as a pattern would plan it; ``because`` says why it is left out, None: it is not."""

    line: StopLine
    start: Instant
    because: Text | None

    @property
    def day(self) -> Day:
        """Its day."""
        return self.start.day


class _Taken(NamedTuple):
    """A stretch that is taken; ``account`` None: by nothing at a customer."""

    start: Instant
    ends: Instant
    account: AccountId | None
    said: Text


_TAKEN = """
SELECT v.start, v.minutes, v.account, coalesce(a.short_name, a.name) AS called
FROM visits v LEFT JOIN accounts a ON a.id = v.account
WHERE NOT v.gone AND v.state = 'planned' AND v.start >= ? AND v.start < ?
  AND (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM attendees t WHERE t.visit = v.id AND NOT t.gone
       AND t.side = 'ours')
    OR EXISTS (SELECT 1 FROM attendees t WHERE t.visit = v.id AND NOT t.gone AND t.who = ?3))"""

_WEEK = """
SELECT v.* FROM visits v WHERE NOT v.gone AND v.state != 'dropped'
  AND v.start >= ? AND v.start < ? AND v.account IS NOT NULL
  AND (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM attendees t WHERE t.visit = v.id AND NOT t.gone
       AND t.side = 'ours')
    OR EXISTS (SELECT 1 FROM attendees t WHERE t.visit = v.id AND NOT t.gone AND t.who = ?3))
ORDER BY v.start, v.id"""


def stop_lines(storage: Storage, pattern: PatternId) -> list[StopLine]:
    """Return the visits of a pattern with the names of their customers, by week, day and time."""
    stops = PatternStore(storage.reader).stops(pattern)
    names: dict[bytes, tuple[str, bool]] = {}
    for account in {stop.account for stop in stops}:
        sql = "SELECT coalesce(short_name, name), gone FROM accounts WHERE id = ?"
        row = storage.reader.ask(sql, account).first()
        names[account] = (row[0] or "", bool(row[1])) if row else ("", True)
    return [StopLine(stop, *names[stop.account]) for stop in stops]


def lay_out(
    storage: Storage, pattern: Pattern, monday: Day, cycles: int, me: ColleagueId | None
) -> list[LaidVisit]:
    """Return what a pattern would plan in so many cycles from the Monday of a week.

    Raises ``RuleBroken`` at ``cycles`` or ``pattern`` when there is nothing to lay out.
    """
    if not 1 <= cycles <= MOST_CYCLES:
        said = Text("Lay it out 1 to {most} times.", most=MOST_CYCLES)
        raise RuleBroken(said, field="cycles")
    monday -= timedelta(days=monday.weekday())
    lines = {line.stop.id: line for line in stop_lines(storage, pattern.id)}
    if not lines:
        raise RuleBroken(Text("This pattern holds no visits yet."), field="pattern")
    now = storage.clock.now()
    calendar, days = working_calendar(storage.reader), pattern.weeks * cycles * 7
    away = unavailable(storage.reader, monday, days, me)
    taken = _taken(storage, Instant.at(monday, 0, zone=now.zone), days, me)
    found = []
    for stop, day in laid([line.stop for line in lines.values()], pattern.weeks, monday, cycles):
        start = Instant.at(day, stop.begins // 60, stop.begins % 60, zone=now.zone)
        ends = start.plus(minutes=stop.minutes)
        line = lines[stop.id]
        because: Text | None = None
        if line.gone:
            because = Text("the customer was deleted")
        elif start <= now:
            because = Text("this time is past")
        elif not calendar.works(day):
            because = Text("no working day: {name}", name=calendar.name(day) or Text("weekend"))
        else:
            because = _away(away[(day - monday).days], stop) or _clash(taken, stop, start, ends)
        found.append(LaidVisit(line, start, because))
        if because is None:
            said = Text("a visit at {name} is planned then", name=line.account_name)
            taken.append(_Taken(start, ends, stop.account, said))
    return found


def apply(
    storage: Storage,
    pattern: Pattern,
    monday: Day,
    cycles: int,
    me: ColleagueId | None,
    *,
    seen: Seen | None = None,
) -> ChangeSet:
    """Plan what a pattern lays out, as one action; those visits are ours to move.

    Raises ``RuleBroken`` when every one would be left out.
    """
    planned = [one for one in lay_out(storage, pattern, monday, cycles, me) if one.because is None]
    if not planned:
        raise RuleBroken(
            Text("Each of these visits is left out: choose another week."), field="monday"
        )
    with storage.change(Text("Lay out the pattern “{name}”", name=pattern.name), seen=seen) as put:
        for one in planned:
            stop = one.line.stop
            visit = Visit(
                id=VisitId(storage.new_id()),
                account=stop.account,
                start=one.start,
                minutes=stop.minutes,
                kind=read_word(VisitKind, stop.kind, VisitKind.VISIT),
                firmness=Firmness.LOOSE,
            )
            put.put(VISIT, visit.checked())
            if me is not None:
                put.put(ATTENDEE, Attendee.at(visit, me, Side.OURS))
    return put.touched


def stops_of_weeks(
    storage: Storage, pattern: PatternId, monday: Day, weeks: int, me: ColleagueId | None
) -> list[PatternStop]:
    """Return the visits of real weeks from a Monday as those of a pattern, not yet saved."""
    monday -= timedelta(days=monday.weekday())
    zone = storage.clock.now().zone
    first = Instant.at(monday, 0, zone=zone).plus(days=-1)  # a visit keeps the time of its zone
    last = first.plus(days=7 * weeks + 2)
    stops = []
    for row in storage.reader.ask(_WEEK, str(first), str(last), me):
        start = Instant.read(row["start"])
        if start is None:
            continue
        local = start.local
        begins = minute_of(local)
        after = (local.date() - monday).days
        if not 0 <= after < 7 * weeks:
            continue
        stops.append(
            PatternStop(
                id=storage.new_id(),
                pattern=pattern,
                account=AccountId(row["account"]),
                week=after // 7 + 1,
                weekday=after % 7,
                begins=begins,
                minutes=max(1, min(row["minutes"] or 60, DAY_MINUTES - begins)),
                kind=row["kind"] or str(VisitKind.VISIT),
            )
        )
    return stops


def _taken(storage: Storage, first: Instant, days: int, me: ColleagueId | None) -> list[_Taken]:
    last = first.plus(days=days)
    rows = storage.reader.ask(_TAKEN, str(first.plus(days=-7)), str(last), me)
    found = []
    for row in rows:
        start = Instant.read(row["start"])
        if start is not None:
            said = Text("a visit at {name} is planned then", name=row["called"] or "")
            ends = start.plus(minutes=row["minutes"] or 0)
            found.append(_Taken(start, ends, row["account"], said))
    for one in AppointmentStore(storage.reader).between(first, last):
        if one.busy:
            said = Text("taken by an appointment: {title}", title=one.title)
            found.append(_Taken(one.start, one.ends, None, said))
    return found


def _away(day: Iterable[tuple[int, int, str, bytes]], stop: PatternStop) -> Text | None:
    for begins, ends, words, _ in day:
        if begins < stop.begins + stop.minutes and stop.begins < ends:
            return Text("away: {why}", why=words) if words else Text("away")
    return None


def _clash(taken: list[_Taken], stop: PatternStop, start: Instant, ends: Instant) -> Text | None:
    for one in taken:
        if one.start.ms < ends.ms and start.ms < one.ends.ms:
            return one.said
        if one.account == stop.account and one.start.day == start.day:
            return Text("another visit there is planned that day")
    return None
