"""What was left out of the week: whom, why, what it would cost; walked, and tried with T."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.said import cost_words, item_words, obstacle_words
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.domain.week.model import LeftOut
from kamdesk.dossier.week_read import WeekItem

MOST = 40
"""So many are listed; how many more there are is said."""


class LeftRow(Pressable):
    """One who was left out.

    Signals: ``chosen`` it was pressed or has the focus · ``walked(by)`` · ``tried`` by Enter.
    """

    chosen = Signal()
    tried = Signal()
    walked = Signal(int)

    def __init__(self, item: WeekItem, cost: Text | str, why: Text | str) -> None:
        super().__init__()
        look = theme.now()
        self.key = item.key
        self.is_chosen = False
        name = PlainLabel(item_words(item), Type.STRONG, fit=Fit.WRAP)
        self.cost = PlainLabel(cost, Type.SMALL_STRONG)
        self.why = PlainLabel(why, Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(name, 1)
        head.addWidget(self.cost, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(5), look.px(8), look.px(5))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.why)
        self._column = column
        for part in (name, self.cost, self.why):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(looks.joined(item_words(item), cost, why))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.chosen)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._column.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def choose(self, chosen: bool) -> None:
        """Show whether it is the one that T tries."""
        self.is_chosen = chosen
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tried.emit()
            return
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.walked.emit(by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.is_chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft" if self.is_chosen else "hover"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(4), on="soft")


class LeftPart(QWidget):
    """Signals: ``chosen(key)`` · ``try_wanted`` Enter on one of them."""

    chosen = Signal(bytes)
    try_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.count = PlainLabel("", Type.BODY, Tone.SECOND)
        self.heading = Heading(
            Text("Left out"), Text("cost if forced in"), right=self.count, rule=False
        )
        self.rows: list[LeftRow] = []
        self.key: bytes | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(2))
        self.none = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.hint = QWidget()
        hint = QHBoxLayout(self.hint)
        hint.setContentsMargins(look.px(8), look.px(4), 0, 0)
        hint.setSpacing(look.px(8))
        hint.addWidget(KeyCap("T"))
        hint.addWidget(PlainLabel(Text("Try it and see the week move"), Type.SMALL, Tone.SECOND), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        column.addWidget(self.none)
        column.addWidget(self.hint)

    def show_board(self, board: Board, costs: Mapping[bytes, LeftOut]) -> None:
        """Show who stands nowhere; ``costs`` come a moment later than the week."""
        had = next((row.key for row in self.rows if row.hasFocus()), None)
        waiting = board.waiting
        self.heading.name.say(Text("Left out") if board.proposed else Text("Due, not planned yet"))
        self.heading.remark.say(Text("cost if forced in") if costs else "")
        self.count.say(str(len(waiting)))
        shown = sorted(waiting, key=lambda item: item.visit is None)[:MOST]
        emptied(self._rows)
        self.rows = []
        for item in shown:
            row = LeftRow(item, *_words(board, item, costs.get(item.key)))
            row.chosen.connect(lambda key=item.key: self.choose(key))
            row.tried.connect(self.try_wanted)
            row.walked.connect(lambda by, key=item.key: self._walk(key, by))
            if self.rows:
                self._rows.addWidget(Divider())
            self._rows.addWidget(row)
            self.rows.append(row)
        more = len(waiting) - len(shown)
        if more > 0:
            self.none.say(Text("and {n} more", "and {n} more", n=more))
        elif not waiting and board.proposed:
            self.none.say(Text("Everybody who is due has a place."))
        elif not waiting:
            self.none.say(Text("Nobody else is due this week."))
        self.none.setVisible(more > 0 or not waiting)
        self.hint.setVisible(bool(shown))
        self.choose(self.key if self.key in [row.key for row in self.rows] else None)
        for row in self.rows:
            if row.key == had:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: bytes | None) -> None:
        """Choose the one that T tries."""
        told = key is not None and key != self.key
        self.key = key
        for row in self.rows:
            row.choose(row.key == key)
        if told:
            self.chosen.emit(key)

    def _walk(self, key: bytes, by: int) -> None:
        keys = [row.key for row in self.rows]
        at = keys.index(key) + by
        if 0 <= at < len(keys):
            self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)


def _words(board: Board, item: WeekItem, left: LeftOut | None) -> tuple[Text | str, Text | str]:
    """Return what squeezing it in costs, and why it was left out."""
    if item.key in board.out:
        return "", Text("You put it back")
    if not board.proposed or left is None:
        return "", item.because or ""
    return cost_words(left), obstacle_words(left, board.read)
