"""Blocks of cards: leaves in a column, a boss above his reports, a box around a group."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes
from kamdesk.figures.layout.tree import Place

LABEL: Final = 18.0
"""Height of the line with a box's name, above its cards."""
PADDING: Final = 10.0
"""Between a box and its cards."""


class Style(NamedTuple):
    """How much is stacked.

    Leaves share a column from ``rack`` on, at most ``tall`` of them; from ``deep`` levels below
    the top on everybody stands in one column, unless they are more than ``crowd``.
    """

    rack: int = 2
    tall: int = 9
    deep: int = 99
    crowd: int = 14


@dataclass(slots=True)
class Block:
    """Cards placed from the block's own corner; ``head`` is where its line comes in."""

    places: dict[str, Point] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0
    head: Point = (0.0, 0.0)

    def take(self, other: "Block", x: float, y: float) -> None:
        """Put another block's cards at a place in this one."""
        for id_, (at_x, at_y) in other.places.items():
            self.places[id_] = (at_x + x, at_y + y)
        self.width = max(self.width, x + other.width)
        self.height = max(self.height, y + other.height)


class Habits(NamedTuple):
    """What the user has seen and should find again, whatever the style says.

    The reports of bosses in ``spread`` stand side by side; cards in ``columned`` share a column
    with siblings, even when somebody reports to them by now.
    """

    spread: frozenset[str] = frozenset()
    columned: frozenset[str] = frozenset()


class Packing:
    """Packs a house in one style."""

    def __init__(
        self, house: House, sizes: Sizes, style: Style, habits: Habits | None = None
    ) -> None:
        self._house = house
        self._sizes = sizes
        self._style = style
        self._habits = habits or Habits()

    def whole(self, *, width: float | None = None) -> Block:
        """Return everything: the trees side by side, who stands alone in columns beside them."""
        top = self._house.below.get(None, [])
        trees = [key for key in top if not self._alone(key)]
        blocks = [self._block(key, 0) for key in trees]
        loose = [self._block(key, 0) for key in top if self._alone(key)]
        high = max((block.height for block in blocks), default=0.0)
        blocks += self._columns(loose, high, beside=bool(blocks))
        return self._shelves(blocks, width)

    def _alone(self, key: str) -> bool:
        house = self._house
        return key in house.outside or house.leaf(key)

    def _columns(self, loose: Sequence[Block], high: float, *, beside: bool) -> list[Block]:
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

    def _shelves(self, blocks: Sequence[Block], width: float | None) -> Block:
        """Return blocks in rows no wider than ``width``; a block wider than that has its own."""
        whole, x, y = Block(), 0.0, 0.0
        for block in blocks:
            if width is not None and x and x + block.width > width:
                x, y = 0.0, whole.height + self._sizes.below
            whole.take(block, x, y)
            x += block.width + 1.5 * self._sizes.beside
        return whole

    def _block(self, key: str, depth: int) -> Block:
        house = self._house
        below = house.below.get(key, [])
        if key not in house.bosses:
            return self._above(self._box(key, depth), self._row(below, depth + 1))
        head = self._card(key)
        if not below:
            return head
        if self._deep(key, depth) or self._column(key, below):
            return self._pile(key)
        return self._above(head, self._row(below, depth + 1))

    def _deep(self, key: str, depth: int) -> bool:
        if depth < self._style.deep or not self._cards_under(key):
            return False
        return sum(1 for _ in self._house.under(key)) <= self._style.crowd

    def _column(self, key: str, below: Sequence[str]) -> bool:
        style = self._style
        if key in self._habits.spread or not all(self._stacks(under) for under in below):
            return False
        return style.rack <= len(below) <= style.tall

    def _stacks(self, key: str) -> bool:
        """Return whether a card may stand in a column of its siblings."""
        if self._house.leaf(key):
            return True
        return key in self._habits.columned and self._cards_under(key)

    def _cards_under(self, key: str) -> bool:
        below = self._house.below.get(key, ())
        return key in self._house.bosses and all(self._cards_under(under) for under in below)

    def _card(self, key: str) -> Block:
        width, height = self._sizes.card
        return Block({key: (0.0, 0.0)}, width=width, height=height, head=(width / 2, 0.0))

    def _pile(self, key: str) -> Block:
        """Return a card and below it, indented, everybody under it."""
        block = self._card(key)

        def add(boss: str, indent: int) -> None:
            for card in self._house.below.get(boss, ()):
                first = len(block.places) == 1
                y = block.height + (self._sizes.stack if not first else 0.6 * self._sizes.below)
                block.take(self._card(card), indent * self._sizes.indent, y)
                add(card, indent + 1)

        add(key, 1)
        return block

    def _row(self, keys: Sequence[str], depth: int) -> list[Block]:
        """Return what stands side by side under a head: branches, and columns of leaves."""
        house, style = self._house, self._style
        stacking = [key for key in keys if self._stacks(key)]
        bosses = {str(house.bosses[key]) for key in stacking}
        if len(stacking) < max(2, style.rack) or bosses & self._habits.spread:
            stacking = []
        blocks: list[Block] = []
        for key in keys:
            if key not in stacking:
                blocks.append(self._block(key, depth))
            elif key == stacking[0]:
                columns = math.ceil(len(stacking) / style.tall)
                each = math.ceil(len(stacking) / columns)
                starts = range(0, len(stacking), each)
                blocks += [self._rack(stacking[at : at + each]) for at in starts]
        return blocks

    def _rack(self, cards: Sequence[str]) -> Block:
        if len(cards) == 1:
            return self._pile(cards[0])
        rack = Block(head=(0.5 * self._sizes.indent, 0.0))
        for card in cards:
            gap = self._sizes.stack if rack.places else 0.0
            rack.take(self._pile(card), self._sizes.indent, rack.height + gap)
        return rack

    def _above(self, head: Block, row: Sequence[Block]) -> Block:
        """Return a head above a row of blocks, over the middle of their own heads."""
        if not row:
            return head
        top = max(block.head[1] for block in row)
        below = Block()
        x, heads = 0.0, []
        for block in row:
            below.take(block, x, top - block.head[1])
            heads.append(x + block.head[0])
            x += block.width + self._sizes.beside
        middle = (heads[0] + heads[-1]) / 2
        shift = max(0.0, head.head[0] - middle)
        whole = Block(head=(middle + shift, head.head[1]))
        whole.take(head, middle + shift - head.head[0], 0.0)
        whole.take(below, shift, head.height + self._sizes.below)
        return whole

    def _box(self, key: str, depth: int) -> Block:
        """Return the heads of a group side by side with all their people, and the box around."""
        inner, x, heads = Block(), 0.0, []
        for block in self._row(self._house.inside[key], depth):
            inner.take(block, x, 0.0)
            heads.append(x + block.head[0])
            x += block.width + self._sizes.beside
        block = Block()
        block.take(inner, PADDING, LABEL)
        block.width += PADDING
        block.height += PADDING
        block.head = ((heads[0] + heads[-1]) / 2 + PADDING, LABEL)
        return block


def bounds(places: Iterable[Place]) -> Place:
    """Return the smallest place around all of these; of nothing, the empty place."""
    some = list(places)
    if not some:
        return Place(0.0, 0.0, 0.0, 0.0)
    left, top = min(place.x for place in some), min(place.y for place in some)
    right = max(place.x + place.width for place in some)
    bottom = max(place.y + place.height for place in some)
    return Place(left, top, right - left, bottom - top)
