"""Where an arrow leads on a map: up to the boss, down to the first report, sideways along. Pure."""

from collections.abc import Mapping
from enum import Enum

from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout.tree import Place


class Way(Enum):
    """A direction; the value is its unit vector, y downwards."""

    UP = (0, -1)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    RIGHT = (1, 0)


def step(
    content: ChainMap, places: Mapping[str, Place], here: str | None, way: Way, *, ties: bool
) -> str | None:
    """Return the card an arrow leads to from ``here``; None where there is none.

    Up is the boss, down the first report, left and right the next with the same boss, column by
    column; where there is none the nearest card that way. With ``ties`` an arrow goes along the
    tie that points that way best. Nobody chosen: the first card from the top.
    """
    bosses = {card.id: card.reports_to for card in content.cards if card.id in places}
    if here is None or here not in bosses:
        return min(bosses, key=lambda one: _reading(places[one]), default=None)
    if ties:
        along = _nearest(
            {one: places[one] for one in _tied(content, here) & set(bosses)}, places[here], way
        )
        if along is not None:
            return along
    found: str | None = None
    if way is Way.UP:
        found = bosses[here]
    elif way is Way.DOWN:
        under = (one for one, boss in bosses.items() if boss == here)
        found = min(under, key=lambda one: _column(places[one]), default=None)
    else:
        beside = sorted(
            (one for one, boss in bosses.items() if boss == bosses[here]),
            key=lambda one: _column(places[one]),
        )
        at = beside.index(here) + way.value[0]
        found = beside[at] if 0 <= at < len(beside) else None
    if found in bosses:
        return found
    others = {one: places[one] for one in bosses if one != here}
    return _nearest(others, places[here], way)


def _tied(content: ChainMap, here: str) -> set[str]:
    ends = ({tie.source, tie.target} for tie in content.ties)
    return {one for pair in ends if here in pair for one in pair - {here}}


def _nearest(places: Mapping[str, Place], here: Place, way: Way) -> str | None:
    """Return the nearest card in a direction; what lies across counts double."""
    dx, dy = way.value
    x, y = _middle(here)
    best, least = None, float("inf")
    for one in sorted(places):
        right, down = _middle(places[one])
        along = (right - x) * dx + (down - y) * dy
        across = abs((right - x) * dy) + abs((down - y) * dx)
        if along > 1 and (cost := along + 2 * across) < least:
            best, least = one, cost
    return best


def _middle(place: Place) -> tuple[float, float]:
    return place.x + place.width / 2, place.y + place.height / 2


def _reading(place: Place) -> tuple[float, float]:
    return round(place.y), place.x


def _column(place: Place) -> tuple[float, float]:
    return round(place.x), place.y
