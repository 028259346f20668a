"""The balls of stance and the bars of influence, painted as the papers draw them."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.domain.chain.standing import STANCE_WORDS


@cache
def stance_words(stance: int | None) -> Text:
    """Return the word beside a ball."""
    return STANCE_WORDS[stance]


def paint_ball(painter: QPainter, centre: QPointF, stance: int | None, radius: float) -> None:
    """Paint the ball of a stance: ringed, full, half, empty, crossed; dotted with ? if unknown."""
    look = theme.now()
    ink, page = look.colour(Tone.INK), look.colour("page")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if stance is None:
        pen = QPen(look.colour(Tone.MUTED), 1.2)
        pen.setDashPattern([1.2, 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
        font = look.font(Type.TINY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        wide = QFontMetricsF(font).horizontalAdvance("?")
        painter.drawText(QPointF(centre.x() - wide / 2, centre.y() + 0.36 * font.pixelSize()), "?")
        return
    small = radius - 2 if stance == 2 else radius
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if stance > 0 else page)
    painter.drawEllipse(centre, small, small)
    if stance == 2:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius + 0.3, radius + 0.3)
    elif stance == 0:
        painter.setBrush(ink)
        painter.drawChord(
            QRectF(centre.x() - small, centre.y() - small, 2 * small, 2 * small), 90 * 16, -180 * 16
        )
    elif stance == -2:
        reach = small * 0.7
        cross = QPainterPath(QPointF(centre.x() - reach, centre.y() - reach))
        cross.lineTo(centre.x() + reach, centre.y() + reach)
        cross.moveTo(centre.x() - reach, centre.y() + reach)
        cross.lineTo(centre.x() + reach, centre.y() - reach)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(cross)


def paint_stance(painter: QPainter, box: QRectF, stance: int | None) -> None:
    """Paint ball and word into a cell of a list."""
    look = theme.now()
    radius = look.px(5.5)
    paint_ball(painter, QPointF(box.left() + radius + 1, box.center().y()), stance, radius)
    words = looks.capital(stance_words(stance))
    font = look.font_for(Type.BODY, words)
    against = stance is not None and stance < 0
    tone = Tone.MUTED if stance is None else Tone.BRICK if against else Tone.SECOND
    painter.setFont(font)
    painter.setPen(look.colour(tone))
    left = box.left() + 2 * radius + look.px(8)
    shown = painter.fontMetrics().elidedText(
        words, Qt.TextElideMode.ElideRight, round(box.right() - left)
    )
    painter.drawText(QPointF(left, round(box.center().y() + 0.365 * font.pixelSize())), shown)


def paint_bars(painter: QPainter, box: QRectF, influence: int | None) -> None:
    """Paint five rising bars, as many of them in ink as the influence; a dash when unknown."""
    look = theme.now()
    wide, pitch, high = look.px(4), look.px(6), look.px(14)
    base = round(box.center().y() + high / 2)
    if influence is None:
        font = look.font(Type.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        middle = round(box.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(box.left(), middle), looks.DASH)
        return
    for step in range(5):
        rise = round(high * (0.3 + 0.7 * step / 4))
        colour = look.colour(Tone.INK if step < influence else "strong_line")
        painter.fillRect(QRectF(box.left() + step * pitch, base - rise, wide, rise), colour)


class StanceBall(QWidget):
    """A ball by itself, before a name; its word is its tip and what a screen reader says."""

    def __init__(self, stance: int | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stance = stance
        words = looks.said(stance_words(stance))
        self.setToolTip(words)
        self.setAccessibleName(looks.joined(name, words))
        self.setFixedSize(self.sizeHint())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.now().px(16)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        middle = QRectF(self.rect()).center()
        paint_ball(QPainter(self), middle, self._stance, theme.now().px(5.5))
