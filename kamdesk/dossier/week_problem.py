"""From what stands in a week and who is due to a problem the planner can solve. Rules only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.spot import Spot
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.roads import Travel
from kamdesk.domain.visits.model import VisitKind
from kamdesk.domain.week.model import ANYWHERE, Bond, Lunch, Problem, Stop, Window, WorkDay
from kamdesk.dossier.week_read import Away, Place, WeekItem

RECEIVED: Final = (Window(540, 720), Window(810, 1050))
"""When they receive where the file does not say: office hours without the noon rest."""
_ACROSS_TOWN: Final = 20
_CALLED: Final = (Window(540, 720), Window(810, 1110))
_HELD: Final = (Bond.FIXED, Bond.PINNED)
_QUARTER: Final = 15
_TOO_EARLY, _TOO_LATE = 300, 1380
"""Who would leave home before 5:00 for what is agreed has slept there; who would be back after
23:00 stays."""
_LAST_HOUR: Final = 60
_ByDay = tuple[tuple[Window, ...], ...]
_Travel = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A day that may be planned: its weekday (Monday is 0), whether free stops may go there, what
    is held there (in order of time), when one is away, from when on it is still to come, and where
    one is then (an index of travel; None: at home).
    """

    weekday: int
    opens: bool
    held: Sequence[WeekItem] = ()
    away: Sequence[Away] = ()
    not_before: int = 0
    last_at: int | None = None


class Laid(NamedTuple):
    """A problem, and the keys of what is held there but cannot be met as it stands."""

    problem: Problem
    clashes: frozenset[bytes]


def places_of(home: Spot | None, items: Iterable[WeekItem]) -> tuple[list[Place], dict[bytes, int]]:
    """Return the places of a problem, home first, and the index of each item's by its key."""
    places = [Place(spot=home, sure=home is not None)]
    known: dict[tuple[Spot, bytes], int] = {}
    at: dict[bytes, int] = {}
    for item in items:
        spot = item.place.spot
        if spot is None:
            continue
        whose = (spot, item.account or item.key)
        if whose not in known:
            known[whose] = len(places)
            places.append(item.place)
        at[item.key] = known[whose]
    return places, at


def travel_of(places: Sequence[Place], travel: Travel) -> _Travel:
    """Return the minutes between places; 0 from and to a home nobody knows.

    Between two customers of whom one is known by the town alone a way takes as long as one across
    a town at least.
    """
    spots = [place.spot for place in places if place.spot is not None]
    matrix = travel.matrix(spots)
    if places[0].spot is None:
        matrix = ((0,) * len(places), *((0, *row) for row in matrix))
    vague = {at for at, place in enumerate(places) if at and not place.sure}
    if not vague:
        return matrix
    return tuple(
        tuple(
            max(minutes, _ACROSS_TOWN)
            if one and other and one != other and (one in vague or other in vague)
            else minutes
            for other, minutes in enumerate(row)
        )
        for one, row in enumerate(matrix)
    )


def laid(
    frames: Sequence[Frame],
    movable: Iterable[WeekItem],
    *,
    at: dict[bytes, int],
    travel: _Travel,
    habits: Habits,
) -> Laid:
    """Return the problem of the days of ``frames``: what is held, and what may be placed.

    What cannot be held as it stands is not in it, or counts as met wherever one is, so that a week
    of which a part is impossible can still be planned.
    """
    walks = _walks(frames, at, travel, habits)
    days = [_day(n, frames, walks, travel, habits) for n in range(len(frames))]
    stops = [stop for walk in walks for stop in walk.stops]
    stops += [
        Stop(
            key=item.key,
            place=at.get(item.key, ANYWHERE),
            minutes=item.minutes,
            windows=_windows(item, frames, days),
            bond=item.bond,
            prize=sum(reason.points for reason in item.reasons),
            reasons=item.reasons,
        )
        for item in movable
    ]
    clashes = frozenset[bytes]().union(*(walk.clashes for walk in walks))
    return Laid(Problem(days=tuple(days), stops=tuple(stops), travel=travel), clashes)


class _Way(NamedTuple):
    """A drive of some minutes between when one is free and when one must be there."""

    free_from: int
    there_by: int
    minutes: int


class _Walk(NamedTuple):
    """What is held on a day, one after the other: from where one wakes to where it ends, and when.

    ``stays`` are the times of what is held, ``ways`` lead to it.
    """

    wakes_at: int
    ends_at: int
    starts: int
    free_from: int
    stops: list[Stop]
    stays: list[tuple[int, int]]
    ways: list[_Way]
    clashes: set[bytes]


def _walks(
    frames: Sequence[Frame], at: dict[bytes, int], travel: _Travel, habits: Habits
) -> list[_Walk]:
    """Return how each day is met; one wakes where no evening before led home, if that can be."""
    walks: list[_Walk] = []
    for n, frame in enumerate(frames):
        walk = _walk(frame, n, len(frames), frame.last_at or 0, at, travel, habits)
        if n and _follow(frames[n - 1], frame) and _stays(walks[-1], travel):
            away = _walk(frame, n, len(frames), walks[-1].ends_at, at, travel, habits)
            walk = away if away.clashes <= walk.clashes else walk
        walks.append(walk)
    return walks


def _walk(
    frame: Frame,
    n: int,
    of: int,
    wakes_at: int,
    at: dict[bytes, int],
    travel: _Travel,
    habits: Habits,
) -> _Walk:
    starts, free_from, here = max(habits.starts, frame.not_before), frame.not_before, wakes_at
    clashes: set[bytes] = set()
    stays: list[tuple[int, int]] = []
    ways: list[_Way] = []
    stops: list[Stop] = []
    off = _off_from(frame, habits)
    for one in _in_order(frame, at, off):
        if one.begins < free_from or one.begins + one.minutes > off:
            clashes.add(one.key)
            continue
        place = one.place
        if place != ANYWHERE:
            if not stays and here == 0 and one.begins - travel[0][place] < _TOO_EARLY:
                wakes_at = here = place  # one has slept there
            drive = travel[here][place]
            if one.begins - drive < free_from:
                clashes.add(one.key)
                place = ANYWHERE
            else:
                starts = min(starts, one.begins - drive) if not stops else starts
                ways.append(_Way(free_from, one.begins, drive))
                here = place
        starts = min(starts, one.begins)
        free_from = one.begins + one.minutes
        stays.append((one.begins, free_from))
        windows = tuple((Window(one.begins, free_from),) if day == n else () for day in range(of))
        stops.append(
            Stop(key=one.key, place=place, minutes=one.minutes, windows=windows, bond=one.bond)
        )
    starts = max(starts, frame.not_before)
    return _Walk(wakes_at, here, starts, free_from, stops, stays, ways, clashes)


def _day(
    n: int, frames: Sequence[Frame], walks: Sequence[_Walk], travel: _Travel, habits: Habits
) -> WorkDay:
    """Return a day as long as what is held on it, its evening where the next morning is."""
    walk, frame = walks[n], frames[n]
    ends = max(min(habits.ends, _off_from(frame, habits)), habits.starts, frame.not_before)
    sleeps_at = walk.ends_at if _stays(walk, travel) else 0
    home = walk.free_from + travel[walk.ends_at][sleeps_at] if walk.stops else 0
    if n + 1 < len(frames) and _follow(frame, frames[n + 1]) and walks[n + 1].wakes_at:
        bed = walks[n + 1].wakes_at
        there = max(walk.starts, walk.free_from) + travel[walk.ends_at][bed]
        if there <= DAY_MINUTES:
            sleeps_at, home = bed, there
    return WorkDay(
        starts=walk.starts,
        ends=max(ends, home),
        lunch=_lunch(habits, walk, frame.not_before),
        from_place=walk.wakes_at,
        to_place=sleeps_at,
    )


def _stays(walk: _Walk, travel: _Travel) -> bool:
    """True where what is held leaves no time to be home in the evening."""
    return bool(walk.stops) and walk.free_from + travel[walk.ends_at][0] > _TOO_LATE


def _follow(one: Frame, next_one: Frame) -> bool:
    return next_one.weekday - one.weekday == 1


class _Held(NamedTuple):
    begins: int
    key: bytes
    minutes: int
    place: int
    bond: Bond


def _off_from(frame: Frame, habits: Habits) -> int:
    """Return when one is away for the rest of the day, and wants to be home; else midnight."""
    last = max([habits.ends - _LAST_HOUR, *(one.begins or 0 for one in frame.held)])
    return min(
        (one.begins for one in frame.away if not one.whole and one.ends > last), default=DAY_MINUTES
    )


def _in_order(frame: Frame, at: dict[bytes, int], off: int) -> list[_Held]:
    visits = (
        _Held(one.begins, one.key, one.minutes, at.get(one.key, ANYWHERE), one.bond)
        for one in frame.held
        if one.begins is not None
    )
    away = (
        _Held(one.begins, one.key, one.ends - one.begins, ANYWHERE, Bond.FIXED)
        for one in frame.away
        if not one.whole and one.key and max(one.begins, frame.not_before) < min(one.ends, off)
    )
    late = (
        one._replace(
            begins=max(one.begins, frame.not_before),
            minutes=one.begins + one.minutes - max(one.begins, frame.not_before),
        )
        for one in away
    )
    return sorted((*visits, *late))


def _lunch(habits: Habits, walk: _Walk, not_before: int) -> Lunch | None:
    """Return the break of a day; None where what is held leaves no time for one, or it is over.

    One eats before a drive or after it.
    """
    if not habits.lunch_minutes or not_before > habits.lunch_latest:
        return None
    lunch = Lunch(habits.lunch_earliest, habits.lunch_latest, habits.lunch_minutes)
    arrivals = [way.free_from + way.minutes for way in walk.ways]
    for begins in (max(lunch.earliest, not_before), *(end for _, end in walk.stays), *arrivals):
        ends = begins + lunch.minutes
        if (
            lunch.earliest <= begins <= lunch.latest
            and all(end <= begins or ends <= start for start, end in walk.stays)
            and all(
                way.free_from + way.minutes <= begins or ends <= way.there_by - way.minutes
                for way in walk.ways
            )
        ):
            return lunch
    return None


def _windows(item: WeekItem, frames: Sequence[Frame], days: Sequence[WorkDay]) -> _ByDay:
    """Return when a stay may be, day by day: when they receive, within one's own hours."""
    read = read_hours(item.hours) if item.hours else None
    usual = _CALLED if item.kind in (VisitKind.CALL, VisitKind.VIDEO) else RECEIVED
    found = []
    for frame, day in zip(frames, days, strict=True):
        received = read.windows[frame.weekday] if read else usual
        cut = (Window(max(a, day.starts), min(z, day.ends)) for a, z in received)
        fits = (one for one in cut if one.closes - one.opens >= item.minutes)
        found.append(tuple(fits) if frame.opens else ())
    return tuple(found)


def to_quarter(minute: int) -> int:
    """Return the next quarter of an hour."""
    return -(-minute // _QUARTER) * _QUARTER


def marked(
    items: Iterable[WeekItem], clashes: frozenset[bytes], at: dict[bytes, int]
) -> tuple[WeekItem, ...]:
    """Return items that know their place, and whether they clash."""
    return tuple(replace(item, at=at.get(item.key), is_clash=item.key in clashes) for item in items)
