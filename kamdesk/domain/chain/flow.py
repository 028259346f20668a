"""Influence flow to the decider: whose word reaches them, by how much, through whom.

Friedkin and Johnsen 1990 (J. Math. Sociology 15:193–206): x = L·W·x + (I − L)·s, where W holds who
is moved by whom, each row summing to 1, and L how open each one is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.domain.chain.power import influences, sitting, who_decides

OPENNESS: Final = 0.65
"""How open somebody is whose stance is not known: between the firmest and the neutral."""

CHAIR_WEIGHT: Final = 2.0
"""How strongly a chair moves their body; a member counts 1."""

MOST_PATHS: Final = 3
LONGEST_PATH: Final = 5

_MOST_STEPS: Final = 400
_NOTHING: Final = 1e-12

Graph = Mapping[Id, Mapping[Id, float]]
"""``graph[i][j]``: how strongly j moves i, negative for a contrary effect."""


class Path(NamedTuple):
    """One way a word takes, from its source to the decider.

    ``share`` is its part of all that reaches the decider from others, 0 to 1; ``contrary`` when it
    turns on the way into its opposite.
    """

    nodes: tuple[Id, ...]
    share: float
    contrary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Who moves the decider.

    ``leverage[i]`` is by how much the decider's stance moves when i's own moves by one, −1 to 1;
    the values sum to 1 where no influence is contrary, else their sizes to at most 1. ``others`` is
    the share that comes from others than the decider, ``through[i]`` the part of it that begins
    with or passes i. ``paths`` are the strongest ways.
    """

    decider: Id
    leverage: Mapping[Id, float]
    paths: tuple[Path, ...] = ()
    others: float = 0.0
    through: Mapping[Id, float] = field(default_factory=lambda: MappingProxyType({}))


def flow(net: Network, decider: Id | None = None) -> Flow | None:
    """Return the flow to a decider (the map's own without one named); None when none is known."""
    if decider is None:
        found = who_decides(net)
        if found is None:
            return None
        decider = found.id
    graph, openness = moved_by(net), open_to(net)
    walk = _Walk(graph, openness)
    visits = walk.visits(decider)
    plain = walk.ended(visits)
    others = 1.0 - plain.get(decider, 0.0)
    contrary = any(weight < 0 for row in graph.values() for weight in row.values())
    return Flow(
        decider=decider,
        leverage=leverages(graph, openness, decider) if contrary else plain,
        paths=_strongest(_Walk(graph, openness, signed=True), decider, others),
        others=others,
        through=_through(walk, decider, visits),
    )


def moved_by(net: Network) -> dict[Id, dict[Id, float]]:
    """Return who is moved by whom: noted influences, and a body by its chair and members."""
    found: dict[Id, dict[Id, float]] = {}
    for source, row in influences(net).items():
        for target, weight in row.items():
            found.setdefault(target, {})[source] = weight
    for body in net.nodes:
        if body.kind is NodeKind.BODY:
            for who in sitting(body):
                if who in net.by_id:
                    weight = CHAIR_WEIGHT if who == body.chair else 1.0
                    found.setdefault(body.id, {}).setdefault(who, weight)
    return found


def open_to(net: Network) -> dict[Id, float]:
    """Return how open each one is to the word of others: 0.8 − 0.3·|s|; a body wholly."""
    found = {}
    for node in net.nodes:
        stance = net.stance(node)
        if node.kind is NodeKind.BODY:
            found[node.id] = 1.0
        else:
            found[node.id] = OPENNESS if stance is None else 0.8 - 0.15 * abs(stance)
    return found


def leverages(graph: Graph, openness: Mapping[Id, float], decider: Id) -> dict[Id, float]:
    """Return the decider's row of V = (I − L·W)⁻¹ (I − L), by iteration.

    Somebody whom nobody moves keeps their own stance, however open.
    """
    walk = _Walk(graph, openness, signed=True)
    return walk.ended(walk.visits(decider))


class _Walk:
    """A walk from somebody towards those who move them, ending where a mind is its own."""

    def __init__(self, graph: Graph, openness: Mapping[Id, float], *, signed: bool = False) -> None:
        self.leaves = {who: openness[who] for who, row in graph.items() if row}
        self.steps = {
            who: [
                (source, openness[who] * (weight if signed else abs(weight)) / whole)
                for source, weight in row.items()
            ]
            for who, row in graph.items()
            if (whole := sum(map(abs, row.values())))
        }

    def visits(self, start: Id) -> dict[Id, float]:
        """Return how often the walk from ``start`` stands at each node, by L·W to its powers."""
        total: dict[Id, float] = {}
        now = {start: 1.0}
        for _ in range(_MOST_STEPS):
            following: dict[Id, float] = {}
            for who, weight in now.items():
                total[who] = total.get(who, 0.0) + weight
                for source, share in self.steps.get(who, ()):
                    following[source] = following.get(source, 0.0) + weight * share
            now = following
            if max(map(abs, now.values()), default=0.0) < _NOTHING:
                break
        return total

    def ended(self, visits: Mapping[Id, float]) -> dict[Id, float]:
        """Return how much of the walk ends at each node."""
        return {who: n * (1.0 - self.leaves.get(who, 0.0)) for who, n in visits.items()}


def _through(walk: _Walk, decider: Id, visits: Mapping[Id, float]) -> dict[Id, float]:
    """Return for the three most passed: the chance that a word reaching the decider passes them."""
    leaves = walk.leaves.get(decider, 0.0)
    if not leaves:
        return {}
    passed = sorted((who for who in visits if who != decider), key=lambda who: -visits[who])[:3]
    return {who: min(1.0, visits[who] / walk.visits(who)[who] / leaves) for who in passed}


def _strongest(walk: _Walk, decider: Id, others: float) -> tuple[Path, ...]:
    """Return the paths with the largest shares, best first: no path's rest can grow its share."""
    order = count()
    waiting: list[tuple[float, int, float, tuple[Id, ...], bool]] = [
        (-1.0, next(order), 1.0, (decider,), False)
    ]
    found: list[Path] = []
    while waiting and len(found) < MOST_PATHS:
        bound, _, weight, way, whole = heappop(waiting)
        if whole:
            found.append(Path(way, -bound / others, weight < 0))
            continue
        source = way[0]
        own = weight * (1.0 - walk.leaves.get(source, 0.0))
        if len(way) > 1 and own:
            heappush(waiting, (-abs(own), next(order), own, way, True))
        if len(way) <= LONGEST_PATH:
            for before, share in walk.steps.get(source, ()):
                if before not in way:
                    further = weight * share
                    item = (-abs(further), next(order), further, (before, *way), False)
                    heappush(waiting, item)
    return tuple(found)
