"""Brokers: through whose hands the influence on a map runs from one to the other.

Weighted betweenness (Freeman 1977; Brandes 2001, J. Math. Sociology 25:163–177).
"""

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.domain.chain.model import TieKind
from kamdesk.domain.chain.network import Network

CLOSE_WEIGHT: Final = 2.0
"""What being close counts as, both ways, beside influences of 1 to 3."""

_SAME: Final = 1e-12


def brokers(net: Network) -> dict[Id, float]:
    """Return for each node the share of shortest ways between two others that pass it, 0 to 1.

    A tie of weight w is 1/w long; conflicts carry nothing.
    """
    graph: dict[Id, dict[Id, float]] = {node.id: {} for node in net.nodes}
    for tie in net.ties:
        if tie.kind is TieKind.INFLUENCES:
            _heavier(graph, tie.source, tie.target, float(tie.strength))
        elif tie.kind is TieKind.CLOSE:
            _heavier(graph, tie.source, tie.target, CLOSE_WEIGHT)
            _heavier(graph, tie.target, tie.source, CLOSE_WEIGHT)
    pairs = (len(graph) - 1) * (len(graph) - 2)
    return {who: n / pairs if pairs > 0 else 0.0 for who, n in betweenness(graph).items()}


def betweenness(graph: Mapping[Id, Mapping[Id, float]]) -> dict[Id, float]:
    """Return how many shortest ways between two others pass each node; ties share one.

    ``graph[a][b]`` is the weight from a to b, above 0, the way 1/weight long. Every node is a key.
    """
    passed = dict.fromkeys(graph, 0.0)
    for start in graph:
        order, before, ways = _shortest_ways(graph, start)
        depends = dict.fromkeys(order, 0.0)
        for who in reversed(order):
            for earlier in before[who]:
                depends[earlier] += ways[earlier] / ways[who] * (1.0 + depends[who])
            if who != start:
                passed[who] += depends[who]
    return passed


def _shortest_ways(
    graph: Mapping[Id, Mapping[Id, float]], start: Id
) -> tuple[list[Id], dict[Id, list[Id]], dict[Id, float]]:
    """Return nodes by distance, who stands before each on shortest ways, and how many there are."""
    distance = {start: 0.0}
    ways = {start: 1.0}
    before: dict[Id, list[Id]] = {start: []}
    waiting: list[tuple[float, Id]] = [(0.0, start)]
    done: dict[Id, None] = {}
    while waiting:
        length, who = heappop(waiting)
        if who in done:
            continue
        done[who] = None
        for to, weight in graph[who].items():
            if to in done:
                continue
            further = length + 1.0 / weight
            known = distance.get(to)
            if known is None or further < known - _SAME:
                distance[to], ways[to], before[to] = further, ways[who], [who]
                heappush(waiting, (further, to))
            elif abs(further - known) <= _SAME:
                ways[to] += ways[who]
                before[to].append(who)
    return list(done), before, ways


def _heavier(graph: dict[Id, dict[Id, float]], source: Id, target: Id, weight: float) -> None:
    row = graph[source]
    row[target] = max(weight, row.get(target, 0.0))
