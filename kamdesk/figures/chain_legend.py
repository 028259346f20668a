"""What the signs on a chain map mean; only those that are on it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text, say
from kamdesk.figures.chain import CardKind, ChainMap, Tie, TieKind
from kamdesk.figures.chain_ties import routed
from kamdesk.figures.ink import ACCENT, BLACK, GREY, Ink
from kamdesk.figures.layout.plan import Route
from kamdesk.figures.marks import STANCES, ball, bars, disc, hatch, ring
from kamdesk.figures.measures import PAPER, SCREEN, Measures
from kamdesk.figures.shapes import Shape, line, rect, text
from kamdesk.figures.type import width as text_width

_LEADING: Final = 11.0  # of the measures' unit
_GAP: Final = 9.0


class Legend(NamedTuple):
    """The shapes of the legend, standing on the drawing's lower edge."""

    shapes: list[Shape]
    height: float


class _Sign(NamedTuple):
    words: Text
    wide: float
    draw: Callable[[float, float, float], list[Shape]]
    """What draws it right of a point of its middle, in a unit."""


def legend(content: ChainMap, *, width: float, language: str, measures: Measures = PAPER) -> Legend:
    """Return the signs used by the map with their words, in as many lines as they take."""
    unit, size = measures.unit, measures.small
    rows: list[list[tuple[float, str, _Sign]]] = [[]]
    x = 0.0
    for sign in _signs(content, measures):
        words = say(sign.words, language)
        wide = (sign.wide + 3) * unit + text_width(words, size)
        if x and x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, words, sign))
        x += wide + _GAP * unit
    if not rows[0]:
        return Legend([], 0.0)
    shapes: list[Shape] = []
    for row, items in enumerate(reversed(rows)):
        y = (3 + row * _LEADING) * unit
        for left, words, sign in items:
            shapes += sign.draw(left, y + size * 0.36, unit)
            shapes += text(left + (sign.wide + 3) * unit, y, words, size, ink=GREY)
    return Legend(shapes, (len(rows) * _LEADING + 3) * unit)


def legend_drawing(
    content: ChainMap, *, width: float, language: str, measures: Measures = SCREEN
) -> Drawing:
    """Return the legend as a drawing of its own, as wide as given and as high as it needs."""
    signs = legend(content, width=width, language=language, measures=measures)
    drawing = Drawing(width, max(signs.height, 1.0))
    drawing.contents.extend(signs.shapes)
    return drawing


def _signs(content: ChainMap, measures: Measures) -> list[_Sign]:
    cards = content.cards
    signs: list[_Sign] = []
    judged = [card for card in cards if card.kind not in (CardKind.GHOST, CardKind.VACANT)]
    if content.opinions:
        present = {card.stance for card in judged}
        signs += [_stance(stance) for stance in STANCES if stance in present]
        if any(card.unsure and card.stance is not None for card in judged):
            signs.append(_Sign(Text("a guess"), 8, _guess))
        if any(card.influence for card in cards):
            signs.append(_Sign(Text("influence 1–5"), 14, _bars))
        if any((card.influence or 0) >= 4 for card in cards):
            signs.append(_Sign(Text("influence 4–5"), 12, _thick))
        if any(card.relation is not None for card in cards):
            signs.append(_Sign(Text("relationship 0–5"), 7, _ring))
        if any(card.stale for card in cards):
            signs.append(_Sign(Text("not renewed for long"), 12, _pale))
    if any(card.reports_to for card in cards):
        signs.append(_Sign(Text("reports to"), 14, _plain))
    if content.opinions:
        signs += _tie_signs(content, measures)
    if any(card.attends for card in cards):
        signs.append(_Sign(Text("at this visit"), 4, _tab))
    if any(not card.met and card.kind is CardKind.PERSON for card in cards):
        signs.append(_Sign(Text("not met"), 15, _hatched))
    kinds = {card.kind for card in cards}
    if CardKind.BODY in kinds:
        signs.append(_Sign(Text("deciding body"), 12, _double))
    if CardKind.OUTSIDE in kinds:
        signs.append(_Sign(Text("outside party"), 12, _square))
    if CardKind.GHOST in kinds or CardKind.VACANT in kinds:
        signs.append(_Sign(Text("nobody in this place"), 12, _dotted))
    if content.way_in:
        signs.append(
            _Sign(Text("way in"), 8, lambda x, y, u: disc(x + 4 * u, y, 1, radius=4.2 * u))
        )
    if content.left_out:
        more = Text("+{n} more not drawn", n=content.left_out)
        signs.append(_Sign(more, -3, lambda _x, _y, _u: []))
    return signs


def _stance(stance: int | None) -> _Sign:
    return _Sign(STANCES[stance], 8, lambda x, y, u: ball(x + 4.2 * u, y, stance, radius=2.5 * u))


def _tie_signs(content: ChainMap, measures: Measures) -> list[_Sign]:
    kinds = {(tie.kind, tie.against_us and tie.kind is TieKind.INFLUENCE) for tie in content.ties}
    named = (
        (TieKind.INFLUENCE, False, Text("influence for us")),
        (TieKind.INFLUENCE, True, Text("influence against us")),
        (TieKind.CLOSE, False, Text("close to each other")),
        (TieKind.AT_ODDS, False, Text("at odds")),
        (TieKind.LEADS, False, Text("leads the body")),
    )
    return [
        _Sign(words, 16, _tie_sign(kind, against, measures))
        for kind, against, words in named
        if (kind, against) in kinds
    ]


def _tie_sign(
    kind: TieKind, against: bool, measures: Measures
) -> Callable[[float, float, float], list[Shape]]:
    tie = Tie(source="", target="", kind=kind, weight=2, against_us=against)

    def draw(x: float, y: float, unit: float) -> list[Shape]:
        return routed(tie, Route(((x, -y), (x + 16 * unit, -y)), (x, -y)), 0.0, measures)

    return draw


def _guess(x: float, y: float, unit: float) -> list[Shape]:
    return ball(x + 4.2 * unit, y, 1, radius=2.5 * unit, guess=True)


def _bars(x: float, y: float, unit: float) -> list[Shape]:
    return bars(x, y - 2.8 * unit, 3, height=6.4 * unit)


def _ring(x: float, y: float, unit: float) -> list[Shape]:
    return ring(x + 3.4 * unit, y, 3, radius=2.8 * unit)


def _plain(x: float, y: float, unit: float) -> list[Shape]:
    return [line(x, y, x + 14 * unit, y, ink=GREY, width=0.7 * unit)]


def _tab(x: float, y: float, unit: float) -> list[Shape]:
    return [rect(x, y - 3.4 * unit, 3.2 * unit, 7 * unit, fill=ACCENT)]


def _thick(x: float, y: float, unit: float) -> list[Shape]:
    return [_card(x + 0.8 * unit, y, unit, wide=10.4, line=1.7 * unit)]


def _pale(x: float, y: float, unit: float) -> list[Shape]:
    return [_card(x, y, unit, ink=GREY)]


def _double(x: float, y: float, unit: float) -> list[Shape]:
    inner = rect(
        x + 1.6 * unit,
        y - 1.4 * unit,
        8.8 * unit,
        2.8 * unit,
        radius=unit,
        stroke=BLACK,
        line=0.5 * unit,
    )
    return [_card(x, y, unit), inner]


def _square(x: float, y: float, unit: float) -> list[Shape]:
    return [_card(x, y, unit, radius=0.0)]


def _dotted(x: float, y: float, unit: float) -> list[Shape]:
    return [_card(x, y, unit, dash=(1.0 * unit, 1.8 * unit))]


def _hatched(x: float, y: float, unit: float) -> list[Shape]:
    return [
        hatch(x, y - 3 * unit, 14 * unit, 6 * unit, pitch=5 * unit),
        _card(x, y, unit, wide=14),
    ]


def _card(
    x: float,
    y: float,
    unit: float,
    *,
    wide: float = 12.0,
    radius: float = 1.5,
    line: float = 0.0,
    ink: Ink = BLACK,
    dash: tuple[float, ...] = (),
) -> Shape:
    """Return a little card with its left edge at ``x`` and its middle at ``y``."""
    return rect(
        x,
        y - 3 * unit,
        wide * unit,
        6 * unit,
        radius=radius * unit,
        stroke=ink,
        line=line or 0.7 * unit,
        dash=dash,
    )
