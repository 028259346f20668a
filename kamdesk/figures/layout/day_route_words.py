"""Places for words beside a drawn way: none meets other words, a mark or a line. ``y`` goes up."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

Point = tuple[float, float]
RADIUS: Final = 9.5
"""Half the width of a mark."""
SIZE: Final = 12.0
"""How high words are; minutes a little less."""
_APART: Final = 2.0
_MOST_TRIES: Final = 4000


class Box(NamedTuple):
    """A rectangle words or a mark stand in."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "Box") -> bool:
        """True when two boxes overlap, or nearly."""
        return (
            self.left < other.right + _APART
            and other.left < self.right + _APART
            and self.low < other.high + _APART
            and other.low < self.high + _APART
        )


def placed(
    choices: Sequence[Sequence[Box]],
    *,
    within: Box,
    marks: Sequence[Box],
    ways: Sequence[Sequence[Point]],
) -> list[Box] | None:
    """Return for each words one of the boxes they may have; None where there is no room.

    The first boxes are the best; those with the fewest choose first.
    """
    free = [
        [
            box
            for box in boxes
            if _inside(box, within)
            and not any(box.meets(mark) for mark in marks)
            and not any(_crosses(box, way) for way in ways)
        ]
        for boxes in choices
    ]
    order = sorted(range(len(free)), key=lambda at: len(free[at]))
    taken = _chosen([free[at] for at in order])
    if taken is None:
        return None
    found = dict(zip(order, taken, strict=True))
    return [found[at] for at in range(len(free))]


def _chosen(free: Sequence[Sequence[Box]]) -> list[Box] | None:
    """Return one box of each, none meeting another; the first ones are the best. Depth first."""
    taken: list[Box] = []
    tried, tries = [0] * (len(free) + 1), 0
    while len(taken) < len(free):
        at = len(taken)
        for n in range(tried[at], len(free[at])):
            tries += 1
            if not any(free[at][n].meets(box) for box in taken):
                tried[at] = n + 1
                taken.append(free[at][n])
                tried[at + 1] = 0
                break
        else:
            if not taken or tries > _MOST_TRIES:
                return None
            taken.pop()
    return taken


def around(at: Point, wide: float, u: float) -> Iterator[Box]:
    """Return where a name may stand by its stop, the best first."""
    (x, y), half, off = at, SIZE * u / 2, (RADIUS + 4) * u
    far = off + half
    for left, middle in (
        (x + off, y),
        (x + off * 0.6, y + far * 0.9),
        (x - wide / 2, y + far),
        (x - wide / 2, y - far),
        (x + off * 0.6, y - far * 0.9),
        (x - wide * 0.25, y + far),
        (x - wide * 0.75, y + far),
        (x - wide * 0.25, y - far),
        (x - wide * 0.75, y - far),
        (x - off - wide, y),
        (x - off * 0.6 - wide, y + far * 0.9),
        (x - off * 0.6 - wide, y - far * 0.9),
    ):
        yield Box(left, middle - half, left + wide, middle + half)


def along(leg: Sequence[Point], wide: float, u: float) -> Iterator[Box]:
    """Return where minutes may stand beside the parts of a leg, the longest part first."""
    half = (SIZE - 2) * u / 2
    parts = sorted(pairwise(leg), key=lambda part: -_length(*part))
    for (x1, y1), (x2, y2) in parts:
        for share in (0.5, 0.35, 0.65):
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            if abs(x1 - x2) < 0.01:
                offsets = [(6 * u, 0.0), (-6 * u - wide, 0.0)]
            elif abs(y1 - y2) < 0.01:
                offsets = [(-wide / 2, half + 4 * u), (-wide / 2, -half - 4 * u)]
            else:
                rises = (x2 - x1) * (y2 - y1) > 0
                below = 4 * u if rises else -4 * u - wide
                above = -4 * u - wide if rises else 4 * u
                offsets = [(below, -half - 1 * u), (above, half + 1 * u)]
            for dx, dy in offsets:
                yield Box(x + dx, y + dy - half, x + dx + wide, y + dy + half)


def under(back: Sequence[Point], wide: float, u: float) -> Iterator[Box]:
    """Return where the words of the way home may stand: below its level part."""
    half = SIZE * u / 2
    (x1, y1), (x2, y2) = back[-2], back[-1]
    for share in (0.5, 0.3, 0.7):
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        for left in (x - wide / 2, max(0.0, min(x1, x2)), max(x1, x2) - wide):
            for low in (y - 2 * half - 3 * u, y + 4 * u):
                yield Box(left, low, left + wide, low + 2 * half)


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _inside(box: Box, whole: Box) -> bool:
    return (
        box.left >= whole.left
        and box.low >= whole.low
        and box.right <= whole.right
        and box.high <= whole.high
    )


def _crosses(box: Box, way: Sequence[Point]) -> bool:
    """True when a line runs through a box, or nearly."""
    return any(_cuts(box, one, other) for one, other in pairwise(way))


def _cuts(box: Box, one: Point, other: Point) -> bool:
    """Clip a stretch to a box (Liang and Barsky); True when something of it is left."""
    (x1, y1), (x2, y2) = one, other
    first, last = 0.0, 1.0
    for p, q in (
        (x1 - x2, x1 - box.left + _APART),
        (x2 - x1, box.right + _APART - x1),
        (y1 - y2, y1 - box.low + _APART),
        (y2 - y1, box.high + _APART - y1),
    ):
        if abs(p) < 1e-9:
            if q < 0:
                return False
        elif p < 0:
            first = max(first, q / p)
        else:
            last = min(last, q / p)
    return first <= last
