"""What the grid has no room for: the ways of the days, every why, and who was left out."""

from collections.abc import Iterator, Sequence
from typing import Final

from kamdesk.core.minutes import clock, length
from kamdesk.core.wording import Text
from kamdesk.dossier.week_told import COST, DayTold, Left, Line, WeekTold
from kamdesk.figures.ink import ACCENT, BLACK, BRICK, GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    Block,
    Fit,
    beside,
    bulleted,
    paragraph,
    stacked,
)
from kamdesk.papers.flow import Piece
from kamdesk.papers.pen import Pen
from kamdesk.papers.route import route_block, route_of
from kamdesk.papers.voice import Voice
from kamdesk.papers.week_plan.sheet import list_head, underlined
from kamdesk.papers.words import Words

_ACROSS: Final = 3
_GUTTER: Final = 18.0
_PICTURE: Final = 122.0
_LINES: Final = 4
"""Lines one text may have here: enough for every name and address that is one."""


def routes(days: Sequence[DayTold], told: WeekTold, voice: Voice, width: float) -> list[Piece]:
    """Return the schematic ways of the days that lead somewhere, three side by side."""
    going = [one for one in days if any(line.leads_there for line in one.lines)]
    cell = (width - _GUTTER * (_ACROSS - 1)) / _ACROSS
    rows = [going[at : at + _ACROSS] for at in range(0, len(going), _ACROSS)]
    found = []
    for row in rows:
        blocks = [_route(one, told, voice, cell) for one in row]
        offsets = [n * (cell + _GUTTER) for n in range(len(blocks))]
        found.append(Piece(beside(blocks, offsets), 10.0))
    return found


def _route(day: DayTold, told: WeekTold, voice: Voice, width: float) -> Block:
    picture = route_block(route_of(told.read, day), voice, width=width, height=_PICTURE)

    def draw(pen: Pen, x: float, top: float) -> None:
        end = x + pen.text(x, top - 9, voice.day(day.day.day), 8.6, weight=Weight.BOLD)
        if day.drive:
            road = voice.say(Text("{length} driving", length=length(day.drive)))
            pen.text(end + 6, top - 9, road, 7, ink=GREY)
        picture.draw(pen, x, top - 13)

    return Block(picture.height + 13, draw)


def day_lists(days: Sequence[DayTold], voice: Voice, width: float) -> Iterator[Piece]:
    """Return each day with its visits in full: when, whom, why, where, how far, whom to call."""
    for told in days:
        if not told.lines:
            continue
        yield Piece(_day_head(told, voice, width), 14.0, is_head=True)
        for line in told.lines:
            yield Piece(_line(line, voice, width), 0.0)


def _day_head(told: DayTold, voice: Voice, width: float) -> Block:
    visits = sum(line.item.account is not None for line in told.lines)
    said = [voice.say(Text("{n} visit", "{n} visits", n=visits))] if visits else []
    if told.leaves is not None:
        said.append(voice.say(Text("leave {time}", time=clock(told.leaves))))
    if told.returns is not None:
        said.append(voice.say(Text("back {time}", time=clock(told.returns))))
    if told.drive:
        said.append(voice.say(Text("{length} driving", length=length(told.drive))))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + width, top, 0.9)
        end = x + pen.text(x, top - 11, voice.day(told.day.day), 9, weight=Weight.BOLD, ink=ACCENT)
        pen.text(end + 8, top - 11, " · ".join(said), 7, ink=GREY)

    return Block(17.0, draw)


def _line(line: Line, voice: Voice, width: float) -> Block:
    item = line.item
    when, road, gap = 58.0, 46.0, 10.0
    third = (width - when - road - 3 * gap) / 3
    reasons: list[Words] = [reason.said for reason in item.reasons] or [item.topic]
    clash = voice.say(Text("cannot be met as it stands")) if item.is_clash else ""
    whom = " ".join(part for part in (item.contact, item.phone) if part)
    where = " · ".join(part for part in (item.place.words, item.place.address) if part)
    said = paragraph(voice.sentence(*reasons), third, 7.4)
    block = beside(
        (
            paragraph(line.at, when, 8.2, weight=Weight.BOLD, ink=ACCENT, most=1),
            stacked(
                (
                    paragraph(item.name, third, 8.2, weight=Weight.BOLD, most=_LINES),
                    paragraph(whom, third, 7.4, most=_LINES),
                ),
                1.0,
            ),
            stacked((said, paragraph(clash, third, 7.4, weight=Weight.BOLD, ink=BRICK)), 1.0),
            stacked(
                (
                    paragraph(where, third, 7.4, most=_LINES),
                    paragraph(item.place.gate, third, 7.4, ink=GREY, most=_LINES),
                ),
                1.0,
            ),
            _right(voice.say(length(line.drive)) if line.drive else "", road),
        ),
        (
            0.0,
            when + gap,
            when + gap + third + gap,
            when + 2 * gap + 2 * third + gap,
            width - road,
        ),
    )

    return underlined(block)


def _right(words: str, width: float) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + width, top - 8.2, words, 7.4, ink=GREY, align=1.0)

    return Block(10.0, draw)


def left_out(told: WeekTold, voice: Voice, width: float) -> Iterator[Piece]:
    """Return who is due and not in the week, why, and what it would cost."""
    if not told.left:
        return
    title = Text("Left out") if told.is_proposal else Text("due and not planned")
    note = COST if told.is_proposal else ""
    yield Piece(list_head(title, note, voice), 16.0, is_head=True)
    for left in told.left:
        yield Piece(_left(left, voice, width, priced=told.is_proposal), 0.0)


def _left(left: Left, voice: Voice, width: float, *, priced: bool) -> Block:
    item = left.item
    cost, gap = 64.0, 10.0
    third = (width - cost - 3 * gap) / 3
    joined = voice.sentence(*(reason.said for reason in item.reasons))
    said = voice.say(Text("+{n} min", n=left.cost)) if left.cost is not None else ""
    if priced and left.cost is None:
        said = voice.say(Text("not possible"))
    block = beside(
        (
            paragraph(item.name, third, 8.2, weight=Weight.BOLD, most=_LINES),
            paragraph(joined, third, 7.4, most=_LINES),
            paragraph(
                voice.sentence(left.said, left.later_words) if priced else item.place.words,
                third,
                7.4,
                ink=BLACK if priced else GREY,
                most=_LINES,
            ),
            _right(said, cost),
        ),
        (0.0, third + gap, 2 * (third + gap), width - cost),
    )

    return underlined(block)


def not_judged(told: WeekTold, voice: Voice, width: float) -> Iterator[Piece]:
    """Return what the plan does not know, with the names of those nobody can find."""
    lines = [voice.say(words) for words in told.read.not_judged]
    names = [one.name for one in told.read.unplaced]
    if names:
        lines.append(voice.joined(names))
    if lines:
        yield Piece(list_head(Text("not judged"), "", voice), 16.0, is_head=True)
        yield Piece(bulleted(lines, width, 7.4, Fit(lines=12), ink=GREY), 0.0)
