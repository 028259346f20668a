"""From the file to a week that can be planned: what stands in it, what is due, where all lies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.store import TravelStore
from kamdesk.domain.week.model import Bond, Problem
from kamdesk.domain.working_days.calendar import Calendar
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier import time_off
from kamdesk.dossier.week_due import Due, due_items
from kamdesk.dossier.week_held import LAST_HOUR, Frame
from kamdesk.dossier.week_problem import laid, marked, places_of, to_quarter, travel_of, worked
from kamdesk.dossier.week_read import Away, WeekDay, WeekItem, WeekRead, What
from kamdesk.dossier.week_standing import (
    LONGEST,
    appointments_of,
    going_on,
    placed_clock,
    visits_of,
)
from kamdesk.dossier.week_unjudged import not_judged
from kamdesk.storage.database import Reader

_DAYS: Final = 7


def read_week(reader: Reader, monday: Day, *, me: ColleagueId | None, now: Instant) -> WeekRead:
    """Return the week that begins on a Monday, of the colleague ``me`` (None: everybody's).

    Of a week that has begun only what is left of it from ``now`` on can be planned; a week that is
    over has no candidates.
    """
    now = placed_clock(reader, now)
    travels = TravelStore(reader)
    habits = travels.habits()
    calendar = working_calendar(reader)
    standing = standing_days(reader, monday, _DAYS, me=me, now=now, calendar=calendar)
    visits = [item for day in standing for item in day.items if item.visit]
    due = Due([], [], {}, [])
    if now.day < monday + timedelta(days=_DAYS):
        due = due_items(
            reader,
            monday,
            me=me,
            today=now.day,
            planned={item.account for item in visits if item.account},
            minutes=habits.visit_minutes,
        )
    standing = [
        replace(day, items=tuple(_with_reasons(item, due) for item in day.items))
        for day in standing
    ]
    items = [item for day in standing for item in day.items]
    places, at = places_of(habits.home, (*items, *due.items))
    framed = [_framed(day, at, habits, now) for day in standing]
    frames = [one.frame for one in framed if one.frame is not None]
    movable = [
        item for one in framed if one.frame for item in one.day.items if item.bond is Bond.LOOSE
    ]
    problem, clashes = laid(
        frames,
        (*movable, *due.items),
        at=at,
        travel=travel_of(places, travels.travel()),
        habits=habits,
    )
    return WeekRead(
        monday=monday,
        now=now,
        me=me,
        days=_numbered(framed, clashes, at),
        due=marked(due.items, clashes, at),
        places=tuple(places),
        problem=problem,
        not_judged=not_judged(standing, due, habits, calendar),
        unplaced=tuple(due.unplaced),
        unclassed=tuple(due.unclassed),
        knows_home=habits.home is not None,
        night_cost=habits.night_minutes,
        has_customers=bool(reader.ask("SELECT 1 FROM accounts WHERE NOT gone LIMIT 1")),
    )


def read_days(
    reader: Reader, first: Day, days: int, *, me: ColleagueId | None, now: Instant
) -> WeekRead:
    """Return some days as they stand, with the ways between: nobody who is due, nothing to plan."""
    now = placed_clock(reader, now)
    travels = TravelStore(reader)
    habits = travels.habits()
    standing = standing_days(reader, first, days, me=me, now=now, calendar=working_calendar(reader))
    places, at = places_of(habits.home, (item for day in standing for item in day.items))
    return WeekRead(
        monday=first,
        now=now,
        me=me,
        days=tuple(replace(day, items=marked(day.items, frozenset(), at)) for day in standing),
        places=tuple(places),
        problem=Problem(days=(), stops=(), travel=travel_of(places, travels.travel())),
        knows_home=habits.home is not None,
    )


def standing_days(
    reader: Reader,
    first: Day,
    days: int,
    *,
    me: ColleagueId | None,
    now: Instant,
    calendar: Calendar,
) -> list[WeekDay]:
    """Return ``days`` days from ``first`` with what stands in them; nothing is planned there."""
    visits = visits_of(reader, first - LONGEST, days + LONGEST.days, me=me, now=now)
    appointments = appointments_of(reader, first, days, now=now)
    away = time_off.unavailable(reader, first, days, me)
    found = []
    for n in range(days):
        day = first + timedelta(days=n)
        here = [item for item in (*visits, *appointments) if item.day == day]
        timed = [item for item in here if item.begins is not None]
        whole = [item for item in here if item.begins is None]
        found.append(
            WeekDay(
                day=day,
                works=calendar.is_working(day),
                holiday=calendar.name(day) or "",
                is_past=day < now.day,
                away=(
                    *(_absent(one, day) for one in away[n]),
                    *going_on(visits, day),
                    *(
                        Away(0, DAY_MINUTES, one.name, True)
                        for one in whole
                        if one.bond is Bond.FIXED
                    ),
                ),
                items=tuple(sorted(timed, key=lambda one: (one.begins or 0, one.key))),
                notes=tuple(one.name for one in whole if one.bond is not Bond.FIXED),
            )
        )
    return found


def _absent(one: time_off.Away, day: Day) -> Away:
    """Return what an absence takes of a day; its key tells it from the same one's other days."""
    whole = one.ends - one.begins >= DAY_MINUTES - 1
    key = one.absence + day.toordinal().to_bytes(4, "big")
    return Away(one.begins, one.ends, one.words, whole, key)


def _with_reasons(item: WeekItem, due: Due) -> WeekItem:
    """Return a visit of ours with what speaks for it; one agreed with the customer as it is."""
    if item.account is None or item.bond not in (Bond.LOOSE, Bond.PINNED):
        return item
    return replace(item, reasons=due.standing.get(item.account, ()))


class _Framed(NamedTuple):
    day: WeekDay
    frame: Frame | None


def _framed(day: WeekDay, at: dict[bytes, int], habits: Habits, now: Instant) -> _Framed:
    """Return a day with its frame: None when nothing is or could be planned there any more."""
    if day.is_past:
        return _Framed(day, None)
    minute = minute_of(now.local) if day.day == now.day else 0
    over = [one for one in day.items if one.begins is not None and one.begins < minute]
    ahead = [one for one in day.items if one not in over]
    not_before = 0
    if minute:
        not_before = max([to_quarter(minute), *(_ends(one) for one in over if _takes_time(one))])
    opens = worked(day, habits) and not_before < habits.ends - LAST_HOUR
    held = [one for one in ahead if one.bond.is_held]
    if not opens and not any(one.bond is not Bond.FREE for one in ahead):
        return _Framed(day, None)
    last = next((at[one.key] for one in reversed(over) if one.key in at), None)
    frame = Frame(
        weekday=day.day.weekday(),
        opens=opens,
        held=held,
        away=day.away,
        not_before=not_before,
        last_at=last,
    )
    return _Framed(day, frame)


def _takes_time(item: WeekItem) -> bool:
    return item.what is What.VISIT or item.bond is Bond.FIXED


def _ends(item: WeekItem) -> int:
    return (item.begins or 0) + item.minutes


def _numbered(
    framed: Sequence[_Framed], clashes: frozenset[bytes], at: dict[bytes, int]
) -> tuple[WeekDay, ...]:
    found, n = [], 0
    for one in framed:
        number = None
        if one.frame is not None:
            number, n = n, n + 1
        found.append(replace(one.day, at=number, items=marked(one.day.items, clashes, at)))
    return tuple(found)
