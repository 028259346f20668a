"""One field that waits: mine, theirs, before side by side, and below them words of one's own."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.conflicts.card import ValueCard
from kamdesk.desktop.conflicts.own_words import OwnWords
from kamdesk.desktop.conflicts.reading import Field
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.storage.catalogue import LIFE, CellValue

LABEL_WIDE = 104
"""Of the column of names, at 100 %."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1}
OWN, BEFORE = "own", "before"
"""What may be chosen beside the sides, which are named ``0``, ``1`` …"""


class FieldRow(QWidget):
    """Signals: ``chosen`` · ``stepped(by)`` an arrow wants the next row.

    ``choice`` is what was chosen: a side's number, ``before``, ``own``, empty for nothing yet.
    """

    chosen = Signal()
    stepped = Signal(int)

    def __init__(self, field: Field, today: Day, go: Callable[[bytes], object]) -> None:
        super().__init__()
        look = theme.now()
        self.field, self.choice = field, ""
        self._today, self._go = today, go
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, look.px(8), 0, 0)
        whole.setSpacing(look.px(8))
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        row.addWidget(self._label())
        self.cards: dict[str, ValueCard] = {}
        row.addWidget(self._column("0"), 1)
        row.addWidget(self._column(*(str(n) for n in range(1, len(field.sides)))), 1)
        row.addWidget(self._column(BEFORE), 1)
        whole.addLayout(row)
        self.own: OwnWords | None = None
        if field.writes:
            self.own = own = OwnWords(field, look.px(LABEL_WIDE))
            own.written.connect(lambda: self.choose(OWN))
            own.left.connect(self.setFocus)
            whole.addWidget(own)
            own.setVisible(field.proposed)
        whole.addWidget(Divider())
        self.choose(OWN if field.proposed else "")

    def _label(self) -> QWidget:
        look, field = theme.now(), self.field
        holder = QWidget()
        holder.setFixedWidth(look.px(LABEL_WIDE))
        column = QVBoxLayout(holder)
        column.setContentsMargins(look.px(4), look.px(12), 0, 0)
        column.setSpacing(look.px(2))
        self._name = PlainLabel(field.name, Type.STRONG, fit=Fit.WRAP)
        column.addWidget(self._name)
        if field.text:
            said = Text("text, by sentence")
            column.addWidget(PlainLabel(said, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        column.addStretch(1)
        return holder

    def _column(self, *keys: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(6))
        for key in keys:
            value = self.field.before if key == BEFORE else self.field.sides[int(key)]
            card = ValueCard(self.field, value, self._today, self._go, was=key == BEFORE)
            card.clicked.connect(lambda _=False, key=key: self._pressed(key))
            if key == BEFORE and self.field.open.conflict.cell == LIFE:
                card.setEnabled(False)
            self.cards[key] = card
            column.addWidget(card)
        return holder

    def _pressed(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(key)

    # ---- choosing

    def choose(self, choice: str) -> None:
        """Choose a side's number, ``before``, ``own``; empty: nothing yet."""
        if choice in self.cards and not self.cards[choice].isEnabled():
            return
        self.choice = choice
        for key, card in self.cards.items():
            card.choose(key == choice)
        if self.own is not None:
            self.own.choose(choice == OWN)
            if choice == OWN:
                self.own.show()
        words = Text("not decided yet")
        said = self.cards[choice].text() if choice in self.cards else looks.said(words)
        if choice == OWN and self.own is not None:
            said = looks.cut(self.own.editor.toPlainText(), 200)
        self.setAccessibleName(looks.joined(self.field.name, said))
        self.chosen.emit()

    def take_mine(self) -> None:
        """Choose what was written here."""
        self.choose("0")

    def take_theirs(self) -> None:
        """Choose what another wrote; pressed again the next one, where several did."""
        others = [key for key in self.cards if key not in ("0", BEFORE)]
        now = others.index(self.choice) if self.choice in others else -1
        self.choose(others[(now + 1) % len(others)])

    def take_before(self) -> None:
        """Choose what stood there before."""
        self.choose(BEFORE)

    def write(self) -> None:
        """Open the box for words of one's own."""
        if self.own is not None:
            self.choose(OWN)
            self.own.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.own.editor.moveCursor(self.own.editor.textCursor().MoveOperation.End)

    @property
    def value(self) -> CellValue:
        """What was chosen, as it is stored."""
        if self.choice == OWN and self.own is not None:
            return self.own.editor.toPlainText().strip() or None
        if self.choice == BEFORE:
            return self.field.before.value
        return self.field.sides[int(self.choice)].value

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(Qt.Key(event.key()), 0)
        if by and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(by)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            look = theme.now()
            at, gap = self._name.mapTo(self, QPoint(0, 0)), look.px(4)
            box = QRectF(QRect(at, self._name.size())).adjusted(-gap, -gap, 0, gap)
            theme.focus_ring(painter, box, look.px(4))
