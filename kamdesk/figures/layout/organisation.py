"""The organisation view: a tidy tree in which groups have boxes and ties run through the gaps."""

import math
from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import Final

from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout import siblings
from kamdesk.figures.layout.blocks import LABEL, Block, Habits, Packing, Style, bounds
from kamdesk.figures.layout.frames import framed
from kamdesk.figures.layout.hanging import hung
from kamdesk.figures.layout.house import House, house_of
from kamdesk.figures.layout.pins import held
from kamdesk.figures.layout.plan import Plan, Point, Route, Sizes, tie_key
from kamdesk.figures.layout.routes import Line, routed
from kamdesk.figures.layout.settling import settled
from kamdesk.figures.layout.tree import Joint, Place

_STYLES: Final = (
    Style(),
    Style(deep=4),
    Style(deep=3),
    Style(deep=2),
    Style(deep=1),
    Style(deep=1, crowd=99),
)
"""From the least to the most stacked; the first that fits the width is taken."""
_SCREEN: Final = 900.0
_SHAPE: Final = 2.0
"""A map that is wider than a screen is stacked so that it gets about this shape."""
_MARGIN: Final = 12.0
"""Around the cards, for lines that go round them."""


def organised(
    content: ChainMap,
    sizes: Sizes,
    *,
    width: float | None = None,
    before: Plan | None = None,
) -> Plan:
    """Lay the map out as an organisation, as narrow as ``width`` where that can be.

    With ``before``, what was seen until now keeps its order and, as far as it can, its place. A
    card with a place of its own stands there and takes along whoever hangs under it.
    """
    if not content.cards:
        return Plan(places={})
    house = house_of(content)
    ties = _ties(content)
    block = _packed(house, ties, sizes, width, before)
    places = {
        id_: Place(x + _MARGIN, y + _MARGIN, *sizes.card) for id_, (x, y) in block.places.items()
    }
    if before is not None:
        places = settled(places, before.places, house)
    pinned = {card.id: card.place for card in content.cards if card.place is not None}
    if pinned:
        places = held(places, pinned, house, sizes)
    boxes = framed(places, house, loose=pinned)
    joints, odd = hung(places, house, sizes)
    lines = [Line(f"reports {id_}", str(house.bosses[id_]), id_) for id_ in odd]
    lines += [Line(key, *ends) for key, ends in ties.items()]
    labels = [Place(box.x, box.y, min(96.0, 0.45 * box.width), LABEL) for box in boxes.values()]
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


def _packed(
    house: House,
    ties: Mapping[str, tuple[str, str]],
    sizes: Sizes,
    width: float | None,
    before: Plan | None,
) -> Block:
    room = None if width is None else width - 2 * _MARGIN
    habits = Habits()
    if before is not None:
        _as_before(house, before)
        habits = _habits(house, before)
    fits: list[tuple[float, Packing]] = []
    for style in _STYLES:
        packing = Packing(house, sizes, style, habits)
        fits.append((_unfit(packing.whole(width=room), room), packing))
        if not fits[-1][0]:
            break
    packing = min(fits, key=itemgetter(0))[1]
    if before is None:
        ends = list(ties.values())
        siblings.order(house, ends, lambda: _middles(packing.whole(width=room), sizes))
    return packing.whole(width=room)


def _unfit(block: Block, room: float | None) -> float:
    """Return 0 for a block that fits the room, or a screen; more the less it does."""
    if room is not None:
        return max(0.0, block.width - room)
    if block.width <= _SCREEN and block.height <= _SCREEN:
        return 0.0
    return abs(math.log(block.width / block.height / _SHAPE))


def _middles(block: Block, sizes: Sizes) -> dict[str, Point]:
    width, height = sizes.card
    return {id_: (x + width / 2, y + height / 2) for id_, (x, y) in block.places.items()}


def _as_before(house: House, before: Plan) -> None:
    """Put siblings in the order they stood in, whoever is new behind them."""

    def stood(key: str) -> tuple[float, float]:
        seen = [before.places[id_] for id_ in house.under(key) if id_ in before.places]
        return min(((place.x, place.y) for place in seen), default=(float("inf"), 0.0))

    for brothers in house.lists():
        brothers.sort(key=stood)


def _habits(house: House, before: Plan) -> Habits:
    """Return whose reports stood side by side, and who shared a column."""
    spread, columned = set(), set()
    for boss, keys in house.below.items():
        seen = {key: before.places[key] for key in keys if key in before.places}
        columns = Counter(round(place.x) for place in seen.values())
        columned |= {key for key, place in seen.items() if columns[round(place.x)] > 1}
        if boss is not None and len(seen) > 1 and len(columns) == len(seen):
            spread.add(boss)
    return Habits(frozenset(spread), frozenset(columned))


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
