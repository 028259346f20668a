"""The shape of an organisation: of a few packings the one seen largest in the room wished for."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from kamdesk.figures.layout import siblings
from kamdesk.figures.layout.blocks import Block
from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.loose import Beside, is_loose
from kamdesk.figures.layout.packing import Packing
from kamdesk.figures.layout.plan import Plan, Point, Sizes

WISHED: Final = 1.6
"""Width by height of a place on the screen; of an A4 sheet on its side about 1.5."""
_TALLS: Final = (3, 4, 6, 8, 11)
"""Heights of a tree that are tried, in cards."""
_TIES: Final = 0.04
"""What a unit of the length of ties costs, beside one of the map's width."""
_SCREEN: Final = 900.0
"""What a map that costs no more than this is seen in at once, where no width is wished."""
_BETTER: Final = 0.93
"""Branches share a column only where that makes the map so much smaller."""
_WIDER: Final = 2.0
"""What a unit beyond the width wished for costs."""


class Wish(NamedTuple):
    """A map's shape: at most so wide, and about ``aspect`` times as wide as high."""

    width: float | None = None
    aspect: float = WISHED

    def cost(self, width: float, height: float) -> float:
        """Return how wide a room of this shape must be to hold a map, more when too wide."""
        over = 0.0 if self.width is None else max(0.0, width - self.width)
        return max(width, height * self.aspect) + _WIDER * over


def shaped(
    house: House,
    ties: Sequence[siblings.Ends],
    sizes: Sizes,
    wish: Wish,
    before: Plan | None = None,
) -> dict[str, Point]:
    """Return the upper left corner of every card.

    With ``before``, siblings keep the order in which they stood, and of all packings the one
    nearest to that plan is taken.
    """
    shape = _Shape(house, ties, sizes, wish)
    pitch = sizes.card[1] + sizes.stack
    rooms = [tall * pitch for tall in _TALLS if tall <= max(_TALLS[0], len(house.bosses))]
    plain, stacked = ([_Style(room, some) for room in rooms] for some in (False, True))
    if before is not None:
        _as_before(house, before)
        blocks = [shape.whole(style) for style in (*plain, *stacked)]
        return min(blocks, key=lambda block: (_moved(block, before), shape.cost(block))).places
    cost, best = min((shape.cost(shape.whole(style)), style) for style in plain)
    if cost > (wish.width or _SCREEN):
        lower, other = min((shape.cost(shape.whole(style)), style) for style in stacked)
        best = other if lower < _BETTER * cost else best
    siblings.order(house, ties, lambda: shape.whole(best, roughly=True).places)
    return shape.whole(best).places


class _Style(NamedTuple):
    room: float
    stacked: bool


class _Shape:
    def __init__(
        self, house: House, ties: Sequence[siblings.Ends], sizes: Sizes, wish: Wish
    ) -> None:
        self._house = house
        self._ties = ties
        self._sizes = sizes
        self._wish = wish
        self._packing = Packing(house, sizes)
        tied: dict[str, list[str]] = {}
        for one, other in ties:
            tied.setdefault(one, []).append(other)
            tied.setdefault(other, []).append(one)
        self._beside = Beside(house, sizes, tied, wish.cost)

    def cost(self, block: Block) -> float:
        """Return what a packing costs: its size, and a little for the length of its ties."""
        at = block.places
        far = sum(abs(at[a][0] - at[b][0]) + abs(at[a][1] - at[b][1]) for a, b in self._ties)
        return self._wish.cost(block.width, block.height) + _TIES * far

    def whole(self, style: _Style, *, roughly: bool = False) -> Block:
        """Return everybody: the trees side by side, who hangs in none near whom they know.

        ``roughly``: these simply at the right.
        """
        top = self._house.below.get(None, [])
        loose = [key for key in top if is_loose(self._house, key)]
        trees = self._packing.trees(
            (key for key in top if key not in loose), style.room, stacked=style.stacked
        )
        whole = self._shelves(trees)
        blocks = dict(zip(loose, self._packing.trees(loose, style.room), strict=True))
        if whole.places:
            self._beside.add(whole, blocks, roughly=roughly)
            return whole
        return self._shelves(self._beside.columns(list(blocks.values()), 0.0, beside=False))

    def _shelves(self, blocks: Sequence[Block]) -> Block:
        """Return blocks in rows no wider than wished; a block wider than that has its own."""
        width = self._wish.width
        if width is None or len(blocks) == 1:
            return self._packing.row(blocks)[0]
        shelves: list[list[Block]] = []
        for block in blocks:
            if shelves and self._packing.row([*shelves[-1], block])[0].width <= width:
                shelves[-1].append(block)
            else:
                shelves.append([block])
        whole = Block()
        for shelf in shelves:
            y = whole.height + self._sizes.below if whole.places else 0.0
            whole.take(self._packing.row(shelf)[0], 0.0, y)
        return whole


def _as_before(house: House, before: Plan) -> None:
    """Put siblings in the order they stood in, whoever is new behind them."""

    def stood(key: str) -> tuple[float, float]:
        seen = [before.places[id_] for id_ in house.under(key) if id_ in before.places]
        return min(((place.x, place.y) for place in seen), default=(float("inf"), 0.0))

    for brothers in house.lists():
        brothers.sort(key=stood)


def _moved(block: Block, before: Plan) -> int:
    """Return how many cards stand elsewhere, however the whole is shifted."""
    shifts: dict[tuple[int, int], int] = {}
    seen = 0
    for id_, (x, y) in block.places.items():
        if old := before.places.get(id_):
            seen += 1
            shift = round(old.x - x), round(old.y - y)
            shifts[shift] = shifts.get(shift, 0) + 1
    return seen - max(shifts.values(), default=0)
