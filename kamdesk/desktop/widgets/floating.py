"""What floats over a window for a moment: a panel on a shade, closed by Esc or a click outside."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kamdesk.desktop import theme


class Floating(QWidget):
    """Covers a window; ``panel`` lies near its top and is as high as ``wanted_height`` says.

    While it is open the keys are its own. Closed, the focus goes back to where it was.
    """

    def __init__(self, window: QWidget, *, wide: int) -> None:
        super().__init__(window)
        self._window, self._wide = window, wide
        self._before = window.focusWidget()
        self.closed = False
        self.panel = QWidget(self)

    def open(self, focus: QWidget) -> None:
        """Show it, with the focus where one types."""
        self.setGeometry(self._window.rect())
        self._window.installEventFilter(self)
        focus.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def wide(self) -> int:
        """How wide the panel is: as wanted, or what the window has."""
        look = theme.now()
        return min(look.px(self._wide), self.width() - look.px(32))

    def wanted_height(self) -> int:
        """Return how high the panel would be; it gets no more than the window has."""
        return self.panel.sizeHint().height()

    def place(self) -> None:
        """Put the panel where it belongs."""
        look, wide = theme.now(), self.wide
        top = min(look.px(112), self.height() // 8)
        high = min(self.wanted_height(), self.height() - top - look.px(24))
        self.panel.setGeometry((self.width() - wide) // 2, top, wide, high)
        self.update()

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; false when it is none of ours."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_way()
            return True
        return False

    def give_way(self) -> None:
        """Go away, and give the focus back to who had it."""
        before = self._before
        self.go_away()
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_away(self) -> None:
        """Go away; harmless when it is away already."""
        if self.closed:
            return
        self.closed = True
        self._window.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
                self.place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.key(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open the keys are its own
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.give_way()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.now().colour("shade"))
        theme.raised_box(painter, QRectF(self.panel.geometry()), 12)
