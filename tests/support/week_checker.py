"""A second opinion on days: minutes as bits of a number, no recursion over earliest times.

Whether a day can be done: all minutes at which one may stand somewhere, as a set. Whether a plan
holds: every minute is taken once, and every drive finds its own stretch of free minutes.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kamdesk.domain.week.model import ANYWHERE, Bond, DayPlan, Lunch, Problem, Stop, WorkDay

FULL = (1 << 2000) - 1


def can_be_done(problem: Problem, day: int, work: WorkDay, stops: Sequence[Stop]) -> bool:
    """Return whether the stops can be done in this order: by the set of all reachable minutes."""
    travel, lunch = problem.travel, work.lunch
    hungry, fed = (0, 1 << work.starts) if lunch is None else (1 << work.starts, 0)
    here = work.from_place
    places = [stop.place for stop in stops] + [work.to_place]
    states = {(False, False): hungry, (False, True): fed}  # driven on, fed
    for index, place in enumerate(places):
        onward = next(place for place in places[index:] if place != ANYWHERE)
        states = _in_the_gap(states, travel[here][onward], lunch)
        if index == len(stops):
            break
        stop = stops[index]
        at = states
        if place != ANYWHERE:
            at = {(False, ate): at.get((True, ate), 0) for ate in (False, True)}
            here = place
        states = {
            state: (minutes & _may_begin(stop, day, work)) << stop.minutes
            for state, minutes in at.items()
        }
    in_time = (1 << (work.ends + 1)) - 1
    for_lunch = 0 if lunch is None else (1 << (max(-1, lunch.latest) + 1)) - 1
    home_fed, home = states.get((True, True), 0), states.get((True, False), 0)
    return bool(home_fed & in_time or home & in_time & for_lunch)


def _in_the_gap(
    states: dict[tuple[bool, bool], int], drive: int, lunch: Lunch | None
) -> dict[tuple[bool, bool], int]:
    """Close the sets under waiting, eating and driving, until nothing is added."""
    states = {
        (driven, ate): _waited(states.get((driven, ate), 0))
        for driven in (False, True)
        for ate in (False, True)
    }
    while True:
        before = dict(states)
        for ate in (False, True):
            states[True, ate] |= _waited(states[False, ate] << drive)
        if lunch is not None:
            seats = ((1 << (lunch.latest + 1)) - 1) & ~((1 << lunch.earliest) - 1)
            for driven in (False, True):
                states[driven, True] |= _waited((states[driven, False] & seats) << lunch.minutes)
        if states == before:
            return states


def _waited(minutes: int) -> int:
    return FULL & ~((minutes & -minutes) - 1) if minutes else 0


def _may_begin(stop: Stop, day: int, work: WorkDay) -> int:
    bits = 0
    for opens, closes in stop.windows[day]:
        for minute in range(max(0, opens), closes - stop.minutes + 1):
            bits |= 1 << minute
    return bits


def stands(problem: Problem, day: int) -> list[Stop]:
    """Return what is fixed or pinned on that day, by time."""
    standing = [s for s in problem.stops if s.bond in (Bond.FIXED, Bond.PINNED) and s.windows[day]]
    return sorted(standing, key=lambda stop: stop.windows[day][0].opens)


def hours(problem: Problem, day: int) -> WorkDay | None:
    """Return the hours that hold: as wished, longer for what stands, without lunch; None: shut."""
    work, fixed = problem.days[day], [cut(s, problem, day) for s in stands(problem, day)]
    fixed = [stop for stop in fixed if stop is not None]
    starts, ends = work.starts, work.ends
    for stop in fixed:
        if stop.place != ANYWHERE:
            opens, closes = stop.windows[day][0]
            starts = min(starts, opens - problem.travel[work.from_place][stop.place])
            ends = max(ends, closes + problem.travel[stop.place][work.to_place])
    for lunch in [work.lunch] * (work.lunch is not None) + [None]:
        for wide in (work, replace(work, starts=starts, ends=ends)):
            wide = replace(wide, lunch=lunch)
            if wide.starts >= 0 and can_be_done(problem, day, wide, fixed):
                return wide
    return None


def cut(stop: Stop, problem: Problem, day: int) -> Stop | None:
    """Return an absence within the day's hours; None where it lies outside; a visit as it is."""
    if stop.place != ANYWHERE or stop.bond not in (Bond.FIXED, Bond.PINNED):
        return stop
    work, (opens, closes) = problem.days[day], stop.windows[day][0]
    opens, closes = max(opens, work.starts), min(closes, work.ends)
    if opens >= closes:
        return None
    windows = list(stop.windows)
    windows[day] = (type(stop.windows[day][0])(opens, closes),)
    return replace(stop, minutes=closes - opens, windows=tuple(windows))


def faults(problem: Problem, day: int, plan: DayPlan) -> list[str]:
    """Return what is wrong with a day's plan, in words; nothing: it holds."""
    by_key = {stop.key: stop for stop in problem.stops}
    work, found = hours(problem, day), []
    keys = [one.key for one in plan.stops]
    if len(set(keys)) != len(keys):
        found.append("one stop twice")
    missing = [stop.key for stop in stands(problem, day) if stop.key not in keys]
    if missing:
        found.append("what stands is not there")
    if work is None:
        free = [key for key in keys if by_key[key].bond in (Bond.FREE, Bond.LOOSE)]
        return found + ["something is proposed in a day that is shut"] * bool(free)
    taken, here, drives = [], work.from_place, 0
    done = plan.leaves if plan.leaves is not None else work.starts
    for one in plan.stops:
        stop = by_key[one.key]
        if not any(w.opens <= one.begins and one.ends <= w.closes for w in stop.windows[day]):
            found.append("outside its windows")
        if one.ends - one.begins != stop.minutes:
            found.append("not as long as it is")
        within = cut(stop, problem, day)
        if within is None:
            continue
        begins, ends = one.begins, one.ends
        if within is not stop:
            begins, ends = within.windows[day][0]
        taken.append((begins, ends, stop.place, one.drive))
    if plan.lunch is not None:
        opens, closes = plan.lunch
        wanted = work.lunch
        if wanted is None or closes - opens != wanted.minutes:
            found.append("a lunch nobody asked for")
        elif not wanted.earliest <= opens <= wanted.latest:
            found.append("lunch at another time")
    elif work.lunch is not None and (
        plan.returns or max([e for _, e, _, _ in taken], default=0)
    ) > (work.lunch.latest):
        found.append("no lunch")
    busy = 0
    blocks = [(b, e) for b, e, _, _ in taken] + ([tuple(plan.lunch)] if plan.lunch else [])
    for begins, ends in blocks:
        bits = _minutes(begins, ends)
        if busy & bits:
            found.append("two things at once")
        busy |= bits
    seats = [one for one in taken if one[2] != ANYWHERE]
    for begins, ends, place, drive in seats:
        if drive != problem.travel[here][place]:
            found.append("not the drive it is")
        if not _finds_room(busy, done, begins, problem.travel[here][place]):
            found.append("no time for the way")
        here, done = place, ends
        drives += drive
    back = problem.travel[here][work.to_place]
    if plan.drive_back != back:
        found.append("not the way back it is")
    if seats or back:
        if plan.leaves is None or plan.returns is None:
            found.append("no way from and to home")
        elif not work.starts <= plan.leaves <= plan.returns <= work.ends:
            found.append("out longer than the day")
        elif not _finds_room(busy, done, plan.returns, back):
            found.append("no time for the way back")
    for before, after in pairwise(sorted(blocks)):
        if after[0] < before[1]:
            found.append("two things at once")
    if plan.drive != drives + back:
        found.append("minutes on the road do not add up")
    return found


def _minutes(begins: int, ends: int) -> int:
    return (1 << ends) - (1 << begins)


def _finds_room(busy: int, opens: int, closes: int, minutes: int) -> bool:
    """Whether so many free minutes lie together between two times."""
    return any(
        not busy & _minutes(begin, begin + minutes) for begin in range(opens, closes - minutes + 1)
    )
