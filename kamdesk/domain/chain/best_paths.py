"""The surest ways through a graph whose steps each succeed with a chance; pure."""

from collections.abc import Hashable, Mapping, Set
from heapq import heappop, heappush
from itertools import pairwise
from math import log
from typing import TypeAlias, TypeVar

Place = TypeVar("Place", bound=Hashable)

Chances: TypeAlias = Mapping[Place, Mapping[Place, float]]
"""``chances[a][b]``: with what chance the step from a to b succeeds, in (0, 1]."""


def surest(
    chances: Chances[Place], start: Place, goal: Place, *, most: int = 3
) -> list[tuple[Place, ...]]:
    """Return the ways from start to goal without a circle, surest first, ``most`` at most.

    Dijkstra on −ln of the chances; the further ones by Yen 1971 (Management Science 17:712–716).
    """
    best = _shortest(chances, start, goal)
    if best is None:
        return []
    found = [best[1]]
    waiting: list[tuple[float, int, tuple[Place, ...]]] = []
    seen = {best[1]}
    while len(found) < most:
        last = found[-1]
        for spot in range(len(last) - 1):
            root = last[: spot + 1]
            barred = {way[spot + 1] for way in found if way[: spot + 1] == root}
            rest = _shortest(chances, last[spot], goal, without=set(root[:-1]), first_not=barred)
            if rest is None:
                continue
            way = (*root[:-1], *rest[1])
            if way not in seen:
                seen.add(way)
                heappush(waiting, (cost(chances, way), len(seen), way))
        if not waiting:
            break
        found.append(heappop(waiting)[2])
    return found


def cost(chances: Chances[Place], way: tuple[Place, ...]) -> float:
    """Return −ln of the chance that every step of a way succeeds."""
    return -sum(log(chances[a][b]) for a, b in pairwise(way))


def _shortest(
    chances: Chances[Place],
    start: Place,
    goal: Place,
    *,
    without: Set[Place] = frozenset(),
    first_not: Set[Place] = frozenset(),
) -> tuple[float, tuple[Place, ...]] | None:
    waiting: list[tuple[float, int, tuple[Place, ...]]] = [(0.0, 0, (start,))]
    done: set[Place] = set(without)
    pushed = 0
    while waiting:
        length, _, way = heappop(waiting)
        at = way[-1]
        if at == goal:
            return length, way
        if at in done:
            continue
        done.add(at)
        for to, chance in chances.get(at, {}).items():
            if to not in done and not (at == start and to in first_not):
                pushed += 1
                heappush(waiting, (length - log(chance), pushed, (*way, to)))
    return None
