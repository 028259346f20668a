"""A recovery code as it is shown: to be copied for a while, or saved and printed as a sheet."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.clipboard import copy_secret
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel


class Behind(Protocol):
    """Does a piece of work behind the window, then tells its answer or refusal in front."""

    def __call__(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Refusal], object],
    ) -> None:
        """Do it."""
        ...


class CodeShown(QWidget):
    """The code, what one does with it, and a box to tick when that is done: ``kept``."""

    def __init__(self, code: str, folder: Path, behind: Behind, *, narrow: bool = False) -> None:
        """``narrow``: in a side panel, its buttons stand one below the other."""
        super().__init__()
        look = theme.now()
        self._code, self._folder, self._behind = code, folder, behind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        shown = PlainLabel(_in_lines(code), Type.HEADING, fit=Fit.WRAP)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(look.px(16))
        shown.setFont(fixed)
        shown.setAccessibleName(code)
        column.addWidget(shown)
        row = QVBoxLayout() if narrow else QHBoxLayout()
        row.setSpacing(look.px(8))
        key = QKeySequence.StandardKey
        self._keys = {key.Save: self.save, key.Print: self.print, key.Copy: self.copy}
        for words, icon, keys, does in (
            (Text("Save as PDF…"), "save", "Ctrl+S", self.save),
            (Text("Print…"), "printer", "Ctrl+P", self.print),
            (Text("Copy"), "copy", "Ctrl+C", self.copy),
        ):
            button = Button(words, icon=icon, keys=keys)
            button.clicked.connect(does)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._said = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._said.hide()
        column.addWidget(self._said)
        self.kept = TickBox(Text("I keep it away from this computer"))
        column.addWidget(self.kept)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            does = next((does for key, does in self._keys.items() if event.matches(key)), None)
            if does is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # here these keys are its own, not the page's
                return True
            if does is not None and event.type() == QEvent.Type.KeyPress:
                does()
                return True
        return super().event(event)

    def copy(self) -> None:
        """Copy the code; the clipboard forgets it after a while."""
        copy_secret(self._code)

    def save(self) -> None:
        """Ask for a file and write the sheet."""
        from kamdesk.desktop.files import ask_where_to

        name = looks.said(Text("Recovery sheet"))
        path = ask_where_to(self, Text("Save as PDF…"), name, Text("PDF"), ".pdf")
        if path is not None:
            self._behind(lambda: self._write(path), self._saved, self._not_done)

    def _write(self, path: Path) -> str:
        from kamdesk.transfer.writers.whole_file import whole_file

        data = _sheet(self._code, self._folder)
        with whole_file(path) as file:
            file.write(data)
        return path.name

    def _saved(self, name: str) -> None:
        self._tell(Text("The sheet is in {file}. Delete the file once it is printed.", file=name))

    def print(self) -> None:
        """Ask for a printer and print the sheet."""
        self._behind(lambda: _sheet(self._code, self._folder), self._printed, self._not_done)

    def _printed(self, data: bytes) -> None:
        from kamdesk.desktop.papers.printing import ask_and_print

        ask_and_print(self, data, self._tell)

    def _not_done(self, refusal: Refusal) -> None:
        self._tell(refusal.said, Tone.BRICK)

    def _tell(self, words: Text, tone: Tone = Tone.SECOND) -> None:
        self._said.say(words, tone)
        self._said.show()


def _sheet(code: str, folder: Path) -> bytes:
    from kamdesk.papers.recovery_sheet import recovery_sheet
    from kamdesk.storage import key_file

    workspace = key_file.read(folder).workspace
    return recovery_sheet(code, workspace, date.today(), "zh" if looks.language() == "zh" else "en")


def _in_lines(code: str) -> str:
    """Return the code in lines of three groups: as the sheet prints it."""
    groups = code.split("-")
    return "\n".join("-".join(groups[at : at + 3]) for at in range(0, len(groups), 3))
