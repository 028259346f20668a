"""A QR code on the screen: black on white in every theme, or a telephone does not read it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET = 4
"""Modules of white around it, as the standard wants."""


class QrCode(QWidget):
    """Shows ``words`` as a QR code; ``name`` is what a screen reader says instead."""

    def __init__(self, words: str, name: Text) -> None:
        import segno

        super().__init__()
        made = segno.make(words, error="m", micro=False, boost_error=False)
        self._rows: Sequence[Sequence[int]] = made.matrix
        side = theme.now().px(4) * (len(self._rows) + 2 * _QUIET)
        self.setFixedSize(QSize(side, side))
        self.setAccessibleName(looks.said(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
            step = self.width() / (len(self._rows) + 2 * _QUIET)
            for y, row in enumerate(self._rows):
                for x, dark in enumerate(row):
                    if dark:
                        left, top = (x + _QUIET) * step, (y + _QUIET) * step
                        square = QRectF(left, top, step, step).toAlignedRect()
                        painter.fillRect(square, QColor(Qt.GlobalColor.black))
