"""What was left out of the week: whom, why, what it would cost; walked, and tried with T."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.board import Board, may_wait
from kamdesk.desktop.week.said import cost_words, item_words, obstacle_words
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.domain.week.model import LeftOut
from kamdesk.dossier.week_next import Later, later_said
from kamdesk.dossier.week_read import WeekItem
from kamdesk.dossier.week_told import COST, may_be_later

MOST = 40
"""So many are listed; how many more there are is said."""
_PAD = 8


class LeftRow(Pressable):
    """One who was left out.

    Signals: ``chosen`` it was pressed or has the focus · ``walked(by)`` · ``tried`` by Enter.
    """

    chosen = Signal()
    tried = Signal()
    walked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.key = b""
        self.is_chosen = False
        self.name, self.cost, self.why = "", "", ""
        self._laid: dict[int, tuple[list[str], list[str]]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.chosen)

    def show_item(self, item: WeekItem, cost: Text | str, why: Text | str) -> None:
        """Show whom, what squeezing it in costs, and why it was left out."""
        self.key = item.key
        self.name, self.cost, self.why = item_words(item), looks.said(cost), looks.capital(why)
        self.setAccessibleName(looks.joined(self.name, self.cost, self.why))
        self._laid.clear()
        self._take_height()
        self.update()

    def _lines(self, width: int) -> tuple[list[str], list[str]]:
        """Return the lines of name and reason in a width; reckoned once for each."""
        if width not in self._laid:
            look = theme.now()
            wide = width - look.px(2 * _PAD)
            cost = QFontMetricsF(look.font(Type.SMALL_STRONG)).horizontalAdvance(self.cost)
            beside = wide - (cost + look.px(8) if self.cost else 0)
            name = wrapped(self.name, look.font_for(Type.STRONG, self.name), beside, 2)
            why = wrapped(self.why, look.font_for(Type.SMALL, self.why), wide, 3)
            self._laid[width] = name, [line for line in why if line]
        return self._laid[width]

    def _take_height(self) -> None:
        """Be as high as its lines: fixed, so that nothing of them is cut where all is long."""
        look = theme.now()
        name, why = self._lines(self.width())
        high = len(name) * look.px(20) + len(why) * look.px(18) + look.px(10)
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(200), self.height())

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
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), look.colour("line"))
        if self.is_chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft" if self.is_chosen else "hover"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
        self._write(painter)
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(4), on="soft")

    def _write(self, painter: QPainter) -> None:
        look = theme.now()
        name, why = self._lines(self.width())
        left, top = look.px(_PAD), float(look.px(5))
        for words, role, tone, high in (
            *((line, Type.STRONG, Tone.INK, 20) for line in name),
            *((line, Type.SMALL, Tone.SECOND, 18) for line in why),
        ):
            font = look.font_for(role, words)
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            base = round(top + look.px(high) / 2 + 0.365 * font.pixelSize())
            painter.drawText(QPointF(left, base), words)
            top += look.px(high)
        font = look.font(Type.SMALL_STRONG)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK))
        wide = QFontMetricsF(font).horizontalAdvance(self.cost)
        base = round(look.px(15) + 0.365 * font.pixelSize())
        painter.drawText(QPointF(self.width() - left - wide, base), self.cost)


class LeftPart(QWidget):
    """Signals: ``chosen(key)`` · ``try_wanted`` Enter on one of them."""

    chosen = Signal(bytes)
    try_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.count = PlainLabel("", Type.BODY, Tone.SECOND)
        self.heading = Heading(Text("Left out"), "", right=self.count, rule=False)
        self.costs = PlainLabel(COST, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.rows: list[LeftRow] = []
        self.key: bytes | None = None
        self._said: list[tuple[WeekItem, Text | str, Text | str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(2))
        self.later = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
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
        column.addWidget(self.costs)
        column.addLayout(self._rows)
        column.addWidget(self.none)
        column.addWidget(self.hint)

    def show_board(
        self,
        board: Board,
        costs: Mapping[bytes, LeftOut],
        later: Mapping[bytes, Later] | None = None,
    ) -> None:
        """Show who stands nowhere; ``costs`` come a moment later than the week.

        ``later``: the next possible weeks; None while they are not known.
        """
        waiting = board.waiting
        self.heading.name.say(Text("Left out") if board.proposed else Text("Due, not planned yet"))
        self.costs.setVisible(bool(costs) and bool(waiting))
        due = sum(not may_wait(item) for item in waiting)
        self.count.say(str(due))
        order = sorted(waiting, key=lambda item: (may_wait(item), item.visit is None))
        shown = order[:MOST]
        said = [(item, *_words(board, item, costs.get(item.key), later)) for item in shown]
        if said != self._said:
            self._said = said
            self._rebuild()
        self._place_later(due, len(waiting) - due)
        more = len(waiting) - len(shown)
        if more > 0:
            self.none.say(Text("and {n} more", "and {n} more", n=more))
        elif not due and board.proposed:
            self.none.say(Text("Everybody who is due has a place."))
        elif not due:
            self.none.say(Text("Nobody else is due this week."))
        self.none.setVisible(more > 0 or not due)
        self.hint.setVisible(bool(shown))
        self.choose(self.key if self.key in [row.key for row in self.rows] else None)

    def _place_later(self, due: int, rest: int) -> None:
        """Say above those who may wait that they may: no figure counts them."""
        self._rows.removeWidget(self.later)
        self._rows.insertWidget(min(due, len(self.rows)), self.later)
        self.later.say(
            Text(
                "{n} more is due later: worth a visit if it lies on the way",
                "{n} more are due later: worth a visit if they lie on the way",
                n=rest,
            )
        )
        self.later.setVisible(rest > 0 and due < MOST)

    def _rebuild(self) -> None:
        """Let the rows say it, with as many of them as are needed."""
        had = next((row.key for row in self.rows if row.hasFocus()), None)
        while len(self.rows) < len(self._said):
            row = LeftRow()
            row.chosen.connect(lambda row=row: self.choose(row.key))
            row.tried.connect(self.try_wanted)
            row.walked.connect(lambda by, row=row: self._walk(row.key, by))
            self._rows.addWidget(row)
            self.rows.append(row)
        while len(self.rows) > len(self._said):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        for row, (item, cost, why) in zip(self.rows, self._said, strict=True):
            row.show_item(item, cost, why)
            if item.key == had:
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


def _words(
    board: Board, item: WeekItem, left: LeftOut | None, later: Mapping[bytes, Later] | None
) -> tuple[Text | str, Text | str]:
    """Return what squeezing it in costs, and why it was left out and when it could be instead."""
    if item.key in board.out:
        return "", Text("You put it back")
    if not board.proposed or left is None:
        return "", item.because or ""
    why: Text | str = obstacle_words(left, board.read)
    if later is not None and may_be_later(item, left):
        why = looks.joined(why, later_said(later.get(item.key)))
    return cost_words(left), why
