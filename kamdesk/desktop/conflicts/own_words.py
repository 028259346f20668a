"""The box in which the user writes what shall stand: both texts in one, or words of one's own."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.conflicts.card import paint_frame
from kamdesk.desktop.conflicts.reading import Field
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import TextEditor
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel


class OwnWords(QWidget):
    """Signals: ``written`` something was typed · ``left`` Esc, back to the row."""

    written = Signal()
    left = Signal()

    def __init__(self, field: Field, label_wide: int) -> None:
        super().__init__()
        look = theme.now()
        self.chosen = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        label = QWidget()
        label.setFixedWidth(label_wide)
        left = QVBoxLayout(label)
        left.setContentsMargins(look.px(4), look.px(12), 0, 0)
        left.setSpacing(look.px(6))
        name = Text("Together") if field.proposed else Text("In your words")
        left.addWidget(PlainLabel(name, Type.STRONG, fit=Fit.WRAP))
        left.addWidget(KeyCap("E"))
        left.addStretch(1)
        row.addWidget(label)
        self._frame = QWidget()
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(look.px(4), look.px(4), look.px(4), look.px(10))
        inside.setSpacing(look.px(4))
        signs = sum(2 if sign > "\u2e80" else 1 for sign in field.start)
        lines = min(max(signs // 90 + 1, 2), 8)
        self.editor = TextEditor(field.start, lines=lines)
        self.editor.setStyleSheet("QPlainTextEdit { border: none; background: transparent; }")
        self.editor.setAccessibleName(looks.joined(field.name, name))
        self.editor.textChanged.connect(self.written)
        inside.addWidget(self.editor)
        said = (
            Text("What both wrote, one sentence after the other. Take out what is too much.")
            if field.proposed
            else Text("Write what shall stand instead of both.")
        )
        remark = PlainLabel(said, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        remark.setContentsMargins(look.px(10), 0, 0, 0)
        inside.addWidget(remark)
        row.addWidget(self._frame, 1)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def choose(self, chosen: bool) -> None:
        """Show it framed, or not."""
        self.chosen = chosen
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, QRectF(self._frame.geometry()), chosen=self.chosen)
