"""The film strip on one page: three days below each other, everybody always in the same place."""

from dataclasses import replace
from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.figures.chain import ChainMap, chosen
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.chain_map import RIM, map_drawing
from kamdesk.figures.ink import ACCENT, BLACK, GREY, HAIR
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import Plan, Sizes, at_origin
from kamdesk.figures.measures import BRIEF
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, paragraph
from kamdesk.papers.document import Document
from kamdesk.papers.film.content import Film, Frame
from kamdesk.papers.frame import BOTTOM, MARGIN, TOP, WIDTH, foot
from kamdesk.papers.paint import paint
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("film strip of the decision chain")
_SECRET: Final = Text("internal")
_WORDS: Final = 158.0
_GAP: Final = 14.0
_HEAD: Final = 40.0
_MOST: Final = 24
"""Cards in a frame; who is left out is counted in the legend."""
_CARDS: Final = Sizes(card=(88.0, 17.0), beside=14.0, below=24.0, stack=7.0, indent=10.0, lane=4.0)
_LARGEST: Final = 1.35
_WIDENED: Final = (1.0, 1.3, 1.7)


def draw_film(film: Film, *, language: Language) -> bytes:
    """Return the film as PDF, one A4 page."""
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {film.customer}",
        author=film.made_by,
        subject=name,
        language=language,
        made=film.made,
    )
    pen = document.new_page()
    document.bookmark(film.customer)
    _write_head(pen, voice, film)
    whole = _together(film)
    plain = replace(whole, cards=tuple(replace(card, relation=None) for card in whole.cards))
    signs = legend(plain, width=WIDTH, language=voice.first)
    low = BOTTOM + 4 + signs.height
    key = Drawing(WIDTH, signs.height)
    key.contents.extend(signs.shapes)
    paint(pen, key, MARGIN, BOTTOM + 4)
    top = TOP - _HEAD
    tall = (top - low - 6) / len(film.frames)
    plan, scale = _laid_out(whole, WIDTH - _WORDS - _GAP, tall - 14)
    for number, frame in enumerate(film.frames):
        _draw_frame(pen, voice, frame, whole, plan, (top - number * tall, tall, scale))
    foot(pen, voice, page=1, pages=1, made_by=film.made_by, secrecy=_SECRET, as_of=film.made)
    return document.finished()


def _together(film: Film) -> ChainMap:
    """Return everybody and every tie of all frames as one map, as they last were."""
    cards = {card.id: card for frame in film.frames for card in frame.chain.cards}
    ties = {tie.id: tie for frame in film.frames for tie in frame.chain.ties}
    known = tuple(
        replace(card, reports_to=card.reports_to if card.reports_to in cards else None)
        for card in cards.values()
    )
    return chosen(ChainMap(cards=known, ties=tuple(ties.values())), most=_MOST)


def _laid_out(whole: ChainMap, width: float, height: float) -> tuple[Plan, float]:
    """Return the plan that prints largest in a frame, and its scale."""
    best: tuple[Plan, float] | None = None
    for wider in _WIDENED:
        plan = at_origin(organised(whole, _CARDS, width=width * wider))
        scale = min(_LARGEST, width / (plan.width + 2 * RIM), height / (plan.height + 2 * RIM))
        if best is None or scale > best[1] * 1.03:
            best = plan, scale
    assert best is not None  # noqa: S101  (there is at least one width)
    return best


def _draw_frame(
    pen: Pen,
    voice: Voice,
    frame: Frame,
    whole: ChainMap,
    plan: Plan,
    room: tuple[float, float, float],
) -> None:
    top, tall, scale = room
    pen.rule(MARGIN, top, MARGIN + WIDTH, top, 0.5, HAIR)
    people = list(dict.fromkeys(move.node for move in frame.moves))
    _write_words(pen, voice, frame, people, top - 6, tall - 12)
    here = {card.id for card in frame.chain.cards}
    bosses = {card.id: card.reports_to for card in whole.cards}
    shown = replace(
        frame.chain,
        cards=tuple(card for card in frame.chain.cards if card.id in bosses),
        way_in=tuple(who.hex() for who in people),
    )
    then = {card.id: card.reports_to for card in frame.chain.cards}
    seen = replace(
        plan,
        places={id_: place for id_, place in plan.places.items() if id_ in here},
        joints=tuple(
            joint
            for joint in plan.joints
            if joint.id in here and bosses[joint.id] in here and then[joint.id] == bosses[joint.id]
        ),
    )
    drawing = map_drawing(shown, seen, language=voice.first, measures=BRIEF)
    left = MARGIN + _WORDS + _GAP
    spare = WIDTH - _WORDS - _GAP - drawing.width * scale
    high = top - 7 - RIM * scale - drawing.height * scale
    paint(pen, drawing, left + spare / 2, high, scale=scale)


def _write_words(
    pen: Pen, voice: Voice, frame: Frame, people: list[Id], top: float, tall: float
) -> None:
    """Write the day, how far the chain leans, and what moved, numbered as on the map."""
    low = top - tall
    pen.text(MARGIN, top - 10, voice.day(frame.day), 9.4, weight=Weight.BOLD)
    top -= 16
    standing = paragraph(voice.clauses(frame.standing), _WORDS, 7.4, ink=GREY, most=4)
    standing.draw(pen, MARGIN, top)
    if not frame.chain.cards:
        pen.text(MARGIN, top - 8, voice.say(Text("Nobody is on the map yet.")), 7.4, ink=GREY)
    top -= standing.height + 5
    left = len(frame.moves)
    for move in frame.moves:
        said = paragraph(voice.say(move.said), _WORDS - 13, 7.4, ink=BLACK, most=3)
        if top - said.height - (9 if left > 1 else 0) < low:
            break
        number = str(people.index(move.node) + 1)
        pen.text(MARGIN, top - 7.5, number, 7.4, weight=Weight.BOLD)
        said.draw(pen, MARGIN + 13, top)
        top -= said.height + 2.5
        left -= 1
    if left:
        pen.text(MARGIN, top - 7, voice.say(Text("+{n} more", n=left)), FLOOR, ink=GREY)


def _write_head(pen: Pen, voice: Voice, film: Film) -> None:
    label = voice.label(NAME)
    x = MARGIN + pen.text(MARGIN, TOP - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
    if label.second:
        pen.text(x + 4, TOP - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
    title = " · ".join(filter(None, (film.customer, film.map_name)))
    pen.text(MARGIN, TOP - 27, title, 15, weight=Weight.BOLD, most=WIDTH)
