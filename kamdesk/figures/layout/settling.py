"""Keeping what was seen: after a change everybody goes back to his place where there is room."""

from collections import Counter
from collections.abc import Iterator, Mapping

from kamdesk.figures.layout.frames import in_order
from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes
from kamdesk.figures.layout.tree import Place


def settled(
    places: Mapping[str, Place], before: Mapping[str, Place], house: House, sizes: Sizes
) -> dict[str, Place]:
    """Return the new places with as many cards as possible where they stood before.

    First all together, then branch by branch, then card by card: whoever fits goes back.
    """
    dx, dy = _shift(places, before)
    now = {id_: at._replace(x=at.x + dx, y=at.y + dy) for id_, at in places.items()}
    for people in _branches(house):
        back = {
            id_: now[id_]._replace(x=before[id_].x, y=before[id_].y)
            for id_ in people
            if id_ in before
        }
        tried = now | back
        if tried != now and in_order(tried, house, sizes):
            now = tried
    return now


def _shift(places: Mapping[str, Place], before: Mapping[str, Place]) -> Point:
    """Return the shift after which most cards stand where they stood."""
    shifts = Counter(
        (round(before[id_].x - place.x, 2), round(before[id_].y - place.y, 2))
        for id_, place in places.items()
        if id_ in before
    )
    return shifts.most_common(1)[0][0] if shifts else (0.0, 0.0)


def _branches(house: House) -> Iterator[list[str]]:
    """Give everybody, then each branch from the top down, to the single cards."""
    yield list(house.bosses)
    waiting = list(house.below.get(None, ()))
    for key in waiting:
        yield list(house.under(key))
        waiting += house.inside.get(key, ())
        waiting += house.below.get(key, ())
        if key in house.bosses and house.below.get(key):
            yield [key]
