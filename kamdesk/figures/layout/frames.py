"""Boxes around groups: as small as their people allow, with nobody else in them."""

from collections.abc import Collection, Mapping, Sequence

from kamdesk.figures.layout.blocks import bounds
from kamdesk.figures.layout.house import House, group_of
from kamdesk.figures.layout.pins import meet
from kamdesk.figures.layout.plan import Sizes
from kamdesk.figures.layout.tree import Place


def framed(
    places: Mapping[str, Place], house: House, sizes: Sizes, *, loose: Collection[str] = ()
) -> dict[str, Place]:
    """Return the box around each group, by its id.

    ``loose`` are cards that may stand anywhere: one that would bring a stranger into the box stays
    outside of it.
    """
    boxes = {}
    for key in house.inside:
        own = members(house, key)
        others = [place for id_, place in places.items() if id_ not in own]
        own.sort(key=lambda id_: id_ in loose)
        box = _around([places[id_] for id_ in own], sizes)
        while len(own) > 1 and own[-1] in loose and any(meet(box, one) for one in others):
            own.pop()
            box = _around([places[id_] for id_ in own], sizes)
        boxes[group_of(key)] = box
    return boxes


def members(house: House, key: str) -> list[str]:
    """Return the cards in a box."""
    return [id_ for head in house.inside[key] for id_ in house.under(head)]


def in_order(places: Mapping[str, Place], house: House, sizes: Sizes) -> bool:
    """Return whether nobody covers anybody, and boxes hold their own people only."""
    cards = sorted(places.values())
    for number, card in enumerate(cards):
        for other in cards[number + 1 :]:
            if other.x >= card.x + card.width + 3:
                break
            if meet(card, other, 3.0):
                return False
    boxes = framed(places, house, sizes)
    frames = list(boxes.values())
    if any(meet(one, other) for at, one in enumerate(frames) for other in frames[at + 1 :]):
        return False
    for key in house.inside:
        own = set(members(house, key))
        box = boxes[group_of(key)]
        if any(meet(box, place) for id_, place in places.items() if id_ not in own):
            return False
    return True


def _around(cards: Sequence[Place], sizes: Sizes) -> Place:
    inner = bounds(cards)
    return Place(
        inner.x - sizes.padding,
        inner.y - sizes.label,
        inner.width + 2 * sizes.padding,
        inner.height + sizes.label + sizes.padding,
    )
