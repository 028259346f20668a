"""Lines of the hierarchy: from under a boss to his reports, right-angled, over no card."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes
from kamdesk.figures.layout.tree import Joint, Place

_HEIGHTS: Final = (0.5, 0.36, 0.64, 0.22, 0.78)
"""Where the level line under a boss may run, in parts of the gap between levels."""


def hung(places: Mapping[str, Place], house: House, sizes: Sizes) -> tuple[list[Joint], list[str]]:
    """Return the lines of the hierarchy, and the cards whose line must find its own way."""
    columns = Counter((boss, round(places[id_].x)) for id_, boss in house.bosses.items())
    buses = _buses(places, house, sizes)
    joints, odd = [], []
    for id_, boss in house.bosses.items():
        if boss is None:
            continue
        shared = columns[boss, round(places[id_].x)] > 1
        points = tuple(_line(places[boss], places[id_], shared, buses[boss], sizes))
        others = (place for card, place in places.items() if card not in (id_, boss))
        if _straight_down(points) and not any(_through(points, other) for other in others):
            joints.append(Joint(id_, points))
        else:
            odd.append(id_)
    return joints, odd


def _buses(places: Mapping[str, Place], house: House, sizes: Sizes) -> dict[str, float]:
    """Return the height of the level line under each boss, clear of those of others."""
    spans: dict[str, list[float]] = {}
    for id_, boss in house.bosses.items():
        if boss is not None:
            card, above = places[id_], places[boss]
            ends = [card.x - 6, card.x + card.width / 2, above.x + above.width / 2]
            spans.setdefault(boss, []).extend(ends)
    buses: dict[str, float] = {}
    taken: list[tuple[float, float, float]] = []
    for boss, ends in spans.items():
        low, high, bottom = min(ends), max(ends), places[boss].y + places[boss].height
        heights = [bottom + part * sizes.below for part in _HEIGHTS]
        buses[boss] = next(
            (
                y
                for y in heights
                if all(abs(y - at) > 3 or high < start or end < low for at, start, end in taken)
            ),
            heights[0],
        )
        taken.append((buses[boss], low, high))
    return buses


def _line(above: Place, place: Place, shared: bool, bus: float, sizes: Sizes) -> Iterator[Point]:
    """Give the line from a boss: to the side, along his left edge, left of a column, or down."""
    x1, x2 = above.x + above.width / 2, place.x + place.width / 2
    bottom, side = above.y + above.height, place.y + place.height / 2
    if abs(above.y - place.y) < 0.1:
        right = place.x > above.x
        yield above.x + above.width * right, side
        yield place.x + place.width * (not right), side
    elif 6 < place.x - above.x < 2 * sizes.indent:
        spine = above.x + 5.0
        yield from ((spine, bottom), (spine, side), (place.x, side))
    elif shared and abs(x1 - x2) > 6:
        spine = place.x - 6.0
        yield from ((x1, bottom), (x1, bus), (spine, bus), (spine, side), (place.x, side))
    elif abs(x1 - x2) > 0.1:
        yield from ((x1, bottom), (x1, bus), (x2, bus), (x2, place.y))
    else:
        yield from ((x1, bottom), (x2, place.y))


def _straight_down(points: Sequence[Point]) -> bool:
    """Return whether the line comes down from the boss and meets its card from above or left.

    A level line to one who stands beside the boss will do as well.
    """
    (x1, y1), (x2, y2) = points[-2:]
    if len(points) == 2 and y1 == y2:
        return True
    steps = pairwise(points)
    return all(a[1] <= b[1] for a, b in steps) and (y1 < y2 or x1 <= x2)


def _through(points: Sequence[Point], card: Place) -> bool:
    return any(
        min(x1, x2) < card.x + card.width
        and max(x1, x2) > card.x
        and min(y1, y2) < card.y + card.height
        and max(y1, y2) > card.y
        for (x1, y1), (x2, y2) in pairwise(points)
    )
