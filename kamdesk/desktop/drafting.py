"""Drafts of forms: what is typed is kept as one types, and put back when the form opens again."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.storage.drafts import Draft
    from kamdesk.workspace import Workspace

AFTER = 500
"""Milliseconds after the last key until what is typed is kept."""


class OfferLine(QWidget):
    """Says that a draft was put back. Signals: ``goes_on``, ``discarded``."""

    goes_on = Signal()
    discarded = Signal()

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        look = theme.now()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.words = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(6))
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self._shortcuts: list[QShortcut] = []
        for words, keys, told in (
            (Text("Go on"), "Alt+G", self.goes_on),
            (Text("Discard"), "Alt+D", self.discarded),
        ):
            button = Button(words, keys=keys)
            button.clicked.connect(told)
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(keys), form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(told)
            shortcut.setEnabled(False)
            self._shortcuts.append(shortcut)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def offer(self, words: Text | None) -> None:
        """Show the line with these words; None hides it."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(words is not None)
        self.words.say(words or "")
        self.setVisible(words is not None)


class Drafting(QObject):
    """The draft of one form, from ``begin`` to ``settle``; ``place`` names it in the workspace.

    ``editors`` are the form's fields by name, untouched; ``line`` belongs above them.
    Signals: ``put_back`` what was typed before stands in the fields again.
    """

    put_back = Signal()

    def __init__(
        self,
        form: QWidget,
        workbench: "Workbench[Workspace]",
        place: str,
        editors: Mapping[str, QWidget],
    ) -> None:
        super().__init__(form)
        self.place, self._workbench, self._editors = place, workbench, dict(editors)
        self.open = False
        self._blank = self.typed
        self._kept = self._blank
        self.line = OfferLine(form)
        self.line.goes_on.connect(self._go_on)
        self.line.discarded.connect(self.discard)
        self._later = QTimer(self, singleShot=True, interval=AFTER)
        self._later.timeout.connect(self.keep)
        for editor in self._editors.values():
            _changed(editor).connect(self._heard)

    @property
    def typed(self) -> dict[str, str]:
        """What the fields say."""
        return {name: _text(editor) for name, editor in self._editors.items()}

    def begin(self) -> None:
        """The form opens: put back what was typed here before, if anything was."""
        self.open = True
        place = self.place

        def asked(desk: "Workspace") -> "tuple[Draft | None, date]":
            return desk.drafts.at(place), desk.clock.today()

        self._workbench.ask(self, asked, lambda found: self._put_back(*found), key="find")

    def keep(self) -> None:
        """Keep what is typed now; nothing typed is no draft."""
        self._later.stop()
        typed, place = self.typed, self.place
        if not self.open or typed == self._kept:
            return
        self._kept = typed
        if typed == self._blank:
            self._drop()
            return

        def verb(desk: "Workspace") -> ChangeSet:
            desk.drafts.keep(place, typed)
            return ChangeSet()

        self._workbench.do(self, verb, key="keep")

    def settle(self) -> None:
        """Forget the draft: what was typed is saved, or not wanted."""
        self._later.stop()
        self.line.offer(None)
        self.open = False
        self._kept = self._blank
        self._drop()

    def close(self) -> None:
        """The form closes unsaved: keep the draft for the next time."""
        self.keep()
        self.open = False

    def discard(self) -> None:
        """Empty the fields and forget the draft."""
        self._set(self._blank)
        self.settle()
        self.open = True

    def _go_on(self) -> None:
        self.line.offer(None)
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _heard(self, *_: object) -> None:
        if self.open:
            self._later.start()

    def _put_back(self, draft: "Draft | None", today: date) -> None:
        if draft is None or draft.content == self._blank or not self.open:
            return
        now = self.typed
        self._set(
            {n: text for n, text in draft.content.items() if now.get(n) == self._blank.get(n)}
        )
        self._kept = draft.content
        self.line.offer(self._offered(moment_words(draft.at, today)))
        self.put_back.emit()

    def _offered(self, when: Text | str) -> Text:
        return Text("You were writing this: {when}.", when=when)

    def _set(self, content: Mapping[str, str]) -> None:
        for name, text in content.items():
            if (editor := self._editors.get(name)) is not None:
                _write(editor, text)

    def _drop(self) -> None:
        place = self.place

        def verb(desk: "Workspace") -> ChangeSet:
            desk.drafts.drop(place)
            return ChangeSet()

        self._workbench.do(self, verb, key="keep")


def open_drafts(parent: QWidget) -> list[Drafting]:
    """Return the drafts of the forms that are open within a widget."""
    return [draft for draft in parent.findChildren(Drafting) if draft.open]


def _changed(editor: QWidget) -> Any:
    if isinstance(editor, Choice):
        return editor.currentIndexChanged
    return editor.toggled if isinstance(editor, QCheckBox) else _typing(editor).textChanged


def _typing(editor: QWidget) -> QLineEdit | QPlainTextEdit:
    if not isinstance(editor, QLineEdit | QPlainTextEdit):
        raise TypeError(f"no draft is kept of a {type(editor).__name__}")
    return editor


def _text(editor: QWidget) -> str:
    if isinstance(editor, Choice):
        return "" if editor.value is None else str(editor.value)
    if isinstance(editor, QCheckBox):
        return "1" if editor.isChecked() else ""
    field = _typing(editor)
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _write(editor: QWidget, text: str) -> None:
    if isinstance(editor, Choice):
        editor.choose(next((v for v in editor.values if str(v) == text), None))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(text))
    else:
        field = _typing(editor)
        put: Callable[[str], None] = (
            field.setPlainText if isinstance(field, QPlainTextEdit) else field.setText
        )
        put(text)
