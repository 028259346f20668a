"""The small map at the lower right: where on the whole one is, while only a part is seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas

_WIDE, _HIGH, _PAD = 168, 108, 6


class MiniMap(QWidget):
    """Shows all cards as blocks and the part that is seen as a frame; a press goes there."""

    def __init__(self, canvas: "ChainCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAccessibleName(looks.said(Text("The whole map, small")))
        canvas.scaled.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Stand in the corner; hidden while the whole map is seen."""
        look, canvas = theme.now(), self._canvas
        seen, whole = self._seen(), canvas.map_rect
        room = canvas.viewport().rect()
        small = room.width() < look.px(3 * _WIDE) or room.height() < look.px(3 * _HIGH)
        self.setVisible(not whole.isEmpty() and not small and not seen.contains(whole))
        self.resize(look.px(_WIDE), look.px(_HIGH))
        gap = look.px(16)
        self.move(room.width() - self.width() - gap, room.height() - self.height() - gap)
        self.update()

    def _seen(self) -> QRectF:
        return self._canvas.mapToScene(self._canvas.viewport().rect()).boundingRect()

    def _scale(self) -> tuple[float, QPointF]:
        """Return how small it is, and where the scene's origin lies."""
        whole, pad = self._canvas.map_rect, theme.now().px(_PAD)
        wide, high = self.width() - 2 * pad, self.height() - 2 * pad
        scale = min(wide / max(whole.width(), 1), high / max(whole.height(), 1))
        left = (self.width() - whole.width() * scale) / 2 - whole.left() * scale
        top = (self.height() - whole.height() * scale) / 2 - whole.top() * scale
        return scale, QPointF(left, top)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        scale, origin = self._scale()
        self._canvas.centerOn((event.position() - origin) / scale)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, canvas = theme.now(), self._canvas
        painter = QPainter(self)
        frame = QRectF(self.rect())
        theme.raised_box(painter, frame, 6)
        scale, origin = self._scale()

        def small(box: QRectF) -> QRectF:
            return QRectF(box.topLeft() * scale + origin, box.size() * scale)

        painter.setPen(Qt.PenStyle.NoPen)
        for card in canvas.cards:
            painter.setBrush(look.colour("accent" if card == canvas.current else "edge"))
            painter.drawRect(small(canvas.box_of(card)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("accent"), 1.5))
        painter.setClipRect(frame)
        painter.drawRect(small(self._seen()) & frame.adjusted(1, 1, -1, -1))
