"""A tidy tree of cards in a given room: reports under their boss, leaves stacked in columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

WIDEST: Final = 128.0
NARROWEST: Final = 72.0
COMFORTABLE: Final = 92.0
TALL: Final = 31.0
"""Height of a card with two lines of text."""
SHORT: Final = 15.0
"""Height of a card with one."""
_COLUMN_GAP: Final = (16.0, 34.0)  # least, most
_LEVEL_GAP: Final = (17.0, 34.0)
_STACK_GAP: Final = (5.0, 15.0)
_LEAST_GAPS: Final = (11.0, 4.0)  # between levels and in a stack, before cards get flatter
_INDENT: Final = 11.0
_MARGIN: Final = 9.0  # left and right of the cards, for lines that go round them

Point: TypeAlias = tuple[float, float]


class Seat(NamedTuple):
    """One card to place and the card above it."""

    id: str
    boss: str | None


class Place(NamedTuple):
    """Where a card stands: its upper left corner, down from the top, and its size."""

    x: float
    y: float
    width: float
    height: float


class Joint(NamedTuple):
    """A right-angled line of the hierarchy, ending at the card ``id``."""

    id: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Cards in their places with the lines of the hierarchy, in a room of this size."""

    places: dict[str, Place]
    joints: tuple[Joint, ...]
    width: float
    height: float


class _Cell(NamedTuple):
    """A card on the grid: column, levels above it, rows stacked above it, steps to the right."""

    column: float
    level: int
    row: int
    indent: int


@dataclass(slots=True)
class _Grid:
    cells: dict[str, _Cell]
    columns: int
    piled: set[str]  # under their boss in his own column
    racked: set[str]  # in a column of leaves beside a line that comes down from their boss

    def depth(self) -> tuple[int, int]:
        """Return levels and rows of the deepest card."""
        return max(
            ((cell.level, cell.row) for cell in self.cells.values()),
            key=lambda deep: (deep[0] + deep[1], deep[0]),
        )


def arranged(
    seats: Sequence[Seat], *, width: float, height: float, talls: Sequence[float] = (TALL,)
) -> Arrangement:
    """Place the seats in a room ``width`` wide and at most ``height`` high.

    Cards are as high as the first of ``talls`` for which there is room, flatter where there is
    room for none. A boss nobody knows counts as none; in a loop the first in the list is taken
    for its head.
    """
    if not seats:
        return Arrangement(places={}, joints=(), width=width, height=0.0)
    bosses = without_loops(seats)
    children: dict[str | None, list[str]] = {}
    for seat in seats:
        children.setdefault(bosses[seat.id], []).append(seat.id)
    for tall in talls:
        grid = _easiest(children, width, height, tall)
        levels, rows = grid.depth()
        if _height(levels, rows, tall, *_LEAST_GAPS) <= height:
            break
    return _measured(grid, bosses, width, height, tall)


def without_loops(seats: Sequence[Seat]) -> dict[str, str | None]:
    """Return the boss of each card; of a loop the first in the list becomes the head."""
    known = {seat.id for seat in seats}
    bosses = {seat.id: seat.boss if seat.boss in known else None for seat in seats}
    for seat in seats:
        passed = {seat.id}
        above = bosses[seat.id]
        while above is not None and above not in passed:
            passed.add(above)
            above = bosses[above]
        if above == seat.id:
            bosses[seat.id] = None
    return bosses


def _easiest(
    children: dict[str | None, list[str]], width: float, height: float, tall: float
) -> _Grid:
    """Return the least stacked grid that fits with room to breathe, else the least tight one."""
    costs: list[tuple[float, _Grid]] = []
    for grid in _grids(children):
        cost = _cost(grid, width, height, tall)
        if not cost:
            return grid
        costs.append((cost, grid))
    return min(costs, key=itemgetter(0))[1]


def _grids(children: dict[str | None, list[str]]) -> Iterator[_Grid]:
    """Give the ways to stack, the least stacked first."""
    yield _grid(children, lambda node, depth: depth > 0 and _only_leaves(node, children), 1)
    deepest = _bosses_above_bosses(None, children)
    for chunk in (2, 3, 5, 8):
        for spread in range(min(3, deepest), 0, -1):
            yield _grid(children, _from(spread), chunk)
    yield _grid(children, _from(0), 8)


def _bosses_above_bosses(node: str | None, children: dict[str | None, list[str]]) -> int:
    """Return how many levels of cards with reports stand below each other."""
    below = [child for child in children[node] if child in children]
    return 1 + max((_bosses_above_bosses(child, children) for child in below), default=0)


def _from(depth: int) -> Callable[[str, int], bool]:
    """Stack everything below cards that stand at least so deep."""
    return lambda _node, at: at >= depth


def _only_leaves(node: str, children: dict[str | None, list[str]]) -> bool:
    reports = children.get(node, ())
    return len(reports) > 1 and not any(child in children for child in reports)


def _grid(
    children: dict[str | None, list[str]], stacked: Callable[[str, int], bool], chunk: int
) -> _Grid:
    grid = _Grid({}, 0, set(), set())

    def take_column() -> int:
        grid.columns += 1
        return grid.columns - 1

    def pile(node: str, column: int, level: int, row: int, indent: int) -> int:
        """Place everyone below ``node`` in one column; return the next free row."""
        for child in children.get(node, ()):
            grid.cells[child] = _Cell(column, level, row, indent)
            grid.piled.add(child)
            row = pile(child, column, level, row + 1, indent + 1)
        return row

    def place(node: str, depth: int) -> float:
        if node not in children:
            column: float = take_column()
        elif stacked(node, depth):
            column = own = take_column()
            pile(node, own, depth + 1, 0, 1)
        else:
            ends = below(node, depth + 1)
            column = (ends[0] + ends[-1]) / 2
        grid.cells[node] = _Cell(column, depth, 0, 0)
        return column

    def below(node: str | None, depth: int) -> list[float]:
        """Place the reports of a spread card: branches on their own, leaves in short piles."""
        columns = [place(child, depth) for child in children[node] if child in children]
        leaves = [child for child in children[node] if child not in children]
        for first in range(0, len(leaves), chunk):
            rack = leaves[first : first + chunk]
            column = take_column()
            for row, leaf in enumerate(rack):
                grid.cells[leaf] = _Cell(column, depth, row, 0)
            if len(rack) > 1:
                grid.racked.update(rack)
            columns.append(column)
        return columns

    below(None, 0)
    return grid


def _cost(grid: _Grid, width: float, height: float, tall: float) -> float:
    """Return 0 for a grid that fits with room to breathe, more the tighter it gets."""
    card = (width - _INDENT - 2 * _MARGIN - (grid.columns - 1) * _COLUMN_GAP[0]) / grid.columns
    levels, rows = grid.depth()
    needed = _height(levels, rows, tall, _LEVEL_GAP[0], _STACK_GAP[0])
    cost = max(0.0, COMFORTABLE - card) + 4 * max(0.0, NARROWEST - card)
    return cost + 2 * max(0.0, needed - height)


def _height(levels: int, rows: int, card: float, level_gap: float, stack_gap: float) -> float:
    return (levels + rows + 1) * card + levels * level_gap + rows * stack_gap


def _measured(
    grid: _Grid, bosses: dict[str, str | None], width: float, height: float, tall: float
) -> Arrangement:
    count = grid.columns
    indents = _INDENT * max(cell.indent for cell in grid.cells.values())
    room = width - indents - 2 * _MARGIN
    gap = _COLUMN_GAP[0]
    card = min(WIDEST, (room - (count - 1) * gap) / count)
    if count > 1:
        gap = min(_COLUMN_GAP[1], (room - count * card) / (count - 1))
    left = (width - count * card - (count - 1) * gap - indents) / 2
    tall, level_gap, stack_gap = _fitted(grid, height, tall)
    places: dict[str, Place] = {}
    for id_, cell in grid.cells.items():
        shift = _INDENT * cell.indent if cell.indent else 0.0
        y = cell.level * (tall + level_gap) + cell.row * (tall + stack_gap)
        places[id_] = Place(left + cell.column * (card + gap) + shift, y, card, tall)
    bottom = max(place.y + place.height for place in places.values())
    joints = tuple(_joints(places, bosses, grid, stack_gap))
    return Arrangement(places=places, joints=joints, width=width, height=bottom)


def _fitted(grid: _Grid, height: float, tall: float) -> tuple[float, float, float]:
    """Return card height and gaps that use the room, and fit in it even if the cards get flat."""
    levels, rows = grid.depth()
    spare = height - _height(levels, rows, tall, _LEVEL_GAP[0], _STACK_GAP[0])
    if spare >= 0:
        slack = (_LEVEL_GAP[1] - _LEVEL_GAP[0]) * levels + (_STACK_GAP[1] - _STACK_GAP[0]) * rows
        part = min(1.0, spare / slack) if slack else 0.0
        return (
            tall,
            _LEVEL_GAP[0] + part * (_LEVEL_GAP[1] - _LEVEL_GAP[0]),
            _STACK_GAP[0] + part * (_STACK_GAP[1] - _STACK_GAP[0]),
        )
    squeezed = height - _LEAST_GAPS[0] * levels - _LEAST_GAPS[1] * rows
    card = squeezed / (levels + rows + 1)
    if card >= SHORT:
        return card, *_LEAST_GAPS
    pitch = height / (levels + rows + 1)
    return pitch * 0.9, pitch * 0.1, pitch * 0.1


def _joints(
    places: dict[str, Place],
    bosses: dict[str, str | None],
    grid: _Grid,
    stack_gap: float,
) -> Iterator[Joint]:
    for id_, boss in bosses.items():
        if boss is None:
            continue
        place, above = places[id_], places[boss]
        x1, x2 = above.x + above.width / 2, place.x + place.width / 2
        y1, side = above.y + above.height, place.y + place.height / 2
        points: tuple[Point, ...]
        if id_ in grid.piled:
            spine = above.x + 5
            points = ((spine, y1), (spine, side), (place.x, side))
        elif id_ in grid.racked:
            first = place.y - grid.cells[id_].row * (place.height + stack_gap)
            middle, spine = (y1 + first) / 2, place.x - 6
            points = ((x1, y1), (x1, middle), (spine, middle), (spine, side), (place.x, side))
        elif abs(x1 - x2) > 0.1:
            middle = (y1 + place.y) / 2
            points = ((x1, y1), (x1, middle), (x2, middle), (x2, place.y))
        else:
            points = ((x1, y1), (x2, place.y))
        yield Joint(id_, points)
