"""A choice between few ways on: framed rows with icon, name, a line of what it means, a key."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.pressable import Pressable


class PickRow(Pressable):
    """One way on; pressed by mouse, Enter, blank or its key."""

    def __init__(
        self,
        icon: str,
        name: Text | str,
        meaning: Text | str = "",
        *,
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(looks.said(name), parent)
        self._icon, self._keys = icon, keys
        self._meaning = looks.said(meaning)
        self.setAccessibleDescription(self._meaning)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        if keys:
            # A button's own shortcut waits 100 ms, in which the next key would be lost.
            QShortcut(QKeySequence(keys), self).activated.connect(self.click)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(480), theme.now().px(64 if self._meaning else 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()), look.px(6)
        chosen, over = self.isChecked(), self.underMouse()
        width = 2 if chosen or self.hasFocus() else 1
        edge = "accent" if width == 2 else "edge" if over else "strong_line"
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour("soft" if chosen else "hover" if over else "page"))
        inset = width / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        middle, side = box.center().y(), look.px(18)
        tint = look.colour(Tone.ACCENT if chosen else Tone.SECOND)
        mark = QRectF(look.px(16), middle - side / 2, side, side)
        icons.paint(painter, self._icon, mark, tint)
        right = box.right() - look.px(16)
        if self._keys:
            right -= keycap.width_of(self._keys)
            keycap.paint_caps(painter, right, middle, self._keys)
        left, room = look.px(48), right - look.px(48 + 12)
        upper = middle - look.px(10) if self._meaning else middle
        for words, role, tone, line in (
            (self.text(), Type.STRONG, Tone.INK, upper),
            (self._meaning, Type.SMALL, Tone.SECOND, middle + look.px(11)),
        ):
            font = look.font(role)
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QPointF(left, round(line + 0.365 * font.pixelSize())), shown)
