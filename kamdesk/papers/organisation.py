"""The organisation chart on paper: one A4 page on its side, names, posts and departments only."""

from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.figures.ink import GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.document import A4, Document
from kamdesk.papers.paint import paint
from kamdesk.papers.voice import Language, Voice

MARGIN: Final = 36.0
HEAD: Final = 40.0
ROOM: Final = (A4[1] - 2 * MARGIN, A4[0] - 2 * MARGIN - HEAD)
"""Points that the chart has."""


def draw_organisation(customer: str, chart: Drawing, *, made: Instant, language: Language) -> bytes:
    """Return the page as PDF; ``chart`` was drawn for ``ROOM`` and is scaled into it."""
    voice = Voice(language)
    name = voice.label(Text("Organisation")).first
    document = Document(title=f"{customer} {name}", language=language, made=made)
    pen = document.new_page((A4[1], A4[0]))
    document.bookmark(name)
    top = A4[0] - MARGIN
    pen.text(MARGIN, top - 14, customer, 14.0, weight=Weight.BOLD)
    pen.text(A4[1] - MARGIN, top - 14, voice.day(made.day), 9.0, ink=GREY, align=1.0)
    scale = min(1.25, ROOM[0] / chart.width, ROOM[1] / chart.height)
    left = MARGIN + (ROOM[0] - chart.width * scale) / 2
    paint(pen, chart, left, top - HEAD - chart.height * scale, scale=scale)
    return document.finished()
