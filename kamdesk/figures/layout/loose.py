"""Who hangs in no tree – bodies, parties outside, people without a boss – near whom they know."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from kamdesk.figures.layout.blocks import Block, Solid
from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes

_GROWS: Final = 3.0
"""What a unit by which the map grows costs; a unit of the length of a tie costs 1."""
_LEVEL: Final = 2.0
"""What a unit further up or down costs: who is tied stands at the same height if he can."""
_REMOTE: Final = 0.2
"""What a unit further down, or to the left, costs who is not tied to anybody."""
_MOST: Final = 12
"""So many are placed one by one; more stand in columns at the right."""


def is_loose(house: House, key: str) -> bool:
    """Return whether a key of the top row hangs in no tree: alone, or of a party outside."""
    return key in house.outside or house.leaf(key)


class Beside:
    """Finds room for loose blocks around the trees: right of them, or in holes between them.

    ``tied`` lists who is tied to each card; ``cost`` says what a map of a width and a height
    costs.
    """

    def __init__(
        self,
        house: House,
        sizes: Sizes,
        tied: Mapping[str, Collection[str]],
        cost: Callable[[float, float], float],
    ) -> None:
        self._house = house
        self._sizes = sizes
        self._tied = tied
        self._cost = cost

    def add(self, whole: Block, loose: Mapping[str, Block], *, roughly: bool = False) -> None:
        """Put loose blocks into a block of trees: the tied ones near theirs, then the others.

        ``roughly``: all of them as if they were not tied.
        """
        ends = {key: self._ends(key, whole) for key in loose}
        near = [key for key in loose if ends[key]] if len(loose) <= _MOST else []
        if roughly:
            near = []
        for key in sorted(near, key=lambda key: (key not in self._house.bosses, -len(ends[key]))):
            block = loose[key]
            whole.take(block, *self._spot(whole, block, ends[key]))
        others = [block for key, block in loose.items() if key not in near]
        for block in self.columns(others, whole.height, beside=True):
            right = whole.width + self._sizes.beside, 0.0
            whole.take(block, *(right if roughly else self._spot(whole, block, ())))

    def columns(self, loose: Sequence[Block], high: float, *, beside: bool) -> list[Block]:
        """Return loose blocks one under the other, as high as the trees, in few columns."""
        gap = self._sizes.beside
        if not beside:
            area = sum((block.width + gap) * (block.height + gap) for block in loose)
            high = math.sqrt(area / 1.8)
        columns: list[Block] = []
        for block in loose:
            last = columns[-1] if columns else None
            if last is None or last.height + gap + block.height > max(high, block.height):
                last = Block()
                columns.append(last)
            last.take(block, 0.0, last.height + gap if last.places else 0.0)
        return columns

    def _ends(self, key: str, whole: Block) -> list[str]:
        """Return the cards already placed that people of a key are tied to."""
        people = self._house.under(key)
        return [end for id_ in people for end in self._tied.get(id_, ()) if end in whole.places]

    def _spot(self, whole: Block, block: Block, ends: Sequence[str]) -> Point:
        """Return the free spot that makes ties short and the map little larger."""
        width, height = self._sizes.card
        aims = [whole.places[end] for end in ends]
        now = self._cost(whole.width, whole.height)

        def cost(spot: Point) -> float:
            x, y = spot
            middle_x, middle_y = x + (block.width - width) / 2, y + (block.height - height) / 2
            far = sum(abs(middle_x - a) + _LEVEL * abs(middle_y - b) for a, b in aims)
            across = max(whole.width, x + block.width)
            down = max(whole.height, y + block.height)
            if not aims:
                far = _REMOTE * (y - x)
            return far + _GROWS * (self._cost(across, down) - now)

        return min(self._spots(whole, block, aims), key=lambda spot: (round(cost(spot)), spot))

    def _spots(self, whole: Block, block: Block, aims: Sequence[Point]) -> Iterator[Point]:
        """Give free spots: at the right end, in holes above what stands lower, below columns."""
        gap = self._sizes.beside
        ends = {whole.width + gap, *(one.right + gap for one in whole.solids)}
        lefts = {max(0.0, one.left) for one in whole.solids if one.bottom - one.top > 1}
        heights = {0.0, *(max(0.0, y - block.head[1]) for _x, y in aims)}
        heights |= {one.top for one in whole.solids}
        for x in sorted(ends | lefts | {max(0.0, x - block.width - gap) for x in lefts}):
            over = [
                one
                for one in whole.solids
                if one.left < x + block.width + gap / 2 and x - gap / 2 < one.right
            ]
            below = (
                max((one.bottom for one in over), default=-self._sizes.stack) + self._sizes.stack
            )
            yield x, below
            for y in sorted(heights):
                if all(_apart(one, y, y + block.height, self._sizes.stack) for one in over):
                    yield x, y


def _apart(solid: Solid, top: float, bottom: float, gap: float) -> bool:
    return solid.bottom + gap <= top or bottom + gap <= solid.top
