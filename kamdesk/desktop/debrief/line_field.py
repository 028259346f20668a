"""The one line of the debrief: 48 px high; what was read of it is underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from kamdesk.core.text.said_line import Part, Span
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TONES = {Part.OWNER: Tone.ACCENT, Part.DAY: Tone.ACCENT, Part.PAST: Tone.OCHRE}


class LineField(QLineEdit):
    """Signals: ``entered`` Enter · ``backed`` Shift+Enter · ``completed`` Tab, if something can be
    taken · ``moved(int)`` arrow up or down · ``emptied`` Backspace in an empty line.
    """

    entered = Signal()
    backed = Signal()
    completed = Signal()
    moved = Signal(int)
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        font = QFont(look.font(Type.HEADING))
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
        self.setMaxLength(100_000)
        self.setFixedHeight(look.px(48))
        self.setTextMargins(look.px(6), 0, look.px(6), 0)
        self.can_complete = False
        self._spans: Sequence[Span] = ()

    def underline(self, spans: Sequence[Span]) -> None:
        """Mark what was read as a day or a name."""
        self._spans = spans
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if held == Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Alt and a figure opens a question
        elif key in _ENTER:
            shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
            (self.backed if shift else self.entered).emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace and not self.text() and not event.isAutoRepeat():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if forwards and self.can_complete:
            self.completed.emit()
            return True
        return super().focusNextPrevChild(forwards)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._spans or not self.text():
            return
        look, metrics = theme.now(), QFontMetricsF(self.font())
        text = self.text()
        caret = self.cursorRect()
        zero = caret.center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        painter = QPainter(self)
        inside = self.rect().adjusted(look.px(12), 0, -look.px(12), 0)
        painter.setClipRect(inside)
        base = self.rect().center().y() + metrics.ascent() / 2 + look.px(3)
        for span in self._spans:
            shown = text[span.start : span.end]
            start = span.start + len(shown) - len(shown.lstrip())
            left = zero + metrics.horizontalAdvance(text[:start])
            wide = metrics.horizontalAdvance(shown.strip())
            thick = look.px(2) if span.part is Part.OWNER else 1
            colour = look.colour(_TONES[span.part])
            painter.fillRect(QRectF(left, base, wide, thick), colour)
