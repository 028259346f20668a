"""The decision-chain map as a drawing: cards, hierarchy, influence, and what the signs mean."""

from typing import Final, NamedTuple

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text, say
from kamdesk.figures.arrows import Arrows, Flight
from kamdesk.figures.chain import Card, CardKind, ChainMap, Tie, TieKind, chosen
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.ink import ACCENT, BLACK, BRICK, GREY, TINT, WHITE, Ink
from kamdesk.figures.layout.tree import COMFORTABLE, TALL, Arrangement, Place, Seat, arranged
from kamdesk.figures.marks import ball, bars, bond, disc, hatch, head, ring
from kamdesk.figures.shapes import (
    Shape,
    bent,
    circle,
    curve,
    grouped,
    line,
    polygon,
    rect,
    text,
)
from kamdesk.figures.type import Weight, lines
from kamdesk.figures.type import width as wide

_NAME: Final = 8.6
_SMALL: Final = 6.6
_THREE_LINES: Final = 38.5  # height of a card with post and role on lines of their own
_FLAT: Final = 24.0  # below this a card has room for one line only
_NARROW: Final = 7.2  # size of a name too long for one line
_BARS: Final = 17.0  # what five bars take of a row
_TOP: Final = 6.0  # above the topmost cards, for numbers on their edge
_UNKNOWN_ROLE: Final = Text("nobody known")
_VACANT: Final = Text("vacant")
_UNMET: Final = Text("not met")


def chain_drawing(content: ChainMap, *, width: float, height: float, language: str) -> Drawing:
    """Draw the map within ``width`` × ``height``; the drawing's own height is what it needs."""
    shown = chosen(content)
    signs = legend(shown, width=width, language=language)
    if not shown.cards:
        return _empty(width, language)
    seats = [Seat(card.id, card.reports_to) for card in shown.cards]
    room = max(20.0, height - signs.height - _TOP - 8)
    plan = arranged(seats, width=width, height=room, talls=_talls(shown, language))
    whole = plan.height + _TOP + signs.height + 8
    drawing = Drawing(width, whole)
    top = whole - _TOP
    drawing.contents.extend(_hierarchy(plan, top))
    if shown.opinions:
        drawing.contents.extend(_ties(shown, plan, top))
    numbers = {id_: number for number, id_ in enumerate(shown.way_in, 1)}
    for card in shown.cards:
        place = plan.places[card.id]
        drawn = _card(card, place, top, shown.opinions, language)
        if card.id in numbers:
            drawn += disc(place.x + place.width - 1, top - place.y - 1, numbers[card.id])
        drawing.contents.append(grouped(card.id, drawn))
    drawing.contents.extend(signs.shapes)
    return drawing


def _empty(width: float, language: str) -> Drawing:
    drawing = Drawing(width, 20)
    said = say(Text("Nobody is on the map yet."), language)
    drawing.contents.extend(text(0, 8, said, 7.6, ink=GREY))
    return drawing


def _hierarchy(plan: Arrangement, top: float) -> list[Shape]:
    return [
        grouped(joint.id, [bent([(x, top - y) for x, y in joint.points], ink=GREY, width=0.7)])
        for joint in plan.joints
    ]


def _ties(content: ChainMap, plan: Arrangement, top: float) -> list[Shape]:
    ids = plan.places
    arrows = Arrows(plan.places, plan.width, plan.height)
    drawn: list[Shape] = []
    for tie in sorted(content.ties, key=lambda tie: -tie.weight):
        if tie.source in ids and tie.target in ids and tie.source != tie.target:
            flight = arrows.between(tie.source, tie.target)
            drawn.append(grouped(tie.id or tie.source, _tie(tie, flight, top)))
    return drawn


def _tie(tie: Tie, flight: Flight, top: float) -> list[Shape]:
    start, handle1, handle2, end = ((x, top - y) for x, y in flight.curve)
    if tie.kind is not TieKind.INFLUENCE:
        return bond(tie.kind, (start, handle1, handle2, end))
    ux, uy = flight.landing[0], -flight.landing[1]
    ink: Ink = BRICK if tie.against_us else ACCENT
    wide = (0.9, 1.5, 2.2)[min(3, max(1, tie.weight)) - 1]
    size = 4.4 + wide
    stop = (end[0] - ux * size * 0.8, end[1] - uy * size * 0.8)
    return [
        curve(
            (start, handle1, handle2, stop),
            ink=ink,
            width=wide,
            dash=(3.2, 1.8) if tie.against_us else (),
        ),
        polygon(head(end[0], end[1], ux, uy, size), fill=ink),
    ]


def _talls(content: ChainMap, language: str) -> tuple[float, ...]:
    """Return the heights of cards that names, posts and roles ask for at a common width."""
    for card in content.cards:
        below = wide(_second_line(card, language), _SMALL)
        role = wide(_role(card, language), _SMALL, Weight.BOLD)
        name = wide(card.name, _NAME - 1, Weight.BOLD)
        if name + 24 > COMFORTABLE or (below and role and below + role + 28 > COMFORTABLE):
            return (_THREE_LINES, TALL)
    return (TALL,)


def _card(card: Card, place: Place, top: float, opinions: bool, language: str) -> list[Shape]:
    x, y = place.x, top - place.y - place.height
    shapes = _frame(card, place, y, opinions)
    if place.height < _FLAT:
        return shapes + _one_line(card, place, y, opinions)
    marked = opinions and card.kind is not CardKind.GHOST
    left, right, high = x + 8, x + place.width - 5, y + place.height
    if marked:
        shapes += ball(x + 9.5, high - 10, card.stance, radius=2.9)
        if card.relation is not None:
            shapes += ring(x + 9.5, y + 8.4, card.relation)
        left = x + 18
    name = card.name or say(_UNKNOWN_ROLE, language)
    post, role = _second_line(card, language), _role(card, language)
    high_enough = place.height >= _THREE_LINES - 3
    if high_enough and wide(name, _NARROW, Weight.BOLD) > right - left:
        if marked:
            shapes += bars(right - 14.6, y + 6, card.influence)
        return shapes + _long_name(name, role, left, right, y, high)
    rows = [_Row(high - 13.2, name, Weight.BOLD, BLACK)]
    if high_enough:
        rows.append(_Row(high - 22.6, post, Weight.REGULAR, GREY))
        rows.append(_Row(y + 6, role, Weight.BOLD, BLACK))
    else:
        rows.append(_Row(y + 5.6, role, Weight.BOLD, BLACK))
    barred = _row_for_bars(rows, right - left) if marked else None
    for row in rows:
        end = right - _BARS if row is barred else right
        if row is barred:
            shapes += bars(right - 14.6, row.y, card.influence)
        if row is rows[0]:
            end -= 11 if card.kind is CardKind.GHOST else 0
            shapes += _name(row.text, left, row.y, end - left)
        elif len(rows) == 3:
            shapes += text(
                left, row.y, row.text, _SMALL, weight=row.weight, ink=row.ink, most=end - left
            )
        else:
            shapes += _post_and_role(post, role, left, end, row.y)
    return shapes


def _long_name(
    name: str, role: str, left: float, right: float, y: float, high: float
) -> list[Shape]:
    """Return a name on two lines, above the role: the post gives way."""
    shapes: list[Shape] = []
    for number, part in enumerate(lines(name, _NARROW, right - left, Weight.BOLD, 2)):
        base = high - 11.6 - number * 9.4
        shapes += text(left, base, part.text, _NARROW, weight=Weight.BOLD, most=right - left)
    room = right - _BARS - left
    return shapes + text(left, y + 6, role, _SMALL, weight=Weight.BOLD, most=room)


class _Row(NamedTuple):
    y: float
    text: str
    weight: Weight
    ink: Ink


def _row_for_bars(rows: list[_Row], room: float) -> _Row:
    """Return the first row with room for the bars beside its text, the post's if there is none."""
    for row in (rows[0], rows[-1]):
        size = _NAME - 1.5 if row is rows[0] else _SMALL
        if wide(row.text, size, row.weight) + _BARS <= room:
            return row
    return rows[1]


def _post_and_role(post: str, role: str, left: float, right: float, y: float) -> list[Shape]:
    """Return one line with the post at its left and the role at its right, the role whole."""
    taken = min(wide(role, _SMALL, Weight.BOLD), right - left)
    shapes = text(right - taken, y, role, _SMALL, weight=Weight.BOLD, most=right - left + 0.1)
    room = right - taken - 4 - left
    if room > 5 * _SMALL or wide(post, _SMALL) <= room or not role:
        shapes += text(left, y, post, _SMALL, ink=GREY, most=room)
    return shapes


def _name(name: str, x: float, y: float, most: float) -> list[Shape]:
    size = _NAME
    while size > _SMALL and wide(name, size, Weight.BOLD) > most:
        size = round(size - 0.5, 1)
    return text(x, y, name, max(size, _SMALL), weight=Weight.BOLD, most=most)


def _role(card: Card, language: str) -> str:
    if card.roles:
        return say(card.roles[0], language)
    if not card.met and card.kind is CardKind.PERSON:
        return say(_UNMET, language)
    return ""


def _second_line(card: Card, language: str) -> str:
    if card.kind is CardKind.VACANT:
        return say(_VACANT, language)
    return card.post


def _frame(card: Card, place: Place, y: float, opinions: bool) -> list[Shape]:
    x, across, tall = place.x, place.width, place.height
    liked = opinions and card.stance is not None and card.stance > 0
    disliked = opinions and card.stance is not None and card.stance < 0
    strong = opinions and (card.influence or 0) >= 4
    dash: tuple[float, ...] = (3.0, 1.6) if disliked else ()
    if card.kind in (CardKind.GHOST, CardKind.VACANT):
        dash = (1.0, 1.8)
    radius = 0.0 if card.kind is CardKind.OUTSIDE else 3.0
    shapes: list[Shape] = [
        rect(
            x,
            y,
            across,
            tall,
            radius=radius,
            fill=TINT if liked else WHITE,
            stroke=BLACK,
            line=1.7 if strong else 0.7,
            dash=dash,
        )
    ]
    if not card.met and card.kind is CardKind.PERSON:
        shapes += [hatch(x + 1, y + 1, across - 2, tall - 2)]
    if card.kind is CardKind.BODY:
        shapes.append(rect(x + 2, y + 2, across - 4, tall - 4, radius=2, stroke=BLACK))
    if card.kind is CardKind.GHOST:
        shapes += _plus(x + across - 10, y + tall - 9.5)
    if card.attends:
        shapes.append(rect(x - 1.4, y + 3, 3.2, tall - 6, fill=ACCENT))
    return shapes


def _plus(x: float, y: float) -> list[Shape]:
    return [
        circle(x, y, 4, stroke=BLACK, line=0.6),
        line(x - 2, y, x + 2, y, width=0.8),
        line(x, y - 2, x, y + 2, width=0.8),
    ]


def _one_line(card: Card, place: Place, y: float, opinions: bool) -> list[Shape]:
    middle = y + place.height / 2
    left, right = place.x + 6, place.x + place.width - 4
    shapes: list[Shape] = []
    if opinions:
        shapes += ball(place.x + 8, middle, card.stance, radius=2.4)
        shapes += bars(right - 12, middle - 2.6, card.influence, height=5.2)
        left, right = left + 8, right - 14
    size = min(7.6, max(5.0, place.height * 0.62))
    return shapes + text(left, middle - size * 0.36, card.name, size, most=right - left)
