"""A line that can be pressed: what would make the file more complete, and the points it gains."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.dossier.completeness import Step


class StepLine(Pressable):
    """One step; Enter, blank or a click goes where it is done."""

    def __init__(self, step: Step) -> None:
        super().__init__(looks.said(step.said), None)
        self.step = step
        self._gain = looks.signed(step.points)
        self.setAccessibleName(f"{looks.said(step.said)} {self._gain}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(240), theme.now().px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(120), theme.now().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 0, 0, -1)
        if self.underMouse():
            painter.fillRect(box, look.colour("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        strong, font = look.font(Type.STRONG), look.font(Type.BODY)
        gain = QFontMetricsF(strong).horizontalAdvance(self._gain)
        base = round(box.center().y() + 0.365 * font.pixelSize())
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK))
        room = box.width() - gain - look.px(16)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room)
        )
        painter.drawText(QPointF(0, base), shown)
        painter.setFont(strong)
        painter.setPen(look.colour(Tone.ACCENT))
        painter.drawText(QPointF(box.width() - gain, base), self._gain)
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(4))
