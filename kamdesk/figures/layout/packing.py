"""Packs a house as narrow as a height allows: columns under a boss, branches side by side."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from kamdesk.figures.layout.blocks import Block, Solid, above, beside
from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Sizes

_CROWD: Final = 16
"""More people than that never stand in one column."""
_AIDES: Final = 2
"""So many reports may stand left and right of their boss."""


class Packing:
    """Packs the trees of a house; what did not change since the last time is not packed again."""

    def __init__(self, house: House, sizes: Sizes) -> None:
        self._house = house
        self._sizes = sizes
        self._card_width, self._card_height = sizes.card
        self._gap = 0.5 * sizes.beside
        self._free = 0.5 * sizes.below
        self._known: dict[Any, Block] = {}
        self._looks: dict[str, Any] = {}
        self._stacked = False
        self._bosses = {
            key: frozenset(house.bosses[head] for head in house.inside.get(key, (key,)))
            for key in (*house.bosses, *house.inside)
        }
        self._under = {key: sum(1 for _ in house.under(key)) for key in self._bosses}
        self._listed = {key: self._listable(key) for key in self._bosses}

    def trees(self, keys: Iterable[str], room: float, *, stacked: bool = False) -> list[Block]:
        """Return a block for each tree or card without a boss, as high as the room if it can.

        ``stacked``: whole branches may share a column as well, not only leaves.
        """
        self._looks = {}
        self._stacked = stacked
        return [self._unit(key, room) for key in keys]

    def row(self, blocks: Sequence[Block]) -> tuple[Block, list[float]]:
        """Return blocks side by side, and where their heads are."""
        return beside(blocks, self._gap, self._sizes.stack)

    def _unit(self, key: str, room: float) -> Block:
        known = self._look(key), room, self._stacked
        block = self._known.get(known)
        if block is None:
            block = self._known[known] = self._packed(key, room)
        return block

    def _look(self, key: str) -> Any:
        """Return what a branch looks like: equal as long as its people stand in the same order."""
        if key not in self._looks:
            below, inside = self._house.below.get(key, ()), self._house.inside.get(key, ())
            look = self._look
            plain = not below and not inside
            self._looks[key] = key if plain else (key, *map(look, below), *map(look, inside))
        return self._looks[key]

    def _packed(self, key: str, room: float) -> Block:
        house = self._house
        out = house.below.get(key, [])
        if key in house.bosses:
            return self._team(key, [], out, room) if out else self._card(key)
        heads = house.inside[key]
        if len(heads) == 1:
            head = heads[0]
            own = house.below.get(head, [])
            if all(house.leaf(card) for card in own) and all(
                self._bosses[below] == {head} for below in out
            ):
                return self._team(head, own, out, room, framed=True)
            if out and (block := self._with_branches(key, head, out, room)):
                return block
        inner = self._framed(self._row(heads, room)[0])
        return self._over(inner, out, room) if out else inner

    def _team(
        self, head: str, own: list[str], out: list[str], room: float, *, framed: bool = False
    ) -> Block:
        """Return a boss with reports: the narrowest way that is no higher than the room.

        ``own`` stand in his box, ``out`` outside of it.
        """
        ways: list[Block] = []
        people = len(own) + sum(self._under[key] for key in out)
        least = (people + 1) * (self._card_height + self._sizes.stack) - self._sizes.stack
        if 0 < people <= _CROWD and least <= room and all(self._hangs(key, head) for key in out):
            ways.append(self._column(head, own, out, framed))
            if ways[0].height <= room:
                return ways[0]
        plain = self._framed(self._card(head)) if framed else self._card(head)
        if not people:
            return plain
        if not own:
            ways.append(self._over(plain, out, room))
        elif not out:
            inside = room - 2 * self._sizes.padding - self._sizes.label
            ways.append(self._framed(self._over(self._card(head), own, inside)))
        else:
            ways.append(self._with_row_beside(head, own, out, room))
            if len(own) <= _AIDES:
                ways.append(self._over(self._framed(self._aided(head, own)), out, room))
        fit = [way for way in ways if way.height <= room]
        if fit:
            return min(fit, key=lambda way: way.width)
        return min(ways, key=lambda way: way.height)

    def _hangs(self, key: str, boss: str) -> bool:
        return self._listed[key] and self._bosses[key] == {boss}

    def _listable(self, key: str) -> bool:
        """Return whether a branch may stand card under card in the column of its boss."""
        house = self._house
        below = house.below.get(key, ())
        if key in house.bosses:
            return all(self._listable(under) and self._bosses[under] == {key} for under in below)
        heads = house.inside[key]
        return not below and len(self._bosses[key]) == 1 and all(map(self._listable, heads))

    def _card(self, key: str) -> Block:
        width, height = self._sizes.card
        side = self._gap / 2
        return Block(
            {key: (0.0, 0.0)}, [Solid(-side, 0.0, width + side, height)], width, height,
            (width / 2, 0.0),
        )  # fmt: skip

    def _framed(self, inner: Block) -> Block:
        """Return a block with room for a box around it."""
        padding, label = self._sizes.padding, self._sizes.label
        block = Block()
        block.take(inner, padding, label)
        block.width += padding
        block.height += padding
        block.solids = [Solid(0.0, 0.0, block.width, block.height)]
        block.head = (inner.head[0] + padding, inner.head[1] + label)
        block.foot = inner.foot + padding
        return block

    def _column(self, head: str, own: Sequence[str], out: Sequence[str], framed: bool) -> Block:
        """Return a card and below it, indented, everybody under it; his own box's people first."""
        sizes = self._sizes
        block = self._card(head)
        self._list(block, own, sizes.indent)
        if framed:
            block = self._framed(block)
        left = sizes.padding if framed else 0.0
        self._list(block, out, left + sizes.indent)
        block.solids = [self._upright(block, framed)]
        return block

    def _upright(self, column: Block, framed: bool = False) -> Solid:
        side = self._gap / 2
        return Solid(0.0 if framed else -side, 0.0, column.width + side, column.height)

    def _list(self, block: Block, keys: Iterable[str], x: float) -> None:
        """Put cards and boxes of cards one under the other."""
        sizes = self._sizes
        for key in keys:
            if key in self._house.bosses:
                y = block.height + sizes.stack
                block.places[key] = (x, y)
                block.width = max(block.width, x + self._card_width)
                block.height = y + self._card_height
                block.foot = 0.0
                self._list(block, self._house.below.get(key, ()), x + sizes.indent)
                continue
            block.height += sizes.label - 0.4 * sizes.stack
            self._list(block, self._house.inside[key], x)
            block.width = max(block.width, x + self._card_width + sizes.padding)
            block.height += sizes.padding
            block.foot = sizes.padding

    def _row(self, keys: Sequence[str], room: float) -> tuple[Block, list[float]]:
        """Return what stands side by side, and where the heads are."""
        return self.row(self._blocks(keys, room))

    def _blocks(self, keys: Sequence[str], room: float) -> list[Block]:
        """Return branches, and columns of leaves of one boss."""
        blocks: list[Block] = []
        shelves: dict[str, list[str]] = {}
        shelf = {key: self._shelf(key) for key in keys}
        for key, boss in shelf.items():
            if boss is not None:
                shelves.setdefault(boss, []).append(key)
        for key, boss in shelf.items():
            if boss is None or len(shelves[boss]) < 2:
                blocks.append(self._unit(key, room))
            elif key == shelves[boss][0]:
                blocks += [self._rack(some, room) for some in self._split(shelves[boss], room)]
        return blocks

    def _shelf(self, key: str) -> str | None:
        """Return in whose column a key may stand with others: a leaf, or a box of leaves."""
        if not self._listed[key] or len(self._bosses[key]) != 1:
            return None
        leaf = self._under[key] == len(self._house.inside.get(key, (key,)))
        return next(iter(self._bosses[key])) if leaf or self._stacked else None

    def _split(self, leaves: Sequence[str], room: float) -> Iterator[list[str]]:
        """Give leaves in as few columns as keep to the room, about equally high."""
        talls = [self._tall(leaf) for leaf in leaves]
        columns = max(1, -(-sum(talls) // max(room, max(talls))))
        each = sum(talls) / columns
        some: list[str] = []
        high = 0.0
        for leaf, tall in zip(leaves, talls, strict=True):
            if some and high + tall / 2 > each:
                yield some
                some, high = [], 0.0
            some.append(leaf)
            high += tall
        yield some

    def _tall(self, leaf: str) -> float:
        sizes = self._sizes
        tall = self._under[leaf] * (self._card_height + sizes.stack)
        return tall + sizes.label + sizes.padding if leaf in self._house.inside else tall

    def _rack(self, leaves: Sequence[str], room: float) -> Block:
        """Return leaves one under the other, with room for a line on their left."""
        if len(leaves) == 1:
            return self._unit(leaves[0], room)
        sizes = self._sizes
        rack = Block(height=-sizes.stack)
        if leaves[0] not in self._house.bosses:
            rack.height = -0.6 * sizes.stack
        self._list(rack, leaves, sizes.indent)
        top = min(y for _x, y in rack.places.values())
        rack.head = (sizes.indent + self._card_width / 2, top)
        rack.solids = [Solid(0.0, 0.0, rack.width + self._gap / 2, rack.height)]
        return rack

    def _over(self, head: Block, out: Sequence[str], room: float) -> Block:
        below, heads = self._row(out, room - head.height - self._free)
        if len(heads) == 1 and len(out) > 1:  # one column: indented under the boss
            heads = [heads[0] - self._sizes.indent]
        return above(head, below, heads, self._sizes.below, self._free)

    def _with_branches(self, key: str, head: str, out: Sequence[str], room: float) -> Block | None:
        """Return a box in which reports stand side by side, each with his own branch below it.

        None where the box would have to hold somebody of a branch.
        """
        sizes, house = self._sizes, self._house
        members = set(self._same(head))

        def tree(member: str, room: float) -> Block:
            own = house.below.get(member, [])
            outside = [one for one in out if self._bosses[one] == {member}]
            block = self._card(member)
            if not own and outside:  # the box ends here
                block.height += sizes.padding
                block.foot = sizes.padding
                column = self._card(member)
                column.height += sizes.padding
                if all(self._hangs(one, member) for one in outside):
                    self._list(column, outside, sizes.indent)
                    column.solids = [self._upright(column)]
                    if column.height <= room or len(outside) == 1:
                        return column
                return self._over(block, outside, room)
            if not own:
                return block
            left = room - block.height - self._free
            below = [tree(one, left) for one in own] + self._blocks(outside, left)
            row, heads = self.row(below)
            over = (heads[0] + heads[len(own) - 1]) / 2  # within the box
            whole = above(block, row, heads, sizes.below, self._free, over=over)
            whole.solids.append(self._frame(whole, members))
            return whole

        if {one for one in out if len(self._bosses[one]) > 1}:
            return None
        block = Block()
        inner = tree(head, room - sizes.label)
        block.take(inner, sizes.padding, sizes.label)
        block.head = (inner.head[0] + sizes.padding, inner.head[1] + sizes.label)
        box = self._frame(block, members)
        if any(
            box.left < x + self._card_width + sizes.padding
            and x - sizes.padding < box.right
            and y - sizes.padding < box.bottom
            for one, (x, y) in block.places.items()
            if one not in members
        ):
            return None
        block.solids.append(box)
        block.width = max(block.width, box.right)
        return block

    def _frame(self, block: Block, members: Collection[str]) -> Solid:
        """Return the box around those of the members who are in a block."""
        sizes = self._sizes
        xs, ys = zip(*(at for one, at in block.places.items() if one in members), strict=True)
        return Solid(
            min(xs) - sizes.padding,
            min(ys) - sizes.label,
            max(xs) + self._card_width + sizes.padding,
            max(ys) + self._card_height + sizes.padding,
        )

    def _same(self, member: str) -> Iterator[str]:
        """Give a card and everybody of its box below it."""
        yield member
        for one in self._house.below.get(member, ()):
            yield from self._same(one)

    def _aided(self, head: str, aides: Sequence[str]) -> Block:
        """Return a boss with one report at his right, another at his left."""
        width, beside_ = self._card_width, self._sizes.beside
        block = Block()
        x = 0.0
        if len(aides) > 1:
            block.take(self._card(aides[1]), 0.0, 0.0)
            x = width + beside_
        block.take(self._card(head), x, 0.0)
        block.take(self._card(aides[0]), x + width + beside_, 0.0)
        block.head = (x + width / 2, 0.0)
        return block

    def _with_row_beside(
        self, head: str, own: Sequence[str], out: Sequence[str], room: float
    ) -> Block:
        """Return a boss with his own people below him in the box, the others right of the box."""
        sizes = self._sizes
        inner = self._card(head)
        inner.height += 0.6 * sizes.below - sizes.stack
        self._list(inner, own, sizes.indent)
        block = self._framed(inner)
        below = sizes.label + self._card_height
        row, heads = self._row(out, room - below - self._free)
        y = max(below + sizes.below - row.head[1], below + self._free)
        x = block.width + self._gap
        block.take(row, x, y)
        block.solids.append(Solid(0.0, below, x + heads[-1], y + row.head[1]))
        return block
