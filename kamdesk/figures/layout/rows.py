"""Rows of the influence view: everybody below those he influences, all lines as short as can be.

Cycles are cut by the greedy rule of Eades, Lin & Smyth (1993); rows come from the network simplex
of Gansner, Koutsofios, North & Vo (1993), which finds the least total length there is.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

_TURNS: Final = 400
"""Exchanges of tree edges at most; real maps need some dozens."""


class Edge(NamedTuple):
    """``upper`` stands above ``lower``; a weight of 0 asks for the order, not for nearness."""

    upper: int
    lower: int
    weight: int = 1


def downward(
    count: int, edges: Sequence[tuple[int, int]], *, first: Collection[int] = ()
) -> list[tuple[int, int]]:
    """Return the edges of nodes 0 to ``count`` − 1, few of them turned, without a cycle.

    Nothing points at the nodes of ``first`` afterwards but others of them.
    """
    below: list[set[int]] = [set() for _ in range(count)]
    above: list[set[int]] = [set() for _ in range(count)]
    for upper, lower in edges:
        below[upper].add(lower)
        above[lower].add(upper)
    outgoing, incoming = [len(some) for some in below], [len(some) for some in above]
    left = set(range(count))
    head: list[int] = []
    tail: list[int] = []

    def take(node: int, where: list[int]) -> None:
        where.append(node)
        left.discard(node)
        for other in below[node]:
            incoming[other] -= 1
        for other in above[node]:
            outgoing[other] -= 1

    for node in first:
        take(node, head)
    while left:
        free = [node for node in sorted(left) if not incoming[node] or not outgoing[node]]
        for node in free:
            take(node, tail if incoming[node] else head)
        if not free:
            take(max(sorted(left), key=lambda node: outgoing[node] - incoming[node]), head)
    place = {node: at for at, node in enumerate(head + tail[::-1])}
    return [(a, b) if place[a] < place[b] else (b, a) for a, b in edges]


def rows(count: int, edges: Iterable[Edge]) -> list[int]:
    """Return the row of each node, 0 on top, with the least total weighted length.

    The edges must be free of cycles. Nodes that are free to move go where a row has few.
    """
    weights: dict[tuple[int, int], int] = {}
    for edge in edges:
        ends = (edge.upper, edge.lower)
        weights[ends] = weights.get(ends, 0) + edge.weight
    graph = _Graph(count, list(weights), list(weights.values()))
    row = graph.longest()
    for part in graph.parts():
        if len(part) > 1:
            _shortened(graph, part, row)
        top = min(row[node] for node in part)
        for node in part:
            row[node] -= top
    graph.balance(row)
    return row


def parted(row: Sequence[int], edges: Iterable[tuple[int, int]], most: int) -> list[int]:
    """Return rows of at most ``most`` nodes: of a fuller one those who lead on go further down."""
    reach = dict.fromkeys(range(len(row)), len(row))  # the next row a node has somebody in
    for upper, lower in edges:
        reach[upper] = min(reach[upper], row[lower])
    found = list(row)
    shift = 0
    for at in range(max(row, default=-1) + 1):
        same = sorted((one for one in reach if row[one] == at), key=lambda one: -reach[one])
        parts = -(-len(same) // most)
        for place, one in enumerate(same):
            found[one] = at + shift + place * parts // len(same)
        shift += max(0, parts - 1)
    return found


class _Graph:
    def __init__(self, count: int, ends: list[tuple[int, int]], weights: list[int]) -> None:
        self.ends, self.weights, self.count = ends, weights, count
        self.below: list[list[int]] = [[] for _ in range(count)]  # numbers of edges
        self.above: list[list[int]] = [[] for _ in range(count)]
        for number, (upper, lower) in enumerate(ends):
            self.below[upper].append(number)
            self.above[lower].append(number)

    def other(self, edge: int, node: int) -> int:
        upper, lower = self.ends[edge]
        return lower if node == upper else upper

    def longest(self) -> list[int]:
        """Return rows by the longest way from the top."""
        row = [0] * self.count
        waiting = [len(some) for some in self.above]
        ready = [node for node in range(self.count) if not waiting[node]]
        while ready:
            node = ready.pop()
            for edge in self.below[node]:
                lower = self.ends[edge][1]
                row[lower] = max(row[lower], row[node] + 1)
                waiting[lower] -= 1
                if not waiting[lower]:
                    ready.append(lower)
        return row

    def parts(self) -> list[list[int]]:
        """Return the nodes by what hangs together."""
        seen: set[int] = set()
        parts = []
        for start in range(self.count):
            if start in seen:
                continue
            seen.add(start)
            part = [start]
            for node in part:
                for edge in self.below[node] + self.above[node]:
                    other = self.other(edge, node)
                    if other not in seen:
                        seen.add(other)
                        part.append(other)
            parts.append(part)
        return parts

    def slack(self, edge: int, row: Sequence[int]) -> int:
        upper, lower = self.ends[edge]
        return row[lower] - row[upper] - 1

    def balance(self, row: list[int]) -> None:
        """Move nodes that may stand in several rows to the emptiest of them."""
        crowd: dict[int, int] = {}
        for at in row:
            crowd[at] = crowd.get(at, 0) + 1
        for node in range(self.count):
            pull = sum(self.weights[edge] for edge in self.above[node])
            if pull != sum(self.weights[edge] for edge in self.below[node]):
                continue
            low = max((row[self.ends[edge][0]] + 1 for edge in self.above[node]), default=0)
            high = min((row[self.ends[edge][1]] - 1 for edge in self.below[node]), default=max(row))
            rooms = ((crowd.get(at, 0), abs(at - row[node]), at) for at in range(low, high + 1))
            _, _, best = min(rooms, default=(0, 0, row[node]))
            if crowd.get(best, 0) + 1 < crowd[row[node]]:
                crowd[row[node]] -= 1
                crowd[best] = crowd.get(best, 0) + 1
                row[node] = best


def _shortened(graph: _Graph, part: list[int], row: list[int]) -> None:
    """Shorten the edges of one part: exchange edges of a tight tree while one pulls wrongly."""
    tree = _tight_tree(graph, part, row)
    edges = [edge for node in part for edge in graph.below[node]]
    for _ in range(_TURNS):
        walk = _Walk(graph, tree, part[0])
        leaving = walk.worst(edges)
        if leaving is None:
            return
        node, edge = leaving
        inside = walk.under(node)
        upper_in = graph.ends[edge][0] in inside
        entering = min(
            (
                other
                for other in edges
                if other != edge
                and (graph.ends[other][0] in inside) != (graph.ends[other][1] in inside)
                and (graph.ends[other][0] in inside) != upper_in
            ),
            key=lambda other: graph.slack(other, row),
            default=None,
        )
        if entering is None:
            return
        slack = graph.slack(entering, row)
        by = slack if graph.ends[entering][0] in inside else -slack
        if by:
            for one in inside:
                row[one] += by
        tree.discard(edge)
        tree.add(entering)


def _tight_tree(graph: _Graph, part: list[int], row: list[int]) -> set[int]:
    """Return edges of length 1 that span the part, moving nodes until there are enough of them."""
    seen = {part[0]}
    tree: set[int] = set()
    edges = [edge for node in part for edge in graph.below[node]]
    waiting = [part[0]]
    while True:
        while waiting:
            node = waiting.pop()
            for edge in graph.below[node] + graph.above[node]:
                other = graph.other(edge, node)
                if other not in seen and not graph.slack(edge, row):
                    seen.add(other)
                    tree.add(edge)
                    waiting.append(other)
        if len(seen) == len(part):
            return tree
        nearest = min(
            (e for e in edges if (graph.ends[e][0] in seen) != (graph.ends[e][1] in seen)),
            key=lambda edge: graph.slack(edge, row),
        )
        slack = graph.slack(nearest, row)
        by = slack if graph.ends[nearest][0] in seen else -slack
        for node in seen:
            row[node] += by
        waiting = list(seen)


class _Walk:
    """A walk through the tree from its root: who stands under whom, which edges pull wrongly."""

    def __init__(self, graph: _Graph, tree: set[int], root: int) -> None:
        self._graph = graph
        beside: dict[int, list[int]] = {}
        for edge in tree:
            for end in graph.ends[edge]:
                beside.setdefault(end, []).append(edge)
        self._parent: dict[int, int] = {root: -1}  # node: the edge towards the root
        self._order = [root]
        self._children: dict[int, list[int]] = {}
        for node in self._order:
            for edge in beside.get(node, ()):
                if edge != self._parent[node]:
                    child = graph.other(edge, node)
                    self._parent[child] = edge
                    self._children.setdefault(node, []).append(child)
                    self._order.append(child)

    def under(self, node: int) -> set[int]:
        found = [node]
        for one in found:
            found += self._children.get(one, ())
        return set(found)

    def worst(self, edges: Sequence[int]) -> tuple[int, int] | None:
        """Return the lower end in the walk, and the tree edge whose cut value is most negative."""
        graph = self._graph
        pull = dict.fromkeys(self._order, 0)
        for edge in edges:
            upper, lower = graph.ends[edge]
            pull[upper] += graph.weights[edge]
            pull[lower] -= graph.weights[edge]
        worst: tuple[int, int, int] | None = None
        for node in reversed(self._order[1:]):
            edge = self._parent[node]
            value = pull[node] if graph.ends[edge][0] == node else -pull[node]
            if value < 0 and (worst is None or value < worst[0]):
                worst = (value, node, edge)
            pull[graph.other(edge, node)] += pull[node]
        return None if worst is None else worst[1:]
