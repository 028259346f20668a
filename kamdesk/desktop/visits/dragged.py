"""A block of a calendar that one can point at, open, drag to another time and lengthen."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.widgets.pressable import Pressable

_EDGE = 7
"""Pixels at the foot of a block by which it is lengthened."""
_FAR = 5


class DraggedBlock(Pressable):
    """The calendar it lies in places it and hears its keys; its kinds say what they show.

    Signals: ``pointed`` it was pressed · ``opened`` · ``dragged(place, longer)`` it is being
    moved, ``place`` being the mouse in the calendar less where the block was taken, or the mouse
    itself when it is made ``longer`` · ``let_go(place, longer)`` · ``given_up``.
    """

    pointed = Signal()
    opened = Signal()
    dragged = Signal(QPoint, bool)
    let_go = Signal(QPoint, bool)
    given_up = Signal()

    def __init__(self, parent: QWidget, *, pulled: bool = False) -> None:
        """``pulled``: it can be made longer by its foot."""
        super().__init__("", parent)
        self._pulled = pulled
        self._taken: QPoint | None = None
        self._dragging = self._longer = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)

    @property
    def movable(self) -> bool:
        """Whether it can be dragged."""
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._taken = event.position().toPoint()
            self._longer = self._at_foot(event)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pointed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken is None or not self.movable:
            foot = self.movable and self._at_foot(event)
            shape = Qt.CursorShape.SizeVerCursor if foot else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        moved = (event.position().toPoint() - self._taken).manhattanLength()
        self._dragging = self._dragging or moved > _FAR
        if self._dragging:
            self.dragged.emit(self._place(event), self._longer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, place = self._dragging, self._place(event) if self._taken else QPoint()
        self._taken, self._dragging = None, False
        if dragging:
            self.let_go.emit(place, self._longer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._taken, self._dragging = None, False
            self.given_up.emit()
        else:
            event.ignore()  # the calendar's

    def _at_foot(self, event: QMouseEvent) -> bool:
        return self._pulled and event.position().y() > self.height() - theme.now().px(_EDGE)

    def _place(self, event: QMouseEvent) -> QPoint:
        taken = QPoint() if self._longer or self._taken is None else self._taken
        return self.mapToParent(event.position().toPoint()) - taken
