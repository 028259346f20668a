"""Parts of the matrix's side panel: a scale of boxes from 0 to 5, the steps of an introduction."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.matrix_reading import passes
from kamdesk.desktop.chain.panel_words import RELATION_MEANS
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel, plain_tip
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.domain.chain.way_in import WayIn


class _Box(Pressable):
    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(str(number), parent)
        self.setCheckable(True)
        self.number = number
        means = looks.said(RELATION_MEANS[number])
        self.setAccessibleName(f"{number}: {means}")
        self.setToolTip(plain_tip(means))

    def nextCheckState(self) -> None:
        """What is saved says which is checked, not the press."""

    def sizeHint(self) -> QSize:
        look = theme.now()
        return QSize(look.px(30), look.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, box = theme.now(), QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(look.colour("accent" if chosen else "strong_line"), 2 if chosen else 1))
        fill = "soft" if chosen else "hover" if self.underMouse() else "page"
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        font = look.font(Type.STRONG if chosen else Type.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.ACCENT if chosen else Tone.INK))
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        base = round(box.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(box.center().x() - wide / 2, base), self.text())
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6))


class StepBoxes(QWidget):
    """Six boxes, 0 to 5. Signals: ``chosen(int)``; ← → go along, digits choose."""

    chosen = Signal(int)

    def __init__(self, name: Text) -> None:
        super().__init__()
        self.setAccessibleName(looks.said(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(4))
        self.boxes = [_Box(n, self) for n in range(6)]
        for box in self.boxes:
            box.clicked.connect(lambda _=False, n=box.number: self.chosen.emit(n))
            row.addWidget(box)

    def show_value(self, value: int | None) -> None:
        """Show a value; None: none of them is chosen."""
        for box in self.boxes:
            box.setChecked(box.number == value)
        self.setFocusProxy(self.boxes[value or 0])
        self.setAccessibleDescription(
            looks.DASH if value is None else looks.said(RELATION_MEANS[value])
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((box.number for box in self.boxes if box.hasFocus()), 0)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.boxes[(at + step) % 6].setFocus(Qt.FocusReason.TabFocusReason)
        elif Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5:
            self.chosen.emit(event.key() - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)


class _Disc(QWidget):
    """The number of a step in a black disc."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = str(number)
        side = theme.now().px(18)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(Tone.INK))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        font = look.font(Type.TINY)
        painter.setFont(font)
        painter.setPen(look.colour("page"))
        wide = QFontMetricsF(font).horizontalAdvance(self._number)
        base = round(self.height() / 2 + 0.365 * font.pixelSize())
        painter.drawText(QPointF((self.width() - wide) / 2, base), self._number)


def way_steps(way: WayIn, names: Mapping[Id | None, str]) -> list[QWidget]:
    """Return the steps of an introduction, each with its number, whom to whom, and why."""
    return [
        _step(n, passes(names, step.source, step.target), step.why)
        for n, step in enumerate(way.steps, 1)
    ]


def _step(number: int, who: str, why: Text) -> QWidget:
    look, made = theme.now(), QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, look.px(2), 0, look.px(2))
    row.setSpacing(look.px(10))
    row.addWidget(_Disc(number), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(PlainLabel(who, Type.STRONG, fit=Fit.WRAP))
    column.addWidget(PlainLabel(looks.capital(why), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
    row.addLayout(column, 1)
    return made
