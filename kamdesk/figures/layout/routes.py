"""Ties as right-angled lines through the gaps: short, few corners, few crossings."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, NamedTuple

from kamdesk.figures.layout.lanes import Wire, spread
from kamdesk.figures.layout.mesh import CLEAR, FREE, Mesh, Step, pieces
from kamdesk.figures.layout.notes import noted
from kamdesk.figures.layout.plan import Point, Route, Sizes
from kamdesk.figures.layout.tree import Joint, Place

_CORNER: Final = 20.0
_CROSSING: Final = 100.0
_SHARED: Final = 2.0
_ALONG: Final = 20.0  # beside a line of the hierarchy
_EAGER: Final = (1.2, 3.0)
"""How much the search trusts in being near the goal, with few lines and with very many."""
_ROUNDS: Final = 2
_MANY: Final = 45  # lines from here on find their way once, not again when the others are known


_FACING: Final = 10.0
"""How far two cards must overlap to be joined by a straight line, less at either end."""


class Line(NamedTuple):
    """What is to be routed: from a card to another."""

    id: str
    source: str
    target: str


def routed(
    places: Mapping[str, Place],
    lines: Sequence[Line],
    joints: Sequence[tuple[str, Joint]],
    labels: Sequence[Place],
    sizes: Sizes,
    *,
    lanes: bool = True,
) -> dict[str, Route]:
    """Return a route for every line, by its id.

    ``joints`` are lines of the hierarchy with the boss they come from; ``labels`` what no line may
    run through. Without ``lanes`` lines that share a gap lie on each other.
    """
    hierarchy = pieces((boss, joint.points) for boss, joint in joints)
    mesh = Mesh(places, labels, hierarchy, sizes, crossing=_CROSSING, along=_ALONG)
    paths = _Search(mesh, places, lines).paths()
    ends = {line.id: (places[line.source], places[line.target]) for line in lines}
    wires = []
    for line, path in zip(lines, paths, strict=True):
        points = _points(mesh, path, *ends[line.id])
        wires.append(Wire(line.id, _straight(points, *ends[line.id], [*places.values(), *labels])))
    if lanes:
        wires = spread(wires, ends, list(places.values()), labels, hierarchy, sizes.lane)
    return noted(wires, list(places.values()), labels)


class _Search:
    """Finds the ways one after the other, the shortest first, each aware of those before it."""

    def __init__(self, mesh: Mesh, places: Mapping[str, Place], lines: Sequence[Line]) -> None:
        self._mesh = mesh
        self._lines = lines
        count = len(mesh.owner)
        self._x = [mesh.xs[point // mesh.rows] for point in range(count)]
        self._y = [mesh.ys[point % mesh.rows] for point in range(count)]
        self._steps: list[list[Step] | None] = [None] * count
        # by twice the point, and one more for what runs upright
        self._passing = [0] * (2 * count)  # lines that pass a point without turning
        self._shared = [0] * (2 * count)  # lines on the step to the next point
        self._exits = {id_: list(self._leaving(mesh.centre[id_])) for id_ in places}
        self._length = {
            at: abs(places[line.source].x - places[line.target].x)
            + abs(places[line.source].y - places[line.target].y)
            for at, line in enumerate(lines)
        }

    def paths(self) -> list[list[int]]:
        """Return the points of the mesh on each line's way, corners and all."""
        ways: list[list[int]] = [[] for _ in self._lines]
        order = sorted(range(len(ways)), key=lambda at: (self._length[at], at))
        for round_ in range(1 if len(ways) > _MANY else _ROUNDS):
            for at in order:
                if round_:
                    if not self._crosses(ways[at]):
                        continue
                    self._mark(ways[at], -1)
                ways[at] = self._way(self._lines[at])
                self._mark(ways[at], 1)
        return ways

    def _crosses(self, way: Sequence[int]) -> bool:
        """Return whether a way runs straight over others."""
        x, y, passing = self._x, self._y, self._passing
        return any(
            (x[a] == x[b] == x[c] and passing[2 * b])
            or (y[a] == y[b] == y[c] and passing[2 * b + 1])
            for a, b, c in zip(way, way[1:], way[2:], strict=False)
        )

    def _leaving(self, centre: int) -> Iterator[tuple[int, bool, float]]:
        """Give the first free point on each side of a card: its index, upright or not, how far."""
        mesh, rows = self._mesh, self._mesh.rows
        own = mesh.owner[centre]
        column, row = divmod(centre, rows)
        for upright, step, last in (
            (False, -rows, column),
            (False, rows, len(mesh.xs) - 1 - column),
            (True, -1, row),
            (True, 1, rows - 1 - row),
        ):
            point = centre
            for _ in range(last):
                point += step
                if mesh.owner[point] != own:
                    if mesh.owner[point] == FREE:
                        yield point, upright, self._far(centre, point)
                    break

    def _far(self, a: int, b: int) -> float:
        return abs(self._x[a] - self._x[b]) + abs(self._y[a] - self._y[b])

    def _way(self, line: Line) -> list[int]:
        """Return the cheapest way, by A* over points of the mesh and the direction of coming."""
        mesh, xs, ys = self._mesh, self._x, self._y
        eager = min(_EAGER[1], _EAGER[0] + max(0, len(self._lines) - 2 * _MANY) / _MANY)
        steps, passing, shared = self._steps, self._passing, self._shared
        source, target = mesh.centre[line.source], mesh.centre[line.target]
        goal_x, goal_y = xs[target], ys[target]
        entries = {point: (upright, far) for point, upright, far in self._exits[line.target]}
        goal = 2 * len(mesh.owner)
        came: dict[int, int] = {}
        cheapest: dict[int, float] = {}
        queue: list[tuple[float, float, int, int]] = []
        for point, upright, far in self._exits[line.source]:
            guess = abs(xs[point] - goal_x) + abs(ys[point] - goal_y)
            heappush(queue, (far + guess, far, 2 * point + upright, -1))
        while queue:
            _guess, cost, state, before = heappop(queue)
            if state in came:
                continue
            came[state] = before
            if state == goal:
                break
            point, coming = state >> 1, state & 1
            if point in entries:
                upright, far = entries[point]
                total = cost + far + (_CORNER if upright != coming else 0.0)
                heappush(queue, (total, total, goal, state))
            onwards = steps[point]
            if onwards is None:
                onwards = steps[point] = mesh.steps(point)
            for to, turn, price, edge in onwards:
                following = 2 * to + turn
                if following in came:
                    continue
                total = cost + price + _SHARED * shared[edge] + _CROSSING * passing[following ^ 1]
                if turn != coming:
                    total += _CORNER
                if total < cheapest.get(following, 1e18):
                    cheapest[following] = total
                    beside, above = abs(xs[to] - goal_x), abs(ys[to] - goal_y)
                    guess = beside + above + (_CORNER if beside and above else 0.0)
                    heappush(queue, (total + eager * guess, total, following, state))
        if goal not in came:
            return [source, target]
        way = [target]
        state = came[goal]
        while state >= 0:
            way.append(state >> 1)
            state = came[state]
        way.append(source)
        return way[::-1]

    def _mark(self, way: Sequence[int], by: int) -> None:
        rows = self._mesh.rows
        for a, b in pairwise(way[1:-1]):
            self._shared[2 * min(a, b) + (a // rows == b // rows)] += by
        for a, b, c in zip(way, way[1:], way[2:], strict=False):
            if self._x[a] == self._x[b] == self._x[c]:
                self._passing[2 * b + 1] += by
            elif self._y[a] == self._y[b] == self._y[c]:
                self._passing[2 * b] += by


def _points(mesh: Mesh, way: Sequence[int], source: Place, target: Place) -> tuple[Point, ...]:
    """Return the corners of a way, from the edge of one card to the edge of the other."""
    rows = mesh.rows
    points = [(mesh.xs[at // rows], mesh.ys[at % rows]) for at in way]
    if len(points) == 2 and points[0][0] != points[1][0] and points[0][1] != points[1][1]:
        points.insert(1, (points[0][0], points[1][1]))
    corners = [points[0]]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == at[0] == after[0] or before[1] == at[1] == after[1]):
            corners.append(at)
    corners.append(points[-1])
    corners[0] = _edge(source, corners[0], corners[1])
    corners[-1] = _edge(target, corners[-1], corners[-2])
    return tuple(corners)


def _straight(
    points: tuple[Point, ...], source: Place, target: Place, blocks: Sequence[Place]
) -> tuple[Point, ...]:
    """Return one straight line instead of a small step between two cards that face each other."""
    if len(points) != 4:
        return points
    start, end = points[0], points[3]
    across, along = (0, 1) if points[0][0] == points[1][0] else (1, 0)
    low = max(source[across], target[across]) + _FACING
    high = min(source[across] + source[across + 2], target[across] + target[across + 2]) - _FACING
    if low > high or not low <= (middle := (start[across] + end[across]) / 2) <= high:
        return points
    near, far = sorted((start[along], end[along]))
    for block in blocks:
        if (
            block[across] - CLEAR < middle < block[across] + block[across + 2] + CLEAR
            and block[along] < far
            and near < block[along] + block[along + 2]
        ):
            return points
    if across == 0:
        return (middle, start[1]), (middle, end[1])
    return (start[0], middle), (end[0], middle)


def _edge(card: Place, middle: Point, towards: Point) -> Point:
    """Return where the line from a card's middle leaves it."""
    x, y = middle
    if abs(towards[0] - x) > abs(towards[1] - y):
        return (card.x + card.width if towards[0] > x else card.x, y)
    return (x, card.y + card.height if towards[1] > y else card.y)
