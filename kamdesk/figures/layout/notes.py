"""Where the note of a tie may stand: on its line, over no card and no other note."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kamdesk.figures.layout.lanes import Wire
from kamdesk.figures.layout.plan import Point, Route
from kamdesk.figures.layout.tree import Place

_NOTE: Final = (52.0, 13.0)


def noted(
    wires: Sequence[Wire], cards: Sequence[Place], labels: Sequence[Place]
) -> dict[str, Route]:
    """Return the routes with the middle of each one's note, free of the others where it can be."""
    taken = [*cards, *labels]
    routes = {}
    for wire in wires:
        spots = list(_spots(wire.points))
        free = next((spot for spot in spots if not _covered(spot, taken)), spots[0])
        taken.append(_note(free))
        routes[wire.id] = Route(wire.points, free)
    return routes


def _spots(points: Sequence[Point]) -> Iterator[Point]:
    """Give points of a line, the middle of its longest piece first."""
    pieces = list(pairwise(points))
    pieces.sort(key=lambda ends: -abs(ends[0][0] - ends[1][0]) - abs(ends[0][1] - ends[1][1]))
    for part in (0.5, 0.3, 0.7, 0.15, 0.85):
        for (x1, y1), (x2, y2) in pieces:
            yield x1 + part * (x2 - x1), y1 + part * (y2 - y1)


def _note(middle: Point) -> Place:
    width, height = _NOTE
    return Place(middle[0] - width / 2, middle[1] - height / 2, width, height)


def _covered(middle: Point, taken: Sequence[Place]) -> bool:
    x, y, width, height = _note(middle)
    return any(
        x < other.x + other.width
        and other.x < x + width
        and y < other.y + other.height
        and other.y < y + height
        for other in taken
    )
