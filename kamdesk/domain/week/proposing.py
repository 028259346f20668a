"""Turns a week of roads into a proposal with times, reasons and costs; and a proposal back."""

from kamdesk.domain.week.by_hand import by_hand
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.left_out import LeftOuts
from kamdesk.domain.week.model import Proposal
from kamdesk.domain.week.road import Road
from kamdesk.domain.week.timetable import planned


def as_proposal(ground: Ground, roads: list[Road]) -> Proposal:
    """Return the week as it is shown: times of each day, what is left out, what each stop adds."""
    ground = ground.afresh()
    roads = [ground.road(day, road.order) for day, road in enumerate(roads)]
    stops = ground.problem.stops
    placed = [n for road in roads for n in road.order] + [n for day in ground.aside for n in day]
    prizes = sum(stops[number].prize for number in placed)
    return Proposal(
        days=tuple(planned(ground, day, road) for day, road in enumerate(roads)),
        left_out=LeftOuts(ground, roads).all(),
        value=round(prizes - sum(road.drive for road in roads), 6),
        marginal=marginal(ground, roads),
        by_hand=by_hand(ground, roads),
    )


def marginal(ground: Ground, roads: list[Road]) -> dict[bytes, int]:
    """Return the minutes of driving each placed stop adds to its day."""
    minutes = {}
    for day, road in enumerate(roads):
        for index, number in enumerate(road.order):
            order = (*road.order[:index], *road.order[index + 1 :])
            without = ground.road(day, order).drive
            minutes[ground.problem.stops[number].key] = road.drive - without
    return minutes


def roads_of(ground: Ground, given: Proposal) -> list[Road]:
    """Return the roads of a proposal on this ground, which may have changed since.

    What stands now stands; what was placed keeps its day and turn where it can, else it drops out.
    """
    taken: set[int] = set()
    roads = []
    for day, field in enumerate(ground.fields):
        times = {number: field.begins[number][0][0] for number in field.base}
        for stop in given.days[day].stops if day < len(given.days) else ():
            number = ground.numbers.get(stop.key, -1)
            if number in ground.movable and number not in taken:
                times[number] = stop.begins
        order = tuple(sorted(times, key=times.__getitem__))
        road = ground.road(day, order)
        if not road.goes:
            road = ground.road(day, field.base)
            for number in order:
                room = road.room(number) if number in ground.movable else None
                if room is not None:
                    order, index = road.order, room[1]
                    road = ground.road(day, (*order[:index], number, *order[index:]))
        taken.update(road.order)
        roads.append(road)
    return roads
