"""Where the parts of a day's way stand: an arc from left to right, or a stair with room for names.

Lines run at 0, 45 and 90 degrees and say in which order one drives, not how far. ``y`` grows
upwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from kamdesk.figures.layout.day_route_words import (
    RADIUS,
    SIZE,
    Box,
    Point,
    along,
    around,
    placed,
    under,
)

_MOST_IN_ARC: Final = 5
_EDGE: Final = 13.0
_LEVEL: Final = 38.0
_FARTHEST: Final = 84.0
_STEP: Final = 30.0
_WIDEST_STEP: Final = 42.0
_LANES: Final = 3
_ASIDE: Final = 14.0
_NAME_LEFT: Final = 78.0


class Wanted(NamedTuple):
    """A stop to be placed: how wide its name is, and the minutes to it; where it lies."""

    name: float
    minutes: float
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """Where all stands. ``legs`` lead to the stops, in order; ``names`` and ``minutes`` are boxes.

    ``home`` and ``back`` (the way home) are None where nobody knows where home is; then the first
    leg is empty. ``bed`` is where one sleeps away from home.
    """

    width: float
    height: float
    stops: tuple[Point, ...]
    legs: tuple[tuple[Point, ...], ...]
    names: tuple[Box, ...]
    minutes: tuple[Box | None, ...]
    home: Point | None = None
    bed: Point | None = None
    back: tuple[Point, ...] = ()
    back_minutes: Box | None = None


def beside_names(minutes: float, unit: float = 1.0) -> float:
    """Return what a stair takes beside the longest name; ``minutes``: its widest words on a leg."""
    return _NAME_LEFT * unit + max(minutes + 10 * unit - _WIDEST_STEP * unit, 0.0)


def planned(
    stops: Sequence[Wanted],
    *,
    width: float,
    home: bool,
    away: bool,
    back: float,
    height: float = 0.0,
    unit: float = 1.0,
) -> RoutePlan:
    """Return where the parts stand in a room so wide; its height is as it comes.

    A stair has wider steps where ``height`` leaves room for them.
    ``back`` is how wide the words of the way home are, 0 for none; ``away``: one does not come
    home. ``unit`` scales marks and letters.
    """
    room = _Room(stops, width, height, home, away, back, unit)
    if len(stops) <= _MOST_IN_ARC:
        for levels in _levels(stops):
            for share in (1.0, 0.5, 0.0):
                if (plan := room.arc(levels, share)) is not None:
                    return plan
    return room.stair()


def _levels(stops: Sequence[Wanted]) -> Iterator[list[int]]:
    """Return by how many steps stops stand above each other: by latitude, else in turns."""
    yield _ranked([stop.lat for stop in stops], 2)
    yield [2 if n % 2 == 0 else 0 for n in range(len(stops))]
    yield [0 if n % 2 == 0 else 2 for n in range(len(stops))]


def _ranked(values: Sequence[float | None], most: int) -> list[int]:
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    found: list[int] = []
    for value in values:
        before = found[-1] if found else most // 2
        flat = value is None or high - low < 1e-6
        found.append(before if flat else round(most * ((value or 0.0) - low) / (high - low)))
    return found


class _Room(NamedTuple):
    stops: Sequence[Wanted]
    width: float
    height: float
    home: bool
    away: bool
    back: float
    unit: float

    def arc(self, levels: Sequence[int], share: float) -> RoutePlan | None:
        """Return stops from left to right, names wherever there is room; None without room.

        ``share`` of the last name may stand right of its stop.
        """
        u, count = self.unit, len(self.stops)
        edge, base = _EDGE * u, (SIZE + 8 + _EDGE) * u
        right = 0.0 if self.away else share * (self.stops[-1].name + 4 * u)
        columns = count + (1 if self.home else 0) + (1 if self.away else 0) - 1
        across = min((self.width - 2 * edge - right) / max(columns, 1), _FARTHEST * u)
        if across < 3 * RADIUS * u:
            return None
        first = edge + (across if self.home else 0.0)
        pitch, lift = min(_LEVEL * u, across), base + _LEVEL * u
        places = [(first + n * across, lift + level * pitch) for n, level in enumerate(levels)]
        start = (edge, base) if self.home else None
        bed = (places[-1][0] + across, base) if self.away else None
        legs = [_leg(start, places[0]) if start else ()]
        legs += [_leg(one, other) for one, other in pairwise(places)]
        ways = list(legs)
        back: tuple[Point, ...] = ()
        if bed:
            back = _leg(bed, places[-1])[::-1]
        elif start and self.back:
            bend = min(12 * u, (places[-1][1] - base) / 2)
            x = places[-1][0]
            back = (places[-1], (x, base + bend), (x - bend, base), start)
        if back:
            ways.append(back)
        top = max(y for _, y in places) + (RADIUS + SIZE + 12) * u
        choices = [
            list(around(at, stop.name, u)) for at, stop in zip(places, self.stops, strict=True)
        ]
        led = [n for n, leg in enumerate(legs) if leg]
        choices += [list(along(legs[n], self.stops[n].minutes, u)) for n in led]
        if self.back and back:
            choices.append(list(under(back, self.back, u)))
        reach = RADIUS + 2
        marks = [_around(at, reach * u) for at in places]
        marks += [_around(at, _EDGE * u) for at in (start, bed) if at]
        found = placed(choices, within=Box(0.0, 0.0, self.width, top), marks=marks, ways=ways)
        if found is None:
            return None
        minutes = dict(zip(led, found[count:], strict=False))
        return RoutePlan(
            width=self.width,
            height=top,
            stops=tuple(places),
            legs=tuple(legs),
            names=tuple(found[:count]),
            minutes=tuple(minutes.get(n) for n in range(count)),
            home=start,
            bed=bed,
            back=back,
            back_minutes=found[-1] if self.back and back else None,
        )

    def stair(self) -> RoutePlan:
        """Return stops from top to bottom, each name beside its stop: there is always room."""
        u, count = self.unit, len(self.stops)
        edge = _EDGE * u
        widest = max((stop.minutes for stop in self.stops), default=0.0)
        foot = edge + (SIZE + 6) * u
        rows = count - 1 + (1 if self.home else 0) + (1 if self.away else 0)
        step = min(max(_STEP * u, (self.height - foot - edge) / max(rows, 1)), _WIDEST_STEP * u)
        height = foot + rows * step + edge
        top = height - edge
        left = edge + max(step, widest + 10 * u) if self.home else edge + widest + 8 * u
        down = 1 if self.home else 0
        right = self.width - left - _ASIDE * u - max(stop.name for stop in self.stops)
        most = max(0, min(_LANES - 1, int(right / step)))
        lanes = _smooth(_ranked([stop.lon for stop in self.stops], most))
        places = [(left + lane * step, top - (n + down) * step) for n, lane in enumerate(lanes)]
        start = (edge, top) if self.home else None
        bed = (edge, places[-1][1] - step) if self.away and places else None
        legs: list[tuple[Point, ...]] = [_flat_first(start, places[0]) if start else ()]
        legs += [(one, other) for one, other in pairwise(places)]
        back: tuple[Point, ...] = ()
        if bed:
            back = (places[-1], (places[-1][0] - step, bed[1]), bed)
        elif start and self.back:
            back = (places[-1], (edge, places[-1][1]), start)
        half = SIZE * u / 2
        names = tuple(
            Box(x + _ASIDE * u, y - half, x + _ASIDE * u + stop.name, y + half)
            for (x, y), stop in zip(places, self.stops, strict=True)
        )
        minutes = tuple(
            _beside(leg, stop.minutes, u, first=not n) if leg else None
            for n, (leg, stop) in enumerate(zip(legs, self.stops, strict=True))
        )
        low = (bed or places[-1])[1] - RADIUS * u - 4 * u - 2 * half
        home_said = Box(edge, low, edge + self.back, low + 2 * half) if self.back else None
        return RoutePlan(
            width=self.width,
            height=height,
            stops=tuple(places),
            legs=tuple(legs),
            names=names,
            minutes=minutes,
            home=start,
            bed=bed,
            back=back,
            back_minutes=home_said,
        )


def _smooth(lanes: Sequence[int]) -> list[int]:
    """Return lanes of which no two that follow each other are more than one apart."""
    found: list[int] = []
    for lane in lanes:
        found.append(lane if not found else max(found[-1] - 1, min(found[-1] + 1, lane)))
    return found


def _leg(one: Point, other: Point) -> tuple[Point, ...]:
    """Return the way from one point to another: upright or slanting first, then level."""
    (x1, y1), (x2, y2) = one, other
    dx, dy = x2 - x1, y2 - y1
    slant = min(abs(dx), abs(dy))
    if slant < 0.01 or abs(abs(dx) - abs(dy)) < 0.01:
        return (one, other)
    up, right = (1 if dy > 0 else -1), (1 if dx > 0 else -1)
    if abs(dy) > abs(dx):
        return (one, (x1, y2 - up * slant), other)
    return (one, (x1 + right * slant, y2), other)


def _flat_first(one: Point, other: Point) -> tuple[Point, ...]:
    down = abs(other[1] - one[1])
    if other[0] - one[0] - down < 0.01:
        return (one, other)
    return (one, (other[0] - down, one[1]), other)


def _beside(leg: Sequence[Point], wide: float, u: float, *, first: bool) -> Box:
    """Return the place of minutes beside the last part of a leg, where no mark is near.

    Those of the first leg stand right of it: left of it the way home runs.
    """
    (x1, y1), (x2, y2) = leg[-2], leg[-1]
    x, y, half = (x1 + x2) / 2, (y1 + y2) / 2, (SIZE - 2) * u / 2
    if first or x2 < x1 - 0.01:
        x, y = x + 7 * u, y + (2.5 if first else 0.0) * u
    else:
        x, y = x - 6 * u - wide, y - (2.5 if x2 > x1 + 0.01 else 0.0) * u
    return Box(x, y - half, x + wide, y + half)


def _around(at: Point, reach: float) -> Box:
    return Box(at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach)
