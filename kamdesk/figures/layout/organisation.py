"""The organisation view: a tidy tree in which groups have boxes and ties run through the gaps."""

from collections.abc import Mapping
from typing import Final

from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout.blocks import bounds
from kamdesk.figures.layout.frames import framed
from kamdesk.figures.layout.hanging import hung
from kamdesk.figures.layout.house import house_of
from kamdesk.figures.layout.labels import label_places
from kamdesk.figures.layout.pins import held
from kamdesk.figures.layout.plan import Plan, Route, Sizes, tie_key
from kamdesk.figures.layout.routes import Line, routed
from kamdesk.figures.layout.settling import settled
from kamdesk.figures.layout.shaping import WISHED, Wish, shaped
from kamdesk.figures.layout.tree import Joint, Place

_MARGIN: Final = 12.0
"""Around the cards, for lines that go round them."""


def organised(
    content: ChainMap,
    sizes: Sizes,
    *,
    width: float | None = None,
    aspect: float = WISHED,
    before: Plan | None = None,
) -> Plan:
    """Lay the map out as an organisation, as narrow as ``width`` where that can be.

    Of several ways that of about ``aspect`` (width by height) is taken which is seen largest. With
    ``before``, what was seen until now keeps its order and, as far as it can, its place. A card
    with a place of its own stands there and takes along whoever hangs under it.
    """
    if not content.cards:
        return Plan(places={})
    house = house_of(content)
    ties = _ties(content)
    room = None if width is None else width - 2 * _MARGIN
    spots = shaped(house, list(ties.values()), sizes, Wish(room, aspect), before)
    places = {id_: Place(x + _MARGIN, y + _MARGIN, *sizes.card) for id_, (x, y) in spots.items()}
    if before is not None:
        places = settled(places, before.places, house, sizes)
    pinned = {card.id: card.place for card in content.cards if card.place is not None}
    if pinned:
        places = held(places, pinned, house, sizes)
    boxes = framed(places, house, sizes, loose=pinned)
    joints, odd = hung(places, house, sizes)
    lines = [Line(f"reports {id_}", str(house.bosses[id_]), id_) for id_ in odd]
    lines += [Line(key, *ends) for key, ends in ties.items()]
    labels = label_places(content.boxes, boxes, sizes)
    hanging = [(str(house.bosses[joint.id]), joint) for joint in joints]
    routes = routed(places, lines, hanging, labels, sizes)
    joints += [Joint(id_, routes.pop(f"reports {id_}").points) for id_ in odd]
    return _plan(places, tuple(joints), routes, boxes)


def _ties(content: ChainMap) -> dict[str, tuple[str, str]]:
    known = {card.id for card in content.cards}
    return {
        tie_key(tie): (tie.source, tie.target)
        for tie in content.ties
        if tie.source in known and tie.target in known and tie.source != tie.target
    }


def _plan(
    places: Mapping[str, Place],
    joints: tuple[Joint, ...],
    routes: Mapping[str, Route],
    boxes: Mapping[str, Place],
) -> Plan:
    drawn = [Place(x, y, 0.0, 0.0) for route in routes.values() for x, y in route.points]
    drawn += [Place(x, y, 0.0, 0.0) for joint in joints for x, y in joint.points]
    whole = bounds([*places.values(), *boxes.values(), *drawn])
    left, top = min(0.0, whole.x - 2), min(0.0, whole.y - 2)
    return Plan(
        places=places,
        joints=joints,
        routes=routes,
        boxes=boxes,
        width=whole.x + whole.width + _MARGIN - left,
        height=whole.y + whole.height + _MARGIN - top,
        left=left,
        top=top,
    )
