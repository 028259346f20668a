"""The tip of a card: post, when last met, what the stance rests on; plain words, never markup."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
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
    """Floats beside a card; the mouse goes through it. What it says stands in the panel too."""

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
        """Show lines beside a card, given in the scene, where they cover least."""
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
        self.move(self._free_place(self._canvas.mapFromScene(card).boundingRect()))
        self.show()
        self.raise_()

    def _free_place(self, box: QRect) -> QPoint:
        """Return where it covers least of other cards: below, above, right or left of a card."""
        canvas, gap = self._canvas, theme.now().px(8)
        room = canvas.viewport().rect().adjusted(gap, gap, -gap, -gap)
        others = [
            other
            for one in canvas.cards
            if (other := canvas.mapFromScene(canvas.box_of(one)).boundingRect()) != box
        ]

        def covered(at: QPoint) -> int:
            tip = QRect(at, self.size())
            parts = [tip & other for other in others]
            out = tip.width() * tip.height() - _area(tip & room)
            return sum(map(_area, parts)) + 2 * _area(tip & box) + 2 * out

        right, foot = room.right() - self.width(), room.bottom() - self.height()
        wanted = (
            (box.left(), box.bottom() + gap),
            (box.left(), box.top() - self.height() - gap),
            (box.right() + gap, box.top()),
            (box.left() - self.width() - gap, box.top()),
        )
        places = [
            QPoint(max(room.left(), min(x, right)), max(room.top(), min(y, foot)))
            for x, y in wanted
        ]
        return min(places, key=covered)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 6)


def _area(box: QRect) -> int:
    return box.width() * box.height() if box.isValid() else 0
