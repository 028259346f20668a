"""The signs of the matrix: pips for a relationship now and wanted, star, triangle, dash."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.domain.chain.network import Cover

STEPS = 5
_PIP, _PITCH = 8.5, 10.5


def pips_width() -> int:
    """Return how wide five pips are, in pixels of now."""
    return theme.now().px(_PITCH * (STEPS - 1) + _PIP)


def paint_pips(painter: QPainter, x: float, middle: float, now: int, wanted: int) -> None:
    """Paint five pips from ``x``: filled so far as it is, outlined so far as it is wanted."""
    look = theme.now()
    wide, pitch, high = look.px(_PIP), _PITCH * look.percent / 100, look.px(6)
    accent, pale = look.colour("accent"), look.colour("strong_line")
    pale.setAlphaF(0.55)
    for step in range(STEPS):
        box = QRectF(round(x + step * pitch), middle - high / 2, wide, high)
        if step < now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
        elif step < wanted:
            painter.setPen(QPen(accent, 1.2))
            painter.setBrush(look.colour("page"))
            box.adjust(0.6, 0.6, -0.6, -0.6)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pale)
        painter.drawRoundedRect(box, look.px(2), look.px(2))


def paint_star(painter: QPainter, centre: QPointF, radius: float) -> None:
    """Paint the filled star of whoever answers for somebody."""
    points = []
    for n in range(10):
        reach = radius if n % 2 == 0 else radius * 0.42
        angle = pi / 5 * n - pi / 2
        points.append(QPointF(centre.x() + reach * cos(angle), centre.y() + reach * sin(angle)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.now().colour("accent"))
    painter.drawPolygon(QPolygonF(points))


def paint_triangle(painter: QPainter, x: float, middle: float) -> None:
    """Paint the triangle of a wide gap, its left end at ``x``."""
    side = theme.now().px(8)
    points = [
        QPointF(x, middle + side * 0.4),
        QPointF(x + side, middle + side * 0.4),
        QPointF(x + side / 2, middle - side * 0.45),
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.now().colour("brick"))
    painter.drawPolygon(QPolygonF(points))


def paint_words(
    painter: QPainter,
    x: float,
    middle: float,
    words: str,
    role: Type = Type.BODY,
    tone: Tone | QColor = Tone.INK,
    *,
    most: float = 0,
    right: bool = False,
) -> float:
    """Paint words with their middle at a height, cut where wider than ``most``; return how wide."""
    font = theme.now().font_for(role, words)
    metrics = QFontMetricsF(font)
    if most:
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
    wide = metrics.horizontalAdvance(words)
    painter.setFont(font)
    painter.setPen(tone if isinstance(tone, QColor) else theme.now().colour(tone))
    left = x - wide if right else x
    painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), words)
    return wide


def paint_cover(painter: QPainter, box: QRectF, cover: Cover, *, owner: bool) -> None:
    """Paint one cell: the number, the pips, a star; a dash where it is neither there nor wanted."""
    look = theme.now()
    middle = box.center().y()
    now, wanted = cover.now, cover.wanted or 0
    if now is None and not wanted:
        wide = paint_words(painter, box.left(), middle, looks.DASH, tone=Tone.MUTED)
        if owner:
            centre = QPointF(box.left() + wide + look.px(14), middle)
            paint_star(painter, centre, look.px(6.5))
        return
    words = looks.DASH if now is None else str(now)
    role = Type.STRONG if owner else Type.BODY
    paint_words(painter, box.left(), middle, words, role, Tone.INK if now else Tone.SECOND)
    left = box.left() + look.px(15)
    paint_pips(painter, left, middle, now or 0, wanted)
    if owner:
        paint_star(painter, QPointF(left + pips_width() + look.px(11), middle), look.px(6))
