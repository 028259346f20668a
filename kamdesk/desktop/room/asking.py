"""What brings the desk back: a small field for the passphrase or the PIN, with neutral words."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.desktop.program import Program
    from kamdesk.storage.pin import Sealed


class Asking(QWidget):
    """Floats at the top of the room. Signals: ``passed`` the secret was right. Esc closes."""

    passed = Signal()

    def __init__(
        self, room: "MainWindow[Any]", program: "Program", sealed: "Sealed | None"
    ) -> None:
        """``sealed`` is opened by a PIN, where the workspace has one."""
        super().__init__(room)
        self._program, self._sealed = program, sealed
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(PlainLabel(Text("End the presentation"), Type.STRONG))
        self.secret = LineEditor(secret=True)
        self.secret.setAccessibleName(looks.said(Text("Password")))
        self.secret.setPlaceholderText(looks.said(Text("Password")))
        self.secret.returnPressed.connect(self._try)
        column.addWidget(self.secret)
        self.words = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self.words.hide()
        column.addWidget(self.words)
        column.addWidget(_keys())
        self.setFixedWidth(look.px(340))
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, look.px(112))
        close = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self._close)
        self.setFocusProxy(self.secret)
        self.show()
        self.raise_()

    def _try(self) -> None:
        secret = self.secret.text()
        if not secret:
            return
        self.secret.setEnabled(False)
        self._program.locking.quick.try_pin(
            self,
            self._sealed,
            secret,
            lambda _key: self._answered(True),
            lambda: self._program.when_fits(secret, self._answered),
        )

    def _answered(self, fits: bool) -> None:
        self.secret.setEnabled(True)
        self.secret.clear()
        if fits:
            self._close()
            self.passed.emit()
            return
        self.words.say(Text("That is not it."))
        self.words.show()
        self.adjustSize()
        self.secret.setFocus()

    def _close(self) -> None:
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 8)


def _keys() -> QWidget:
    """Return what goes on, and what goes back."""
    look = theme.now()
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, look.px(4), 0, 0)
    row.setSpacing(look.px(8))
    for keys, does in (("Enter", Text("Go on")), ("Esc", Text("Close"))):
        row.addWidget(KeyCap(keys))
        row.addWidget(PlainLabel(does, Type.SMALL, Tone.SECOND))
        row.addSpacing(look.px(8))
    row.addStretch(1)
    return made
