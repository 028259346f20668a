"""A customer's map as a file: PDF to print, SVG to edit, PNG to paste."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any, Final, Literal, TypeAlias

from reportlab.graphics.shapes import Drawing, Group

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, ColleagueId, MapId
from kamdesk.core.wording import Text
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.chain_map import RIM, map_drawing, sizes_for
from kamdesk.figures.chain_notes import lettered, notes_below
from kamdesk.figures.ink import GREY
from kamdesk.figures.layout.parts import MOST_TIES, heaviest_ties
from kamdesk.figures.measures import PAPER
from kamdesk.figures.shapes import Shape, text
from kamdesk.figures.type import Weight
from kamdesk.papers.chain_map.content import MapPaper, for_the_customer
from kamdesk.papers.chain_map.drawing import PaperSize, draw_map, laid_out, name_of
from kamdesk.papers.chain_map.gather import of_map
from kamdesk.papers.document import A3, Document
from kamdesk.papers.paint import paint
from kamdesk.papers.svg import as_svg
from kamdesk.papers.voice import Language, Voice
from kamdesk.storage.database import Reader

Form: TypeAlias = Literal["pdf", "svg", "png"]

_RIM: Final = 24.0
_HEAD: Final = 40.0
_NARROWEST: Final = 420.0
_SHARPNESS: Final = 2.5
"""Dots of a PNG for each point: 180 to the inch."""
_MOST_DOTS: Final = 8000
"""Dots that a PNG may have across or down; a larger map gets fewer to the inch."""


def make_map(
    reader: Reader,
    account: AccountId,
    map_id: MapId | None = None,
    *,
    at: Instant,
    made: Instant,
    language: Language,
    me: ColleagueId | None = None,
    form: Form = "pdf",
    size: PaperSize = "a4",
    opinions: bool = True,
    by_influence: bool = False,
) -> bytes:
    """Return a customer's map as of ``at`` as a file; ``map_id`` None: the customer's own map.

    Without ``opinions`` it is an organisation chart that the customer may see. Raises
    ``LookupError`` for an account that is not there.
    """
    paper = of_map(reader, account, map_id, at=at, made=made, me=me)
    paper = replace(paper, by_influence=by_influence)
    return as_file(paper if opinions else for_the_customer(paper), language, form, size)


def as_file(
    paper: MapPaper, language: Language, form: Form = "pdf", size: PaperSize = "a4"
) -> bytes:
    """Return a map as a file: a PDF in sheets, the others as one picture of all of it."""
    if form == "pdf":
        return draw_map(paper, language=language, size=size)
    drawing = one_picture(paper, language)
    title = f"{Voice(language).label(name_of(paper)).first} {paper.customer}"
    if form == "svg":
        return as_svg(drawing, title=title, language=Voice(language).first, rim=_RIM)
    return _png(drawing, title, paper, language)


def one_picture(paper: MapPaper, language: Language) -> Drawing:
    """Return the whole map with a head and its legend, as large as it comes.

    Of too many ties it has the heaviest, and says so.
    """
    voice = Voice(language)
    chain = lettered(heaviest_ties(paper.chain, MOST_TIES))
    sizes = sizes_for(chain, language=voice.first, measures=PAPER)
    plan = laid_out(chain, sizes, A3[1], by_influence=paper.by_influence)
    chart = map_drawing(chain, plan, language=voice.first, measures=PAPER)
    width = max(chart.width, _NARROWEST)
    signs = legend(chain, width=width, language=voice.first)
    notes = notes_below(chain, width=width, most_height=chart.height)
    low = signs.height + notes.height + 3 * RIM
    whole = Drawing(width, low + chart.height + RIM + _HEAD)
    whole.contents.extend(signs.shapes)
    whole.contents.append(_moved(notes.shapes, 0, signs.height + RIM))
    whole.contents.append(_moved(chart.contents, (width - chart.width) / 2, low))
    whole.contents.extend(_head(paper, voice, whole.height, width))
    if not chain.cards:
        said = voice.say(Text("Nobody is on the map yet."))
        whole.contents.extend(text(0, low, said, 10, ink=GREY))
    return whole


def _moved(shapes: Iterable[Any], x: float, y: float) -> Group:
    group = Group(*shapes)
    group.translate(x, y)
    return group


def _head(paper: MapPaper, voice: Voice, top: float, width: float) -> list[Shape]:
    title = " · ".join(filter(None, (paper.customer, paper.map_name)))
    said = [voice.say(Text("as of {day}", day=voice.day(paper.day))), *paper.standing]
    if len(paper.chain.ties) > MOST_TIES:
        said.append(voice.say(Text("the {n} heaviest lines are drawn", n=MOST_TIES)))
    shapes = text(0, top - 13, title, 13, weight=Weight.BOLD, most=width)
    return shapes + text(0, top - 27, voice.clauses(said), 8, ink=GREY, most=width)


def _png(drawing: Drawing, title: str, paper: MapPaper, language: Language) -> bytes:
    import pypdfium2

    document = Document(title=title, language=language, made=paper.made)
    width, height = drawing.width + 2 * _RIM, drawing.height + 2 * _RIM
    paint(document.new_page((width, height)), drawing, _RIM, _RIM)
    scale = min(_SHARPNESS, _MOST_DOTS / max(width, height))
    pages = pypdfium2.PdfDocument(document.finished())
    try:
        image = pages[0].render(scale=scale).to_pil()
        found = BytesIO()
        image.save(found, format="PNG", optimize=True, dpi=(72 * scale, 72 * scale))
    finally:
        pages.close()
    return found.getvalue()
