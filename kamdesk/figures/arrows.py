"""Curved arrows between cards: of several ways to go, the one that runs over the fewest cards."""

from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from kamdesk.figures.layout.tree import Place

Point: TypeAlias = tuple[float, float]
_SAMPLES: Final = (0.06, 0.18, 0.32, 0.46, 0.6, 0.74, 0.88)
_OUT: Final = {"up": (0.0, -1.0), "down": (0.0, 1.0), "left": (-1.0, 0.0), "right": (1.0, 0.0)}
_UPRIGHT: Final = ("up", "down")
_PORTS: Final = (0.5, 0.26, 0.74, 0.38, 0.62, 0.14, 0.86)


class Flight(NamedTuple):
    """One arrow: a cubic curve (y downwards), and the unit vector along which it lands."""

    curve: tuple[Point, Point, Point, Point]
    landing: Point


class Arrows:
    """Finds ways for arrows one after the other; each port of a card is used once."""

    def __init__(self, places: Mapping[str, Place], width: float, height: float) -> None:
        self._places = places
        self._width, self._height = width, height
        self._used: Counter[tuple[str, str]] = Counter()

    def between(self, source: str, target: str) -> Flight:
        """Return the best curve from one card to another."""
        a, b = self._places[source], self._places[target]
        best: tuple[float, str, str, Flight] | None = None
        for cost, leaves, lands in sorted(_ways(a, b)):
            if best and cost >= best[0]:
                break
            flight = self._flight(a, b, source, target, leaves, lands)
            cost += self._cost(flight, source, target)
            if best is None or cost < best[0]:
                best = (cost, leaves, lands, flight)
        assert best is not None  # noqa: S101  (there are always ways to the sides)
        _, leaves, lands, flight = best
        self._used[source, leaves] += 1
        self._used[target, lands] += 1
        return flight

    def _flight(
        self, a: Place, b: Place, source: str, target: str, leaves: str, lands: str
    ) -> Flight:
        start = self._port(a, b, source, leaves)
        end = self._port(b, a, target, lands)
        dx, dy = abs(start[0] - end[0]), abs(start[1] - end[1])
        if leaves == lands:
            first = last = 10.0 + 0.1 * (dx + dy)
        else:
            first = max(11.0, 0.62 * dy if leaves in _UPRIGHT else min(70.0, 0.5 * dx))
            last = max(11.0, 0.5 * dy if lands in _UPRIGHT else min(70.0, 0.55 * dx))
        out, into = _OUT[leaves], _OUT[lands]
        return Flight(
            (
                start,
                (start[0] + out[0] * first, start[1] + out[1] * first),
                (end[0] + into[0] * last, end[1] + into[1] * last),
                end,
            ),
            (-into[0], -into[1]),
        )

    def _port(self, card: Place, other: Place, id_: str, side: str) -> Point:
        part = _PORTS[self._used[id_, side] % len(_PORTS)]
        if side in _UPRIGHT:
            lean = 0.16 if other.x > card.x + 1 else -0.16 if other.x < card.x - 1 else 0.2
            part = min(0.9, max(0.1, part + lean))
            return card.x + card.width * part, card.y + (card.height if side == "down" else 0.0)
        return card.x + (card.width if side == "right" else 0.0), card.y + card.height * part

    def _cost(self, flight: Flight, source: str, target: str) -> float:
        """Weigh length, leaving the room, and above all running over cards."""
        start, handle1, handle2, end = flight.curve
        corners = flight.curve
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        near = [
            (id_, place)
            for id_, place in self._places.items()
            if place.x < right
            and place.x + place.width > left
            and place.y < bottom
            and place.y + place.height > top
        ]
        cost = 0.08 * (abs(start[0] - end[0]) + abs(start[1] - end[1]))
        for t in _SAMPLES:
            u = 1 - t
            k0, k1, k2, k3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            x = k0 * start[0] + k1 * handle1[0] + k2 * handle2[0] + k3 * end[0]
            y = k0 * start[1] + k1 * handle1[1] + k2 * handle2[1] + k3 * end[1]
            if not 0 <= x <= self._width or not -2 <= y <= self._height:
                cost += 40
            for id_, place in near:
                if (
                    place.x - 1 < x < place.x + place.width + 1
                    and place.y - 1 < y < place.y + place.height + 1
                ):
                    cost += 12 if id_ in (source, target) else 60
        return cost


def _ways(a: Place, b: Place) -> list[tuple[float, str, str]]:
    """Return the sides by which an arrow may leave and land, each with what it costs in looks."""
    above = a.y > b.y + b.height
    below = a.y + a.height < b.y
    beside = "right" if b.x > a.x else "left"
    back = "left" if beside == "right" else "right"
    apart = abs(a.x - b.x)
    far = 0.25 * max(0.0, apart - a.width)
    ways = [(14.0 + far, "right", "right"), (18.0 + far, "left", "left")]
    if above:
        ways += [(far, "up", "down"), (9 + far, "right", "down"), (12 + far, "left", "down")]
    elif below:
        ways.append((4.0 + far, "down", "up"))
    else:
        ways += [(10.0, "up", "up"), (14.0, "down", "down")]
    if apart > a.width:
        ways.append((6.0, beside, back))
        if above:
            ways.append((2.0, "up", back))
        elif below:
            ways += [(8.0, "down", back), (10.0 + far, beside, "up")]
    return ways
