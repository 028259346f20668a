"""What to say, to show and to avoid: per person, and against the one risk."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, BAND, BRICK, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    NOTHING,
    Block,
    Fit,
    Mark,
    beside,
    labelled,
    named,
    paragraph,
    section,
    stacked,
)
from kamdesk.papers.brief.content import Advice, Attendee, Brief
from kamdesk.papers.brief.editions import by_influence
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

MOST_CARDS: Final = 6
_GUTTER: Final = 14.0
_SAY: Final = Text("say")
_SHOW: Final = Text("show")
_AVOID: Final = Text("avoid")


def advice_lines(advice: Advice, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the advice as up to three lines, each behind its word."""
    lead = 19.0 if voice.first == "zh" else 28.0
    size = fit.size(7.4)
    rows = ((_SAY, advice.say, ACCENT), (_SHOW, advice.show, ACCENT), (_AVOID, advice.avoid, BRICK))
    return stacked(
        (
            named(
                voice.label(label).first,
                voice.say(words),
                width,
                size,
                fit,
                lead=lead,
                ink=ink,
            )
            for label, words, ink in rows
            if words
        ),
        1.2 * fit.gap,
    )


def talking(
    content: Brief,
    voice: Voice,
    width: float,
    fit: Fit,
    mark: Mark | None = None,
) -> Block:
    """Return a small card for each of their people for whom something is advised."""
    people = [person for person in by_influence(content.attendees) if not person.advice.empty]
    count = fit.first(MOST_CARDS, min(MOST_CARDS, len(people)))
    if not count:
        return NOTHING
    wide = (width - _GUTTER) / 2
    cards = [_card(person, voice, wide, fit) for person in people[:count]]
    rows = [_row(cards[at : at + 2], wide) for at in range(0, len(cards), 2)]
    body = stacked(rows, 5 * fit.gap)
    title = Text("say, show, avoid")
    return section(voice, title, body, width, fit, more=len(people) - count, mark=mark)


def _row(cards: list[Block], width: float) -> Block:
    height = max(card.height for card in cards)

    def framed(card: Block) -> Block:
        def draw(pen: Pen, x: float, top: float) -> None:
            pen.box(x, top - height, width, height, line=0.6, ink=HAIR)
            card.draw(pen, x, top)

        return Block(height, draw)

    return beside(
        [framed(card) for card in cards], [at * (width + _GUTTER) for at in (0, 1)][: len(cards)]
    )


def _card(person: Attendee, voice: Voice, width: float, fit: Fit) -> Block:
    head = 14.0 if fit.gap > 0.5 else 12.4
    pad = 3.6 * fit.gap
    lines = advice_lines(person.advice, voice, width - 14, fit)
    role = voice.say(person.roles[0]) if person.roles else person.post

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.band(x, top - head, width, head, BAND)
        size = fit.size(7.8)
        base = top - head + (head - size * 0.72) / 2
        end = pen.text(x + 7, base, person.name, size, weight=Weight.BOLD, most=width * 0.6)
        pen.text(x + 7 + end + 6, base, role, FLOOR, ink=GREY, most=width - end - 20)
        lines.draw(pen, x + 7, top - head - pad)

    return Block(head + lines.height + 2 * pad, draw)


def the_risk(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the one risk: its rule, its evidence with a date, and what to do about it."""
    risk = content.risk
    if risk is None:
        return NOTHING
    lead, half = 14.0, (width - _GUTTER) / 2
    room = (width if risk.advice.empty else half) - lead
    rule = paragraph(
        voice.say(risk.rule), room, fit.size(8.2), weight=Weight.BOLD, most=min(2, fit.lines)
    )
    day = voice.short_day(risk.on, near=content.as_of.day) if risk.on else ""
    evidence = " ".join(part for part in (day, voice.say(risk.evidence)) if part)
    told = stacked(
        (rule, paragraph(evidence, room, fit.size(7.4), ink=GREY, most=fit.lines)), 1.5 * fit.gap
    )
    body = beside((told, advice_lines(risk.advice, voice, half, fit)), (lead, half + _GUTTER))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.fill(BRICK)
        pen.shape([(x, top - 9.2), (x + 8, top - 9.2), (x + 4, top - 2.2)], paint="h f")
        body.draw(pen, x, top)

    title = Text("one risk")
    return section(voice, title, Block(body.height, draw), width, fit)


def not_in_the_file(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return the band that says what nobody knows; it is there even when nothing is missing."""
    count = fit.first(5, min(5, len(content.not_in_file)))
    size, pad = fit.size(7.6), 7.0 * max(0.5, fit.gap)
    shown = content.not_in_file[:count]
    more = len(content.not_in_file) - count
    if shown:
        half = (width - 28 - 16) / 2
        items = [_dashed(voice.say(words), half, size, fit) for words in shown]
        middle = (len(items) + 1) // 2
        body = beside(
            (stacked(items[:middle], 2 * fit.gap), stacked(items[middle:], 2 * fit.gap)),
            (0.0, half + 16),
        )
    else:
        body = paragraph(
            voice.say(Text("Nothing is missing that this visit needs.")), width - 28, size, ink=GREY
        )
    height = 13.0 + body.height + 2 * pad

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.band(x, top - height, width, height, BAND)
        pen.band(x, top - height, 4, height, GREY)
        labelled(pen, voice, Text("what the file does not say"), x + 14, top - pad - 7.4)
        if more:
            said = voice.say(Text("+{n} more", n=more))
            right = x + width - 10
            pen.text(right, top - pad - 7.4, said, FLOOR, weight=Weight.BOLD, ink=GREY, align=1.0)
        body.draw(pen, x + 14, top - pad - 13)

    return Block(height, draw)


def _dashed(text: str, width: float, size: float, fit: Fit) -> Block:
    body = paragraph(text, width - 11, size, most=min(2, fit.lines))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x + 1.2, top - size * 1.02, "?", size, weight=Weight.BOLD, ink=ACCENT)
        body.draw(pen, x + 11, top)

    return Block(body.height, draw)
