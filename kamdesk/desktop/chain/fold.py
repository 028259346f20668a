"""A line of the side panel that opens and closes what lies under it."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from kamdesk.desktop import icons, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.pressable import Pressable


class Fold(Pressable):
    """A line that opens and closes what lies under it."""

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(200), theme.now().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        side, middle = look.px(14), self.height() / 2
        name = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint(
            painter, name, QRectF(0, middle - side / 2, side, side), look.colour(Tone.SECOND)
        )
        font = look.font_for(Type.SMALL, self.text())
        painter.setFont(font)
        painter.setPen(look.colour(Tone.SECOND))
        painter.drawText(
            QPointF(look.px(20), round(middle + 0.365 * font.pixelSize())), self.text()
        )
        if self.hasFocus():
            theme.focus_ring(painter, QRectF(self.rect()), look.px(4))
