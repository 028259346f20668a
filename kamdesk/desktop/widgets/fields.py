"""Forms: a label, an editor, and under it in plain words why it was refused."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark

_NARROWEST: Final = 96
_WIDEST: Final = 220


def align(captions: Iterable[QWidget]) -> None:
    """Give captions at the left of fields one width: the widest one's, 96 to 220 px."""
    look, every = theme.now(), list(captions)
    wanted = max((caption.sizeHint().width() for caption in every), default=0)
    width = min(max(wanted, look.px(_NARROWEST)), look.px(_WIDEST))
    for caption in every:
        caption.setFixedWidth(width)


class FieldRow(QWidget):
    """One row of a form: ``name`` is the field a refusal names.

    ``beside`` puts the label at the left, else it stands above the editor.
    """

    def __init__(
        self,
        name: str,
        label: Text | str,
        editor: QWidget,
        *,
        help: Text | str = "",
        beside: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.now()
        self.name, self.editor = name, editor
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        fit = Fit.KEEP if isinstance(label, Text) else Fit.ELIDE
        role = Type.BODY if beside else Type.SMALL
        self.caption = caption = PlainLabel(label, role, Tone.MUTED, fit=fit)
        caption.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(looks.said(label))
        at, column = (0, 1) if beside else (1, 0)
        if beside:
            align([caption])
            caption.setMinimumHeight(look.px(30))
            grid.addWidget(caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        else:
            grid.addWidget(caption, 0, 0)
        grid.addWidget(editor, at, column)
        grid.setColumnStretch(column, 1)
        self._help = PlainLabel(help, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._has_help = bool(help)
        if not help:  # shown here, it would be a window of its own for a moment
            self._help.hide()
        self._refusal = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self._why = QWidget()
        line = QHBoxLayout(self._why)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(6))
        mark = QVBoxLayout()
        mark.setContentsMargins(0, look.px(2), 0, 0)
        mark.addWidget(IconMark("circle-alert", 14, Tone.BRICK))
        mark.addStretch(1)
        line.addLayout(mark)
        line.addWidget(self._refusal, 1)
        self._why.hide()
        grid.addWidget(self._help, at + 1, column)
        grid.addWidget(self._why, at + 2, column)
        if isinstance(editor, LineEditor) and editor.secret:
            capitals = PlainLabel(
                Text("Caps Lock is on."), Type.SMALL, Tone.OCHRE, fit=Fit.WRAP, parent=self
            )
            capitals.hide()
            grid.addWidget(capitals, at + 3, column)
            editor.capitals.connect(capitals.setVisible)

    def refuse(self, why: Text | None) -> None:
        """Show why the value was refused; None takes the refusal back."""
        self._why.setVisible(why is not None)
        self._help.setVisible(self._has_help and why is None)
        self._refusal.say(why or "")
        self.editor.setProperty("refused", "true" if why is not None else "false")
        self.editor.setAccessibleDescription(self._refusal.text())
        style = self.editor.style()
        style.unpolish(self.editor)
        style.polish(self.editor)
        self.editor.update()

    def advise(self, words: Text | str, tone: Tone = Tone.MUTED) -> None:
        """Show a line of help under the editor."""
        self._has_help = bool(words)
        self._help.say(words, tone)
        self._help.setVisible(self._has_help and self._why.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # other words stand under the editor
            self._grow()
        return done

    def _grow(self) -> None:
        """Be as high as what is said under the editor wraps; a column would not ask for it."""
        high = max(self.heightForWidth(self.width()), 0)  # −1: nothing wraps
        if high != self.minimumHeight():
            self.setMinimumHeight(high)
            self._grid.invalidate()  # it would keep the places of the lower row

    @property
    def refusal(self) -> str:
        """Why it was refused; empty when it was not."""
        return "" if self._why.isHidden() else self._refusal.text()


class Form(QWidget):
    """Rows, one below the other, that take refusals at their field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.now()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(look.px(12))
        self.rows: dict[str, FieldRow] = {}
        self._captions: list[QWidget] = []
        self._general = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self._general.hide()
        self._grid.addWidget(self._general, 999, 0)

    def add(
        self,
        name: str,
        label: Text | str,
        editor: QWidget,
        *,
        help: Text | str = "",
        beside: bool = True,
    ) -> FieldRow:
        """Add a row; typing into it takes its refusal back."""
        row = FieldRow(name, label, editor, help=help, beside=beside)
        self.rows[name] = row
        if beside:
            self._captions.append(row.caption)
            align(self._captions)
        self._grid.addWidget(row, len(self.rows), 0)
        changed = getattr(editor, "textChanged", None)
        if isinstance(editor, QComboBox):
            changed = editor.currentIndexChanged
        if changed is not None:
            changed.connect(lambda *_: row.refuse(None) if row.refusal else None)
        return row

    def refused(self, error: Refusal) -> None:
        """Show a refusal at its field and go there; below all rows when it names none of them."""
        self.accept()
        row = self.rows.get(getattr(error, "field", None) or "")
        if row is None:
            self._general.say(error.said)
            self._general.show()
        else:
            row.refuse(error.said)
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Take all refusals back."""
        self._general.hide()
        for row in self.rows.values():
            if row.refusal:
                row.refuse(None)

    @property
    def refusal(self) -> str:
        """The refusal that names no field; empty when there is none."""
        return "" if self._general.isHidden() else self._general.text()
