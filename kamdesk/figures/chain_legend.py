"""What the signs on a chain map mean; only those that are on it."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kamdesk.core.wording import Text, say
from kamdesk.figures.chain import CardKind, ChainMap, TieKind
from kamdesk.figures.ink import ACCENT, BLACK, BRICK, GREY
from kamdesk.figures.marks import STANCES, ball, bars, bond, disc, hatch, head, ring
from kamdesk.figures.shapes import Shape, line, polygon, rect, text
from kamdesk.figures.type import width as text_width

_SIZE: Final = 6.6
_LEADING: Final = 11.0
_GAP: Final = 9.0


class Legend(NamedTuple):
    """The shapes of the legend, standing on the drawing's lower edge."""

    shapes: list[Shape]
    height: float


class _Sign(NamedTuple):
    words: Text
    wide: float
    draw: Callable[[float, float], list[Shape]]


def legend(content: ChainMap, *, width: float, language: str) -> Legend:
    """Return the signs used by the map with their words, in as many lines as they take."""
    rows: list[list[tuple[float, str, _Sign]]] = [[]]
    x = 0.0
    for sign in _signs(content):
        words = say(sign.words, language)
        wide = sign.wide + 3 + text_width(words, _SIZE)
        if x and x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, words, sign))
        x += wide + _GAP
    if not rows[0]:
        return Legend([], 0.0)
    shapes: list[Shape] = []
    for row, items in enumerate(reversed(rows)):
        y = 3 + row * _LEADING
        for left, words, sign in items:
            shapes += sign.draw(left, y + 2.4)
            shapes += text(left + sign.wide + 3, y, words, _SIZE, ink=GREY)
    return Legend(shapes, len(rows) * _LEADING + 3)


def _signs(content: ChainMap) -> list[_Sign]:
    cards = content.cards
    signs: list[_Sign] = []
    if content.opinions:
        present = {card.stance for card in cards if card.kind is not CardKind.GHOST}
        signs += [_stance(stance) for stance in STANCES if stance in present]
        if any(card.influence for card in cards):
            signs.append(_Sign(Text("influence 1–5"), 14, lambda x, y: bars(x, y - 2.8, 3)))
        if any((card.influence or 0) >= 4 for card in cards):
            signs.append(_Sign(Text("influence 4–5"), 12, _thick))
        if any(card.relation is not None for card in cards):
            signs.append(_Sign(Text("relationship 0–5"), 7, lambda x, y: ring(x + 3.4, y, 3)))
    if any(card.reports_to for card in cards):
        signs.append(_Sign(Text("reports to"), 14, _plain))
    if content.opinions:
        signs += _tie_signs(content)
    if any(card.attends for card in cards):
        signs.append(
            _Sign(Text("at this visit"), 4, lambda x, y: [rect(x, y - 3.4, 3.2, 7, fill=ACCENT)])
        )
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
        signs.append(_Sign(Text("way in"), 8, lambda x, y: disc(x + 4, y, 1)))
    if content.left_out:
        more = Text("+{n} more not drawn", n=content.left_out)
        signs.append(_Sign(more, -3, lambda _x, _y: []))
    return signs


def _stance(stance: int | None) -> _Sign:
    return _Sign(STANCES[stance], 8, lambda x, y: ball(x + 4.2, y, stance, radius=2.5))


def _tie_signs(content: ChainMap) -> list[_Sign]:
    kinds = {(tie.kind, tie.against_us) for tie in content.ties}
    signs: list[_Sign] = []
    if (TieKind.INFLUENCE, False) in kinds:
        signs.append(_Sign(Text("influence for us"), 16, lambda x, y: _arrow(x, y, against=False)))
    if (TieKind.INFLUENCE, True) in kinds:
        signs.append(
            _Sign(Text("influence against us"), 16, lambda x, y: _arrow(x, y, against=True))
        )
    named = {kind for kind, _ in kinds}
    if TieKind.CLOSE in named:
        signs.append(_Sign(Text("close to each other"), 14, lambda x, y: _other(x, y, odds=False)))
    if TieKind.AT_ODDS in named:
        signs.append(_Sign(Text("at odds"), 14, lambda x, y: _other(x, y, odds=True)))
    return signs


def _plain(x: float, y: float) -> list[Shape]:
    return [line(x, y, x + 14, y, ink=GREY, width=0.7)]


def _arrow(x: float, y: float, *, against: bool) -> list[Shape]:
    ink = BRICK if against else ACCENT
    return [
        line(x, y, x + 11, y, ink=ink, width=1.5, dash=(3.2, 1.8) if against else ()),
        polygon(head(x + 16, y, 1.0, 0.0, 5.4), fill=ink),
    ]


def _other(x: float, y: float, *, odds: bool) -> list[Shape]:
    points = ((x, y), (x + 5, y), (x + 9, y), (x + 14, y))
    return bond(TieKind.AT_ODDS if odds else TieKind.CLOSE, points)


def _thick(x: float, y: float) -> list[Shape]:
    return [rect(x + 0.8, y - 3, 10.4, 6, radius=1.5, stroke=BLACK, line=1.7)]


def _double(x: float, y: float) -> list[Shape]:
    return [
        rect(x, y - 3.2, 12, 6.6, radius=1.5, stroke=BLACK, line=0.6),
        rect(x + 1.6, y - 1.6, 8.8, 3.4, radius=1, stroke=BLACK, line=0.5),
    ]


def _square(x: float, y: float) -> list[Shape]:
    return [rect(x, y - 3, 12, 6, stroke=BLACK, line=0.7)]


def _dotted(x: float, y: float) -> list[Shape]:
    return [rect(x, y - 3, 12, 6, radius=1.5, stroke=BLACK, line=0.7, dash=(1.0, 1.8))]


def _hatched(x: float, y: float) -> list[Shape]:
    return [hatch(x, y - 3, 14, 6), rect(x, y - 3, 14, 6, radius=1.5, stroke=BLACK, line=0.5)]
