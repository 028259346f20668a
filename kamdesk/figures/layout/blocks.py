"""Blocks of cards placed from their own corner, and how they are set side by side and above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kamdesk.figures.layout.plan import Point
from kamdesk.figures.layout.tree import Place

_STRAIGHT: Final = 8.0
"""A boss who would stand so little beside one of his reports stands right above him."""


class Solid(NamedTuple):
    """What others keep off: a column of cards, a box, the line under a boss."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Block:
    """Cards placed from the block's own corner; ``head`` is where its line comes in.

    ``foot`` is how far the block reaches below its lowest card.
    """

    places: dict[str, Point] = field(default_factory=dict)
    solids: list[Solid] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0
    head: Point = (0.0, 0.0)
    foot: float = 0.0

    def take(self, other: "Block", x: float, y: float) -> None:
        """Put another block's cards at a place in this one."""
        for id_, (at_x, at_y) in other.places.items():
            self.places[id_] = (at_x + x, at_y + y)
        if x or y:
            self.solids += [Solid(a + x, b + y, c + x, d + y) for a, b, c, d in other.solids]
        else:
            self.solids += other.solids
        self.width = max(self.width, x + other.width)
        self.height = max(self.height, y + other.height)


def beside(blocks: Sequence[Block], gap: float, clear: float) -> tuple[Block, list[float]]:
    """Return blocks side by side, their heads level, each as far left as the others let it.

    Solids keep ``gap`` apart, ``clear`` above each other. Also returns where the heads are.
    """
    whole, heads = Block(), []
    top = max((block.head[1] for block in blocks), default=0.0)
    for block in blocks:
        y = top - block.head[1]
        x = 0.0
        for left, high, _right, low in block.solids:
            high, low = high + y - clear, low + y + clear
            for _left, other_high, right, other_low in whole.solids:
                if right - left > x - gap and other_high < low and high < other_low:
                    x = right - left + gap
        whole.take(block, x, y)
        heads.append(x + block.head[0])
    whole.head = (heads[0] if heads else 0.0, top)
    return whole, heads


def above(
    head: Block,
    below: Block,
    heads: Sequence[float],
    gap: float,
    free: float,
    *,
    over: float | None = None,
) -> Block:
    """Return a head above others, over the middle of their heads or where it is wanted.

    ``gap`` is wished between cards, ``free`` kept at least between what is around them.
    """
    middle = (heads[0] + heads[-1]) / 2 if over is None else over
    near = min(heads, key=lambda x: abs(x - middle))
    if abs(near - middle) < _STRAIGHT:
        middle = near
    shift = max(0.0, head.head[0] - middle)
    y = head.height + max(free, gap - head.foot - below.head[1])
    whole = Block(head=(middle + shift, head.head[1]), foot=below.foot)
    whole.take(head, middle + shift - head.head[0], 0.0)
    whole.take(below, shift, y)
    ends = [x + shift for x in (*heads, middle)]
    line = head.height + 0.3 * (y + below.head[1] - head.height)
    whole.solids.append(Solid(min(ends), line, max(ends), y + below.head[1]))
    return whole


def bounds(places: Iterable[Place]) -> Place:
    """Return the smallest place around all of these; of nothing, the empty place."""
    some = list(places)
    if not some:
        return Place(0.0, 0.0, 0.0, 0.0)
    left, top = min(place.x for place in some), min(place.y for place in some)
    right = max(place.x + place.width for place in some)
    bottom = max(place.y + place.height for place in some)
    return Place(left, top, right - left, bottom - top)
