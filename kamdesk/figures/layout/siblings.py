"""Who stands beside whom: an order of siblings in which ties are short and seldom cross."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, cycle, islice
from typing import Final

from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point

Ends = tuple[str, str]

_TRIES: Final = 160
"""Orders tried on a small map; on one with many ties fewer, so that it stays instant."""
_FAR: Final = 0.002
"""What a point of length costs; a crossing costs 1."""


def order(house: House, ties: Sequence[Ends], corners: Callable[[], Mapping[str, Point]]) -> None:
    """Put the siblings of a house in a good order, in place.

    ``corners`` returns the same corner of each card as the house stands now. First everybody moves
    towards the people he is tied to, then pairs of siblings change places as long as it helps.
    The number of steps is bounded by the size of the map, never by the clock.
    """
    if not ties:
        return
    hierarchy = [(boss, card) for card, boss in house.bosses.items() if boss is not None]
    best = _cost(corners(), ties, hierarchy)
    best = _drawn_together(house, ties, hierarchy, corners, best)
    left = max(30, _TRIES - len(ties))
    ends = {end for pair in ties for end in pair}
    moving = [
        siblings
        for siblings in house.lists()
        if len(siblings) > 1 and any(ends.intersection(house.under(key)) for key in siblings)
    ]
    pairs = [(siblings, *pair) for siblings in moving for pair in _pairs(siblings)]
    vain = 0  # tries since one helped
    for siblings, first, second in islice(cycle(pairs), left):
        if vain == len(pairs):
            return
        vain += 1
        siblings[first], siblings[second] = siblings[second], siblings[first]
        cost = _cost(corners(), ties, hierarchy)
        if cost < best - 1e-9:
            best, vain = cost, 0
        else:
            siblings[first], siblings[second] = siblings[second], siblings[first]


def _pairs(siblings: Sequence[str]) -> Iterable[tuple[int, int]]:
    if len(siblings) <= 7:
        return combinations(range(len(siblings)), 2)
    return ((at, at + step) for step in (1, 2) for at in range(len(siblings) - step))


def _drawn_together(
    house: House,
    ties: Sequence[Ends],
    hierarchy: Sequence[Ends],
    corners: Callable[[], Mapping[str, Point]],
    best: float,
) -> float:
    """Sort siblings by where the people stand they are tied to, while it helps."""
    tied: dict[str, list[str]] = {}
    for one, other in ties:
        tied.setdefault(one, []).append(other)
        tied.setdefault(other, []).append(one)
    people = {key: frozenset(house.under(key)) for siblings in house.lists() for key in siblings}
    for _ in range(3):
        at = corners()
        before = [list(siblings) for siblings in house.lists()]

        def pull(key: str, at: Mapping[str, Point] = at) -> float:
            own = people[key]
            ends = [end for card in own for end in tied.get(card, ()) if end not in own]
            some = ends or list(own)
            return sum(at[end][0] + 0.3 * at[end][1] for end in some) / len(some)

        for siblings in house.lists():
            siblings.sort(key=pull)
        cost = _cost(corners(), ties, hierarchy)
        if cost >= best:
            for siblings, old in zip(house.lists(), before, strict=True):
                siblings[:] = old
            break
        best = cost
    return best


def _cost(at: Mapping[str, Point], ties: Sequence[Ends], hierarchy: Sequence[Ends]) -> float:
    """Return crossings of ties with ties and with the hierarchy, plus a little for length."""
    lines = []
    cost = 0.0
    for a, b in ties:
        (x1, y1), (x2, y2) = at[a], at[b]
        cost += _FAR * (abs(x1 - x2) + abs(y1 - y2))
        low, high = (x1, x2) if x1 < x2 else (x2, x1)
        lines.append((x1, y1, x2, y2, low, high, a, b))
    count = len(lines)
    if count <= 30:
        for a, b in hierarchy:
            (x1, y1), (x2, y2) = at[a], at[b]
            low, high = (x1, x2) if x1 < x2 else (x2, x1)
            lines.append((x1, y1, x2, y2, low, high, a, b))
    for first in range(count):
        x1, y1, x2, y2, low, high, a, b = lines[first]
        dx, dy = x2 - x1, y2 - y1
        for x3, y3, x4, y4, low2, high2, c, d in lines[first + 1 :]:
            if low2 >= high or high2 <= low or a in (c, d) or b in (c, d):
                continue
            if (dx * (y3 - y1) - dy * (x3 - x1)) * (dx * (y4 - y1) - dy * (x4 - x1)) >= 0:
                continue
            ex, ey = x4 - x3, y4 - y3
            if (ex * (y1 - y3) - ey * (x1 - x3)) * (ex * (y2 - y3) - ey * (x2 - x3)) < 0:
                cost += 1.0
    return cost
