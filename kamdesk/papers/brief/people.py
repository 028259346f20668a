"""Their side of the table: six people in full, the rest by name."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.figures import type as letters
from kamdesk.figures.ink import BLACK, BRICK, GREY
from kamdesk.figures.marks import STANCES, ball, bars
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    NOTHING,
    Block,
    Fit,
    Mark,
    beside,
    not_shown,
    paragraph,
    ruled,
    section,
    stacked,
    tag,
)
from kamdesk.papers.brief.content import Attendee, Brief
from kamdesk.papers.brief.editions import by_influence
from kamdesk.papers.paint import paint_shapes
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

MOST_IN_FULL: Final = 6
_TITLE: Final = Text("their side")
_NUMBER: Final = 15.0


class _Column(NamedTuple):
    title: Text
    width: float
    cell: Callable[[Attendee, float], Block]


def their_side(
    content: Brief,
    voice: Voice,
    width: float,
    fit: Fit,
    mark: Mark | None = None,
) -> Block:
    """Return the table of their people, the most influential first."""
    people = by_influence(content.attendees)
    count = fit.first(MOST_IN_FULL, min(MOST_IN_FULL, len(people)))
    columns = _columns(content, voice, width, fit, people[:count])
    offsets = [_NUMBER]
    for column in columns[:-1]:
        offsets.append(offsets[-1] + column.width)
    rows = []
    for number, person in enumerate(people[:count], 1):
        cells = [column.cell(person, column.width - 8) for column in columns]
        rows.append(beside((_number(number), *cells), (0.0, *offsets)))
    table = ruled(rows, width, 2.9 * max(0.5, fit.gap))
    rest = [person.name for person in people[count:]] + list(content.named_only)
    if not (rows or rest or content.not_shown):
        said = voice.say(Text("Nobody of theirs is named yet."))
        return section(voice, _TITLE, paragraph(said, width, 8, ink=GREY), width, fit, mark=mark)
    body = stacked(
        (
            _titles(columns, offsets, voice) if rows else NOTHING,
            table,
            _named(rest, voice, width),
            not_shown(content.not_shown, voice, width),
        ),
        1.0,
    )
    return section(voice, _TITLE, body, width, fit, mark=mark)


def _columns(
    content: Brief, voice: Voice, width: float, fit: Fit, people: tuple[Attendee, ...]
) -> list[_Column]:
    today = content.as_of.day
    columns = [
        _Column(Text("name and post"), 124, lambda p, w: _who(p, voice, w, fit)),
        _Column(Text("role"), 86, lambda p, w: _role(p, voice, w, fit, today)),
    ]
    if content.opinions:
        columns += [
            _Column(Text("stance"), 74, lambda p, w: _stance(p, voice, w, today)),
            _Column(Text("influence"), 42, lambda p, _w: _influence(p)),
        ]
    private = any(person.motive or person.rival_tie for person in people)
    left = width - _NUMBER - sum(column.width for column in columns)
    share = left * 0.5 if private else left
    columns.append(_Column(Text("focus"), share, lambda p, w: _focus(p, voice, w, fit)))
    if private:
        columns.append(
            _Column(Text("motive, ties"), left - share, lambda p, w: _private(p, voice, w, fit))
        )
    return columns


def _titles(columns: list[_Column], offsets: list[float], voice: Voice) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        for column, offset in zip(columns, offsets, strict=True):
            said = voice.label(column.title).first
            pen.text(x + offset, top - 7, said, FLOOR, ink=GREY, most=column.width - 4)

    return Block(9.0, draw)


def _number(number: int) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + 1, top - 8.6, str(number), 7, ink=GREY)

    return Block(10.0, draw)


def _who(person: Attendee, voice: Voice, width: float, fit: Fit) -> Block:
    small = fit.size(6.8)
    post = " · ".join(part for part in (person.post, person.department) if part)
    below = paragraph(post, width, small, ink=GREY, most=min(2, fit.lines))
    size = fit.size(8.6)
    taken = letters.width(person.name, size, Weight.BOLD)
    name = paragraph(person.name, width, size, weight=Weight.BOLD, most=2 if fit.lines > 1 else 1)
    beside_name = " ".join(part for part in (person.reading, person.address) if part)

    def draw(pen: Pen, x: float, top: float) -> None:
        name.draw(pen, x, top)
        room = width - taken - 6
        if beside_name and room > 12:
            pen.text(x + taken + 6, top - size * 1.02, beside_name, 7.2, most=room)

    own_line = NOTHING
    if beside_name and width - taken - 6 <= 12:
        own_line = paragraph(beside_name, width, fit.size(7.2), most=1)
    return stacked((Block(name.height, draw), own_line, below))


def _role(person: Attendee, voice: Voice, width: float, fit: Fit, today: Day) -> Block:
    roles = paragraph(voice.joined(person.roles), width, fit.size(7.4), most=min(2, fit.lines))

    def draw(pen: Pen, x: float, top: float) -> None:
        if person.first_meeting:
            tag(pen, x, top - 8.2, voice.say(Text("first meeting")), solid=True)
        elif person.last_met:
            day = voice.short_day(person.last_met, near=today)
            said = voice.say(Text("last met {day}", day=day))
            pen.text(x, top - 7.4, said, FLOOR, ink=GREY, most=width)

    seen = Block(10.4, draw) if person.first_meeting or person.last_met else NOTHING
    return stacked((roles, seen))


def _stance(person: Attendee, voice: Voice, width: float, today: Day) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        paint_shapes(pen, ball(x + 4.4, top - 6, person.stance, radius=3.0))
        against = person.stance is not None and person.stance < 0
        pen.text(
            x + 12,
            top - 8.6,
            voice.say(STANCES[person.stance]),
            7.4,
            weight=Weight.BOLD if against else Weight.REGULAR,
            ink=BRICK if against else BLACK if person.stance is not None else GREY,
            most=width - 12,
        )
        if person.stance_since and person.stance is not None:
            day = voice.short_day(person.stance_since, near=today)
            said = voice.say(Text("since {day}", day=day))
            pen.text(x + 12, top - 17.6, said, FLOOR, ink=GREY, most=width - 12)

    return Block(20.0 if person.stance_since else 11.0, draw)


def _influence(person: Attendee) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        paint_shapes(pen, bars(x, top - 9, person.influence))

    return Block(10.0, draw)


def _focus(person: Attendee, voice: Voice, width: float, fit: Fit) -> Block:
    size = fit.size(7.3)
    words = person.focus + voice.aside(person.horizon) if person.focus else ""
    if words:
        return paragraph(words, width, size, most=min(3, fit.lines))
    return paragraph(voice.say(person.concern), width, size, ink=GREY, most=min(2, fit.lines))


def _private(person: Attendee, voice: Voice, width: float, fit: Fit) -> Block:
    said = voice.clauses([part for part in (person.motive, person.rival_tie) if part])
    return paragraph(said, width, fit.size(7.3), most=min(3, fit.lines))


def _named(names: list[str], voice: Voice, width: float) -> Block:
    """Return the rest by name on one line, and how many had no room on it."""
    if not names:
        return NOTHING
    room, shown = width - _NUMBER, names
    while True:
        more = len(names) - len(shown)
        tail = ""
        if more:
            tail = voice.say(Text("+{n} more person", "+{n} more people", n=more))
        said = voice.say(Text("also there: {names}", names=voice.joined(shown)))
        taken = letters.width(tail, 7.2) + 5 if tail else 0.0
        if len(shown) == 1 or letters.width(said, 7.2) * 1.02 <= room - taken:
            break
        shown = shown[:-1]

    def draw(pen: Pen, x: float, top: float) -> None:
        end = x + _NUMBER + pen.text(x + _NUMBER, top - 8.4, said, 7.2, most=room - taken)
        pen.text(end + 5, top - 8.4, tail, 7.2, weight=Weight.BOLD)

    return Block(11.0, draw)
