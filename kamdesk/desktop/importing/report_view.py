"""What an import did, and what is left to mend."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.transfer.report import ImportReport, Remarked

_MOST = 12


class ReportView(QWidget):
    """Figures, what was rejected or left undecided, and the three things to do now."""

    def __init__(
        self, report: ImportReport, *, go: Action, undo: Callable[[], object], mend: Action
    ) -> None:
        super().__init__()
        look = theme.now()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(8), look.px(20), 0)
        column.setSpacing(look.px(6))
        taken = Text(
            "{n} row is taken in.", "{n} rows are taken in.", n=report.new + report.updated
        )
        column.addWidget(PlainLabel(taken, Type.HEADING))
        back = Button(Text("Undo"), keys="Ctrl+Z", icon="undo-2")
        back.clicked.connect(undo)
        buttons = [Button.of(go, kind=Kind.PRIMARY), back]
        if report.rejected:
            buttons.append(Button.of(mend))
        self.buttons = ButtonRow(*buttons)
        self.setFocusProxy(buttons[0])
        column.addWidget(self.buttons)
        column.addSpacing(look.px(16))
        rejected = len({one.row for one in report.rejected})
        self._list(
            Text("{n} row was rejected", "{n} rows were rejected", n=rejected),
            Text("Save them as a file, mend them there and import that file."),
            report.rejected,
        )
        self._list(
            Text("{n} row is in conflict", "{n} rows are in conflict", n=report.conflicts),
            Text("Nobody said which record they are: import the file again and decide."),
            report.in_conflict,
        )
        column.addStretch(1)

    def _list(self, heading: Text, what_to_do: Text, remarks: tuple[Remarked, ...]) -> None:
        if not remarks:
            return
        column = self._column
        column.addWidget(Heading(heading))
        column.addWidget(PlainLabel(what_to_do, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        for one in remarks[:_MOST]:
            words = Text("row {row}: {reason}", row=one.row, reason=one.reason)
            column.addWidget(PlainLabel(words, Type.BODY, fit=Fit.ELIDE))
        if len(remarks) > _MOST:
            more = Text("and {n} more", n=len(remarks) - _MOST)
            column.addWidget(PlainLabel(more, Type.SMALL, Tone.MUTED))
        column.addSpacing(theme.now().px(20))
