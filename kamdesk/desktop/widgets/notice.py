"""The notices bar: what happened, in words, with a way back; never a box in the way."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark

_STAYS = 20_000
"""Milliseconds; long enough to read it twice."""
_ICONS = {Tone.BRICK: "triangle-alert", Tone.OCHRE: "circle-alert"}


class NoticeBar(QWidget):
    """One line above the status line, until it is closed, passes or the next notice comes.

    A notice passes with what one does next (``pass_on``); one without a way out also after a
    while. Trouble stands until it is closed, and so does what ``lasts``.
    What is held stands until it is let go: other notices cover it, closed they uncover it.
    Signals: ``closed``.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.now()
        self._mark = IconMark("info", 16)
        self._words = PlainLabel("", Type.BODY, fit=Fit.ELIDE)
        self._way_out: Button | None = None
        self.way_out: tuple[Text, str, Callable[[], object]] | None = None
        self._held: partial[None] | None = None
        self._passes = self._is_new = False
        self._after_a_while = QTimer(self, singleShot=True, interval=_STAYS)
        self._after_a_while.timeout.connect(self.pass_on)
        close = Button(Text("Close this notice"), icon="x", kind=Kind.BARE, words_shown=False)
        close.clicked.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.px(16), look.px(5), look.px(8), look.px(5))
        self._row.setSpacing(look.px(8))
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(close)
        self.setFixedHeight(look.px(40))
        self.hide()

    def say(
        self,
        words: Text,
        *,
        tone: Tone = Tone.INK,
        way_out: tuple[Text, str, Callable[[], object]] | None = None,
        lasts: bool = False,
    ) -> None:
        """Show a notice; ``way_out`` is a button: its words, its key, what it does."""
        self._drop_way_out()
        self._passes, self._is_new = not lasts and tone is not Tone.BRICK, True
        QTimer.singleShot(0, self, self._grow_old)
        self._after_a_while.stop()
        if self._passes and way_out is None:
            self._after_a_while.start()
        self.way_out = way_out
        self._mark.show_icon(_ICONS.get(tone, "info"), Tone.SECOND if tone is Tone.INK else tone)
        self._words.say(words, tone)
        if way_out is not None:
            name, keys, do = way_out
            self._way_out = Button(name, keys=keys)
            self._way_out.clicked.connect(self.clear)
            self._way_out.clicked.connect(do)
            self._row.insertWidget(2, self._way_out)
        self.setAccessibleName(self._words.text())
        self.show()

    def hold(
        self,
        words: Text,
        *,
        tone: Tone = Tone.INK,
        way_out: tuple[Text, str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a notice that stands until ``let_go``: it tells of what goes on."""
        self._held = partial(self.say, words, tone=tone, way_out=way_out, lasts=True)
        self._held()

    def let_go(self) -> None:
        """Take the held notice away; one that covers it stays."""
        held, self._held = self._held, None
        if held is not None and self.words == looks.said(held.args[0]):
            self.clear()

    @property
    def words(self) -> str:
        """What it says now; empty when it is closed."""
        return "" if self.isHidden() else self._words.text()

    def pass_on(self) -> None:
        """Close a notice that passes: one does the next thing. What was just said stays."""
        if self._passes and not self._is_new and not self.isHidden():
            self.clear()

    def _grow_old(self) -> None:
        self._is_new = False

    def clear(self) -> None:
        """Close the notice."""
        self._after_a_while.stop()
        self.hide()
        self._drop_way_out()
        self.closed.emit()
        if self._held is not None:
            self._held()

    def _drop_way_out(self) -> None:
        self.way_out = None
        if self._way_out is not None:
            self._way_out.hide()
            self._way_out.deleteLater()
            self._way_out = None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and not self.isHidden() and _is_escape(event):
            self.clear()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raised"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("strong_line"))


def _is_escape(event: QEvent) -> bool:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent

    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
