"""Columns of tables of key people: what each says of one of them, drawn in its width."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.figures.chain import CardKind
from kamdesk.figures.ink import BLACK, BRICK, GREY, Ink
from kamdesk.figures.marks import ball, bars, ring
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, NOTHING, Block, paragraph, stacked
from kamdesk.papers.influence_table.content import Influence, Row
from kamdesk.papers.paint import paint_shapes
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

SIZE: Final = 7.0
_NAME: Final = 8.2
_LINE: Final = SIZE * 1.42
_MOST_LINES: Final = 5
_PAD: Final = 6.0
"""Points between two columns."""
_LOWER: Final = 1.2
"""Points by which smaller type stands lower, so that it is on one line with the names."""
_DASH: Final = "–"
_KIND_WORDS: Final = {
    CardKind.VACANT: Text("vacant"),
    CardKind.GHOST: Text("nobody known"),
    CardKind.BODY: Text("deciding body"),
    CardKind.OUTSIDE: Text("outside party"),
}


class Column(NamedTuple):
    """A column: its title, how wide it is beside the others, what stands in a row's cell."""

    title: Text
    share: float
    cell: Callable[[Row, Voice, float, Day], Block]


def number(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return the place of a row in the table."""
    return paragraph(str(row.number), width, SIZE, ink=GREY, most=1)


def names(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return name, post and department; of an empty seat its post."""
    kind = _KIND_WORDS.get(row.kind)
    below = " · ".join(part for part in (row.post, row.department) if part and row.name)
    return stacked(
        (
            paragraph(row.name or row.post or _DASH, width, _NAME, weight=Weight.BOLD, most=2),
            paragraph(below, width, FLOOR, ink=GREY, most=3) if below else NOTHING,
            _grey(voice.say(kind), width) if kind else NOTHING,
            _bold(voice.say(Text("guide")), width) if row.guide else NOTHING,
        )
    )


def level_and_line(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return on which level and line somebody works."""
    return _lines((voice.say(row.level), voice.say(row.line)), width)


def roles(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return the buying roles, how far somebody takes part, a veto."""
    if row.fills:
        said = voice.say(Text("to fill: {roles}", roles=voice.joined(row.fills)))
        return paragraph(said, width, SIZE, ink=GREY, most=_MOST_LINES)
    return stacked(
        (
            paragraph(voice.joined(row.roles) or _DASH, width, SIZE, most=3),
            _grey(voice.say(row.part), width) if row.part else NOTHING,
            _bold(voice.say(Text("veto")), width) if row.veto else NOTHING,
        )
    )


def influence(row: Row, _voice: Voice, _width: float, _day: Day) -> Block:
    """Return the influence as bars and a number; a dash when it is not known."""

    def draw(pen: Pen, x: float, top: float) -> None:
        paint_shapes(pen, bars(x, top - 8.4, row.influence))
        if row.influence:
            pen.text(x + 18, top - 8, str(row.influence), SIZE)

    return Block(_LINE, draw)


def influences(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return whom somebody influences and by whom they are influenced, each with its strength."""
    return _lines((*_arrows("→", row.influences), *_arrows("←", row.influenced_by)), width)


def need(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return what their organisation needs through them."""
    return _lines((row.need,), width)


def motive(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return the personal motive."""
    return _lines((row.motive,), width)


def focus(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return what they look at and judge by."""
    return _lines((row.focus,), width)


def stance(row: Row, voice: Voice, width: float, day: Day) -> Block:
    """Return the stance as ball and code, an arrow since last month, what is wanted."""
    code = _code(row.stance) if row.stance is not None else _DASH
    if row.stance_wanted is not None:
        code += f" → {_code(row.stance_wanted)}"
    ink = GREY if row.stale else BRICK if (row.stance or 0) < 0 else BLACK

    def draw(pen: Pen, x: float, top: float) -> None:
        paint_shapes(pen, ball(x + 4.4, top - 6.4, row.stance, radius=3.0))
        pen.text(x + 12, top - 8.8, code, 7.6, weight=Weight.BOLD, ink=ink, most=width - 12)

    below = []
    if row.stance is not None and row.stance_before is not None:
        arrow = "↑" if row.stance > row.stance_before else "↓"
        was = Text("{arrow} was {stance}", arrow=arrow, stance=_code(row.stance_before))
        below.append(_grey(voice.say(was), width))
    if row.stale:
        below.append(_grey(voice.say(Text("too old to count")), width))
    if row.project_stance is not None:
        said = Text("project: {stance}", stance=_code(row.project_stance))
        below.append(_grey(voice.say(said), width))
    return stacked((Block(_LINE + 1.5, draw), *below))


def rival(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return the tie to rivals."""
    return _lines((row.rival,), width)


def relation(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return how well we know them, who of ours answers for them, who is their peer."""

    def draw(pen: Pen, x: float, top: float) -> None:
        if row.relation is None:
            pen.text(x, top - 8, _DASH, SIZE, ink=GREY)
        else:
            paint_shapes(pen, ring(x + 4, top - 5.6, row.relation))
            pen.text(x + 11, top - 8, f"{row.relation}/5", SIZE)

    peer = voice.say(Text("peer: {name}", name=row.peer)) if row.peer else ""
    return stacked(
        (
            Block(_LINE, draw),
            paragraph(row.owner, width, SIZE, most=2) if row.owner else NOTHING,
            _grey(peer, width) if peer else NOTHING,
        )
    )


def owner(row: Row, _voice: Voice, width: float, _day: Day) -> Block:
    """Return who of ours answers for them."""
    return _lines((row.owner or row.peer,), width)


def last_met(row: Row, voice: Voice, width: float, day: Day) -> Block:
    """Return when and how we last met; not met is said."""
    if row.kind is not CardKind.PERSON:
        return _grey(_DASH, width)
    if row.last_met is None:
        return _bold(voice.say(Text("not met")), width)
    return _lines((voice.short_day(row.last_met, near=day), voice.say(row.met_how)), width)


def evidence(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return what the stance rests on, and how sure we are."""
    sure = _grey(voice.say(row.certainty), width) if row.certainty else NOTHING
    return stacked((_lines((voice.say(row.evidence),), width, most=4), sure))


def next_move(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return what comes next with somebody: who, what, by when."""
    return _lines([voice.say(said) for said in row.next_move], width)


def first_move(row: Row, voice: Voice, width: float, _day: Day) -> Block:
    """Return the first of what comes next, in short."""
    return _lines([voice.say(said) for said in row.next_move[:1]], width, most=3)


def widths(columns: Sequence[Column], room: float) -> list[float]:
    """Return how wide each column is when all of them fill ``room``."""
    whole = sum(column.share for column in columns)
    return [room * column.share / whole for column in columns]


def titles(columns: Sequence[Column], sizes: Sequence[float], voice: Voice) -> Block:
    """Return the heads of columns on two lines at most."""
    said = [voice.label(column.title) for column in columns]
    blocks = [
        paragraph(label.first, size - _PAD, FLOOR, ink=GREY, most=2, leading=1.2)
        for label, size in zip(said, sizes, strict=True)
    ]
    height = max(block.height for block in blocks)

    def draw(pen: Pen, x: float, top: float) -> None:
        for block, size in zip(blocks, sizes, strict=True):
            block.draw(pen, x, top - (height - block.height))
            x += size
        pen.rule(x - sum(sizes), top - height - 2, x, top - height - 2, 0.9)

    return Block(height + 4, draw)


def row_block(
    row: Row, columns: Sequence[Column], sizes: Sequence[float], voice: Voice, day: Day
) -> Block:
    """Return one row of a table, its cells side by side."""
    cells = [
        (column.cell(row, voice, size - _PAD, day), 0.0 if column.cell is names else _LOWER)
        for column, size in zip(columns, sizes, strict=True)
    ]

    def draw(pen: Pen, x: float, top: float) -> None:
        for (cell, lower), size in zip(cells, sizes, strict=True):
            cell.draw(pen, x, top - lower)
            x += size

    return Block(max(cell.height + lower for cell, lower in cells), draw)


def _code(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def _arrows(arrow: str, ties: Iterable[Influence]) -> list[str]:
    return [f"{arrow} {tie.name} {'−' if tie.contrary else ''}{tie.strength}" for tie in ties]


def _lines(parts: Iterable[str], width: float, *, most: int = _MOST_LINES) -> Block:
    """Return texts below each other, a dash for none; at most so many lines each."""
    said = [part for part in parts if part]
    if not said:
        return _grey(_DASH, width)
    return stacked(paragraph(part, width, SIZE, most=most) for part in said[:_MOST_LINES])


def _grey(text: str, width: float) -> Block:
    return paragraph(text, width, FLOOR, ink=GREY, most=2)


def _bold(text: str, width: float, ink: Ink = BLACK) -> Block:
    return paragraph(text, width, FLOOR, weight=Weight.BOLD, ink=ink, most=2)
