"""One card of a chain map: frame, name, post, role, and the signs of what is thought of them."""

from typing import Final, NamedTuple

from kamdesk.core.wording import Text, say
from kamdesk.figures.chain import Card, CardKind
from kamdesk.figures.ink import ACCENT, BLACK, GREY, TINT, WHITE, Ink
from kamdesk.figures.layout.tree import Place
from kamdesk.figures.marks import ball, bars, hatch, ring
from kamdesk.figures.measures import Measures
from kamdesk.figures.shapes import Shape, circle, line, rect, text
from kamdesk.figures.type import Weight, lines
from kamdesk.figures.type import width as wide

THREE_LINES: Final = 38.5
"""Height of a card with post and role on lines of their own, in units."""
_FLAT: Final = 24.0  # below this a card has room for one line only
_TWO_ROWS: Final = 14.0  # height of a flat card on which a long name may take two rows
_SMALL_NAME: Final = 5.8  # type of such a name
_LONGEST: Final = 200  # characters of a name or post that are ever measured
_BARS: Final = 17.0  # what five bars take of a row
_UNKNOWN: Final = Text("nobody known")
_VACANT: Final = Text("vacant")
_EMPTY: Final = Text("empty seat")
_UNMET: Final = Text("not met")
_VETO: Final = Text("veto")
_GUIDE: Final = Text("guide")
_LEAVING: Final = Text("may leave")
_NOBODY: Final = (CardKind.GHOST, CardKind.VACANT)


class Drawn(NamedTuple):
    """How cards are drawn: in which measure, whether opinions are seen, in which language."""

    measures: Measures
    opinions: bool
    language: str


def card_shapes(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    """Return the shapes of a card whose lower edge is at ``y`` (upwards)."""
    unit = how.measures.unit
    shapes = _frame(card, place, y, how)
    if place.height < _FLAT * unit:
        return shapes + _one_line(card, place, y, how)
    shapes += _signs(card, place, y, how)
    shapes += _words(card, place, y, how)
    if how.measures.remarks:
        shapes += _flags(card, place, y, how)
    return shapes


def has_room(card: Card, across: float, tall: float, how: Drawn) -> bool:
    """True when name, post and role stand whole on a card so wide and high."""
    measures, unit = how.measures, how.measures.unit
    post = wide(_post(card, how.language), measures.small)
    role = wide(_role(card, how), measures.small, Weight.BOLD)
    name = wide(_name(card, how.language), measures.name - 1, Weight.BOLD)
    room = across - (23 if _judged(card, how) else 13) * unit
    if tall < THREE_LINES * unit:
        both = 5 * unit if post and role else 0.0
        return max(name, post + role + both) <= room
    return max(name, post, role) <= room


def _frame(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    measures, unit = how.measures, how.measures.unit
    x, across, tall = place.x, place.width, place.height
    liked = how.opinions and card.stance is not None and card.stance > 0
    disliked = how.opinions and card.stance is not None and card.stance < 0
    strong = how.opinions and (card.influence or 0) >= 4
    dash: tuple[float, ...] = (3.0 * unit, 1.6 * unit) if disliked else ()
    if card.kind in _NOBODY:
        dash = (1.0 * unit, 1.8 * unit)
    shapes: list[Shape] = [
        rect(
            x,
            y,
            across,
            tall,
            radius=0.0 if card.kind is CardKind.OUTSIDE else 3.0 * unit,
            fill=TINT if liked and not card.stale else WHITE,
            stroke=_ink(card),
            line=measures.thick if strong else measures.thin,
            dash=dash,
        )
    ]
    if not card.met and card.kind is CardKind.PERSON:
        shapes.append(hatch(x + 1, y + 1, across - 2, tall - 2, pitch=5 * unit))
    if card.kind is CardKind.BODY:
        inset = 2 * unit
        shapes.append(
            rect(
                x + inset,
                y + inset,
                across - 2 * inset,
                tall - 2 * inset,
                radius=2 * unit,
                stroke=_ink(card),
                line=0.5 * unit,
            )
        )
    if card.kind is CardKind.GHOST:
        shapes += _plus(x + across - 10 * unit, y + tall - 9.5 * unit, unit)
    if card.attends:
        shapes.append(rect(x - 1.4 * unit, y + 3 * unit, 3.2 * unit, tall - 6 * unit, fill=ACCENT))
    return shapes


def _ink(card: Card) -> Ink:
    return GREY if card.stale else BLACK


def _plus(x: float, y: float, unit: float) -> list[Shape]:
    return [
        circle(x, y, 4 * unit, stroke=BLACK, line=0.6 * unit),
        line(x - 2 * unit, y, x + 2 * unit, y, width=0.8 * unit),
        line(x, y - 2 * unit, x, y + 2 * unit, width=0.8 * unit),
    ]


def _judged(card: Card, how: Drawn) -> bool:
    return how.opinions and card.kind not in _NOBODY


def _signs(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    """Return ball and ring at the left edge."""
    if not _judged(card, how):
        return []
    unit = how.measures.unit
    x = place.x + 9.5 * unit
    shapes = ball(
        x,
        y + place.height - 10 * unit,
        card.stance,
        radius=2.9 * unit,
        ink=_ink(card),
        guess=card.unsure,
    )
    if card.relation is not None:
        shapes += ring(x, y + 8.4 * unit, card.relation, radius=2.8 * unit)
    return shapes


class _Row(NamedTuple):
    y: float
    text: str
    weight: Weight
    ink: Ink


def _words(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    """Return the words of a card on two rows, on three where it is high enough, and the bars."""
    measures, unit = how.measures, how.measures.unit
    judged = _judged(card, how)
    left = place.x + (18 if judged else 8) * unit
    right, high = place.x + place.width - 5 * unit, y + place.height
    name, post, role = _name(card, how.language), _post(card, how.language), _role(card, how)
    three = place.height >= (THREE_LINES - 3) * unit
    if three and wide(name, _narrow(measures), Weight.BOLD) > right - left:
        return _long_name(card, name, role, (left, right, y, high), how)
    ink = _ink(card)
    rows = [_Row(high - 13.2 * unit, name, Weight.BOLD, ink)]
    if three:
        rows.append(_Row(high - 22.6 * unit, post, Weight.REGULAR, GREY))
        rows.append(_Row(y + 6 * unit, role, Weight.BOLD, ink))
    else:
        rows.append(_Row(y + 5.6 * unit, role, Weight.BOLD, ink))
    barred = _row_for_bars(rows, right - left, measures) if judged else None
    shapes: list[Shape] = []
    for row in rows:
        end = right - _BARS * unit if row is barred else right
        if row is barred:
            shapes += _bars(card, right, row.y, unit)
        if row is rows[0]:
            end -= 11 * unit if card.kind is CardKind.GHOST else 0
            shapes += _fitted(row, left, end - left, measures)
        elif three:
            shapes += text(
                left, row.y, row.text, measures.small, weight=row.weight, ink=row.ink,
                most=end - left,
            )  # fmt: skip
        else:
            shapes += _post_and_role(post, row, left, end, measures)
    return shapes


def _long_name(
    card: Card, name: str, role: str, room: tuple[float, float, float, float], how: Drawn
) -> list[Shape]:
    """Return a name on two lines, above the role: the post gives way."""
    measures, unit = how.measures, how.measures.unit
    left, right, y, high = room
    size = _narrow(measures)
    shapes = _bars(card, right, y + 6 * unit, unit) if _judged(card, how) else []
    for number, part in enumerate(lines(name, size, right - left, Weight.BOLD, 2)):
        base = high - 11.6 * unit - number * 9.4 * unit
        shapes += text(
            left, base, part.text, size, weight=Weight.BOLD, ink=_ink(card), most=right - left
        )
    most = right - _BARS * unit - left
    return shapes + text(
        left, y + 6 * unit, role, measures.small, weight=Weight.BOLD, ink=_ink(card), most=most
    )


def _narrow(measures: Measures) -> float:
    """Return the size of a name too long for one line."""
    return measures.name - 1.4


def _bars(card: Card, right: float, y: float, unit: float) -> list[Shape]:
    return bars(right - 14.6 * unit, y, card.influence, height=6.4 * unit)


def _row_for_bars(rows: list[_Row], room: float, measures: Measures) -> _Row:
    """Return the first row with room for the bars beside its text, the post's if there is none."""
    for row in (rows[0], rows[-1]):
        size = measures.name - 1.5 if row is rows[0] else measures.small
        if wide(row.text, size, row.weight) + _BARS * measures.unit <= room:
            return row
    return rows[1]


def _post_and_role(
    post: str, role: _Row, left: float, right: float, measures: Measures
) -> list[Shape]:
    """Return one line with the post at its left and the role at its right, the role whole."""
    size = measures.small
    taken = min(wide(role.text, size, Weight.BOLD), right - left)
    shapes = text(
        right - taken, role.y, role.text, size, weight=Weight.BOLD, ink=role.ink,
        most=right - left + 0.1,
    )  # fmt: skip
    room = right - taken - 4 * measures.unit - left
    if room > 5 * size or wide(post, size) <= room or not role.text:
        shapes += text(left, role.y, post, size, ink=GREY, most=room)
    return shapes


def _fitted(row: _Row, x: float, most: float, measures: Measures) -> list[Shape]:
    """Return a name, smaller where it is too long, cut short where it still is."""
    size = measures.name
    while size > measures.small and wide(row.text, size, row.weight) > most:
        size = round(size - 0.5, 1)
    return text(
        x, row.y, row.text, max(size, measures.small), weight=row.weight, ink=row.ink, most=most
    )


def _name(card: Card, language: str) -> str:
    if card.kind is CardKind.VACANT:
        return (card.name or card.post or say(_VACANT, language))[:_LONGEST]
    return card.name[:_LONGEST] or say(_UNKNOWN, language)


def _post(card: Card, language: str) -> str:
    if card.kind is CardKind.VACANT:
        return say(_VACANT, language)
    if card.kind is CardKind.GHOST:
        return card.post[:_LONGEST] or say(_EMPTY, language)
    return card.post[:_LONGEST]


def _role(card: Card, how: Drawn) -> str:
    if not card.roles:
        unmet = not card.met and card.kind is CardKind.PERSON
        return say(_UNMET, how.language) if unmet and not how.measures.remarks else ""
    said = say(card.roles[0], how.language)
    more = len(card.roles) - 1 if how.measures.remarks else 0
    return said[:1].upper() + said[1:] + (f" +{more}" if more else "")


def _flags(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    """Return what stands on the frame: above what is new, old or not met, below what weighs."""
    measures, unit = how.measures, how.measures.unit
    unmet = not card.met and card.kind is CardKind.PERSON
    above = card.flag or (_UNMET if unmet else "")
    below = [
        words
        for words, there in ((_VETO, card.veto), (_GUIDE, card.guide), (_LEAVING, card.leaving))
        if there and how.opinions
    ]
    shapes: list[Shape] = []
    right = place.x + place.width - 8 * unit
    if above:
        ink = ACCENT if card.flag and not card.stale else GREY
        shapes += _flag(say(above, how.language), right, y + place.height, 1.0, ink, measures)
    if card.more:
        shapes += _flag(say(card.more, how.language), right, y, 1.0, GREY, measures)
    if below:
        said = " · ".join(say(words, how.language) for words in below)
        shapes += _flag(said, place.x + 14 * unit, y, 0.0, BLACK, measures)
    return shapes


def _flag(said: str, x: float, y: float, align: float, ink: Ink, measures: Measures) -> list[Shape]:
    across = wide(said, measures.flag) + 5 * measures.unit
    left = x - across * align
    half = measures.flag * 0.55
    return [
        rect(left, y - half, across, 2 * half, radius=half, fill=WHITE),
        *text(left + across / 2, y - measures.flag * 0.36, said, measures.flag, ink=ink, align=0.5),
    ]


def _one_line(card: Card, place: Place, y: float, how: Drawn) -> list[Shape]:
    unit = how.measures.unit
    middle = y + place.height / 2
    left, right = place.x + 6 * unit, place.x + place.width - 4 * unit
    shapes: list[Shape] = []
    if _judged(card, how):
        shapes += ball(
            place.x + 8 * unit, middle, card.stance, radius=2.4 * unit, guess=card.unsure
        )
        shapes += bars(right - 12 * unit, middle - 2.6 * unit, card.influence, height=5.2 * unit)
        left, right = left + 8 * unit, right - 14 * unit
    size = min(7.6 * unit, max(5.0 * unit, place.height * 0.62))
    name, most = _name(card, how.language), right - left
    parts = [name]
    if wide(name, size) > most and place.height >= _TWO_ROWS * unit:
        size = _SMALL_NAME * unit
        parts = [part.text for part in lines(name, size, most, Weight.REGULAR, 2)]
    base = middle - size * 0.36 + (len(parts) - 1) * size * 0.58
    for number, part in enumerate(parts):
        low = base - number * size * 1.16
        shapes += text(left, low, part, size, ink=_ink(card), most=most)
    return shapes
