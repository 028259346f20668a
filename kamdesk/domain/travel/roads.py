"""How long it takes from one spot to another: by rule, by what was learnt, and by both."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import cos, radians, sin, sqrt
from statistics import median
from typing import Final

from kamdesk.core.spot import Spot, kilometres
from kamdesk.core.wording import Text
from kamdesk.domain.travel.model import Habits, LearntLeg, cell_of

_LIMITS: Final = (12.0, 40.0, 120.0)
"""Kilometres of road up to which a speed holds; the last one holds beyond."""
_FIVE: Final = 5
_ENOUGH: Final = 5
"""So many corrections that agree say something of all ways."""
_AGREEING: Final = 0.8
"""Share of the corrections that must lie on one side for the rule to follow them."""
_BOUNDS: Final = (0.6, 1.8)
"""The rule follows no further than that."""
_EARTH_KM: Final = 6371.0088


class Travel:
    """Minutes by road, door to door: driving by rule, and parking and the gate at the end.

    The way by rule is the crow's times the road factor, at the speed of its length; a longer way
    never takes less. A way that was corrected takes what was said. Five corrections or more of
    which four in five say the same (slower, or faster) stretch all other ways by their median.
    """

    def __init__(self, habits: Habits | None = None, learnt: Iterable[LearntLeg] = ()) -> None:
        own = habits or Habits()
        legs = list(learnt)
        self._road, self._gate = own.road_percent / 100, own.gate_minutes
        speeds = (own.speed_town, own.speed_near, own.speed_far, own.speed_long)
        self._bands = _bands(speeds)
        self._learnt = {(leg.one, leg.other): leg.minutes for leg in legs}
        self.stretch, self._agreed = 1.0, 0
        self.stretch, self._agreed = self._general(legs)

    def minutes(self, one: Spot, other: Spot) -> int:
        """Return the minutes from one stop to another, the gate included."""
        if self._learnt and (said := self._said(cell_of(one), cell_of(other))) is not None:
            return said
        return self._by_rule(kilometres(one, other))

    def matrix(self, spots: Sequence[Spot]) -> tuple[tuple[int, ...], ...]:
        """Return the minutes between all spots: 0 on the diagonal, the same both ways."""
        cells = [cell_of(spot) for spot in spots] if self._learnt else []
        vectors = [_vector(spot) for spot in spots]
        rows = [[0] * len(spots) for _ in spots]
        for at, (ax, ay, az) in enumerate(vectors):
            row = rows[at]
            for to in range(at):
                bx, by, bz = vectors[to]
                chord = (ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2
                took = self._by_rule(_EARTH_KM * sqrt(chord) * (1 + chord / 24))
                if cells and (said := self._said(cells[at], cells[to])) is not None:
                    took = said
                row[to] = rows[to][at] = took
        return tuple(map(tuple, rows))

    @property
    def learnt_said(self) -> Text | None:
        """What the corrections taught about all ways, in words; None when nothing."""
        if not self._agreed:
            return None
        percent = round(abs(self.stretch - 1) * 100)
        if self.stretch > 1:
            return Text(
                "{n} corrected way agrees: driving takes {percent} % longer than by the rule.",
                "{n} corrected ways agree: driving takes {percent} % longer than by the rule.",
                n=self._agreed,
                percent=percent,
            )
        return Text(
            "{n} corrected way agrees: driving takes {percent} % less than by the rule.",
            "{n} corrected ways agree: driving takes {percent} % less than by the rule.",
            n=self._agreed,
            percent=percent,
        )

    def _said(self, one: str, other: str) -> int | None:
        return self._learnt.get((one, other) if one <= other else (other, one))

    def _by_rule(self, crow: float) -> int:
        """Return whole fives, rounded up: a rule knows no better, and times become nice."""
        return -(-round(self._driving(crow) * self.stretch + self._gate) // _FIVE) * _FIVE

    def _driving(self, crow: float) -> float:
        road = crow * self._road
        per_km, least = self._bands[bisect_right(_LIMITS, road)]
        return max(least, road * per_km)

    def _general(self, legs: Sequence[LearntLeg]) -> tuple[float, int]:
        """Return by how much corrections stretch all ways, and how many of them agree."""
        ratios = [
            (leg.minutes - self._gate) / by_rule
            for leg in legs
            if leg.minutes > self._gate and (by_rule := self._driving(leg.kilometres))
        ]
        longer = sum(ratio > 1 for ratio in ratios)
        shorter = sum(ratio < 1 for ratio in ratios)
        agreed = max(longer, shorter)
        if agreed < _ENOUGH or agreed < _AGREEING * len(ratios):
            return 1.0, 0
        least, most = _BOUNDS
        return min(most, max(least, median(ratios))), agreed


def _bands(speeds: Sequence[int]) -> tuple[tuple[float, float], ...]:
    """Return for each band of road its minutes per km, and its least minutes."""
    found: list[tuple[float, float]] = []
    least = 0.0
    for limit, speed in zip((*_LIMITS, float("inf")), speeds, strict=True):
        found.append((60 / speed, least))
        least = max(least, limit * 60 / speed)
    return tuple(found)


def _vector(spot: Spot) -> tuple[float, float, float]:
    lat, lon = radians(spot.lat), radians(spot.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
