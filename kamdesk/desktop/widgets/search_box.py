"""The search box in the top bar: looks like a field, opens the palette."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.pressable import Pressable

KEYS = "Ctrl+K"


class SearchBox(Pressable):
    """A press on it, or its key, asks for the palette (``clicked``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(looks.said(Text("Search or run a command")), parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.now().px(316))
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(316), theme.now().px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(120), theme.now().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(QPen(look.colour("edge" if self.underMouse() else "strong_line"), 1))
        painter.setBrush(look.colour("raised" if look.dark else "rail"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        middle, side = box.center().y(), look.px(16)
        mark = QRectF(look.px(10), middle - side / 2, side, side)
        icons.paint(painter, "search", mark, look.colour(Tone.SECOND))
        caps = box.right() - look.px(8) - keycap.width_of(KEYS)
        keycap.paint_caps(painter, caps, middle, KEYS)
        font = look.font(Type.BODY)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        room = int(caps - look.px(34 + 8))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        base = round(middle + 0.365 * font.pixelSize())
        painter.drawText(QPointF(look.px(34), base), shown)
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6))
