"""The evidence in two columns: promises, past visits, open business."""

from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, BLACK, GREY, HAIR, WHITE
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    NOTHING,
    Block,
    Fit,
    Mark,
    paragraph,
    ruled,
    section,
    stacked,
    tag,
    warning,
)
from kamdesk.papers.brief.content import (
    Brief,
    Business,
    PastVisit,
    Promise,
)
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

MOST_PROMISES: Final = 6
MOST_VISITS: Final = 3
_DUE: Final = 78.0


def promises(content: Brief, voice: Voice, width: float, fit: Fit, mark: Mark) -> Block:
    """Return open promises of both sides: ours first, the most overdue first."""
    latest = Day.max
    ordered = sorted(content.promises, key=lambda one: (not one.ours, one.due or latest))
    count = fit.first(MOST_PROMISES, min(MOST_PROMISES, len(ordered)))
    today = content.as_of.day
    rows = [_promise(one, voice, width, fit, today) for one in ordered[:count]]
    body = ruled(rows, width, 2.6 * fit.gap)
    more = len(ordered) - count
    return section(voice, Text("promises"), body, width, fit, more=more, mark=mark)


def _promise(promise: Promise, voice: Voice, width: float, fit: Fit, today: Day) -> Block:
    lead = 35.0 if voice.first == "zh" else 39.0
    text = paragraph(promise.what, width - lead - _DUE - 6, fit.size(7.5), most=min(3, fit.lines))
    waiting = voice.say(promise.waiting)
    below = paragraph(waiting, width - lead - _DUE - 6, FLOOR, ink=GREY, most=1)
    left = stacked((text, below))
    over = promise.due is not None and promise.due < today
    height = max(left.height, 20.0 if promise.due else 10.5)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(x + 0.5, top - 8.8, 6.4, 6.4, line=0.8)
        side = Text("ours") if promise.ours else Text("theirs")
        tag(pen, x + 11, top - 8.4, voice.say(side), solid=promise.ours)
        left.draw(pen, x + lead, top)
        right = x + width
        day = voice.short_day(promise.due, near=today) if promise.due else ""
        wide = pen.text(right, top - 7.9, day, 6.8, align=1.0)
        room = _DUE - wide - 5
        pen.text(right - wide - 5, top - 7.9, promise.who, 6.8, align=1.0, most=room)
        if promise.due is None:
            return
        said = voice.say(_due(promise.due, today))
        if over:
            warning(pen, right, top - 17.2, said, 6.8)
        else:
            pen.text(right, top - 17.2, said, 6.8, ink=GREY, align=1.0, most=_DUE)

    return Block(height, draw)


def _due(due: Day, today: Day) -> Text:
    days = days_between(today, due)
    if days < 0:
        return Text("{n} day overdue", "{n} days overdue", n=-days)
    if days == 0:
        return Text("due today")
    return Text("in {n} day", "in {n} days", n=days)


def visits(content: Brief, voice: Voice, width: float, fit: Fit, mark: Mark) -> Block:
    """Return the last visits along a line, the newest on top."""
    ordered = sorted(content.visits, key=lambda visit: visit.on, reverse=True)
    count = fit.first(MOST_VISITS, min(MOST_VISITS, len(ordered)))
    blocks = [_visit(visit, voice, width, fit) for visit in ordered[:count]]
    gap = 5.0 * fit.gap
    inner = stacked(blocks, gap)

    def draw(pen: Pen, x: float, top: float) -> None:
        if len(blocks) > 1:
            last = top - inner.height + blocks[-1].height
            pen.rule(x + 3.2, top - 7, x + 3.2, last - 7, 1, HAIR)
        y = top
        for block in blocks:
            pen.fill(WHITE)
            pen.stroke(BLACK, 1.0)
            pen.circle(x + 3.2, y - 6.4, 2.6, paint="B")
            y -= block.height + gap
        inner.draw(pen, x, top)

    body = Block(inner.height + 2.0, draw) if blocks else NOTHING
    more = len(ordered) - count
    return section(voice, Text("last visits"), body, width, fit, more=more, mark=mark)


def _visit(visit: PastVisit, voice: Voice, width: float, fit: Fit) -> Block:
    size, lead = fit.size(7.4), 14.0
    said = paragraph(visit.said, width - lead, size, most=fit.lines)
    result = paragraph(visit.result, width - lead, size, ink=ACCENT, most=min(2, fit.lines))
    words = stacked((said, result))
    mood = voice.say(visit.atmosphere)

    def draw(pen: Pen, x: float, top: float) -> None:
        day = pen.text(x + lead, top - 9, visit.on.isoformat(), 7.8, weight=Weight.BOLD)
        taken = pen.text(x + width, top - 9, mood, 6.8, ink=GREY, align=1.0, most=width * 0.42)
        left = x + lead + day + 7
        people = voice.joined(visit.people)
        pen.text(left, top - 9, people, 6.8, ink=GREY, most=x + width - taken - 6 - left)
        words.draw(pen, x + lead, top - 12.5)

    return Block(12.5 + words.height, draw)


def business(content: Brief, voice: Voice, width: float, fit: Fit, mark: Mark) -> Block:
    """Return what is under way: opportunities, orders, contracts, payments."""
    count = fit.first(6, min(6, len(content.business)))
    today = content.as_of.day
    rows = [_business(one, voice, width, fit, today) for one in content.business[:count]]
    body = ruled(rows, width, 2.2 * fit.gap)
    more = len(content.business) - count
    return section(voice, Text("open business"), body, width, fit, more=more, mark=mark)


def _business(item: Business, voice: Voice, width: float, fit: Fit, today: Day) -> Block:
    aside = 96.0
    name = paragraph(
        item.name, width - aside - 6, fit.size(7.5), weight=Weight.BOLD, most=min(2, fit.lines)
    )
    margin = (
        Text("margin {margin}", margin=voice.say(item.margin)) if item.margin is not None else ""
    )
    about = voice.clauses((item.kind, item.step, margin, item.missing))
    below = paragraph(about, width - aside - 6, FLOOR, ink=GREY, most=min(2, fit.lines))
    left = stacked((name, below))

    def draw(pen: Pen, x: float, top: float) -> None:
        left.draw(pen, x, top)
        right = x + width
        if item.amount is not None:
            said = voice.say(item.amount)
            pen.text(right, top - 8, said, 7.5, weight=Weight.BOLD, align=1.0, most=aside)
        if item.on is None:
            return
        base = top - (17.0 if item.amount is not None else 8.0)
        day = voice.short_day(item.on, near=today)
        if item.overdue:
            warning(pen, right, base, voice.say(Text("overdue since {day}", day=day)), 6.8)
        else:
            pen.text(right, base, day, 6.8, ink=GREY, align=1.0, most=aside)

    two = item.amount is not None and item.on is not None
    return Block(max(left.height, 19.5 if two else 10.0), draw)
