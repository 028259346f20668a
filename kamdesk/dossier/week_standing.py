"""What stands in a week already: visits and appointments, where they are and how firmly."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.core.spot import Spot
from kamdesk.core.stored import read_word
from kamdesk.domain.appointments.store import AppointmentStore, Occurrence
from kamdesk.domain.travel.places import located
from kamdesk.domain.visits.model import Firmness, VisitKind, VisitState
from kamdesk.domain.week.model import Bond
from kamdesk.dossier.agenda import Agenda, Meeting
from kamdesk.dossier.places import Place as Lies
from kamdesk.dossier.places import spots_of
from kamdesk.dossier.week_read import Away, Place, WeekItem, What
from kamdesk.storage.database import Reader, Row

MOST: Final = 600
"""More visits than this no month has."""
MOST_APPOINTMENTS: Final = 24
"""More of one day are put together: a calendar may hold a thousand."""
_NO_ROOM: Final = 15
"""Minutes in which nothing is planned between two appointments of so many."""
LONGEST: Final = timedelta(days=7)
"""No visit lasts longer."""
_NOWHERE: Final = re.compile(r"(Etc/)?(UTC|UCT|Universal|Zulu|Greenwich|GMT([+-]?0)?)")
_BONDS: Final = {
    Firmness.AGREED: Bond.FIXED,
    Firmness.PINNED: Bond.PINNED,
    Firmness.LOOSE: Bond.LOOSE,
}
_MORE: Final = """
SELECT v.id, v.firmness, h.name AS host, coalesce(w.value, a.phone) AS phone,
  coalesce(s.city, a.city) AS town, a.province, s.address, s.gate, s.hours, s.lat, s.lon
FROM visits v LEFT JOIN accounts a ON a.id = v.account
LEFT JOIN sites s ON s.id = v.site AND NOT s.gone
LEFT JOIN people h ON h.id = v.host AND h.shown AND NOT h.gone
LEFT JOIN ways w ON w.rid = (SELECT min(o.rid) FROM ways o
  WHERE o.person = h.id AND NOT o.gone AND o.channel IN ('mobile', 'phone'))
WHERE v.id IN ({marks})"""


def placed_clock(reader: Reader, now: Instant) -> Instant:
    """Return now in the zone in which a week is told.

    It is the computer's own; one that stands nowhere (UTC) goes by the zone of the newest visit, so
    that appointments and visits stand on one scale.
    """
    if not _NOWHERE.fullmatch(now.zone):
        return now
    sql = "SELECT start FROM visits WHERE NOT gone ORDER BY start DESC, id DESC LIMIT 1"
    newest = Instant.read(reader.ask(sql).value())
    return Instant(now.ms, newest.zone) if newest else now


def visits_of(
    reader: Reader, first: Day, days: int, *, me: ColleagueId | None, now: Instant
) -> list[WeekItem]:
    """Return the visits of some days in order of time; dropped ones are left out.

    Each stands where the clock of its own place says, and ends by midnight at the latest.
    """
    begin = Instant.at(first - timedelta(days=1), 0, zone=now.zone)
    end = Instant.at(first + timedelta(days=days + 1), 0, zone=now.zone)
    last = first + timedelta(days=days)
    agenda = Agenda(reader, me=me, today=now.day)
    meetings = [
        one for one in agenda.of_day(begin, end, most=MOST) if first <= one.start.day < last
    ]
    if not meetings:
        return []
    more = {row["id"]: row for row in reader.of_each(_MORE, (one.id for one in meetings))}
    lies = spots_of(reader, {one.account for one in meetings if one.account})
    return [_visit(one, more[one.id], lies, now) for one in meetings]


def appointments_of(reader: Reader, first: Day, days: int, *, now: Instant) -> list[WeekItem]:
    """Return the appointments of some days, one item for each day they touch.

    What takes no time, or all day, has no ``begins``; it is busy when it is FIXED.
    """
    begin = Instant.at(first, 0, zone=now.zone)
    end = Instant.at(first + timedelta(days=days), 0, zone=now.zone)
    found = AppointmentStore(reader).between(begin, end)
    items = [item for one in found for item in _by_day(one, first, days)]
    return [item for n in range(days) for item in _gathered(items, first + timedelta(days=n))]


def going_on(visits: Iterable[WeekItem], day: Day) -> list[Away]:
    """Return what of visits that began on an earlier day takes of ``day``."""
    found = []
    for one in visits:
        before = (day - one.day).days if one.day else 0
        left = min(DAY_MINUTES, one.goes_on - (before - 1) * DAY_MINUTES)
        if before > 0 and left > 0:
            key = one.key + day.toordinal().to_bytes(4, "big")
            found.append(Away(0, left, one.name, left == DAY_MINUTES, key))
    return found


def _visit(meeting: Meeting, row: Row, lies: Mapping[AccountId, Lies], now: Instant) -> WeekItem:
    local = meeting.start.local
    begins = minute_of(local)
    is_open = meeting.state is VisitState.PLANNED and meeting.start.ms > now.ms
    firmness = read_word(Firmness, row["firmness"], Firmness.AGREED)
    return WeekItem(
        key=meeting.id,
        what=What.VISIT,
        name=meeting.account_name,
        account=meeting.account,
        visit=meeting.id,
        site=meeting.site,
        people=tuple(one.id for one in meeting.theirs),
        day=local.date(),
        begins=begins,
        minutes=min(meeting.minutes, DAY_MINUTES - begins),
        goes_on=max(0, begins + meeting.minutes - DAY_MINUTES),
        bond=_BONDS[firmness] if is_open else Bond.FIXED,
        kind=meeting.kind,
        state=meeting.state,
        topic=meeting.topic,
        place=_place(meeting, row, lies.get(meeting.account)),
        contact=row["host"] or next((one.name for one in meeting.theirs), ""),
        phone=row["phone"] or "",
        hours=row["hours"] or "",
    )


def _place(meeting: Meeting, row: Row, lies: Lies | None) -> Place:
    """Return where a visit is: at its site, else by the site's address, else at the customer's."""
    spot, sure, address = Spot.read(row["lat"], row["lon"]), True, row["address"] or ""
    if spot is None and lies and meeting.site in (None, lies.site):
        spot, sure = lies.spot, lies.sure and not lies.within
        address = address or lies.address
    elif spot is None:
        found = located(address, row["town"] or "", row["province"] or "")
        spot, sure = (found.spot, False) if found else (None, False)
    words = " · ".join(meeting.places)
    if meeting.kind in (VisitKind.CALL, VisitKind.VIDEO):
        return Place(words=words)  # nobody goes there
    return Place(
        words=words or row["town"] or "",
        address=address,
        gate=row["gate"] or "",
        spot=spot,
        sure=sure,
    )


def _gathered(items: Iterable[WeekItem], day: Day) -> list[WeekItem]:
    """Return the items of a day; of very many those that run into each other as one."""
    there = [item for item in items if item.day == day]
    if len(there) <= MOST_APPOINTMENTS:
        return there
    timed = sorted((one for one in there if one.begins is not None), key=_when)
    found = [_as_one(run, ends - (run[0].begins or 0)) for run, ends in _runs(timed)]
    for bond in (Bond.FIXED, Bond.FREE):
        whole = [one for one in there if one.begins is None and one.bond is bond]
        found += [_as_one(whole, DAY_MINUTES)] if whole else []
    return found


def _as_one(run: Sequence[WeekItem], minutes: int) -> WeekItem:
    """Return what stands for several items: busy if one of them is, nowhere if they differ."""
    first, others = run[0], len(run) - 1
    return replace(
        first,
        name=f"{first.name} +{others}" if others else first.name,
        minutes=minutes,
        bond=Bond.FIXED if any(one.bond is Bond.FIXED for one in run) else Bond.FREE,
        place=first.place if all(one.place == first.place for one in run) else Place(),
    )


def _runs(timed: Iterable[WeekItem]) -> Iterator[tuple[list[WeekItem], int]]:
    """Yield those that overlap, or leave no room between them, with when the last is over."""
    run: list[WeekItem] = []
    ends = -_NO_ROOM
    for one in timed:
        begins = one.begins or 0
        if run and begins >= ends + _NO_ROOM:
            yield run, ends
            run = []
        run.append(one)
        ends = max(ends, begins + one.minutes)
    if run:
        yield run, ends


def _when(item: WeekItem) -> tuple[int, bytes]:
    return item.begins or 0, item.key


def _by_day(one: Occurrence, first: Day, days: int) -> Iterable[WeekItem]:
    found = located(one.place) if one.place else None
    place = Place(words=one.place, spot=found.spot if found and found.sure else None)
    for n in range(days):
        day = first + timedelta(days=n)
        taken = one.on(day)
        if taken is None:
            continue
        begins, ends = taken
        whole = one.all_day or (begins == 0 and ends == DAY_MINUTES)
        yield WeekItem(
            key=one.id + day.toordinal().to_bytes(4, "big") + begins.to_bytes(2, "big"),
            what=What.APPOINTMENT,
            name=one.title,
            day=day,
            begins=None if whole else begins,
            minutes=ends - begins,
            bond=Bond.FIXED if one.busy else Bond.FREE,
            place=place,
        )
