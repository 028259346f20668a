"""The support as a number, as its movement in words, and on a scale from 0 to 100."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.domain.chain.support import Support

_HIGH = 34
_UNMOVED = 0.5


def score_words(support: Support) -> Text | str:
    """Return the score; that it is not judged where too little is known for one."""
    return looks.number(support.score) if support.score is not None else Text("not judged")


def score_or_range(support: Support) -> str:
    """Return the score, or between what it lies where too little is known for one."""
    if support.score is not None:
        return looks.number(support.score)
    return f"{looks.number(support.low)}–{looks.number(support.high)}"


def movement_words(support: Support, since: Day) -> tuple[Text, Tone]:
    """Return how the score moved since a day, the same people against each other."""
    moved = support.movement
    if moved is None:
        return Text("of 100; 50 is balance"), Tone.MUTED
    day = looks.day(since)
    if abs(moved) < _UNMOVED:
        return Text("unchanged since {day}", day=day), Tone.SECOND
    points = looks.number(abs(moved))
    if moved > 0:
        return Text("▲ {points} since {day}", points=points, day=day), Tone.SECOND
    return Text("▼ {points} since {day}", points=points, day=day), Tone.BRICK


class SupportScale(QWidget):
    """The range as a band, the score as a dot; the balance stands at 50."""

    def __init__(self) -> None:
        super().__init__()
        self._support: Support | None = None
        self._then: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.now().px(120))
        self.setFixedHeight(theme.now().px(_HIGH))

    def show_support(self, support: Support, then: float | None = None) -> None:
        """Show a score; ``then`` is another one to compare it with, drawn as a ring."""
        self._support, self._then = support, then
        self.setAccessibleName(
            looks.said(Text("Support {score} of 100", score=looks.said(score_words(support))))
            if support.score is not None
            else looks.said(Text("Support not judged"))
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(200), theme.now().px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._support is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_scale(painter, QRectF(self.rect()), self._support, self._then)


def paint_scale(
    painter: QPainter, box: QRectF, support: Support, then: float | None = None
) -> None:
    """Paint the scale into a box; ``then`` is another score, drawn as a ring."""
    look = theme.now()
    left, base = box.left() + look.px(7), box.top() + look.px(12)
    reach = box.width() - look.px(14)

    def at(points: float) -> float:
        return left + reach * min(max(points, 0.0), 100.0) / 100

    painter.setPen(QPen(look.colour("strong_line"), 1))
    painter.drawLine(QPointF(left, base), QPointF(left + reach, base))
    band = QRectF(at(support.low), base - look.px(4), 1, look.px(8))
    band.setRight(at(support.high))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("soft_edge"))
    painter.drawRoundedRect(band, look.px(4), look.px(4))
    painter.setPen(QPen(look.colour(Tone.SECOND), 1.4))
    painter.drawLine(QPointF(at(50), base - look.px(8)), QPointF(at(50), base + look.px(8)))
    if then is not None:
        painter.setBrush(look.colour("page"))
        painter.setPen(QPen(look.colour(Tone.ACCENT), 1.6))
        painter.drawEllipse(QPointF(at(then), base), look.px(4.5), look.px(4.5))
    if support.score is not None:
        painter.setBrush(look.colour(Tone.ACCENT))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(at(support.score), base), look.px(5), look.px(5))
    font = look.font(Type.TINY)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.colour(Tone.MUTED))
    for points, words in ((0, "0"), (50, "50"), (100, "100")):
        wide = metrics.horizontalAdvance(words)
        start = min(max(at(points) - wide / 2, box.left()), box.right() - wide)
        painter.drawText(QPointF(start, base + look.px(19)), words)
