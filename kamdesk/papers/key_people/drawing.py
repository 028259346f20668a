"""The key-person sheet as PDF: half an A4 page, the weightiest people, how and when they decide."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.chain import CardKind
from kamdesk.figures.ink import ACCENT, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import Block, paragraph, stacked
from kamdesk.papers.document import A4, Document
from kamdesk.papers.frame import BOTTOM, MARGIN, WIDTH, foot
from kamdesk.papers.influence_table import columns as cells
from kamdesk.papers.influence_table.columns import Column, row_block, titles, widths
from kamdesk.papers.influence_table.content import InfluenceTable, Row
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("key-person sheet")
SECRET: Final = Text("internal")
MOST_ROWS: Final = 8
_SIZE: Final = (A4[0], A4[1] / 2)
_TOP: Final = _SIZE[1] - 26.0
_COLUMNS: Final = (
    Column(Text("name, post, department"), 104, cells.names),
    Column(Text("role, part, veto"), 74, cells.roles),
    Column(Text("stance, wanted"), 60, cells.stance),
    Column(Text("influence"), 38, cells.influence),
    Column(Text("focus and criteria"), 94, cells.focus),
    Column(Text("our owner"), 50, cells.owner),
    Column(Text("next move"), 106, cells.first_move),
)


def draw_key_people(table: InfluenceTable, *, language: Language) -> bytes:
    """Return the sheet as PDF, of the table's first eight people."""
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {table.customer}",
        author=table.made_by,
        subject=name,
        language=language,
        made=table.made,
    )
    pen = document.new_page(_SIZE)
    document.bookmark(name)
    head = _head(table, voice)
    sizes = widths(_COLUMNS, WIDTH)
    heads = titles(_COLUMNS, sizes, voice)
    top = _TOP
    for block in (head, heads):
        block.draw(pen, MARGIN, top)
        top -= block.height + 4
    people = [row for row in table.rows if _counts(row)][:MOST_ROWS]
    shown = 0
    for row in people:
        block = row_block(row, _COLUMNS, sizes, voice, table.day)
        if top - block.height - 5 < BOTTOM + 10:
            break
        block.draw(pen, MARGIN, top - 1)
        top -= block.height + 5
        pen.rule(MARGIN, top + 1, MARGIN + WIDTH, top + 1, 0.5, HAIR)
        shown += 1
    if not people:
        said = voice.say(Text("Nobody is on the map yet."))
        pen.text(MARGIN, top - 10, said, 8, ink=GREY)
    if more := len(table.rows) - shown:
        said = voice.say(Text("+{n} more in the full table", n=more))
        pen.text(MARGIN + WIDTH, top - 7, said, 6.6, ink=GREY, align=1.0)
    foot(
        pen,
        voice,
        page=1,
        pages=1,
        made_by=table.made_by,
        secrecy=SECRET,
        as_of=table.made,
    )
    return document.finished()


def _counts(row: Row) -> bool:
    """True for people and bodies, and for empty seats whose role somebody must fill."""
    return row.kind in (CardKind.PERSON, CardKind.BODY) or bool(row.fills)


def _head(table: InfluenceTable, voice: Voice) -> Block:
    """Return the paper's name, whose people they are, how and when they decide."""
    label = voice.label(NAME)

    def draw(pen: Pen, x: float, top: float) -> None:
        end = x + pen.text(x, top - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
        pen.text(end + 4, top - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
        day = voice.say(Text("as of {day}", day=voice.day(table.day)))
        pen.text(x + WIDTH, top - 7, day, 8.6, weight=Weight.BOLD, align=1.0)

    title = " · ".join(part for part in (table.customer, table.map_name) if part)
    return stacked(
        (
            Block(11.0, draw),
            paragraph(title, WIDTH, 13, weight=Weight.BOLD, most=1, leading=1.3),
            paragraph(_how_and_when(table, voice), WIDTH, 8, most=2),
        ),
        1.0,
    )


def _how_and_when(table: InfluenceTable, voice: Voice) -> str:
    """Return in one line how they decide and when."""
    said = [table.decision_way] if table.decision_way else []
    for body in table.bodies:
        day = Text("next {day}", day=body.next_day.isoformat()) if body.next_day else ""
        said.append(" · ".join(part for part in (body.name, body.meets, voice.say(day)) if part))
    if table.decision_day:
        said.append(voice.say(Text("decision on {day}", day=voice.day(table.decision_day))))
    if not said:
        return voice.say(Text("How and when they decide is not known yet."))
    return voice.say(Text("They decide: {how}", how=voice.clauses(said)))
