"""What is left out of a week, why, and what the cheapest way of taking it in would cost."""

from collections.abc import Iterator
from typing import Final

from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.insertion import Filling
from kamdesk.domain.week.model import Bond, LeftOut, Obstacle
from kamdesk.domain.week.road import Road

_LATEST: Final = 240
"""Nobody is asked to come home more than so many minutes after the day's end."""
_Swap = tuple[float, int, int, tuple[int, ...]]
"""What is lost, the minutes of driving added, the day, and what would have to go."""


class LeftOuts:
    """Judges what a week of ``roads`` leaves out."""

    def __init__(self, ground: Ground, roads: list[Road]) -> None:
        self._ground, self._roads = ground, roads
        self._late = [
            Road(road.field._replace(ends=road.field.ends + _LATEST), road.order) for road in roads
        ]
        self._thinned = [list(self._thin(day, road)) for day, road in enumerate(roads)]
        self._filling = Filling(ground, lambda: 0.0)

    def all(self) -> tuple[LeftOut, ...]:
        """Return what is left out: what was planned already first, then what is worth most."""
        placed = {number for road in self._roads for number in road.order}
        left = [number for number in self._ground.free if number not in placed]
        left.sort(key=lambda number: -self._ground.gain[number])
        return tuple([self.of(number) for number in left])

    def of(self, number: int) -> LeftOut:
        """Return why this stop is left out. Where two ways would take it in, the cheaper one."""
        key, prize = self._ground.problem.stops[number].key, self._prize(number)
        fits = [
            (room[0], day) for day, road in enumerate(self._roads) if (room := road.room(number))
        ]
        if fits:
            extra, day = min(fits)
            loses = max(0.0, extra - prize)
            return LeftOut(key=key, obstacle=Obstacle.NOT_WORTH, costs=extra, day=day, loses=loses)
        over = min(self._overtime(number), default=None)
        swap = min(self._swaps(number), default=None) or min(self._cleared(number), default=None)
        if over is not None and (swap is None or over[0] - prize <= swap[0]):
            loses = max(0.0, over[0] - prize)
            return LeftOut(
                key=key, obstacle=Obstacle.NO_ROOM, costs=over[0], day=over[1], loses=loses
            )
        if swap is None:
            return LeftOut(key=key, obstacle=Obstacle.NO_WINDOW)
        loses, extra, day, gone = swap
        return LeftOut(
            key=key,
            obstacle=Obstacle.DISPLACED,
            costs=max(0, extra),
            day=day,
            instead_of=tuple([self._ground.problem.stops[one].key for one in gone]),
            loses=max(0.0, loses),
        )

    def _overtime(self, number: int) -> Iterator[tuple[int, int]]:
        """The minutes of driving and of overrunning the day, by day, nothing taken out."""
        for day, late in enumerate(self._late):
            room = late.room(number)
            if room is not None:
                extra, index = room
                order = (*late.order[:index], number, *late.order[index:])
                home = Road(late.field, order).home
                yield extra + max(0, home - self._roads[day].field.ends), day

    def _swaps(self, number: int) -> Iterator[_Swap]:
        """In place of one stop, or of two that follow each other."""
        prize = self._prize(number)
        for day, thinned in enumerate(self._thinned):
            drive = self._roads[day].drive
            for worth, gone, road in thinned:
                room = road.room(number)
                if room is not None:
                    extra = road.drive + room[0] - drive
                    yield worth - prize + extra, extra, day, gone

    def _cleared(self, number: int) -> Iterator[_Swap]:
        """On a day cleared of all that may move; what was there fills the week up again."""
        ground = self._ground
        for day, road in enumerate(self._roads):
            base = ground.road(day, road.field.base)
            room = base.room(number)
            if room is None:
                continue
            roads, index = list(self._roads), room[1]
            roads[day] = ground.road(day, (*base.order[:index], number, *base.order[index:]))
            left = set(road.order).difference(base.order)
            self._filling.fill(roads, left)
            if all(self._may_go(one) for one in left):
                extra = sum(one.drive for one in roads) - sum(one.drive for one in self._roads)
                loses = sum(self._prize(one) for one in left) - self._prize(number) + extra
                yield loses, extra, day, tuple(sorted(left))

    def _thin(self, day: int, road: Road) -> Iterator[tuple[float, tuple[int, ...], Road]]:
        order = road.order
        for count in (1, 2):
            for index in range(len(order) - count + 1):
                gone = order[index : index + count]
                if all(self._may_go(one) for one in gone):
                    thin = self._ground.road(day, (*order[:index], *order[index + count :]))
                    yield sum(self._prize(one) for one in gone), gone, thin

    def _may_go(self, number: int) -> bool:
        return self._ground.problem.stops[number].bond is Bond.FREE

    def _prize(self, number: int) -> float:
        return self._ground.problem.stops[number].prize
