"""One step in a side panel: what it does in words, its fields, do it or close."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.still import Still


class PanelStep(QWidget):
    """Signals: ``wanted`` it shall be done · ``closed``. Ctrl+Enter does it, Esc closes.

    ``column`` takes what stands above the buttons; ``form`` its fields.
    """

    wanted = Signal()
    closed = Signal()

    def __init__(
        self, heading: Text, sentence: Text | str = "", *, do: Text | None, danger: bool = False
    ) -> None:
        """``danger``: what it does takes something away."""
        super().__init__()
        look = theme.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(12))
        whole.addWidget(Heading(heading))
        self.sentence = PlainLabel(sentence, Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        if not sentence:  # shown here, it would be a window of its own for a moment
            self.sentence.hide()
        whole.addWidget(self.sentence)
        self.column = QVBoxLayout()
        self.column.setSpacing(look.px(10))
        whole.addLayout(self.column)
        self.form = Form()
        self.still = Still(self)
        self._focus: QWidget | None = None
        self.column.addWidget(self.form)
        close = Button(Text("Close"), keys="Esc")
        close.clicked.connect(self.closed)
        buttons = [close]
        self.do: Button | None = None
        if do is not None:
            self.do = Button(do, keys="Ctrl+Enter", kind=Kind.DANGER if danger else Kind.PRIMARY)
            self.do.clicked.connect(self.wanted)
            buttons.insert(0, self.do)
        whole.addSpacing(look.px(4))
        whole.addWidget(ButtonRow(*buttons))
        whole.addStretch(1)
        self._key("Ctrl+Return", self._press)
        self._key("Esc", self.closed.emit)

    def below(self, *parts: QWidget) -> None:
        """Show these below the buttons: what would come of it."""
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101  (made so above)
        for part in parts:
            whole.insertWidget(whole.count() - 1, part)

    def _key(self, keys: str, does: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)

    def _press(self) -> None:
        if self.do is not None and self.do.isEnabled():
            self.wanted.emit()

    def ask(
        self,
        name: str,
        label: Text,
        *,
        secret: bool = False,
        hint: Text | str = "",
        help: Text | str = "",
    ) -> LineEditor:
        """Add a line to fill in; Enter goes on from it."""
        made = LineEditor(hint=hint, secret=secret)
        self.form.add(name, label, made, help=help, beside=False)
        made.returnPressed.connect(self._press)
        return made

    def begin(self) -> None:
        """Put the focus where one starts."""
        rows = list(self.form.rows.values())
        first: QWidget | None = rows[0].editor if rows else self.do
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, waiting: bool) -> None:
        """Show that it is being done; the focus comes back with the answer."""
        if waiting:
            self._focus = self.focusWidget()
        self.setEnabled(not waiting)
        if not waiting and self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus = None

    def refused(self, error: Refusal) -> None:
        """Say at its field why it was refused."""
        self.wait(False)
        self.form.refused(error)


def fill_panel(panel: SidePanel, content: QWidget) -> None:
    """Show this in a side panel instead of what it shows."""
    emptied(panel.column)
    panel.column.addWidget(content)
