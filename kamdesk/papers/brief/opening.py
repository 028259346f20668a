"""The top of the brief: whom we visit and when, what to earn, the facts, what has changed."""

from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.figures import type as letters
from kamdesk.figures.ink import ACCENT, BAND, BLACK, BRICK, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    NOTHING,
    Block,
    Fit,
    beside,
    labelled,
    named,
    paragraph,
    section,
    stacked,
)
from kamdesk.papers.brief.content import Brief, Change, Fact, ForTheBoss, Heading, Purpose
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import NOT_KNOWN, Voice

MOST_CHANGES: Final = 6
MOST_RED_LINES: Final = 3
_NO_OUTCOME: Final = Text("No outcome is written down yet.")
_NO_VISIT: Final = Text("no visit planned")


def heading(content: Heading, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the customer's name and the topic at the left, when and where at the right."""
    aside = width * 0.4
    room = width - aside - 16
    name = _name(content.account, room)
    under = " ".join(part for part in (content.other_name, content.unit) if part)
    second = paragraph(under, room, 9, ink=GREY, most=1)
    topic = paragraph(content.topic, room, 9, weight=Weight.BOLD, most=2 if fit.lines > 1 else 1)
    left = stacked((name, second, topic), 1.5)
    where = [
        _right_line(voice.when(content.start, content.minutes), aside, 10, Weight.BOLD)
        if content.start
        else _right_line(voice.say(_NO_VISIT), aside, 9, Weight.BOLD),
        _right_lines(content.place, aside, fit),
        _right_lines(content.gate, aside, fit),
    ]
    if content.host:
        host = Text("host: {name}", name=" ".join((content.host, content.phone)).strip())
        where.append(_right_lines(voice.say(host), aside, fit))
    return beside((left, stacked(where, 1.0)), (0.0, width - aside))


def _name(name: str, width: float) -> Block:
    """Set the customer's name as large as it goes on one line, a long one smaller on two."""
    for size in (20.0, 18.0, 16.0):
        if letters.width(name, size, Weight.BOLD) * 1.03 <= width:
            return paragraph(name, width, size, weight=Weight.BOLD, most=1, leading=1.25)
    return paragraph(name, width, 14.0, weight=Weight.BOLD, most=2, leading=1.25)


def _right_line(text: str, width: float, size: float, weight: Weight) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + width, top - size * 1.1, text, size, weight=weight, align=1.0, most=width)

    return Block(size * 1.5, draw)


def _right_lines(text: str, width: float, fit: Fit) -> Block:
    lines = letters.lines(text, 7.4, width, most=min(2, fit.lines)) if text else ()

    def draw(pen: Pen, x: float, top: float) -> None:
        y = top - 7.6
        for line in lines:
            pen.lines((line,), x + width - line.width, y, 7.4, 0, ink=GREY)
            y -= 10.2

    return Block(10.2 * len(lines), draw)


def for_the_boss(content: ForTheBoss | None, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the five lines a boss reads first."""
    if content is None:
        return NOTHING
    rows = (
        (Text("why you come"), content.why_you_come),
        (Text("whom you sit opposite"), content.whom_you_sit_opposite),
        (Text("the one sentence from you"), content.what_to_say),
        (Text("what not to promise"), content.what_not_to_promise),
        (Text("what they want from you"), content.what_they_want),
    )
    lead, size = 112.0, fit.size(8.2)
    body = stacked(
        (
            named(voice.label(label).first, text, width, size, fit, lead=lead)
            for label, text in rows
        ),
        1.5 * fit.gap,
    )
    return section(voice, Text("For you"), body, width, fit)


def purpose(content: Purpose, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the box with the outcome to earn, the ask, the fallback and the red lines."""
    size = fit.size(11.2)
    asked = bool(content.ask or content.fallback)
    left, pad = width * (0.58 if asked else 1.0), 8.0 * max(0.6, fit.gap)
    room, aside = left - 28, width - left - 14
    most = max(3, fit.lines)
    outcome = (
        paragraph(content.outcome, room, size, weight=Weight.BOLD, most=most)
        if content.outcome
        else paragraph(voice.say(_NO_OUTCOME), room, fit.size(9.0), ink=GREY, most=1)
    )
    small = fit.size(7.8)
    asks = [
        (label, paragraph(text, aside, small, most=max(2, fit.lines - 1)))
        for label, text in ((Text("the ask"), content.ask), (Text("fallback"), content.fallback))
        if text
    ]
    head, between = 14.0, 5.0 * fit.gap
    right_height = sum(head + block.height for _, block in asks) + between * max(0, len(asks) - 1)
    upper = max(head + outcome.height, right_height)
    red = _red_lines(content, voice, width - 28, fit)
    lower = red.height + pad if red.height else 0.0
    height = upper + lower + 2 * pad

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.band(x, top - height, width, height, BAND)
        pen.band(x, top - height, 4, height, ACCENT)
        labelled(pen, voice, Text("outcome to earn"), x + 14, top - pad - 7.6)
        outcome.draw(pen, x + 14, top - pad - head)
        y = top - pad
        if asks:
            pen.rule(x + left - 6, top - pad, x + left - 6, top - pad - upper, 0.6, HAIR)
        for label, block in asks:
            labelled(pen, voice, label, x + left + 4, y - 7.6)
            block.draw(pen, x + left + 4, y - head)
            y -= head + block.height + between
        if red.height:
            line = top - pad - upper - pad / 2
            pen.rule(x + 14, line, x + width - 10, line, 0.5, HAIR)
            red.draw(pen, x + 14, line - pad / 2)

    return Block(height, draw)


def _red_lines(content: Purpose, voice: Voice, width: float, fit: Fit) -> Block:
    """Return what must not be promised or said, in one paragraph behind a brick square."""
    if not content.red_lines and content.price is None:
        return NOTHING
    shown = content.red_lines[:MOST_RED_LINES]
    more = len(content.red_lines) - len(shown)
    texts: list[str] = [voice.clauses(shown)]
    if more:
        texts.append(voice.say(Text("+{n} more", n=more)))
    label = voice.label(Text("red lines"))
    size = fit.size(7.8)
    lead = 12 + letters.width(label.first, 8.6, Weight.BOLD) + 8
    if label.second:
        lead += letters.width(label.second, FLOOR) + 5
    rows = [paragraph(" ".join(texts).strip(), width - lead, size, most=min(2, fit.lines))]
    if content.price is not None:
        price = Text("price corridor: {price}", price=voice.say(content.price))
        rows.append(paragraph(voice.say(price), width - lead, size, most=1))
    body = stacked(rows, 1)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.band(x, top - 8.4, 6.2, 6.2, BRICK)
        labelled(pen, voice, Text("red lines"), x + 12, top - 8.2)
        body.draw(pen, x + lead, top)

    return Block(max(11.0, body.height), draw)


def facts(content: tuple[Fact, ...], voice: Voice, width: float, fit: Fit) -> Block:
    """Return up to five figures side by side; what is not known says so."""
    if not content:
        return NOTHING
    shown = content[:5]
    wide = width / len(shown)
    height = 30.0 + 8.0 * fit.gap

    def draw(pen: Pen, x: float, top: float) -> None:
        for place, fact in enumerate(shown):
            left = x + place * wide + (8 if place else 0)
            room = wide - 16
            if place:
                pen.rule(x + place * wide, top - 3, x + place * wide, top - height + 4, 0.6, HAIR)
            pen.text(left, top - 8, voice.label(fact.label).first, FLOOR, ink=GREY, most=room)
            _value(pen, voice, fact, left, top - 22.4, room)
            note = voice.say(fact.note)
            ink, weight = (BRICK, Weight.BOLD) if fact.alarm else (GREY, Weight.REGULAR)
            said = f"▲ {note}" if fact.alarm and note else note
            pen.text(left, top - 32, said, FLOOR, ink=ink, weight=weight, most=room)

    return Block(height, draw)


def _value(pen: Pen, voice: Voice, fact: Fact, x: float, y: float, room: float) -> None:
    if fact.value is None:
        pen.text(x, y, voice.say(NOT_KNOWN), 9, ink=GREY, most=room)
        return
    said = voice.say(fact.value)
    size = 12.5
    while size > 8 and letters.width(said, size, Weight.BOLD) > room:
        size -= 0.5
    pen.text(x, y, said, size, weight=Weight.BOLD, ink=BLACK, most=room)


def since_last_time(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return what changed since we were last here, in two columns."""
    count = fit.first(MOST_CHANGES, min(MOST_CHANGES, len(content.changes)))
    shown = content.changes[:count]
    if not shown:
        return NOTHING
    half = (width - 18) / 2
    today = content.as_of.day
    rows = [_change(change, voice, half, fit, today) for change in shown]
    middle = (len(rows) + 1) // 2
    body = beside(
        (stacked(rows[:middle], 2 * fit.gap), stacked(rows[middle:], 2 * fit.gap)),
        (0.0, half + 18),
    )
    last = content.last_here
    note = Text("last here {day}", day=voice.day(last)) if last else ""
    title = Text("since my last time here")
    more = len(content.changes) - count
    return section(voice, title, body, width, fit, note=note, more=more)


def _change(change: Change, voice: Voice, width: float, fit: Fit, today: Day) -> Block:
    size = fit.size(7.5)
    parts = [voice.say(change.what)]
    if change.amount is not None:
        parts.append(voice.say(change.amount))
    body = paragraph(
        (" " if voice.first == "zh" else ", ").join(parts),
        width - 34,
        size,
        most=min(2, fit.lines),
    )
    day = voice.short_day(change.on, near=today) if change.on else ""

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top - size * 1.02, day, FLOOR, ink=GREY, most=33)
        body.draw(pen, x + 34, top)

    return Block(body.height, draw)
