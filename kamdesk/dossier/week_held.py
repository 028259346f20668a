"""What is held in a week, met one after another: the ways to it, lunch, where one wakes. Rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.week.model import ANYWHERE, Bond, Lunch, Stop, Window, WorkDay
from kamdesk.dossier.week_read import Away, WeekItem

LAST_HOUR: Final = 60
"""Nothing new is begun in the last hour of a working day."""
_TOO_EARLY, _TOO_LATE = 300, 1380
"""Who would leave home before 5:00 for what is agreed has slept there; who would be back after
23:00 stays."""
Ways = tuple[tuple[int, ...], ...]
"""The minutes from each place to each other, as in ``Problem.travel``."""


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


class _Way(NamedTuple):
    """A drive of some minutes between when one is free and when one must be there."""

    free_from: int
    there_by: int
    minutes: int


class Walk(NamedTuple):
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


def walks_of(
    frames: Sequence[Frame], at: dict[bytes, int], travel: Ways, habits: Habits
) -> list[Walk]:
    """Return how each day is met; one wakes where no evening before led home, if that can be."""
    walks: list[Walk] = []
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
    travel: Ways,
    habits: Habits,
) -> Walk:
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
    return Walk(wakes_at, here, starts, free_from, stops, stays, ways, clashes)


def work_day(
    n: int, frames: Sequence[Frame], walks: Sequence[Walk], travel: Ways, habits: Habits
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


def _stays(walk: Walk, travel: Ways) -> bool:
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
    last = max([habits.ends - LAST_HOUR, *(one.begins or 0 for one in frame.held)])
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


def _lunch(habits: Habits, walk: Walk, not_before: int) -> Lunch | None:
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
