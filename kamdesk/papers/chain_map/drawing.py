"""The map on paper: A4 or A3 on its side, on as many sheets as it takes."""

from dataclasses import replace
from typing import Final, Literal, TypeAlias

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.chain_legend import Legend, legend
from kamdesk.figures.chain_map import RIM, map_drawing, sizes_for
from kamdesk.figures.chain_notes import between, lettered, notes_below
from kamdesk.figures.ink import ACCENT, BLACK, GREY
from kamdesk.figures.layout.layered import layered
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import Plan, Sizes, at_origin
from kamdesk.figures.measures import PAPER
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, paragraph
from kamdesk.papers.chain_map.content import MapPaper
from kamdesk.papers.chain_map.sheets import Away, Sheet, sheets
from kamdesk.papers.document import A3, A4, Document
from kamdesk.papers.frame import BOTTOM, MARGIN, foot
from kamdesk.papers.paint import paint
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

PaperSize: TypeAlias = Literal["a4", "a3"]

NAME: Final = Text("decision chain")
POLITE_NAME: Final = Text("organisation")
SECRET: Final = Text("internal")
_SIZES: Final = {"a4": (A4[1], A4[0]), "a3": (A3[1], A3[0])}
_HEAD: Final = 44.0
_TOP: Final = 30.0
_LARGEST: Final = {"a4": 1.25, "a3": 1.8}
"""How far a map of few is blown up."""
_WIDENED: Final = (1.0, 1.25, 1.6, 2.0)
"""Widths tried for a layout, in widths of the room: the one that prints largest is taken."""
_ASPECT: Final = 1.5
"""Width by height of what a sheet on its side has room for."""
_AWAY_LINES: Final = 2
_MOST_NOTES: Final = 0.22
"""Share of a sheet that notes may take."""


def draw_map(paper: MapPaper, *, language: Language, size: PaperSize = "a4") -> bytes:
    """Return the map as PDF."""
    voice = Voice(language)
    name = voice.label(name_of(paper)).first
    document = Document(
        title=f"{name} {paper.customer}",
        author=paper.made_by,
        subject=name,
        language=language,
        made=paper.made,
    )
    whole = sheets(paper.chain)
    for sheet in whole:
        page = _SIZES[size]
        pen = document.new_page(page)
        document.bookmark(_dotted(paper.customer, *sheet.heads[:3]))
        width = page[0] - 2 * MARGIN
        top = page[1] - _TOP
        _write_head(pen, voice, paper, sheet, top, width)
        _draw_sheet(
            pen,
            voice,
            sheet,
            top - _HEAD,
            width,
            largest=_LARGEST[size],
            by_influence=paper.by_influence,
        )
        foot(
            pen,
            voice,
            page=sheet.number,
            pages=len(whole),
            made_by=paper.made_by if paper.private else "",
            secrecy=SECRET if paper.private else None,
            as_of=paper.made,
            width=width,
        )
    return document.finished()


def name_of(paper: MapPaper) -> Text:
    """Return what the paper is called: a polite one is an organisation chart."""
    return NAME if paper.private else POLITE_NAME


def fitted(
    content: ChainMap,
    width: float,
    height: float,
    *,
    language: str,
    largest: float,
    by_influence: bool = False,
) -> tuple[Drawing, float]:
    """Return the drawing that prints largest in a room, and its scale, at most ``largest``."""
    sizes = sizes_for(content, language=language, measures=PAPER)
    best: tuple[Drawing, float] | None = None
    for wider in _WIDENED:
        plan = laid_out(content, sizes, width * wider, by_influence=by_influence)
        across, tall = plan.width + 2 * RIM, plan.height + 2 * RIM
        scale = min(largest, width / across, height / tall)
        if best is None or scale > best[1] * 1.05:
            best = map_drawing(content, plan, language=language, measures=PAPER), scale
        if by_influence or height / tall > width / across:
            break
    assert best is not None  # noqa: S101  (there is at least one width)
    return best


def laid_out(content: ChainMap, sizes: Sizes, width: float, *, by_influence: bool) -> Plan:
    """Return where everything stands: as an organisation about so wide, or by influence."""
    if by_influence:
        free = tuple(replace(card, place=None) for card in content.cards)
        return at_origin(layered(replace(content, cards=free), sizes, width=width))
    return at_origin(organised(content, sizes, width=width, aspect=_ASPECT))


def _draw_sheet(
    pen: Pen,
    voice: Voice,
    sheet: Sheet,
    top: float,
    width: float,
    *,
    largest: float,
    by_influence: bool,
) -> None:
    chain = lettered(sheet.chain)
    signs = legend(chain, width=width, language=voice.first)
    notes = notes_below(chain, width=width, most_height=_MOST_NOTES * (top - BOTTOM))
    low = BOTTOM + 4
    low = _place(pen, signs, low, width)
    low = _place(pen, notes, low, width)
    if said := _away(voice, sheet.away):
        block = paragraph(said, width, FLOOR, ink=GREY, most=_AWAY_LINES)
        low += block.height + 4
        block.draw(pen, MARGIN, low - 2)
    if not chain.cards:
        pen.text(MARGIN, top - 20, voice.say(Text("Nobody is on the map yet.")), 10, ink=GREY)
        return
    room = top - low - 4
    drawing, scale = fitted(
        chain, width, room, language=voice.first, largest=largest, by_influence=by_influence
    )
    left = MARGIN + (width - drawing.width * scale) / 2
    spare = room - (drawing.height + 2 * RIM) * scale
    paint(
        pen,
        drawing,
        left,
        top - RIM * scale - min(spare / 3, 24.0) - drawing.height * scale,
        scale=scale,
    )


def _place(pen: Pen, signs: Legend, low: float, width: float) -> float:
    """Draw signs above ``low``; return where the next may stand."""
    if not signs.shapes:
        return low
    drawing = Drawing(width, signs.height)
    drawing.contents.extend(signs.shapes)
    paint(pen, drawing, MARGIN, low)
    return low + signs.height + 4


def _write_head(
    pen: Pen, voice: Voice, paper: MapPaper, sheet: Sheet, top: float, width: float
) -> None:
    """Write whose map it is and of which day; how far it leans; whose branch this sheet shows."""
    right = MARGIN + width
    label = voice.label(name_of(paper))
    x = MARGIN + pen.text(MARGIN, top - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
    if label.second:
        pen.text(x + 4, top - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
    day = voice.say(Text("as of {day}", day=voice.day(paper.day)))
    stamp = pen.text(right, top - 7, day, 8.6, weight=Weight.BOLD, align=1.0)
    if sheet.heads:
        branch = Text("below {names}", names=voice.joined(sheet.heads))
        pen.text(right, top - 24, voice.say(branch), 9, ink=BLACK, align=1.0, most=width * 0.5)
    standing = voice.clauses(paper.standing)
    if standing and not sheet.heads:
        pen.text(right, top - 24, standing, 9, align=1.0, most=width * 0.55)
    title = _dotted(paper.customer, paper.map_name)
    pen.text(MARGIN, top - 26, title, 15, weight=Weight.BOLD, most=width * 0.44)
    if paper.decision_way and not sheet.heads:
        pen.text(MARGIN, top - 38, paper.decision_way, 7.6, ink=GREY, most=width - stamp)


def _away(voice: Voice, away: tuple[Away, ...]) -> str:
    """Return the ties to cards on other sheets as one line."""
    if not away:
        return ""
    said = [
        between(one.tie, one.source, one.target)
        + voice.aside(Text("sheet {sheet}", sheet=one.sheet))
        for one in away
    ]
    return voice.say(Text("To other sheets: {ties}", ties=voice.clauses(said)))


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
