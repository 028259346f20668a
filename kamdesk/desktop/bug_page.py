"""The page a bug of ours leads to: what happened, what is safe, and three ways on."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel


class BugPage(QWidget):
    """Tells of a bug. Signals: ``goes_on`` back to the page · ``restarts`` begin the program anew.

    ``report`` holds no word of a customer; it is shown whole before it is saved.
    """

    goes_on = Signal()
    restarts = Signal()

    def __init__(self, report: str) -> None:
        super().__init__()
        self._report = report
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actions_here = Actions(self)
        add = self.actions_here.add
        on = add("bug.go_on", Text("Go on"), self.goes_on.emit, keys="Esc", icon="arrow-right")
        anew = add(
            "bug.restart",
            Text("Restart KamDesk"),
            self.restarts.emit,
            keys="Ctrl+Shift+R",
            icon="refresh-cw",
        )
        save = add("bug.save", Text("Save report…"), self._ask, keys="Ctrl+S", icon="save")
        self.buttons = ButtonRow(Button.of(on, kind=Kind.PRIMARY), Button.of(anew), Button.of(save))
        self.said = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.said.hide()
        sheet = Sheet()
        sheet.head(Text("Something went wrong in KamDesk itself"))
        for words in (
            Text("It is a mistake in the program, not in what you did. What was saved is safe."),
            Text("What you were typing is kept as a draft and stands there again when you go on."),
            Text("If it happens again at the same place, restart, and send us the report."),
        ):
            sheet.add(PlainLabel(words, Type.BODY, fit=Fit.WRAP))
        sheet.space(20)
        sheet.add(self.buttons)
        sheet.add(self.said)
        sheet.section(
            Text("The report"), Text("all of it: no name, no note, nothing of your customers")
        )
        for line in report.splitlines():
            sheet.add(PlainLabel(line, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
        sheet.fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)
        self.setAccessibleName(looks.said(Text("Something went wrong in KamDesk itself")))

    def _ask(self) -> None:
        from pathlib import Path

        from kamdesk.desktop.files import ask_where_to
        from kamdesk.transfer.writers.whole_file import whole_file

        name = f"KamDesk report {date.today().isoformat()}"
        path: Path | None = ask_where_to(
            self, Text("Save the report"), name, Text("Plain text"), ".txt"
        )
        if path is None:
            return
        try:
            with whole_file(path) as file:
                file.write(self._report.encode())
        except Refusal as refusal:
            self._tell(refusal.said, Tone.BRICK)
        else:
            self._tell(Text("Saved: {file}", file=str(path)), Tone.SECOND)

    def _tell(self, words: Text, tone: Tone) -> None:
        self.said.say(words, tone)
        self.said.show()
