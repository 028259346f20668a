"""The executive engagement plan as PDF: one private page a target."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import STATE_WORDS
from kamdesk.dossier.access_plan import PlanSeen
from kamdesk.figures.ink import GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.access_plan.content import Said, said_of
from kamdesk.papers.blocks import Block, paragraph, stacked
from kamdesk.papers.document import Document
from kamdesk.papers.frame import BOTTOM, MARGIN, TOP, WIDTH, foot, paper_name
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("executive engagement plan")
SECRET: Final = Text("internal: keep it in the bag")
_NUMBER, _LABEL = 18.0, 128.0
_LEFT: Final = _NUMBER + _LABEL
_HEAD: Final = 52.0
_ROOM: Final = TOP - _HEAD - BOTTOM - 8
_LADDER: Final = ((9.0, 12, 4.5), (8.6, 8, 3.5), (8.2, 6, 2.6), (7.6, 4, 2.0), (7.0, 3, 1.4),
                  (6.8, 2, 1.0), (6.6, 1, 0.8))  # fmt: skip
"""Size of type, lines of one paragraph and the room around a field: as tight as it has to be."""
_MOST_LINES: Final = 9
"""Paragraphs one field may have; the rest is said as a number."""


def draw_access_plans(
    plans: Sequence[PlanSeen], *, language: Language, made: Instant, made_by: str = ""
) -> bytes:
    """Return plans as PDF, a page each; without any, a page that says so."""
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(title=name, author=made_by, subject=name, language=language, made=made)
    for number, seen in enumerate(plans or (None,), 1):
        pen = document.new_page()
        paper_name(pen, voice, NAME, "")
        if seen is None:
            words = voice.say(Text("There is no executive plan for this customer yet."))
            pen.text(MARGIN, TOP - 30, words, 10, ink=GREY)
            document.bookmark(name)
        else:
            document.bookmark(seen.person.name)
            _head(pen, seen, voice)
            _body(seen, voice).draw(pen, MARGIN, TOP - _HEAD)
        foot(
            pen, voice, page=number, pages=max(len(plans), 1), made_by=made_by, secrecy=SECRET,
            as_of=made,
        )  # fmt: skip
    return document.finished()


def _head(pen: Pen, seen: PlanSeen, voice: Voice) -> None:
    ours = seen.peer[0] or voice.say(Text("our executive, not chosen yet"))
    title = f"{ours} → {seen.person.name}"
    pen.text(MARGIN, TOP - 27, title, 16, weight=Weight.BOLD, most=WIDTH)
    account = seen.file.account
    said = (account.name, voice.label(STATE_WORDS[seen.plan.state]).first)
    pen.text(MARGIN, TOP - 41, " · ".join(said), 8.6, ink=GREY, most=WIDTH)


def _body(seen: PlanSeen, voice: Voice) -> Block:
    """Return the fields, as loosely as they fit on the page."""
    fields = said_of(seen, voice)
    for size, most, pad in _LADDER:
        block = stacked([_field(n, one, voice, size, most, pad) for n, one in enumerate(fields, 1)])
        if block.height <= _ROOM:
            break
    return block


def _field(number: int, said: Said, voice: Voice, size: float, most: int, pad: float) -> Block:
    label = voice.label(said.label)
    lines = said.lines[:_MOST_LINES]
    if more := len(said.lines) - len(lines):
        lines = (*lines, voice.say(Text("+{n} more", n=more)))
    body = stacked(
        [paragraph(line, WIDTH - _LEFT, size, most=most, leading=1.36) for line in lines or ("–",)]
    )
    name = paragraph(label.first, _LABEL - 8, min(size, 8.4), weight=Weight.BOLD, leading=1.3)
    second = paragraph(label.second, _LABEL - 8, 6.6, ink=GREY, most=1) if label.second else None
    left = stacked([name, second] if second else [name])

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + WIDTH, top, 0.5, HAIR)
        pen.text(x, top - pad - size * 1.02, str(number), size, ink=GREY)
        left.draw(pen, x + _NUMBER, top - pad)
        body.draw(pen, x + _LEFT, top - pad)

    return Block(max(left.height, body.height) + 2 * pad, draw)
