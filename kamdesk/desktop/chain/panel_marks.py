"""Signs of the side panel: balls and bars one presses, pips of a relationship, balls by month."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.matrix_marks import paint_pips, pips_width
from kamdesk.desktop.chain.panel_words import (
    INFLUENCE_MEANS,
    STANCE_MEANS,
    month_words,
    stance_said,
)
from kamdesk.desktop.stances import StanceBall, paint_ball
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import PlainLabel, plain_tip
from kamdesk.desktop.widgets.pressable import Pressable

STANCES: Final = (-2, -1, 0, 1, 2, None)
INFLUENCES: Final = (1, 2, 3, 4, 5)


class _Sign(Pressable):
    """One sign of a scale; framed when it is the value."""

    def __init__(self, value: int | None, name: str, meaning: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.value = value
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAccessibleName(name)
        self.setAccessibleDescription(meaning)
        self.setToolTip(plain_tip(f"{name}: {meaning}"))

    def nextCheckState(self) -> None:
        """The value says which is checked, not the press."""

    def _frame(self, painter: QPainter) -> None:
        look, box = theme.now(), QRectF(self.rect())
        if self.isChecked():
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.setBrush(look.colour("soft"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        elif self.underMouse() and self.isEnabled():
            painter.setPen(QPen(look.colour("strong_line"), 1))
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(5))


class _Ball(_Sign):
    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(24), theme.now().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter)
        paint_ball(painter, QRectF(self.rect()).center(), self.value, theme.now().px(6))


class _Bar(_Sign):
    """One of five rising bars; in ink up to the value."""

    def __init__(self, value: int, name: str, meaning: str, parent: QWidget) -> None:
        super().__init__(value, name, meaning, parent)
        self.filled = False

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(16), theme.now().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            painter.fillRect(box, look.colour("hover"))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(4))
        rise = look.px(14) * (0.3 + 0.7 * ((self.value or 1) - 1) / 4)
        wide = look.px(6)
        bar = QRectF(box.center().x() - wide / 2, box.center().y() + look.px(7) - rise, wide, rise)
        painter.fillRect(bar, look.colour(Tone.INK if self.filled else "strong_line"))


class SignChoice(QWidget):
    """Signs of a scale side by side. Signals: ``chosen(value)``; what is shown follows the record.

    ``← →`` go from sign to sign, Enter or blank choose.
    """

    chosen = Signal(object)

    def __init__(self, name: Text, signs: Sequence[_Sign]) -> None:
        super().__init__()
        self.setAccessibleName(looks.said(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.signs = tuple(signs)
        for sign in self.signs:
            sign.setParent(self)
            sign.clicked.connect(lambda _=False, one=sign: self.chosen.emit(one.value))
            row.addWidget(sign)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_value(self, value: int | None) -> None:
        """Show a value; None is unknown."""
        for sign in self.signs:
            sign.setChecked(sign.value == value)
            if isinstance(sign, _Bar):
                sign.filled = value is not None and (sign.value or 0) <= value
            sign.update()
        self.setAccessibleDescription(
            next((s.accessibleName() for s in self.signs if s.isChecked()), looks.DASH)
        )


def balls() -> SignChoice:
    """Return the five balls of stance and the one for unknown."""
    parent = QWidget()
    made = [_Ball(v, stance_said(v), looks.said(STANCE_MEANS[v]), parent) for v in STANCES]
    return SignChoice(Text("Stance"), made)


def bars() -> SignChoice:
    """Return the five bars of influence."""
    parent = QWidget()
    made = [
        _Bar(v, looks.said(Text("{n} of 5", n=v)), looks.said(INFLUENCE_MEANS[v]), parent)
        for v in INFLUENCES
    ]
    return SignChoice(Text("Influence"), made)


class Pips(QWidget):
    """A relationship: five pips, filled as far as it goes, outlined as far as it shall go."""

    def __init__(self) -> None:
        super().__init__()
        self._now: int | None = None
        self._wanted: int | None = None
        self.setFixedSize(self.sizeHint())

    def show_relation(self, now: int | None, wanted: int | None) -> None:
        """Show how strong it is and shall be, 0 to 5; None is unknown."""
        self._now, self._wanted = now, wanted
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pips_width(), theme.now().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pips(painter, 0, self.height() / 2, self._now or 0, self._wanted or 0)


class _Step(QWidget):
    """One change of a stance: its ball and the month."""

    def __init__(self, stance: int | None, day: Day, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(4))
        row.addWidget(StanceBall(stance, name))
        row.addWidget(PlainLabel(month_words(day), Type.SMALL, Tone.MUTED))


def path_of(steps: Sequence[tuple[Day, int | None]], name: str) -> QWidget:
    """Return the balls of a stance by month, oldest first, on as many lines as they need."""
    look = theme.now()
    parts = [_Step(stance, day, name) for day, stance in steps]
    return Flow(parts, gap=look.px(10), line=look.px(4))


class BallPair(QWidget):
    """A change of stance: ball → ball."""

    def __init__(self, before: int | None, after: int | None) -> None:
        super().__init__()
        self._pair = before, after
        self.setFixedSize(theme.now().px(44), theme.now().px(18))
        self.setAccessibleName(f"{stance_said(before)} → {stance_said(after)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = self.height() / 2, look.px(5.5)
        for at, stance in zip((radius + 1, self.width() - radius - 1), self._pair, strict=True):
            paint_ball(painter, QPointF(at, middle), stance, radius)
        painter.setPen(QPen(look.colour(Tone.MUTED), 1.2))
        left, right = look.px(16), self.width() - look.px(16)
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for side in (-1, 1):
            painter.drawLine(
                QPointF(right - look.px(3), middle + side * look.px(3)), QPointF(right, middle)
            )
