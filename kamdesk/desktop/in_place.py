"""A field that is read until one wants to write in it: Enter saves, Esc takes back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.still import Still

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
MakeDraft = Callable[[QWidget, Mapping[str, QWidget]], Drafting]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Read(QWidget):
    """Label and value; pressed by a click, Enter or E. Signals: ``pressed``."""

    pressed = Signal()

    def __init__(self, label: Text, *, long: bool) -> None:
        super().__init__()
        look = theme.now()
        self.label, self._ring = looks.said(label), False
        caption = PlainLabel(label, Type.BODY, Tone.MUTED)
        caption.setFixedWidth(look.px(96))
        self.value = PlainLabel("", Type.BODY, fit=Fit.WRAP if long else Fit.ELIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(6 if long else 0), 0, look.px(6 if long else 0))
        row.setSpacing(look.px(16))
        top = Qt.AlignmentFlag.AlignTop if long else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(caption, 0, top)
        row.addWidget(self.value, 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(look.px(32))

    def say(self, words: Text | str) -> None:
        """Show a value; a dash for none."""
        shown = looks.said(words)
        self.value.say(shown or looks.DASH, Tone.INK if shown else Tone.MUTED)
        self.setAccessibleName(f"{self.label}: {shown or looks.DASH}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = look.px(104)
        box = QRectF(self.rect()).adjusted(reach, 0, 0, -1)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        if self.hasFocus() and self._ring:
            theme.focus_ring(painter, box, look.px(4))


class InPlace(QWidget):
    """One field.

    Signals: ``begun`` its editor opens · ``grown`` it is higher now · ``wanted(value)``.
    A refusal stands under the editor, and what was typed stays. ``make_draft`` makes the draft
    that is kept while one types, given what closes with it and the editor by its name.
    """

    begun = Signal()
    grown = Signal()
    wanted = Signal(object)

    def __init__(
        self,
        name: str,
        label: Text,
        make: Callable[[], LineEditor | TextEditor | Choice],
        make_draft: MakeDraft,
        *,
        long: bool = False,
    ) -> None:
        super().__init__()
        self.name, self._make, self._make_draft = name, make, make_draft
        self._value: object = ""
        self.read = _Read(label, long=long)
        self.read.pressed.connect(self.begin)
        self._label = label
        self.row: FieldRow | None = None
        self.draft: Drafting | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.read)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.still = Still(self)

    def show_value(self, value: object, words: Text | str) -> None:
        """Show a value; an open editor keeps what was typed."""
        self._value = value
        self.read.say(words)

    @property
    def editing(self) -> bool:
        """Whether the editor is open."""
        return self.row is not None

    def begin(self) -> None:
        """Open the editor."""
        if self.row is not None:
            self.row.editor.setFocus()
            return
        editor = self._make()
        self.begun.emit()
        if isinstance(editor, Choice):
            editor.choose(self._value)
        elif isinstance(editor, TextEditor):
            editor.setPlainText(str(self._value))
        else:
            editor.setText(str(self._value))
        help = Text("Ctrl+Enter saves") if isinstance(editor, TextEditor) else ""
        self.row = FieldRow(self.name, self._label, editor, help=help)
        self.row.setContentsMargins(0, theme.now().px(2), 0, theme.now().px(6))
        editor.installEventFilter(self)
        self.draft = self._make_draft(self.row, {"value": editor})
        self.draft.put_back.connect(self.grown)
        self._column.addWidget(self.draft.line)
        self._column.addWidget(self.row)
        self.read.hide()
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.grown.emit()
        if isinstance(editor, LineEditor):
            editor.selectAll()
        self.draft.begin()

    def end(self, *, keep: bool = False) -> None:
        """Close the editor; what is shown is what is saved. ``keep``: the draft stays."""
        if self.row is None or self.draft is None:
            return
        row, self.row = self.row, None
        draft, self.draft = self.draft, None
        if keep:
            draft.close()
        else:
            draft.settle()
        for part in (draft.line, row):
            part.hide()
            part.deleteLater()
        self.read.show()
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: Refusal) -> None:
        """Say under the editor why it was refused."""
        if self.row is not None:
            self.row.refuse(error.said)
            self.grown.emit()

    def _typed(self) -> object:
        editor = self.row.editor if self.row else None
        if isinstance(editor, Choice):
            return editor.value
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        return editor.text() if isinstance(editor, LineEditor) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:  # here Esc is ours, not the page's
                event.accept()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.end(keep=isinstance(watched, QPlainTextEdit))  # a long text is not thrown away
                return True
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and (held or not isinstance(watched, QPlainTextEdit)):
                self._save()
                return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        if self.row is not None:
            self.row.refuse(None)
            self.wanted.emit(self._typed())
