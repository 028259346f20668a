"""The times of one day that goes: when to leave, to be there, to eat, to be back.

Times are nice ones: what may begin at several times begins at the next quarter of an hour, else
at the next five minutes, where everything after it stays possible; else at the exact minute. The
order and the minutes driven are never changed by that.
"""

from itertools import pairwise
from typing import Final

from kamdesk.domain.week.arriving import NEVER, Field, earliest, last
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.model import DayPlan, Placed, Window
from kamdesk.domain.week.road import Road

_DRIVE: Final = -1
_LUNCH: Final = -2
_NICE: Final = (15, 5, 1)
_Trail = tuple[tuple[int, int], ...]
"""What is done in turn: a stop's number, ``_DRIVE`` or ``_LUNCH``; and its minutes."""
_Sides = dict[bool, tuple[int, _Trail]]
"""The earliest minute one is ready and what was done till then; by whether lunch was had."""


def planned(ground: Ground, day: int, road: Road) -> DayPlan:
    """Return the day's times along ``road``; of a day that is shut, what stands in it as it is."""
    field = road.field
    if not road.goes:
        return _as_it_stands(ground, day, road)
    trail, begins = _timed(field, _trail(road))
    stops, lunch, leaves, returns, drive = [], None, None, None, 0
    moves = len(road.places) > 2 or road.drive > 0
    for (what, minutes), begin in zip(trail, begins, strict=True):
        if what == _LUNCH:
            lunch = Window(begin, begin + minutes)
        elif what == _DRIVE:
            leaves = begin if leaves is None else leaves
            returns, drive = begin + minutes, minutes
        else:
            stops.append(_placed(ground, day, what, begin, drive))
            drive = 0 if field.place[what] >= 0 else drive
    stops += [_placed(ground, day, number, 0, 0) for number in ground.aside[day]]
    return DayPlan(
        stops=tuple(sorted(stops, key=lambda one: one.begins)),
        lunch=lunch,
        leaves=leaves if moves else None,
        returns=returns if moves else None,
        drive_back=field.travel[road.places[-2]][road.places[-1]],
        from_place=field.from_place,
        to_place=field.to_place,
    )


def _timed(field: Field, trail: _Trail) -> tuple[_Trail, list[int]]:
    """Return the trail with its times; lunch before the drive rather than after, if all the same.

    So one eats at home, or where one is, and is not out longer than needed.
    """
    begins = _begins(field, trail)
    for index in range(len(trail) - 1):
        if trail[index][0] == _DRIVE and trail[index + 1][0] == _LUNCH:
            turned = (*trail[:index], trail[index + 1], trail[index], *trail[index + 2 :])
            other = _begins(field, turned)
            if other and other[index + 2 :] == begins[index + 2 :] and index + 2 < len(trail):
                return turned, other
    return trail, begins


def _placed(ground: Ground, day: int, number: int, begin: int, drive: int) -> Placed:
    """What is done anywhere and stands is shown as long as it is, beyond the day's hours too."""
    stop = ground.problem.stops[number]
    if ground.place[number] < 0:
        drive = 0
        if number not in ground.movable:
            begin = stop.windows[day][0].opens
    return Placed(stop.key, begin, begin + stop.minutes, drive)


def _trail(road: Road) -> _Trail:
    """Return what is done in turn so that one is back earliest."""
    field, travel, places = road.field, road.field.travel, road.places
    here: _Sides = {field.lunch[1] < 0: (field.starts, ())}
    for index, (a, b) in enumerate(pairwise(places)):
        drive = travel[a][b]
        there: _Sides = {}
        for number in (*(road.runs[index] if road.runs else ()), None):
            _sit_down(field, here)
            for fed, (time, trail) in here.items():
                _keep(there, fed, time + drive, (*trail, (_DRIVE, drive)))
            _sit_down(field, there)
            if number is None:
                break
            here, there = _visited(field, here, number), _visited(field, there, number)
        here = _visited(field, there, road.stops[index]) if index < len(road.stops) else there
    fits = {fed: side for fed, side in here.items() if fed or side[0] <= field.lunch[1]}
    return min(fits.values())[1]


def _visited(field: Field, sides: _Sides, number: int) -> _Sides:
    after: _Sides = {}
    for fed, (time, trail) in sides.items():
        begin = earliest(field.begins[number], time)
        if begin < NEVER:
            stay = field.minutes[number]
            after[fed] = begin + stay, (*trail, (number, stay))
    return after


def _sit_down(field: Field, sides: _Sides) -> None:
    opens, closes, minutes = field.lunch
    if False in sides and sides[False][0] <= closes:
        time, trail = sides[False]
        _keep(sides, True, max(time, opens) + minutes, (*trail, (_LUNCH, minutes)))


def _keep(sides: _Sides, fed: bool, time: int, trail: _Trail) -> None:
    if fed not in sides or time < sides[fed][0]:
        sides[fed] = time, trail


def _begins(field: Field, trail: _Trail) -> list[int]:
    """Return a nice begin for each thing done; empty where it cannot be done in this turn.

    A drive begins so that nobody waits at the gate.
    """
    opens, closes, _minutes = field.lunch
    lunched = closes < 0 or (_LUNCH in [what for what, _ in trail])
    bound = field.ends if lunched else min(field.ends, closes)
    latest = []
    for what, minutes in reversed(trail):
        bound -= minutes
        if what == _LUNCH:
            bound = min(bound, closes)
        elif what != _DRIVE:
            bound = last(field.begins[what], bound)
        latest.append(bound)
    time, begins = field.starts, []
    for (what, minutes), bound in zip(trail, reversed(latest), strict=True):
        if what != _DRIVE:
            stretches = ((opens, closes),) if what == _LUNCH else field.begins[what]
            nice = [earliest(stretches, -(-time // step) * step) for step in _NICE]
            time = next((begin for begin in nice if begin <= bound), NEVER)
        if time > bound:
            return []
        begins.append(time)
        time += minutes
    for index in range(len(trail) - 2, -1, -1):
        if trail[index][0] == _DRIVE:
            begins[index] = begins[index + 1] - trail[index][1]
    return begins


def _as_it_stands(ground: Ground, day: int, road: Road) -> DayPlan:
    """What stands in a day that cannot be kept: the times agreed, however tight the ways are."""
    field, here = road.field, road.field.from_place
    stops, leaves, returns = [], None, None
    for number in road.order:
        place, begin = field.place[number], field.begins[number][0][0]
        drive = 0 if place < 0 else field.travel[here][place]
        stops.append(_placed(ground, day, number, begin, drive))
        if place >= 0:
            here = place
            leaves = begin - drive if leaves is None else leaves
            returns = begin + field.minutes[number] + field.travel[place][field.to_place]
    stops += [_placed(ground, day, number, 0, 0) for number in ground.aside[day]]
    return DayPlan(
        stops=tuple(sorted(stops, key=lambda one: one.begins)),
        leaves=leaves,
        returns=returns,
        drive_back=field.travel[here][field.to_place],
        from_place=field.from_place,
        to_place=field.to_place,
    )
