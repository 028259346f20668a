"""A choice of few, side by side: one of them is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.pressable import Pressable


class _Segment(Pressable):
    """One of the choices."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        look = theme.now()
        words = QFontMetricsF(look.font(Type.STRONG)).horizontalAdvance(self.text())
        return QSize(round(words) + look.px(28), look.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            painter.setPen(QPen(look.colour("strong_line"), 1))
            painter.setBrush(look.colour("raised"))
            inner = box.adjusted(2.5, 2.5, -2.5, -2.5)
            painter.drawRoundedRect(inner, look.px(5), look.px(5))
        font = look.font(Type.STRONG if chosen else Type.BODY)
        painter.setFont(font)
        over = chosen or self.underMouse()
        painter.setPen(look.colour(Tone.INK if over and self.isEnabled() else Tone.SECOND))
        left = (box.width() - QFontMetricsF(font).horizontalAdvance(self.text())) / 2
        base = box.center().y() + 0.365 * font.pixelSize()
        painter.drawText(QPointF(left, round(base)), self.text())
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6), on="hover")


class SegmentedControl(QWidget):
    """Choices side by side on a grey track. Signals: ``chosen(key)``; arrows move the choice."""

    chosen = Signal(str)

    def __init__(
        self,
        name: Text,
        choices: Sequence[tuple[str, Text | str]],
        *,
        start: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(looks.said(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for n, (_, words) in enumerate(choices):
            segment = _Segment(looks.said(words), self)
            self._group.addButton(segment, n)
            row.addWidget(segment)
        self.choose(start or self._keys[0])
        self._group.idClicked.connect(lambda _: self._take_focus())
        self._group.idClicked.connect(lambda n: self.chosen.emit(self._keys[n]))

    @property
    def key(self) -> str:
        """The key of what is chosen."""
        return self._keys[self._group.checkedId()]

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of all choices."""
        return tuple(self._keys)

    def choose(self, key: str) -> None:
        """Choose without telling."""
        self._group.button(self._keys.index(key)).setChecked(True)
        self._take_focus()

    def _take_focus(self) -> None:
        chosen = self._group.button(self._group.checkedId())
        self.setFocusProxy(chosen)  # who comes here comes to what is chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        wanted = (self._group.checkedId() + step) % len(self._keys)
        self._group.button(wanted).setFocus(Qt.FocusReason.TabFocusReason)
        self._group.button(wanted).click()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hover"))
        painter.drawRoundedRect(QRectF(self.rect()), look.px(6), look.px(6))
