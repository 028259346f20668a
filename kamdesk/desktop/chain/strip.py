"""The strip at the foot of the canvas: what is asked after a key, answered by keys or a press."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.options import Option, Typed
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.offers import Offer, OfferLine

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas

_WIDE = 760


class Strip(QWidget):
    """Asks one thing at a time; Esc leaves it. The canvas keeps the focus unless one has to type.

    Signals: ``closed``.
    """

    closed = Signal()

    def __init__(self, canvas: "ChainCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.field: LineEditor | None = None
        self._walks: Callable[[QKeyEvent], bool] | None = None
        self.words = PlainLabel("", Type.STRONG, fit=Fit.WRAP)
        self._below = QVBoxLayout()
        self._below.setSpacing(theme.now().px(6))
        self.refusal = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        column = QVBoxLayout(self)
        pad = theme.now().px(12)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.now().px(8))
        column.addWidget(self.words)
        column.addLayout(self._below)
        column.addWidget(self.refusal)
        self.setAccessibleName(looks.said(Text("What to do with the card")))
        canvas.scaled.connect(self._follow)
        self.hide()

    # ---- what can be asked

    def choose(
        self,
        words: Text,
        options: Sequence[Option],
        then: Callable[[Option], object],
        *,
        current: object = None,
    ) -> None:
        """Ask for one of some options; what holds now is said in the words of its button."""
        self._begin(words)
        typed = Typed(options)

        def take(option: Option) -> None:
            self.close_strip()
            then(option)

        self._put(self._buttons(options, lambda option: option.value == current, take))
        self._leave_keys(partial(self._take, typed, take))

    def tick(
        self,
        words: Text,
        options: Sequence[Option],
        ticked: Iterable[object],
        then: Callable[[tuple[object, ...]], object],
    ) -> None:
        """Ask which of some options hold; their keys tick and untick, Enter is done."""
        now = dict.fromkeys(ticked)

        def flip(option: Option) -> None:
            if option.value in now:
                del now[option.value]
            else:
                now[option.value] = None
            show()

        def done() -> None:
            self.close_strip()
            then(tuple(option.value for option in options if option.value in now))

        def show() -> None:
            self._begin(words)
            finish = Button(Text("Done"), keys="Return", kind=Kind.PRIMARY)
            finish.clicked.connect(done)
            self._put(self._buttons(options, lambda option: option.value in now, flip, finish))

        typed = Typed(options)
        show()
        self._leave_keys(partial(self._take, typed, flip, enter=done))

    def write(
        self,
        words: Text,
        then: Callable[[str], object],
        *,
        hint: Text | str = "",
        text: str = "",
    ) -> None:
        """Ask for a line of text; Enter gives it. It stays until it is closed or refused."""
        self._begin(words)
        self.field = field = LineEditor(text, hint=hint)
        field.setAccessibleName(looks.said(words))
        field.returnPressed.connect(lambda: then(field.text().strip()))
        field.installEventFilter(self)
        self._put(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def pick(
        self,
        words: Text,
        fits: Callable[[str], Sequence[Offer]],
        then: Callable[[str, object | None], object],
        *,
        hint: Text | str = "",
        walks: Callable[[QKeyEvent], bool] | None = None,
        seen: Callable[[object], object] | None = None,
    ) -> None:
        """Ask for somebody by name; ``then`` gets what was typed and whom that means (or None).

        With nothing typed arrows go to ``walks``; ``seen`` hears who is meant while one types.
        """
        self._begin(words)
        line = OfferLine(words, hint=hint)
        self.field, self._walks = line.field, walks

        def typed(text: str) -> None:
            found = fits(text)
            line.offer(found)
            if found and seen is not None:
                seen(found[0].value)
            self._settle()

        line.typed.connect(typed)
        line.taken.connect(lambda offer: then(line.field.text().strip(), offer.value))
        line.field.returnPressed.connect(
            lambda: None if line.offers else then(line.field.text().strip(), None)
        )
        line.field.installEventFilter(self)
        self._put(line)
        line.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: Text) -> None:
        """Say at the line why it was refused; what was typed stays."""
        self.refusal.say(words)
        self.refusal.show()
        if self.field is not None:
            self.field.setProperty("refused", "true")
            self.field.style().polish(self.field)
        self._settle()

    def close_strip(self) -> None:
        """Go away; the canvas has the keys again."""
        if self.isHidden():
            return
        self._canvas.takes = None
        typing = self.field is not None
        self.field = self._walks = None
        self.hide()
        emptied(self._below)
        if typing:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    # ---- its parts

    def _begin(self, words: Text) -> None:
        self._canvas.takes = self._canvas.takes if self.isVisible() else None
        self.field = self._walks = None
        emptied(self._below)
        self.refusal.hide()
        self.words.say(words)

    def _leave_keys(self, takes: Callable[[QKeyEvent], bool]) -> None:
        self._canvas.takes = takes
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # a field or a panel may have it

    def _put(self, part: QWidget) -> None:
        self._below.addWidget(part)
        part.show()  # in a strip that is seen already it would come too late to be measured
        self.show()
        self.raise_()
        self._settle()

    def _buttons(
        self,
        options: Sequence[Option],
        holds: Callable[[Option], bool],
        take: Callable[[Option], object],
        *more: Button,
    ) -> QWidget:
        made = []
        for option in options:
            held = holds(option)
            button = Button(
                looks.capital(option.words),
                icon="check" if held else "",
                keys=" ".join(option.keys),
            )
            button.clicked.connect(partial(take, option))
            if held:
                button.setAccessibleDescription(looks.said(Text("holds now")))
            made.append(button)
        gap = theme.now().px(6)
        leave = Button(Text("Close"), keys="Esc", kind=Kind.BARE)
        leave.clicked.connect(self.close_strip)
        return Flow([*made, *more, leave], gap=gap, line=gap)

    def _take(
        self,
        typed: Typed,
        take: Callable[[Option], object],
        event: QKeyEvent,
        *,
        enter: Callable[[], object] | None = None,
    ) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_strip()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and enter is not None:
            enter()
        elif event.text() and (option := typed.take(event.text())) is not None:
            take(option)
        return True

    def _follow(self) -> None:
        if self.isVisible():
            self._settle()

    def _settle(self) -> None:
        look, room = theme.now(), self._canvas.viewport().rect()
        wide = min(look.px(_WIDE), room.width() - look.px(32))
        layout = self.layout()
        assert layout is not None  # noqa: S101  (given to it when it was made)
        layout.activate()
        high = max(layout.totalHeightForWidth(wide), self.sizeHint().height())
        top = room.height() - high - look.px(16)
        self.setGeometry((room.width() - wide) // 2, top, wide, high)
        self._canvas.keep_above(top)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(_WIDE), super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or watched is not self.field:
            return False
        escape = event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if escape:
            self.close_strip()
            return True
        return not self.field.text() and self._walks is not None and self._walks(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # what a field leaves over is not for the canvas behind

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 8)
