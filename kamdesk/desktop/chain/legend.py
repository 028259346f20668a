"""The legend at the foot of the canvas: the signs that are on this map, in words."""

from typing import Any, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.painter import paint
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.chain_legend import legend_drawing
from kamdesk.figures.measures import SCREEN

_HIGH_ENOUGH: Final = 740
"""Pixels of the page below which the map needs the room: there the legend waits for its key."""


class LegendBar(QWidget):
    """As high as its signs need; shown from a certain height on, or as one asked by its key."""

    def __init__(self) -> None:
        super().__init__()
        self._content: ChainMap | None = None
        self._drawing: Any = None
        self._asked: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(looks.said(Text("What the signs mean")))

    def show_content(self, content: ChainMap) -> None:
        """Explain the signs of this map."""
        self._content = content
        self._draw()

    def toggle(self) -> None:
        """Show it, or hide it; from now on as one asked."""
        self._asked = self.isHidden()
        self.setVisible(self._asked)

    def fit(self, high: int) -> None:
        """Be seen where a page is so high, unless one asked otherwise."""
        if self._asked is None:
            self.setVisible(high >= theme.now().px(_HIGH_ENOUGH))

    def _draw(self) -> None:
        look = theme.now()
        wide = self.width() - look.px(48)
        if self._content is None or wide <= 0:
            return
        share = look.percent / 100
        self._drawing = legend_drawing(
            self._content, width=wide / share, language=looks.language(), measures=SCREEN
        )
        self.setFixedHeight(round(self._drawing.height * share) + look.px(12))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        look = theme.now()
        share = look.percent / 100
        size = (self._drawing.width * share, self._drawing.height * share)
        paint(QPainter(self), self._drawing, QRectF(look.px(24), look.px(4), *size))
