"""One field of two records: both values, the one that will stand marked; 1, 2 or a click."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets import keycap
from kamdesk.desktop.widgets.labels import PlainLabel, plain_tip
from kamdesk.desktop.widgets.pressable import Pressable

_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1}


class _Value(Pressable):
    """One of the two values."""

    def __init__(self, words: str, key: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._key = key
        self.setCheckable(True)
        self.setToolTip(plain_tip(words))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(240), theme.now().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, chosen = QRectF(self.rect()), self.isChecked()
        edge = "accent" if chosen else "edge" if self.underMouse() else "strong_line"
        painter.setPen(QPen(look.colour(edge), 1))
        painter.setBrush(look.colour("soft" if chosen else "page"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        right = box.right() - look.px(8) - keycap.width_of(self._key)
        keycap.paint_caps(painter, right, box.center().y(), self._key)
        left = box.left() + look.px(10)
        if chosen:
            side = look.px(14)
            mark = QRectF(left, box.center().y() - side / 2, side, side)
            icons.paint(painter, "check", mark, look.colour(Tone.ACCENT))
        left += look.px(22)
        font = look.font_for(Type.STRONG if chosen else Type.BODY, self.text())
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK if chosen else Tone.SECOND))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(right - left - look.px(8))
        )
        base = round(box.center().y() + 0.365 * font.pixelSize())
        painter.drawText(QPointF(left, base), shown)


class FieldChoice(QWidget):
    """Signals: ``chosen(0 or 1)``; ``stands`` is the one that will stand."""

    chosen = Signal(int)

    def __init__(self, cell: str, label: Text | str, first: str, second: str) -> None:
        super().__init__()
        look = theme.now()
        self.cell, self.stands = cell, 0
        self._label = looks.capital(label)
        self._words = (looks.plain(first), looks.plain(second))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(4), look.px(4), look.px(4), look.px(6))
        column.setSpacing(look.px(4))
        column.addWidget(PlainLabel(self._label, Type.SMALL, Tone.MUTED))
        self.values = tuple(_Value(words, str(n + 1), self) for n, words in enumerate(self._words))
        for n, value in enumerate(self.values):
            value.clicked.connect(lambda _=False, n=n: self.choose(n))
            column.addWidget(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choose(0)

    def choose(self, which: int) -> None:
        """Let one of the two stand."""
        self.stands = which
        for n, value in enumerate(self.values):
            value.setChecked(n == which)
        self.setAccessibleName(looks.joined(self._label, self._words[which]))
        self.chosen.emit(which)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.choose(_KEYS[key])
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme.focus_ring(painter, QRectF(self.rect()), theme.now().px(6))
