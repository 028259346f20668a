"""The decision-chain map as a drawing: cards, hierarchy, influence, and what the signs mean."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text, say
from kamdesk.figures.chain import Box, ChainMap
from kamdesk.figures.chain_card import THREE_LINES, Drawn, card_shapes, has_room
from kamdesk.figures.chain_ties import routed
from kamdesk.figures.ink import BAND, GREY, HAIR, WHITE
from kamdesk.figures.layout.plan import Plan, Sizes, tie_key
from kamdesk.figures.layout.tree import TALL, Joint, Place
from kamdesk.figures.marks import disc
from kamdesk.figures.measures import SCREEN, Measures
from kamdesk.figures.shapes import RecordGroup, Shape, bent, grouped, rect, text

_CARDS: Final = {
    2: ((104.0, TALL), (122.0, TALL), (140.0, TALL)),
    3: ((104.0, TALL), (104.0, THREE_LINES), (122.0, THREE_LINES), (140.0, THREE_LINES)),
}
"""Widths and heights of cards, in units, that hold two lines of text or up to three."""
RIM: Final = 8.0
"""Units that flags, numbers and thick frames may stick out of a plan."""


def map_drawing(
    content: ChainMap, plan: Plan, *, language: str, measures: Measures = SCREEN
) -> Drawing:
    """Draw a map as ``plan`` lays it out, all of it, without a legend.

    The drawing is as large as the plan, with the same coordinates (its y upwards); flags, numbers
    and frames stick out by up to ``RIM`` units. Groups of shapes carry ids: cards their own, ties
    theirs, lines of the hierarchy “up:” and the card below, boxes “box:” and the box's.
    """
    drawing = Drawing(plan.width, plan.height)
    top = plan.height
    drawn = drawing.contents
    drawn.extend(_boxes(content, plan, language, measures))
    drawn.extend(_hierarchy(plan.joints, top, measures, _from_outside(content)))
    if content.opinions:
        drawn.extend(_ties(content, plan, measures))
    drawn.extend(_cards(content, plan.places, top, Drawn(measures, content.opinions, language)))
    return drawing


def sizes_for(content: ChainMap, *, language: str, measures: Measures = SCREEN) -> Sizes:
    """Return measures of cards in which names, posts and roles of this map have room.

    Of several cards the smallest in which few are cut short.
    """
    unit = measures.unit
    how = Drawn(measures, content.opinions, language)
    few = len(content.cards) // 10
    lines = 3 if any(card.roles for card in content.cards) else 2
    for across, tall in _CARDS[lines]:
        cut = sum(not has_room(card, across * unit, tall * unit, how) for card in content.cards)
        if cut <= few:
            break
    plain = Sizes()
    return Sizes(
        card=(round(across * unit), round(tall * unit)),
        beside=plain.beside * unit,
        below=plain.below * unit,
        stack=plain.stack * unit,
        indent=plain.indent * unit,
        lane=plain.lane * unit,
        label=plain.label * unit,
        padding=plain.padding * unit,
    )


def _boxes(
    content: ChainMap, plan: Plan, language: str, measures: Measures
) -> Iterator[RecordGroup]:
    for box in content.boxes:
        if place := plan.boxes.get(box.id):
            yield grouped(f"box:{box.id}", _box(box, place, plan.height, language, measures))


def _box(box: Box, place: Place, top: float, language: str, measures: Measures) -> list[Shape]:
    unit, size = measures.unit, measures.small
    high = top - place.y
    name = say(Text("outside: {name}", name=box.name) if box.outside else box.name, language)
    return [
        rect(
            place.x,
            high - place.height,
            place.width,
            place.height,
            radius=6 * unit,
            fill=WHITE if box.outside else BAND,
            stroke=HAIR if box.outside else None,
            line=measures.hair,
        ),
        *text(
            place.x + 6 * unit,
            high - size * 1.15,
            name[:1].upper() + name[1:],
            size,
            ink=GREY,
            most=place.width - 12 * unit,
        ),
    ]


def _hierarchy(
    joints: Iterable[Joint],
    top: float,
    measures: Measures,
    dotted: Container[str],
) -> Iterator[RecordGroup]:
    unit = measures.unit
    for joint in joints:
        points = [(x, top - y) for x, y in joint.points]
        dash = (unit, 1.8 * unit) if joint.id in dotted else ()
        line = bent(points, ink=GREY, width=measures.hair, dash=dash)
        yield grouped(f"up:{joint.id}", [line])


def _from_outside(content: ChainMap) -> frozenset[str]:
    """Return the cards in a box outside whose boss is not in it: their line is dotted."""
    outside = {box.id for box in content.boxes if box.outside}
    groups = {card.id: card.group for card in content.cards}
    return frozenset(
        card.id
        for card in content.cards
        if card.reports_to
        and (box := card.group) != groups.get(card.reports_to)
        and (box in outside or groups.get(card.reports_to) in outside)
    )


def _ties(content: ChainMap, plan: Plan, measures: Measures) -> Iterator[RecordGroup]:
    """Give the ties by their routes, strong ones below."""
    cards = tuple(plan.places.values())
    for tie in sorted(content.ties, key=lambda tie: -tie.weight):
        if route := plan.routes.get(tie_key(tie)):
            yield grouped(tie_key(tie), routed(tie, route, plan.height, measures, cards))


def _cards(
    content: ChainMap, places: Mapping[str, Place], top: float, how: Drawn
) -> Iterator[RecordGroup]:
    unit = how.measures.unit
    numbers = {id_: number for number, id_ in enumerate(content.way_in, 1)}
    for card in content.cards:
        place = places.get(card.id)
        if place is None:
            continue
        shapes = card_shapes(card, place, top - place.y - place.height, how)
        if card.id in numbers:
            right, high = place.x + place.width - unit, top - place.y - unit
            shapes += disc(right, high, numbers[card.id], radius=4.2 * unit)
        yield grouped(card.id, shapes)
