"""The mesh of lines on which ties find their way: through the gaps, never over a card."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kamdesk.figures.layout.plan import Sizes
from kamdesk.figures.layout.tree import Place

CLEAR: Final = 2.0
"""How near a line may come to a card."""
FREE: Final = -1
_CLOSED: Final = -2
_NEAR: Final = 3.0  # lines of the mesh nearer than this are one


class Piece(NamedTuple):
    """A straight piece of a line: upright (at x = ``at``) or level (at y), from low to high."""

    upright: bool
    at: float
    low: float
    high: float


class Step(NamedTuple):
    """A step to the next point: level (0) or upright (1), its length and price, its number."""

    to: int
    upright: int
    price: float
    edge: int


class Mesh:
    """Grid points by index ``column * rows + row``; ``owner`` says which card covers a point.

    ``right`` and ``down`` hold what the step to the next column or row costs above its length:
    lines of the hierarchy it crosses or runs along.
    """

    def __init__(
        self,
        places: Mapping[str, Place],
        labels: Sequence[Place],
        hierarchy: Sequence[Piece],
        sizes: Sizes,
        *,
        crossing: float,
        along: float,
    ) -> None:
        self.xs, self.ys = _lines(list(places.values()), sizes)
        self.rows = len(self.ys)
        count = len(self.xs) * self.rows
        self.owner = [FREE] * count
        self.right = [0.0] * count
        self.down = [0.0] * count
        self.centre: dict[str, int] = {}
        for number, (id_, card) in enumerate(places.items()):
            self._cover(card, number)
            self.centre[id_] = self._centre(card)
        for label in labels:
            self._cover(label, _CLOSED)
            self._close(label)
        for piece in hierarchy:
            self._charge(piece, crossing, along)

    def steps(self, point: int) -> list[Step]:
        """Return where one can go from a free point."""
        rows, owner = self.rows, self.owner
        x, y = divmod(point, rows)
        found = []
        if x and owner[point - rows] == FREE:
            found.append(self._step(point - rows, point - rows, 0))
        if y and owner[point - 1] == FREE:
            found.append(self._step(point - 1, point - 1, 1))
        if x + 1 < len(self.xs) and owner[point + rows] == FREE:
            found.append(self._step(point + rows, point, 0))
        if y + 1 < rows and owner[point + 1] == FREE:
            found.append(self._step(point + 1, point, 1))
        return found

    def _step(self, to: int, first: int, upright: int) -> Step:
        """Return the step over the edge right of (or below) its ``first`` point."""
        column, row = divmod(first, self.rows)
        if upright:
            price = self.ys[row + 1] - self.ys[row] + self.down[first]
        else:
            price = self.xs[column + 1] - self.xs[column] + self.right[first]
        return Step(to, upright, price, 2 * first + upright)

    def _cover(self, card: Place, owner: int) -> None:
        rows = range(
            bisect_left(self.ys, card.y - CLEAR),
            bisect_right(self.ys, card.y + card.height + CLEAR),
        )
        for column in range(
            bisect_left(self.xs, card.x - CLEAR), bisect_right(self.xs, card.x + card.width + CLEAR)
        ):
            for row in rows:
                point = column * self.rows + row
                if self.owner[point] == FREE:
                    self.owner[point] = owner

    def _centre(self, card: Place) -> int:
        column = _nearest(self.xs, card.x + card.width / 2)
        return column * self.rows + _nearest(self.ys, card.y + card.height / 2)

    def _close(self, label: Place) -> None:
        """Close the steps that pass a label between two points outside of it."""
        for row in range(
            bisect_left(self.ys, label.y), bisect_right(self.ys, label.y + label.height)
        ):
            column = bisect_right(self.xs, label.x) - 1
            if column >= 0 and self.xs[column] < label.x + label.width:
                self.right[column * self.rows + row] = float("inf")
        for column in range(
            bisect_left(self.xs, label.x), bisect_right(self.xs, label.x + label.width)
        ):
            row = bisect_right(self.ys, label.y) - 1
            if row >= 0 and self.ys[row] < label.y + label.height:
                self.down[column * self.rows + row] = float("inf")

    def _charge(self, piece: Piece, crossing: float, along: float) -> None:
        """Put a price on steps over a line of the hierarchy, and on those along it."""
        own, other = (self.xs, self.ys) if piece.upright else (self.ys, self.xs)
        over, beside = (self.right, self.down) if piece.upright else (self.down, self.right)
        low, high = bisect_left(other, piece.low), bisect_right(other, piece.high)
        at = bisect_right(own, piece.at + 0.01) - 1
        step, turn = (self.rows, 1) if piece.upright else (1, self.rows)
        if at >= 0:
            for across in range(low, high):
                over[at * step + across * turn] += crossing
            if abs(own[at] - piece.at) < _NEAR:
                for across in range(max(0, low - 1), high):
                    beside[at * step + across * turn] += along


def pieces(lines: Iterable[tuple[str, Sequence[tuple[float, float]]]]) -> list[Piece]:
    """Return the straight pieces of lines, those of one name (a boss) that overlap made one."""
    found: dict[tuple[str, bool, float], list[tuple[float, float]]] = {}
    for name, points in lines:
        for (x1, y1), (x2, y2) in pairwise(points):
            if abs(x1 - x2) < 0.01 and abs(y1 - y2) < 0.01:
                continue
            upright = abs(x1 - x2) < abs(y1 - y2)
            at, one, other = (x1, y1, y2) if upright else (y1, x1, x2)
            spans = found.setdefault((name, upright, round(at, 2)), [])
            spans.append((min(one, other), max(one, other)))
    return [
        Piece(upright, at, low, high)
        for (_name, upright, at), spans in found.items()
        for low, high in _merged(spans)
    ]


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    whole: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if whole and low <= whole[-1][1] + 0.01:
            whole[-1] = (whole[-1][0], max(high, whole[-1][1]))
        else:
            whole.append((low, high))
    return whole


def _lines(cards: Sequence[Place], sizes: Sizes) -> tuple[list[float], list[float]]:
    """Return the lines of the mesh: through each card's middle and the gaps beside it."""
    xs: set[float] = set()
    ys: set[float] = set()
    for card in cards:
        left, right, up, down = _gaps(card, cards)
        side, level = sizes.beside / 2, sizes.below / 4
        xs |= {card.x - min(side, left / 2), card.x + card.width + min(side, right / 2)}
        ys |= {card.y - min(level, up / 2), card.y + card.height + min(level, down / 2)}
    middles_x = {card.x + card.width / 2 for card in cards}
    middles_y = {card.y + card.height / 2 for card in cards}
    return _thinned(xs, middles_x), _thinned(ys, middles_y)


def _gaps(card: Place, cards: Sequence[Place]) -> tuple[float, float, float, float]:
    """Return the free room to the left, to the right, above and below a card."""
    left = right = up = down = 1e9
    x, y, width, height = card
    for ox, oy, owidth, oheight in cards:
        if oy < y + height and y < oy + oheight:
            if ox + owidth <= x:
                left = min(left, x - ox - owidth)
            elif ox >= x + width:
                right = min(right, ox - x - width)
        if ox < x + width and x < ox + owidth:
            if oy + oheight <= y:
                up = min(up, y - oy - oheight)
            elif oy >= y + height:
                down = min(down, oy - y - height)
    return left, right, up, down


def _thinned(gaps: set[float], middles: set[float]) -> list[float]:
    kept: list[float] = []
    for at in sorted(middles | gaps):
        at = round(at, 2)
        if kept and at - kept[-1] < _NEAR:
            if at in middles:
                kept[-1] = at
        else:
            kept.append(at)
    return kept


def _nearest(lines: Sequence[float], at: float) -> int:
    after = bisect_left(lines, at)
    around = [step for step in (after - 1, after) if 0 <= step < len(lines)]
    return min(around, key=lambda step: abs(lines[step] - at))
