"""Minutes as PDF: who met, what was discussed and agreed, what comes next."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.ink import GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    NOTHING,
    Block,
    Fit,
    beside,
    head_height,
    labelled,
    not_shown,
    paragraph,
    stacked,
    tag,
)
from kamdesk.papers.document import Document
from kamdesk.papers.flow import Piece, broken, draw_pages, room_below
from kamdesk.papers.frame import MARGIN, TOP, WIDTH, foot, paper_name, running_head
from kamdesk.papers.minutes.content import Agreed, Minutes
from kamdesk.papers.pen import Pen
from kamdesk.papers.table_page.content import Participant
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("meeting minutes")
_FIRST: Final = TOP - 14.0
_SIZE: Final = 9.4
_FIT: Final = Fit()
_MOST_LINES: Final = 12
_NUMBER, _SIDE, _WHO, _DUE = 20.0, 44.0, 110.0, 92.0
_SIDES: Final = {True: Text("ours"), False: Text("yours")}
_REPLY: Final = Text(
    "Please reply within three working days if anything was understood differently; otherwise these"
    " minutes count as agreed."
)


def draw_minutes(content: Minutes, *, language: Language) -> bytes:
    """Return minutes as PDF; title and properties are as neutral as the pages."""
    voice = Voice(language)
    title = " ".join(part for part in (content.customer, content.topic) if part)
    document = Document(title=title, language=language, made=content.as_of)
    heading = _heading(content, voice)
    pages = broken(
        _pieces(content, voice),
        lambda n: room_below(_FIRST - heading.height - 10 if n == 0 else TOP - 21),
    )

    def head(pen: Pen, number: int) -> float:
        if number:
            return running_head(pen, content.customer, voice.label(NAME).first) - 8
        document.bookmark(voice.label(NAME).first)
        paper_name(pen, voice, NAME, "")
        heading.draw(pen, MARGIN, _FIRST)
        return _FIRST - heading.height - 10

    def end(pen: Pen, number: int) -> None:
        foot(pen, voice, page=number + 1, pages=len(pages), made_by=content.sender)

    draw_pages(document, pages, head=head, foot=end)
    return document.finished()


def _heading(content: Minutes, voice: Voice) -> Block:
    when = voice.when(content.start, content.minutes) if content.start else ""
    return stacked(
        [
            paragraph(content.customer, WIDTH, 18, weight=Weight.BOLD, most=2, leading=1.25),
            paragraph(content.topic, WIDTH, 11, weight=Weight.BOLD, most=2) or NOTHING,
            paragraph(" · ".join(part for part in (when, content.place) if part), WIDTH, 9, most=2)
            if when or content.place
            else NOTHING,
        ],
        3.0,
    )


def _pieces(content: Minutes, voice: Voice) -> list[Piece]:
    pieces: list[Piece] = []

    def part(title: Text, rows: Sequence[Block]) -> None:
        whole = [row for row in rows if row.height]
        if whole:
            pieces.append(Piece(_section_head(voice, title), 14.0, is_head=True))
            pieces.extend(Piece(row, 4.0) for row in whole)

    part(Text("participants"), [_people(content, voice)])
    part(Text("discussed"), [_numbered(n, line) for n, line in enumerate(content.discussed, 1)])
    part(Text("agreed actions"), _actions(content.agreed, voice))
    part(Text("open from before"), _actions(content.open, voice))
    part(Text("next step"), [_next_step(content, voice), _next_meeting(content, voice)])
    pieces.append(Piece(paragraph(voice.say(_REPLY), WIDTH, 8.4, ink=GREY), 18.0))
    return pieces


def _section_head(voice: Voice, title: Text) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + WIDTH, top, 0.9)
        labelled(pen, voice, title, x, top - 8.6 - 3.2, 9.6)

    return Block(head_height(_FIT), draw)


def _people(content: Minutes, voice: Voice) -> Block:
    half = (WIDTH - 18.0) / 2
    theirs = [one for one in content.participants if not one.ours]
    ours = [one for one in content.participants if one.ours]
    return stacked(
        [
            beside(
                (_side(content.customer, theirs, half), _side("", ours, half)), (0.0, half + 18.0)
            ),
            not_shown(content.not_shown, voice, half),
        ]
    )


def _side(name: str, people: Sequence[Participant], width: float) -> Block:
    rows = [paragraph(name, width, 8.0, ink=GREY, most=1)] if name and people else []
    for one in people:
        said = "  ".join(part for part in (one.name, one.post) if part)
        rows.append(paragraph(said, width, _SIZE, most=2))
    if rows and not name:
        rows.insert(0, Block(8.0 * 1.42, lambda _pen, _x, _top: None))
    return stacked(rows, 1.5)


def _numbered(number: int, line: str) -> Block:
    body = paragraph(line, WIDTH - _NUMBER, _SIZE, most=_MOST_LINES)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top - _SIZE * 1.02, f"{number}.", _SIZE, ink=GREY)
        body.draw(pen, x + _NUMBER, top)

    return Block(body.height, draw)


def _actions(actions: Sequence[Agreed], voice: Voice) -> list[Block]:
    return [_action(number, one, voice) for number, one in enumerate(actions, 1)]


def _action(number: int, one: Agreed, voice: Voice) -> Block:
    """Return a row: number, side, what, who, by when."""
    room = WIDTH - _NUMBER - _SIDE - _WHO - _DUE - 18
    what = paragraph(one.what, room, _SIZE, most=_MOST_LINES)
    who = paragraph(one.who or "–", _WHO, 8.6, most=2)
    due = voice.day(one.due) if one.due else voice.say(Text("no day agreed"))

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top - _SIZE * 1.02
        pen.text(x, base, f"{number}.", _SIZE, ink=GREY)
        tag(pen, x + _NUMBER, base, voice.say(_SIDES[one.ours]), solid=one.ours)
        what.draw(pen, x + _NUMBER + _SIDE, top)
        who.draw(pen, x + WIDTH - _WHO - _DUE - 8, top)
        pen.text(x + WIDTH, base, due, 8.6, align=1.0, most=_DUE + 6)
        low = top - height + 1
        pen.rule(x, low, x + WIDTH, low, 0.5, HAIR)

    height = max(what.height, who.height) + 5
    return Block(height, draw)


def _next_step(content: Minutes, voice: Voice) -> Block:
    if not content.next_step:
        return NOTHING
    by = (
        voice.aside(Text("by {day}", day=content.next_step_by.isoformat()))
        if content.next_step_by
        else ""
    )
    return paragraph(content.next_step + by, WIDTH, _SIZE, most=_MOST_LINES)


def _next_meeting(content: Minutes, voice: Voice) -> Block:
    if content.next_meeting is None:
        return NOTHING
    when = voice.when(content.next_meeting, 0)
    where = f" · {content.next_place}" if content.next_place else ""
    said = voice.say(Text("We meet again: {when}", when=when)) + where
    return paragraph(said, WIDTH, _SIZE, weight=Weight.BOLD, most=2)
