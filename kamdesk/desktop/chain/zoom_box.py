"""The box at the upper right of the canvas: smaller, how large it is shown, larger, the whole."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.widgets.buttons import Button, Kind

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas


class ZoomBox(QWidget):
    """Shows the zoom of a canvas and changes it; the canvas takes the keys + − 0 itself."""

    def __init__(self, canvas: "ChainCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAccessibleName(looks.said(Text("Zoom")))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        smaller = Button(Text("Smaller (−)"), icon="minus", kind=Kind.BARE, words_shown=False)
        larger = Button(Text("Larger (+)"), icon="plus", kind=Kind.BARE, words_shown=False)
        self._whole = Button("100 %", kind=Kind.BARE)
        self._whole.setAccessibleDescription(looks.said(Text("Show the whole map (0)")))
        for button, factor in ((smaller, 0.8), (self._whole, 0.0), (larger, 1.25)):
            button.clicked.connect(lambda _=False, factor=factor: canvas.zoom(factor))
            row.addWidget(button)
        canvas.scaled.connect(self.follow)
        canvas.corners.append(self.place)

    def follow(self) -> None:
        """Show how large the map is seen now, and stand in the corner."""
        self._whole.say(looks.percent(self._canvas.percent / 100))
        self.adjustSize()
        self.move(self.place().topLeft().toPoint())

    def place(self) -> QRectF:
        """Return the corner it stands in."""
        gap, size = theme.now().px(16), self.sizeHint()
        left = self._canvas.viewport().width() - size.width() - gap
        return QRectF(left, gap, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("strong_line"), 1))
        painter.setBrush(look.colour("page"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(6), look.px(6))
