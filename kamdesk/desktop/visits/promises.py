"""Promises of both sides: a line adds one, a tick keeps it, Enter opens it to change or settle."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.promise_lines import due_words
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.promise_entry import Ledger, PromiseLine, PromiseStep
from kamdesk.desktop.visits.verbs import settle_promise
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.promises.model import (
    PROMISE_STATE_WORDS,
    SIDE_WORDS,
    Promise,
    PromiseSide,
    PromiseState,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PromiseRow(QWidget):
    """One promise, read. Signals: ``kept(bool)`` its box was ticked or cleared · ``opened``."""

    kept = Signal(bool)
    opened = Signal()

    def __init__(self, promise: Promise, ledger: Ledger) -> None:
        super().__init__()
        self.promise = promise
        settled = promise.state is not PromiseState.OPEN
        self.box = TickBox("")
        self.box.setAccessibleName(looks.said(Text("Kept: {what}", what=promise.words)))
        self.box.setFixedWidth(theme.now().px(18))
        self.box.setChecked(promise.state is PromiseState.KEPT)
        self.box.toggled.connect(self.kept)
        late = promise.days_over(ledger.today) > 0
        due: Text | str = due_words(promise, ledger.today)
        if settled:
            day = looks.day(promise.settled_on, today=ledger.today) if promise.settled_on else ""
            due = looks.capital(looks.joined(PROMISE_STATE_WORDS[promise.state], day))
        words = looks.joined(looks.cut(promise.words, 300), ledger.owner(promise))
        parts: list[QWidget] = [
            self.box,
            Tag(SIDE_WORDS[promise.side], filled=promise.side is PromiseSide.OURS),
            PlainLabel(words, Type.BODY, Tone.MUTED if settled else Tone.INK, fit=Fit.WRAP),
        ]
        if late:
            parts.append(IconMark("triangle-alert", 12, Tone.BRICK))
        tone = Tone.BRICK if late else Tone.MUTED
        parts.append(PlainLabel(due, Type.SMALL_STRONG if late else Type.SMALL, tone))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_wrapping(*parts))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        side = SIDE_WORDS[promise.side]
        self.setAccessibleName(looks.joined(side, words, due))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


def _wrapping(*parts: QWidget) -> QWidget:
    holder = QWidget()
    look = theme.now()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, look.px(6), 0, look.px(6))
    row.setSpacing(look.px(10))
    for part in parts:
        wide = isinstance(part, PlainLabel) and part.wordWrap()
        if isinstance(part, IconMark):
            part = _lowered(part, look.px(4))  # to the middle of the first line
        row.addWidget(part, 1 if wide else 0, Qt.AlignmentFlag.AlignTop)
    return holder


def _lowered(part: QWidget, by: int) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, by, 0, 0)
    column.addWidget(part)
    return holder


class Promises(QWidget):
    """The promises of a visit or of a customer, with the line that adds one.

    Signals: ``opened(step)`` a promise shall be changed, in a panel or in place.
    """

    opened = Signal(object)

    def __init__(self, page: "Page[Workspace]", place: str, none: Text) -> None:
        """``place`` names the draft of the line; ``none`` is said where there are none."""
        super().__init__()
        self._page, self._none = page, none
        self.rows: list[PromiseRow] = []
        self.step: PromiseStep | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.line = PromiseLine(page, place)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.now().px(6))
        whole.addLayout(self._column)
        whole.addWidget(self.line)

    def show_promises(self, promises: Sequence[Promise], ledger: Ledger) -> None:
        """Show these; a promise that is being changed stays open."""
        self.line.ledger = ledger
        if self.step is not None:
            return
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for promise in promises:
            row = PromiseRow(promise, ledger)
            row.kept.connect(
                lambda kept, one=promise: settle_promise(self._page, one.id, one.words, kept=kept)
            )
            row.opened.connect(partial(self._open, row, ledger))
            self._column.addWidget(row)
            self.rows.append(row)
        if not promises:
            self._column.addWidget(PlainLabel(self._none, Type.BODY, Tone.MUTED, fit=Fit.WRAP))

    def _open(self, row: PromiseRow, ledger: Ledger) -> None:
        if self.step is not None:
            return
        self.step = step = PromiseStep(self._page, row.promise, ledger)
        at = self._column.indexOf(row)
        row.hide()
        self._column.insertWidget(at, step)
        step.closed.connect(self._end)
        step.begin()

    def _end(self) -> None:
        step, self.step = self.step, None
        if step is not None:
            step.hide()
            step.deleteLater()
        self._page.reload()
