"""The legend at the foot of the canvas: the signs that are on this map, in words."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.painter import paint
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.chain_legend import legend_drawing
from kamdesk.figures.measures import SCREEN

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas


_HIGH_ENOUGH = 600


class LegendBar(QWidget):
    """Stands over the canvas' lower edge; the mouse goes through it."""

    def __init__(self, canvas: "ChainCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._content: ChainMap | None = None
        self._drawing: Any = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(looks.said(Text("What the signs mean")))
        self._asked = False
        canvas.scaled.connect(self.follow)

    def show_content(self, content: ChainMap) -> None:
        """Explain the signs of this map."""
        self._content, self._drawing = content, None
        self.follow()

    def toggle(self) -> None:
        """Show it, or hide it; from now on as one asked."""
        self._asked = True
        self.setVisible(self.isHidden())

    def follow(self) -> None:
        """Take the width of the canvas."""
        look, room = theme.now(), self._canvas.viewport().rect()
        if not self._asked:  # in a low window it would cover cards: it waits for its key
            self.setVisible(room.height() >= look.px(_HIGH_ENOUGH))
        wide = room.width() - look.px(48)
        if self._content is None or wide <= 0:
            return
        share = look.percent / 100
        if self._drawing is None or abs(self.width() - wide) > 1:
            self._drawing = legend_drawing(
                self._content, width=wide / share, language=looks.language(), measures=SCREEN
            )
        high = round(self._drawing.height * share)
        self.setGeometry(look.px(24), room.height() - high - look.px(12), wide, high)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        look = theme.now()
        painter = QPainter(self)
        veil = look.colour("page")
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        share = look.percent / 100
        size = (self._drawing.width * share, self._drawing.height * share)
        paint(painter, self._drawing, QRectF(0, 0, *size))
