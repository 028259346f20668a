"""Looks for a better week: takes some stops out, fills it anew, keeps what is not much worse.

Large neighbourhood search with record-to-record travel: out come a few by chance, a few near each
other, a day or two, or what is in the way of one that was left out. Where that leads nowhere,
days seen before are joined anew; and where that does not either, it begins somewhere else.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.insertion import Filling, Taste
from kamdesk.domain.week.joining import best_first, joined
from kamdesk.domain.week.road import Road

_T = TypeVar("_T")

_PATIENCE: Final = 100
"""After so many tries that led nowhere the days seen are joined, and it goes on from the best."""
_LIFE: Final = 500
"""After so many tries, when joining helps no more either, it begins somewhere else."""
_SLACK: Final = 30.0
"""How many minutes worse a week may be at first and still be gone on from."""
_LEAST_SLACK: Final = 2.0
_MOST_ROADS: Final = 6000
"""So many orders are remembered; some 40 MB."""
_NOISES: Final = (0.0, 0.3, 0.8, 0.0)
_BLINKS: Final = (0.0, 0.05, 0.15)


class Week(NamedTuple):
    """A road for each day, what is in none of them, and what it is worth (with ``MUST``)."""

    roads: tuple[Road, ...]
    left: frozenset[int]
    worth: float


class Search:
    """One search over one ground; ``chance`` returns numbers from 0 up to 1."""

    def __init__(self, ground: Ground, chance: Callable[[], float]) -> None:
        self._ground, self._chance = ground, chance
        self._filling = Filling(ground, chance)
        self._free = ground.movable

    def first(self) -> Week:
        """Return what stands, filled up plainly."""
        roads = [
            self._ground.road(day, field.base) for day, field in enumerate(self._ground.fields)
        ]
        return self.filled(roads)

    def filled(self, roads: list[Road]) -> Week:
        """Return these roads, filled up plainly."""
        left = set(self._free).difference(*(road.order for road in roads))
        self._filling.fill(roads, left)
        return self._week(roads, left)

    def better(
        self, start: Week, *, spent: Callable[[int], float], told: Callable[[Week], object]
    ) -> Week:
        """Return the best week found from ``start`` on; ``told`` hears of each better one.

        ``spent(tries)`` says how much of the search is over; it ends at 1.
        """
        best = top = now = start
        since = age = tries = 0
        while self._free and self._ground.fields and spent(tries) < 1:
            tries, since, age = tries + 1, since + 1, age + 1
            if since > _PATIENCE:
                now, since = self.filled(joined(self._ground, list(top.roads))), 0
                if now.worth <= top.worth + 1e-6 and age > _LIFE:
                    top = now = self._shaken(best)
                    age = 0
            else:
                slack = max(_LEAST_SLACK, _SLACK * (1 - age / _LIFE))
                week = self._varied(now)
                now = week if week.worth > now.worth - slack else now
            if now.worth > top.worth + 1e-6:
                top, since = now, 0
            if top.worth > best.worth + 1e-6:
                best = top
                told(best)
            self._forget(best, top, now)
        return best

    def _shaken(self, week: Week) -> Week:
        """Begin anew: with some days of the best week cleared, or with none of it."""
        chance = self._chance
        keep = 0.0 if chance() < 0.5 else 0.5
        roads = [
            road if chance() < keep else self._ground.road(day, road.field.base)
            for day, road in enumerate(week.roads)
        ]
        left = set(self._free).difference(*[road.order for road in roads])
        self._filling.fill(roads, left, Taste(noise=0.8, blink=0.15))
        return self._week(roads, left)

    def _varied(self, week: Week) -> Week:
        chance = self._chance
        roads, left = list(week.roads), set(week.left)
        placed = [n for road in roads for n in road.order if n in self._free]
        dice = chance()
        if not placed or (dice >= 0.8 and left):
            self._make_way(roads, left)
        elif dice < 0.25:
            self._out(roads, left, {self._one(placed) for _ in range(1 + int(6 * chance()))})
        elif dice < 0.6:
            seat = self._one(placed)
            near = sorted(placed, key=lambda n: self._far(seat, n) * (1 + chance()))
            self._out(roads, left, set(near[: 2 + int(7 * chance())]))
        else:
            for day in {int(len(roads) * chance()) for _ in range(1 + int(1.5 * chance()))}:
                self._out(roads, left, self._free.intersection(roads[day].order))
        taste = Taste(by_gain=chance() < 0.25, noise=self._one(_NOISES), blink=self._one(_BLINKS))
        self._filling.fill(roads, left, taste)
        return self._week(roads, left)

    def _make_way(self, roads: list[Road], left: set[int]) -> None:
        """Take one that was left out, clear a day for it, or its place in one, and put it there."""
        chance, ground = self._chance, self._ground
        wanted = self._one(sorted(left))
        days = [day for day, field in enumerate(ground.fields) if field.begins[wanted]]
        if not days:
            return
        day = self._one(days)
        there = [n for n in roads[day].order if n in self._free]
        near = sorted(there, key=lambda n: self._far(wanted, n) * (1 + chance()))
        gone = near if chance() < 0.4 else near[: 1 + int(3 * chance())]
        self._out(roads, left, set(gone))
        room = roads[day].room(wanted)
        if room is not None:
            order, index = roads[day].order, room[1]
            roads[day] = ground.road(day, (*order[:index], wanted, *order[index:]))
            left.discard(wanted)

    def _out(self, roads: list[Road], left: set[int], gone: set[int] | frozenset[int]) -> None:
        for day, road in enumerate(roads):
            if not gone.isdisjoint(road.order):
                order = tuple([n for n in road.order if n not in gone])
                roads[day] = self._ground.road(day, order)
        left |= gone

    def _far(self, one: int, other: int) -> int:
        """Minutes between two stops; what can be done anywhere is near everything."""
        a, b = self._ground.place[one], self._ground.place[other]
        return 0 if a < 0 or b < 0 else self._ground.problem.travel[a][b]

    def _one(self, of: Sequence[_T]) -> _T:
        return of[int(len(of) * self._chance())]

    def _week(self, roads: list[Road], left: set[int]) -> Week:
        return Week(tuple(roads), frozenset(left), sum([road.worth for road in roads]))

    def _forget(self, *kept: Week) -> None:
        """Keep the days worth most when too many are known."""
        known = self._ground.roads
        if sum(map(len, known)) > _MOST_ROADS:
            for day, roads in enumerate(known):
                best = best_first(self._ground, day)[: _MOST_ROADS // (4 * len(known))]
                best += [week.roads[day] for week in kept]
                roads.clear()
                roads.update({road.order: road for road in best})
