"""A line of a section that leads somewhere: pressed by a click, Enter or blank."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.widgets.lines import Line

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PressedLine(Line):
    """Signals: ``pressed``. ``name`` is what a screen reader says."""

    pressed = Signal()

    def __init__(self, name: str, *parts: QWidget, wraps: bool = False) -> None:
        super().__init__(*parts, wraps=wraps)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if not wraps:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.pressed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESSING and not event.modifiers():
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = look.px(6)
        box = QRectF(self.rect()).adjusted(-reach, 0, reach, -1)
        if self.underMouse():
            painter.fillRect(box, look.colour("hover"))
        if self.hasFocus():
            theme.focus_ring(painter, QRectF(self.rect()).adjusted(0, 0, 0, -1), look.px(4))
