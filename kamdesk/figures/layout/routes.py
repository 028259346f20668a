"""Ties as right-angled lines through the gaps: short, few corners, few crossings."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, NamedTuple

from kamdesk.figures.layout.lanes import Wire, spread
from kamdesk.figures.layout.mesh import FREE, Mesh, pieces
from kamdesk.figures.layout.notes import noted
from kamdesk.figures.layout.plan import Point, Route, Sizes
from kamdesk.figures.layout.tree import Joint, Place

_CORNER: Final = 14.0
_CROSSING: Final = 26.0
_SHARED: Final = 12.0
_ALONG: Final = 6.0  # beside a line of the hierarchy
_ROUNDS: Final = 2
_MANY: Final = 45  # lines from here on find their way once, not again when the others are known


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
    wires = [
        Wire(line.id, _points(mesh, path, places[line.source], places[line.target]))
        for line, path in zip(lines, paths, strict=True)
    ]
    ends = {line.id: (places[line.source], places[line.target]) for line in lines}
    if lanes:
        wires = spread(wires, ends, list(places.values()), labels, hierarchy, sizes.lane)
    return noted(wires, list(places.values()), labels)


class _Search:
    """Finds the ways one after the other, the shortest first, each aware of those before it."""

    def __init__(self, mesh: Mesh, places: Mapping[str, Place], lines: Sequence[Line]) -> None:
        self._mesh = mesh
        self._lines = lines
        count = len(mesh.owner)
        self._across = [0] * count  # routes that pass a point from left to right
        self._upright = [0] * count
        self._right = [0] * count  # routes on the step to the next column
        self._down = [0] * count
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
                    self._mark(ways[at], -1)
                ways[at] = self._way(self._lines[at])
                self._mark(ways[at], 1)
        return ways

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
        mesh, rows = self._mesh, self._mesh.rows
        return abs(mesh.xs[a // rows] - mesh.xs[b // rows]) + abs(
            mesh.ys[a % rows] - mesh.ys[b % rows]
        )

    def _way(self, line: Line) -> list[int]:
        """Return the cheapest way, by A* over points of the mesh and the direction of coming."""
        mesh, rows = self._mesh, self._mesh.rows
        xs, ys, owner = mesh.xs, mesh.ys, mesh.owner
        across, upright_, right, down = self._across, self._upright, self._right, self._down
        source, target = mesh.centre[line.source], mesh.centre[line.target]
        goal_x, goal_y = xs[target // rows], ys[target % rows]
        entries = {point: (upright, far) for point, upright, far in self._exits[line.target]}
        last = len(owner)
        came: dict[int, int] = {}
        cheapest: dict[int, float] = {}
        queue: list[tuple[float, float, int, int]] = []
        for point, upright, far in self._exits[line.source]:
            guess = abs(xs[point // rows] - goal_x) + abs(ys[point % rows] - goal_y)
            heappush(queue, (far + guess, far, 2 * point + upright, -1))
        while queue:
            _guess, cost, state, before = heappop(queue)
            if state in came:
                continue
            came[state] = before
            if state == 2 * last:
                break
            point, upright = state // 2, state % 2 == 1
            if point in entries:
                wanted, far = entries[point]
                total = cost + far + (_CORNER if wanted != upright else 0.0)
                heappush(queue, (total, total, 2 * last, state))
            for step in (-rows, rows, -1, 1):
                to = point + step
                if not 0 <= to < last or owner[to] != FREE:
                    continue
                if step in (1, -1):
                    if to // rows != point // rows:
                        continue
                    edge = min(point, to)
                    extra = mesh.down[edge] + _SHARED * down[edge] + _CROSSING * across[to]
                    turn, far = True, abs(ys[to % rows] - ys[point % rows])
                else:
                    edge = min(point, to)
                    extra = mesh.right[edge] + _SHARED * right[edge] + _CROSSING * upright_[to]
                    turn, far = False, abs(xs[to // rows] - xs[point // rows])
                total = cost + far + extra + (_CORNER if turn != upright else 0.0)
                following = 2 * to + turn
                if following not in came and total < cheapest.get(following, 1e18):
                    cheapest[following] = total
                    guess = abs(xs[to // rows] - goal_x) + abs(ys[to % rows] - goal_y)
                    heappush(queue, (total + guess, total, following, state))
        if 2 * last not in came:
            return [source, target]
        way = [target]
        state = came[2 * last]
        while state >= 0:
            way.append(state // 2)
            state = came[state]
        way.append(source)
        return way[::-1]

    def _mark(self, way: Sequence[int], by: int) -> None:
        rows = self._mesh.rows
        for a, b in pairwise(way[1:-1]):
            low = min(a, b)
            if abs(a - b) == 1 and a // rows == b // rows:
                self._down[low] += by
            else:
                self._right[low] += by
        for a, b, c in zip(way, way[1:], way[2:], strict=False):
            columns = {a // rows, b // rows, c // rows}
            if len(columns) == 1:
                self._upright[b] += by
            elif len({a % rows, b % rows, c % rows}) == 1:
                self._across[b] += by


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


def _edge(card: Place, middle: Point, towards: Point) -> Point:
    """Return where the line from a card's middle leaves it."""
    x, y = middle
    if abs(towards[0] - x) > abs(towards[1] - y):
        return (card.x + card.width if towards[0] > x else card.x, y)
    return (x, card.y + card.height if towards[1] > y else card.y)
