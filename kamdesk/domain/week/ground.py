"""A problem as the search reads it: stops by number, and each day with what stands in it."""

from collections.abc import Iterator
from copy import copy
from typing import Final

from kamdesk.domain.week.arriving import Begins, Field
from kamdesk.domain.week.model import ANYWHERE, Bond, Problem, Stop, WorkDay
from kamdesk.domain.week.road import Road

MUST: Final = 1e6
"""What a stop that may not be dropped is worth to the search, besides its prize."""
_NO_LUNCH: Final = (0, -1, 0)


class Ground:
    """The stops as columns, in the problem's order; ``gain`` = prize, and ``MUST`` for LOOSE ones.

    ``free`` are those the planner may place. A stop that stands outside the day's hours and
    wherever one is (a call in the evening) is in nobody's way: it is in ``aside``, not in a base.
    """

    __slots__ = (
        "aside",
        "fields",
        "free",
        "gain",
        "minutes",
        "movable",
        "numbers",
        "place",
        "problem",
        "roads",
    )

    def __init__(self, problem: Problem) -> None:
        """Raise ``ValueError`` where a stop that stands has not its one window."""
        self.problem = problem
        self.numbers = {stop.key: number for number, stop in enumerate(problem.stops)}
        self.place = [stop.place for stop in problem.stops]
        self.minutes = [stop.minutes for stop in problem.stops]
        self.gain = [
            stop.prize + (MUST if stop.bond is Bond.LOOSE else 0.0) for stop in problem.stops
        ]
        stands = [stop.bond.is_held for stop in problem.stops]
        self.free = [number for number, one in enumerate(stands) if not one]
        self.movable = frozenset(self.free)
        self.aside: list[list[int]] = [[] for _ in problem.days]
        base: list[list[tuple[int, int]]] = [[] for _ in problem.days]
        for number, stop in enumerate(problem.stops):
            if stands[number]:
                self._stand(number, stop, base)
        self.fields = [self._field(day, work, base[day]) for day, work in enumerate(problem.days)]
        self.roads: list[dict[tuple[int, ...], Road]] = [{} for _ in problem.days]

    def road(self, day: int, order: tuple[int, ...]) -> Road:
        """Return the road of this order, reckoned once."""
        known = self.roads[day]
        road = known.get(order)
        if road is None:
            road = known[order] = self._new(day, order)
        return road

    def longer(self, day: int, road: Road, number: int, index: int) -> Road:
        """Return the road with one more stop; what had no room before is not asked again.

        True where a way round is never shorter than the way; elsewhere the search may overlook a
        chance, so what is shown is reckoned on a ground ``afresh``.
        """
        order = (*road.order[:index], number, *road.order[index:])
        known = self.roads[day]
        longer = known.get(order)
        if longer is None:
            longer = known[order] = self._new(day, order)
            longer.known = {one: None for one, room in road.known.items() if room is None}
        return longer

    def _new(self, day: int, order: tuple[int, ...]) -> Road:
        road, gain = Road(self.fields[day], order), self.gain
        road.worth = sum([gain[number] for number in order]) - road.drive
        road.bits = sum([1 << number for number in order])
        return road

    def afresh(self) -> "Ground":
        """Return the same ground with no road known yet."""
        other = copy(self)
        other.roads = [{} for _ in self.fields]
        return other

    def _stand(self, number: int, stop: Stop, base: list[list[tuple[int, int]]]) -> None:
        windows = [(day, window) for day, day_ in enumerate(stop.windows) for window in day_]
        if len(windows) != 1 or windows[0][1].closes - windows[0][1].opens != stop.minutes:
            raise ValueError(f"a {stop.bond} stop needs one window of its length, not {windows}")
        day, (opens, closes) = windows[0]
        if stop.place == ANYWHERE:
            work = self.problem.days[day]
            opens, closes = max(opens, work.starts), min(closes, work.ends)
            if opens >= closes:
                self.aside[day].append(number)
                return
            self.minutes[number] = closes - opens
        base[day].append((opens, number))

    def _field(self, day: int, work: WorkDay, standing: list[tuple[int, int]]) -> Field:
        begins = [_begins(stop, day) for stop in self.problem.stops]
        for opens, number in standing:
            begins[number] = ((opens, opens),)
        field = Field(
            work.starts,
            work.ends,
            _NO_LUNCH,
            work.from_place,
            work.to_place,
            begins,
            self.place,
            self.minutes,
            self.problem.travel,
            tuple(number for _opens, number in sorted(standing)),
        )
        for starts, ends, lunch in self._hours(work, field):
            field = field._replace(starts=starts, ends=ends, lunch=lunch)
            if Road(field, field.base).goes:
                return field
        return field._replace(shut=True)

    def _hours(
        self, work: WorkDay, field: Field
    ) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
        """The day as wished; else as long as what stands needs; else without a lunch break."""
        starts, ends, travel = work.starts, work.ends, field.travel
        for number in field.base:
            place, begin = self.place[number], field.begins[number][0][0]
            if place != ANYWHERE:
                starts = min(starts, begin - travel[work.from_place][place])
                ends = max(ends, begin + self.minutes[number] + travel[place][work.to_place])
        lunch = work.lunch
        if lunch is not None:
            yield work.starts, work.ends, (lunch.earliest, lunch.latest, lunch.minutes)
            yield starts, ends, (lunch.earliest, lunch.latest, lunch.minutes)
        yield work.starts, work.ends, _NO_LUNCH
        yield starts, ends, _NO_LUNCH


def _begins(stop: Stop, day: int) -> Begins:
    """Return when the stop may begin that day: stretches that neither touch nor overlap."""
    windows = stop.windows[day] if day < len(stop.windows) else ()
    apart: list[tuple[int, int]] = []
    for opens, latest in sorted((window.opens, window.closes - stop.minutes) for window in windows):
        if apart and apart[-1][1] + 1 >= opens:
            apart[-1] = apart[-1][0], max(apart[-1][1], latest)
        elif opens <= latest:
            apart.append((opens, latest))
    return tuple(apart)
