"""The same visits planned by the rule of thumb: always on to the nearest that still fits."""

from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.road import Road


def by_hand(ground: Ground, roads: list[Road]) -> int | None:
    """Return the minutes driven by hand for what ``roads`` visit; None where nothing may move.

    Day after day, from the last place on to the nearest that the day still takes. What the week
    does not take by then goes into a further week of the same hours, and its minutes count too.
    """
    open_days = [day for day, road in enumerate(roads) if not road.field.shut]
    left = {n for day in open_days for n in roads[day].order if n in ground.movable}
    if not left:
        return None
    minutes = sum(road.drive for road in roads if road.field.shut)
    bases = {day: roads[day].field.base for day in open_days}
    before = len(left) + 1
    while left and len(left) < before:
        before = len(left)
        for day, base in bases.items():
            road = ground.road(day, base)
            while (onward := _onward(ground, day, road, left)) is not None:
                road = onward
                left.difference_update(road.order)
            minutes += road.drive
        bases = dict.fromkeys(bases, ())
    return None if left else minutes


def _onward(ground: Ground, day: int, road: Road, left: set[int]) -> Road | None:
    """Return the road with the stop that is nearest to the one before it; None: none fits."""
    order, places = road.order, [road.field.from_place]
    for number in order:
        place = ground.place[number]
        places.append(places[-1] if place < 0 else place)
    travel, ways = ground.problem.travel, []
    for number in left:
        place = ground.place[number]
        for index, here in enumerate(places):
            ways.append((0 if place < 0 else travel[here][place], -index, number))
    for _minutes, index, number in sorted(ways):
        longer = ground.road(day, (*order[:-index], number, *order[-index:]))
        if longer.goes:
            return longer
    return None
