"""How the grid of a week is painted: hatching, dotted ways with their minutes, frames, signs."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from kamdesk.core.minutes import length
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.shapes import Frame
from kamdesk.desktop.widgets.wrapping import wrapped

_STRIPE = 6
_SMALLEST = 13
"""So many pixels high a way must be for its minutes to stand beside it."""


def hatch(painter: QPainter, box: QRectF) -> None:
    """Paint slanting lines over a stretch one is not available in."""
    look = theme.now()
    step = look.px(_STRIPE)
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(look.colour("strong_line"), 1))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += step
    painter.restore()


def on_hatch(painter: QPainter, box: QRectF, words: str) -> None:
    """Paint what a stretch is, in its middle on a ground of its own."""
    look = theme.now()
    font = look.font_for(Type.SMALL, words)
    metrics = QFontMetricsF(font)
    line, most = look.px(15), box.width() - look.px(20)
    lines = wrapped(words, font, most, 2 if box.height() >= 2 * line else 1)
    wide = max(map(metrics.horizontalAdvance, lines), default=0) + look.px(12)
    middle = box.center()
    high = min(line * len(lines) + look.px(7), box.height())
    ground = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
    painter.fillRect(ground, look.colour("page"))
    painter.setFont(font)
    painter.setPen(look.colour(Tone.MUTED))
    for n, shown in enumerate(lines):
        base = middle.y() + (n - (len(lines) - 1) / 2) * line + 0.365 * font.pixelSize()
        painter.drawText(QPointF(ground.left() + look.px(6), round(base)), shown)


def road(
    painter: QPainter, box: QRectF, minutes: int, *, ground: str, chosen: bool = False
) -> None:
    """Paint a way as a dotted line down, with its minutes beside it where there is room.

    ``minutes`` 0: another part of the way says them. ``ground``: the token of the day's colour; no
    line of the hours runs through the words.
    """
    look = theme.now()
    tone = Tone.ACCENT if chosen else Tone.MUTED
    dots = QPen(look.colour(tone if chosen else "edge"), 2 if chosen else 1.5)
    dots.setDashPattern([1.5, 2.0])
    painter.setPen(dots)
    x = box.left() + look.px(18)
    painter.drawLine(QPointF(x, box.top() + 1), QPointF(x, box.bottom() - 1))
    if not minutes or box.height() < look.px(_SMALLEST):
        return
    words = looks.said(length(minutes))
    font = look.font(Type.TINY)
    painter.setFont(font)
    painter.setPen(look.colour(tone))
    _on_ground(painter, QPointF(x + look.px(12), box.center().y()), words, ground)


def rest(painter: QPainter, box: QRectF, words: str, *, ground: str) -> None:
    """Paint lunch: a quiet word in the middle of its hour."""
    look = theme.now()
    font = look.font_for(Type.TINY, words)
    painter.setFont(font)
    painter.setPen(look.colour(Tone.MUTED))
    wide = QFontMetricsF(font).horizontalAdvance(words)
    at = QPointF(box.right() - look.px(10) - wide, box.center().y())
    _on_ground(painter, at, words, ground)


def _on_ground(painter: QPainter, at: QPointF, words: str, ground: str) -> None:
    """Paint words from ``at`` (left, middle) on a patch of the day's own colour."""
    look, font = theme.now(), painter.font()
    high = font.pixelSize() * 1.2
    wide = QFontMetricsF(font).horizontalAdvance(words)
    patch = QRectF(at.x() - look.px(3), at.y() - high / 2, wide + look.px(6), high)
    painter.fillRect(patch, look.colour(ground))
    painter.drawText(QPointF(at.x(), round(at.y() + 0.365 * font.pixelSize())), words)


def frame(painter: QPainter, box: QRectF, kind: Frame, *, chosen: bool = False) -> str:
    """Paint the frame of a block, or a small one in the legend; return its ground's token."""
    look = theme.now()
    pen, fill = QPen(look.colour("edge"), 1), "hover"
    if kind is Frame.PROPOSED:
        pen, fill = QPen(look.colour("accent"), 1.5), "page"
        pen.setDashPattern([3.0, 2.2])
    elif kind is Frame.LOOSE:
        pen, fill = QPen(look.colour("accent"), 1.2), "page"
    elif kind is Frame.PINNED:
        pen, fill = QPen(look.colour("ink"), 1.4), "page"
    elif kind is Frame.OVER:
        pen, fill = QPen(look.colour("strong_line"), 1), "rail"
    if chosen:
        fill = "soft"
        pen = QPen(look.colour("accent"), 2)
        if kind is Frame.PROPOSED:
            pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(QBrush(look.colour(fill)))
    radius = min(look.px(6), box.height() / 3)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    return fill
