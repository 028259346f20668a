"""The work of the visit in two columns: questions of both sides, who says what, what to bring."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    Block,
    Fit,
    Mark,
    beside,
    bulleted,
    paragraph,
    section,
    stacked,
)
from kamdesk.papers.brief.content import Brief, Question, TheirQuestion
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

MOST_QUESTIONS: Final = 5


def questions(content: Brief, voice: Voice, width: float, fit: Fit, mark: Mark) -> Block:
    """Return what to ask, each with the gap it closes."""
    count = fit.first(MOST_QUESTIONS, min(MOST_QUESTIONS, len(content.questions)))
    rows = [
        _question(number, one, voice, width, fit)
        for number, one in enumerate(content.questions[:count], 1)
    ]
    more = len(content.questions) - count
    title = Text("questions to ask")
    return section(voice, title, stacked(rows, 2.6 * fit.gap), width, fit, more=more, mark=mark)


def _question(number: int, item: Question, voice: Voice, width: float, fit: Fit) -> Block:
    size = fit.size(7.7)
    text = paragraph(voice.say(item.text), width - 16, size, most=min(3, fit.lines))
    why = voice.clauses((item.whom, item.reason))
    below = paragraph(why, width - 16, FLOOR, ink=GREY, most=1)
    both = stacked((text, below))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top - size * 1.02, f"Q{number}", size, weight=Weight.BOLD, ink=ACCENT)
        both.draw(pen, x + 16, top)

    return Block(both.height, draw)


def their_questions(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return what they may ask, our answer, and who gives it."""
    count = fit.first(MOST_QUESTIONS, min(MOST_QUESTIONS, len(content.their_questions)))
    rows = [_answer(one, voice, width, fit) for one in content.their_questions[:count]]
    more = len(content.their_questions) - count
    title = Text("questions they may ask")
    return section(voice, title, stacked(rows, 2.6 * fit.gap), width, fit, more=more)


def _answer(item: TheirQuestion, voice: Voice, width: float, fit: Fit) -> Block:
    question = paragraph(
        voice.say(item.question), width - 10, fit.size(7.5), most=min(2, fit.lines)
    )
    said = voice.say(item.answer) + voice.aside(item.who)
    answer = paragraph(said, width - 10, fit.size(7.4), ink=ACCENT, most=min(2, fit.lines))
    both = stacked((question, answer))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.band(x + 1, top - 6.4, 2.6, 2.6, ACCENT)
        both.draw(pen, x + 10, top)

    return Block(both.height, draw)


def our_side(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return who of ours says what to whom."""
    count = fit.first(5, min(5, len(content.our_side)))
    rows = []
    for one in content.our_side[:count]:
        name = one.name + voice.aside(one.part)
        about = f"{one.topic} → {one.counterpart}" if one.counterpart else one.topic
        head = paragraph(name, width * 0.4 - 6, fit.size(7.5), weight=Weight.BOLD, most=1)
        body = paragraph(about, width * 0.6, fit.size(7.4), most=min(2, fit.lines))
        rows.append(beside((head, body), (0.0, width * 0.4)))
    more = len(content.our_side) - count
    title = Text("our side")
    return section(voice, title, stacked(rows, 1.6 * fit.gap), width, fit, more=more)


def rivals(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return what competitors did here lately."""
    today = content.as_of.day
    lines = [
        " ".join(
            part
            for part in (
                voice.short_day(one.on, near=today) if one.on else "",
                one.what + voice.aside(one.source),
            )
            if part
        )
        for one in content.rivals
    ]
    return _list(Text("competitors here"), lines, 3, voice, width, fit)


def colleagues(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return who of ours was here lately, with whom, and what was promised."""
    today = content.as_of.day
    lines = [
        f"{voice.short_day(one.on, near=today)} "
        + voice.clauses((f"{one.who} → {one.whom}" if one.whom else one.who, one.promised))
        for one in content.colleagues
    ]
    return _list(Text("colleagues here lately"), lines, 4, voice, width, fit)


def bring(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return what to bring, with boxes to tick."""
    count = fit.first(5, min(5, len(content.bring)))
    size = fit.size(7.5)

    def item(words: str) -> Block:
        body = paragraph(words, width - 12, size, most=min(2, fit.lines))

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.box(x + 0.5, top - 8.4, 6.0, 6.0, line=0.7)
            body.draw(pen, x + 12, top)

        return Block(body.height, draw)

    rows = [item(voice.say(words)) for words in content.bring[:count]]
    more = len(content.bring) - count
    return section(voice, Text("to bring"), stacked(rows, 2 * fit.gap), width, fit, more=more)


def calendar(content: Brief, voice: Voice, width: float, fit: Fit) -> Block:
    """Return birthdays and feasts of the next two weeks."""
    today = content.as_of.day
    lines = [
        f"{voice.short_day(one.on, near=today)} {voice.say(one.what)}" for one in content.calendar
    ]
    return _list(Text("calendar"), lines, 2, voice, width, fit)


def _list(title: Text, lines: list[str], most: int, voice: Voice, width: float, fit: Fit) -> Block:
    count = fit.first(most, min(most, len(lines)))
    body = bulleted(lines[:count], width, fit.size(7.4), fit)
    return section(voice, title, body, width, fit, more=len(lines) - count)
