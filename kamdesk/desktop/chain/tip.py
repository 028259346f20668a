"""The tip of a card: post, when last met, what the stance rests on; plain words, never markup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas

_LONGEST = 160


class CardTip(QWidget):
    """Floats under a card; the mouse goes through it. What it says stands in the panel too."""

    def __init__(self, canvas: "ChainCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = QVBoxLayout(self)
        pad = theme.now().px(8)
        self._column.setContentsMargins(pad + 2, pad, pad + 2, pad)
        self._column.setSpacing(2)
        self.hide()

    def show_lines(self, lines: Sequence[Text | str], card: QRectF) -> None:
        """Show lines under a card, given in the scene; above it where there is no room below."""
        emptied(self._column)
        if not lines:
            return
        look = theme.now()
        wide = look.px(264)
        for n, line in enumerate(lines):
            tone = Tone.INK if n == 0 else Tone.SECOND
            words = PlainLabel(looks.cut(line, _LONGEST), Type.SMALL, tone, fit=Fit.WRAP)
            words.setFixedWidth(wide - look.px(20))
            self._column.addWidget(words)
        self.setAccessibleName(" ".join(looks.said(line) for line in lines))
        self.resize(wide, self._column.totalHeightForWidth(wide))
        room = self._canvas.viewport().rect()
        box = self._canvas.mapFromScene(card).boundingRect()
        top = box.bottom() + look.px(8)
        if top + self.height() > room.height():
            top = box.top() - self.height() - look.px(8)
        left = min(max(box.left(), look.px(8)), room.width() - wide - look.px(8))
        self.move(left, top)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 6)
