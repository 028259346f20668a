"""The ruled paper under a calendar: hours with their figures, columns of days, today and now."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from kamdesk.core.clock import Instant
from kamdesk.core.minutes import minute_of
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.reading import Diary

_HOURS = range(25)
_TIMES = re.compile(r" \d{1,2}:\d\d–\d{1,2}:\d\d")


class Ruled(Protocol):
    """Days that are ruled: which is the first of them, and when they are looked at."""

    @property
    def first(self) -> date:
        """The first day."""
        ...

    @property
    def now(self) -> Instant:
        """When it was read."""
        ...


def paint_hours(
    painter: QPainter,
    diary: Ruled,
    columns: Sequence[QRectF],
    height_of: Callable[[float], float],
    *,
    hours: range = _HOURS,
    shaded: date | None = None,
) -> None:
    """Paint the ruling of some days; ``height_of`` says how far down a minute of the day lies.

    Of several days the ``shaded`` one (None: today) lies on a ground of its own.
    """
    look = theme.now()
    left, right = columns[0].left(), columns[-1].right()
    top, foot = height_of(hours[0] * 60), height_of(hours[-1] * 60)
    _paint_ground(painter, diary, columns, shaded or diary.now.day)
    for hour in hours:
        y = round(height_of(hour * 60))
        painter.fillRect(QRectF(left, y, right - left, 1), look.colour("line"))
        _paint_figure(painter, left, y, f"{hour % 24}:00", Tone.MUTED)
    for column in columns:
        x = round(column.left())
        painter.fillRect(QRectF(x, top, 1, foot - top), look.colour("line"))
    _paint_now(painter, diary, columns, height_of, hours)


def _paint_ground(painter: QPainter, diary: Ruled, columns: Sequence[QRectF], day: date) -> None:
    n = (day - diary.first) // timedelta(days=1)
    if len(columns) > 1 and 0 <= n < len(columns):
        painter.fillRect(columns[n], theme.now().colour("rail"))


def _paint_now(
    painter: QPainter,
    diary: Ruled,
    columns: Sequence[QRectF],
    height_of: Callable[[float], float],
    hours: range,
) -> None:
    n = (diary.now.day - diary.first) // timedelta(days=1)
    now = diary.now.local
    if not 0 <= n < len(columns) or not hours[0] <= now.hour < hours[-1]:
        return
    look = theme.now()
    y = round(height_of(minute_of(now)))
    brick = look.colour(Tone.BRICK)
    column = columns[n]
    painter.fillRect(QRectF(column.left(), y - 1, column.width(), 2), brick)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brick)
    painter.drawEllipse(QPointF(column.left() + 1, y), look.px(4), look.px(4))
    if n == 0 or len(columns) == 1:
        return
    painter.setPen(QPen(brick, 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(columns[0].left(), y), QPointF(column.left(), y))


def _paint_figure(painter: QPainter, left: float, y: float, words: str, tone: Tone) -> None:
    look = theme.now()
    font = look.font(Type.TINY)
    painter.setFont(font)
    painter.setPen(look.colour(tone))
    wide = QFontMetricsF(font).horizontalAdvance(words)
    base = round(y + 0.365 * font.pixelSize())
    painter.drawText(QPointF(left - look.px(10) - wide, base), words)


def paint_heads(painter: QPainter, diary: Diary, columns: Sequence[QRectF], high: int) -> None:
    """Paint weekday and day above each column, and how many visits are not shown there."""
    look = theme.now()
    for n, column in enumerate(columns):
        day = diary.first + timedelta(days=n)
        tone = Tone.ACCENT if day == diary.today else Tone.INK
        left = column.left() + look.px(10)
        name, figure = looks.weekday(day), str(day.day)
        strong, plain = look.font(Type.STRONG), look.font(Type.BODY)
        base = round(high / 2 + 0.365 * strong.pixelSize())
        painter.setFont(strong)
        painter.setPen(look.colour(tone))
        painter.drawText(QPointF(left, base), name)
        left += QFontMetricsF(strong).horizontalAdvance(name) + look.px(8)
        painter.setFont(plain)
        painter.setPen(look.colour(tone if tone is Tone.ACCENT else Tone.SECOND))
        painter.drawText(QPointF(left, base), figure)
        left += QFontMetricsF(plain).horizontalAdvance(figure) + look.px(8)
        right = column.right() - look.px(8)
        more = diary.more.get(day, 0)
        if more:
            words = f"+{more}"
            font = look.font(Type.SMALL_STRONG)
            painter.setFont(font)
            painter.setPen(look.colour(Tone.OCHRE))
            right -= QFontMetricsF(font).horizontalAdvance(words)
            painter.drawText(QPointF(right, base), words)
            right -= look.px(6)
        paint_note(painter, left, right, base, diary.notes.get(day, ""))
    painter.fillRect(
        QRectF(columns[0].left(), high - 1, columns[-1].right() - columns[0].left(), 1),
        look.colour("strong_line"),
    )


def paint_note(painter: QPainter, left: float, right: float, base: float, words: str) -> None:
    """Paint what is to be known of a day; where there is no room for all, without its hours."""
    look = theme.now()
    font = look.font_for(Type.SMALL, words)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(words) > right - left:
        words = _TIMES.sub("", words)
    if words and right - left > metrics.averageCharWidth() * 3:
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QPointF(left, base), elided)
