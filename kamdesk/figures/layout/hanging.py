"""Lines of the hierarchy: from under a boss to his reports, right-angled, over no card."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kamdesk.figures.layout.blocks import Block
from kamdesk.figures.layout.house import House
from kamdesk.figures.layout.plan import Point, Sizes
from kamdesk.figures.layout.tree import Joint, Place


def hung(
    places: Mapping[str, Place], house: House, block: Block, sizes: Sizes
) -> tuple[list[Joint], list[str]]:
    """Return the lines of the hierarchy, and the cards whose line must find its own way."""
    joints, odd = [], []
    for id_, boss in house.bosses.items():
        if boss is None:
            continue
        points = tuple(_hung(id_, places[boss], places, block, sizes))
        others = (place for card, place in places.items() if card not in (id_, boss))
        if _straight_down(points) and not any(_through(points, other) for other in others):
            joints.append(Joint(id_, points))
        else:
            odd.append(id_)
    return joints, odd


def _hung(
    id_: str, above: Place, places: Mapping[str, Place], block: Block, sizes: Sizes
) -> Iterator[Point]:
    place = places[id_]
    x1, x2 = above.x + above.width / 2, place.x + place.width / 2
    bottom, side = above.y + above.height, place.y + place.height / 2
    bus = bottom + sizes.below / 2
    if id_ in block.piled:
        spine = above.x + 5.0
        yield from ((spine, bottom), (spine, side), (place.x, side))
    elif id_ in block.racked:
        spine = place.x - 6.0
        yield from ((x1, bottom), (x1, bus), (spine, bus), (spine, side), (place.x, side))
    elif abs(x1 - x2) > 0.1:
        yield from ((x1, bottom), (x1, bus), (x2, bus), (x2, place.y))
    else:
        yield from ((x1, bottom), (x2, place.y))


def _straight_down(points: Sequence[Point]) -> bool:
    """Return whether the line comes down from the boss and meets its card from above or left."""
    (x1, y1), (x2, y2) = points[-2:]
    steps = pairwise(points)
    return all(a[1] <= b[1] for a, b in steps) and (y1 < y2 or x1 <= x2)


def _through(points: Sequence[Point], card: Place) -> bool:
    return any(
        min(x1, x2) < card.x + card.width
        and max(x1, x2) > card.x
        and min(y1, y2) < card.y + card.height
        and max(y1, y2) > card.y
        for (x1, y1), (x2, y2) in pairwise(points)
    )
