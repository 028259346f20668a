"""A field that is read until one wants to write in it: Enter saves, Esc takes back, Tab goes on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.desktop.widgets.fields import FieldRow, align
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.name_editor import NameEditor
from kamdesk.desktop.widgets.still import Still

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
MakeDraft = Callable[[QWidget, Mapping[str, QWidget]], Drafting]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class More(Protocol):
    """What can be said beside a value while it is written, unfolded by Alt+B: a widget."""

    editors: Mapping[str, QWidget]
    """Its fields by name: they are in the draft, and refusals may name them."""

    def unfold(self) -> None:
        """Show it and go to its first field."""
        ...

    def refused(self, error: Refusal) -> None:
        """Say at its field why it was refused."""
        ...


class _Read(QWidget):
    """Label and value; pressed by a click, Enter or E. Signals: ``pressed``.

    Its remark is seen while one points at it or has come to it by keys, a warning always.
    """

    pressed = Signal()

    def __init__(self, label: Text | str, *, long: bool) -> None:
        super().__init__()
        look = theme.now()
        self.label, self._ring = looks.said(label), False
        fit = Fit.KEEP if isinstance(label, Text) else Fit.ELIDE
        self.caption = PlainLabel(label, Type.BODY, Tone.MUTED, fit=fit)
        align([self.caption])
        self.value = PlainLabel("", Type.BODY, fit=Fit.WRAP if long else Fit.ELIDE)
        row = self._row = QHBoxLayout(self)
        self._high = look.px(6 if long else 0)
        row.setContentsMargins(0, self._high, 0, self._high)
        row.setSpacing(look.px(16))
        top = Qt.AlignmentFlag.AlignTop if long else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.caption, 0, top)
        self._note = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._note.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.value)
        words.addWidget(self._note)
        row.addLayout(words, 1)
        self._remark = PlainLabel("", Type.SMALL, Tone.MUTED)
        self._warns = False
        self._remark.hide()
        row.addWidget(self._remark, 0, top)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(look.px(32))

    def say(self, words: Text | str) -> None:
        """Show a value; a dash for none."""
        shown = looks.said(words)
        self.value.say(shown or looks.DASH, Tone.INK if shown else Tone.MUTED)
        self.setAccessibleName(f"{self.label}: {shown or looks.DASH}")

    def remark(self, words: Text | str, *, warns: bool) -> None:
        """Say what the value stands on; ``warns``: in ochre, and seen at all times."""
        self._warns = warns
        self._remark.say(words, Tone.OCHRE if warns else Tone.MUTED)
        self._describe()
        self._tell()

    def note(self, words: Text | str, *, warns: bool) -> None:
        """Say below the value what it came to."""
        self._note.say(words, Tone.OCHRE if warns else Tone.MUTED)
        self._note.setVisible(bool(self._note.text()))
        high = theme.now().px(6) if self._note.text() else 0
        self._row.setContentsMargins(0, max(high, self._high), 0, max(high, self._high))
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(looks.joined(self._note.text(), self._remark.text()))

    def _tell(self) -> None:
        near = self.underMouse() or (self.hasFocus() and self._ring)
        self._remark.setVisible(bool(self._remark.text()) and (self._warns or near))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

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
        self._tell()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        reach = self.caption.width() + look.px(8)
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

    Signals: ``begun`` its editor opens · ``grown`` it is higher now · ``wanted(value)`` ·
    ``stepped(±1)`` it was left by Tab, and nothing holds it. A refusal stands under the editor,
    and what was typed stays. ``make_draft`` makes the draft that is kept while one types, given
    what closes with it and the editors by their names; ``more`` what can be said beside the value.
    """

    begun = Signal()
    grown = Signal()
    wanted = Signal(object)
    stepped = Signal(int)

    def __init__(
        self,
        name: str,
        label: Text | str,
        make: Callable[[], LineEditor | TextEditor | Choice],
        make_draft: MakeDraft,
        *,
        long: bool = False,
        more: "Callable[[], More] | None" = None,
    ) -> None:
        super().__init__()
        self.name, self._make, self._make_draft = name, make, make_draft
        self._make_more, self._step = more, 0
        self.more: More | None = None
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
        high = QSizePolicy.Policy.Preferred if long else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, high)  # a long one is as high as it wraps
        self.still = Still(self)

    def show_value(self, value: object, words: Text | str) -> None:
        """Show a value; an open editor keeps what was typed."""
        self._value = value
        self.read.say(words)

    def remark(self, words: Text | str, *, warns: bool = False) -> None:
        """Say what the value stands on; a warning is seen at all times."""
        self.read.remark(words, warns=warns)

    def note(self, words: Text | str, *, warns: bool = False) -> None:
        """Say below the value what it came to: how it was read."""
        self.read.note(words, warns=warns)

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
        self.more = self._make_more() if self._make_more else None
        help: Text | str = Text("Ctrl+Enter saves") if isinstance(editor, TextEditor) else ""
        if self.more is not None:
            help = Text("Alt+B: as of when, and who says so")
        self.row = FieldRow(self.name, self._label, editor, help=help)
        self.row.caption.setFixedWidth(self.read.caption.maximumWidth())
        self.row.setContentsMargins(0, theme.now().px(2), 0, theme.now().px(6))
        editors = {"value": editor, **(self.more.editors if self.more is not None else {})}
        for part in editors.values():
            part.installEventFilter(self)
        self.draft = self._make_draft(self.row, editors)
        self.draft.put_back.connect(self.grown)
        self._column.addWidget(self.draft.line)
        self._column.addWidget(self.row)
        if isinstance(self.more, QWidget):
            self._column.addWidget(self.more)
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
        more, self.more = self.more, None
        for part in (draft.line, row, more):
            if isinstance(part, QWidget):
                part.hide()
                part.deleteLater()
        self.read.show()
        step, self._step = self._step, 0
        if step and not keep:
            self.stepped.emit(step)
        else:
            self.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: Refusal) -> None:
        """Say under the editor why it was refused."""
        self._step = 0
        if self.row is None:
            return
        if self.more is not None and getattr(error, "field", None) in self.more.editors:
            self.more.refused(error)
        else:
            self.row.refuse(error.said)
        self.grown.emit()

    @property
    def typed(self) -> object:
        """What its editor says; None when it is closed."""
        editor = self.row.editor if self.row else None
        if isinstance(editor, Choice | NameEditor):
            return editor.value
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        return editor.text() if isinstance(editor, LineEditor) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        long = isinstance(watched, QPlainTextEdit)
        alt_b = event.key() == Qt.Key.Key_B and event.modifiers() == Qt.KeyboardModifier.AltModifier
        mine = event.key() == Qt.Key.Key_Escape or (alt_b and self.more is not None)
        if event.type() == QEvent.Type.ShortcutOverride and mine:
            event.accept()  # here these are ours, not the page's
        elif event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.end(keep=long)  # a long text is not thrown away
                return True
            if mine and self.more is not None:
                self.more.unfold()
                self.grown.emit()
                return True
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in _ENTER and (held or not long):
                self._save()
                return True
            if event.key() in _STEPS and not held and self._ends_at(watched):
                self._step = _STEPS[Qt.Key(event.key())]
                self._save()
                return True
        return super().eventFilter(watched, event)

    def _ends_at(self, watched: QObject) -> bool:
        """Whether Tab leaves the field here: not from one of its editors to the next."""
        unfolded = isinstance(self.more, QWidget) and self.more.isVisible()
        return self.row is not None and watched is self.row.editor and not unfolded

    def _save(self) -> None:
        if self.row is not None:
            self.row.refuse(None)
            self.wanted.emit(self.typed)


def align_fields(fields: Iterable[InPlace]) -> None:
    """Let the values of fields below each other begin in one line."""
    align(field.read.caption for field in fields)
