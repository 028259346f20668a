"""Open promises of both sides: a box to tick, whose it is, what, and how late."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import days_between
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.promises.model import SIDE_WORDS, Promise, PromiseSide


def promise_line(promise: Promise, today: date, keep: Callable[[Promise], object]) -> QWidget:
    """Return the line of one open promise; ``keep`` is called when its box is ticked."""
    box = TickBox("")
    box.setAccessibleName(looks.said(Text("Kept: {what}", what=promise.words)))
    box.setFixedWidth(theme.now().px(18))
    box.toggled.connect(lambda ticked: keep(promise) if ticked else None)
    tag = Tag(SIDE_WORDS[promise.side], filled=promise.side is PromiseSide.OURS)
    words = PlainLabel(promise.words, Type.BODY, fit=Fit.ELIDE)
    late = promise.days_over(today) > 0
    due = PlainLabel(
        due_words(promise, today),
        Type.SMALL_STRONG if late else Type.SMALL,
        Tone.BRICK if late else Tone.MUTED,
    )
    parts: list[QWidget] = [box, tag, words]
    if late:
        parts.append(IconMark("triangle-alert", 12, Tone.BRICK))
    return Line(*parts, due)


def due_words(promise: Promise, today: date) -> Text | str:
    """Return when a promise is due: 2 d late, today, 16 Mar."""
    over = promise.days_over(today)
    if over:
        return Text("{n} day late", "{n} days late", n=over)
    if promise.due is None:
        return Text("no day agreed")
    if promise.due == today:
        return Text("today")
    if days_between(today, promise.due) <= 14:
        days = days_between(today, promise.due)
        return Text("in {n} day", "in {n} days", n=days)
    return looks.day(promise.due, today=today)
