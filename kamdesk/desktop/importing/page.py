"""Taking in a file: which column goes where, what happens to each row, then all as one action."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.importing import verbs
from kamdesk.desktop.importing.answering import Answers
from kamdesk.desktop.importing.column_panel import ColumnPanel
from kamdesk.desktop.importing.columns_view import ColumnShown, ColumnsView
from kamdesk.desktop.importing.head import head_above, shown_while_possible
from kamdesk.desktop.importing.mending import save_rejected
from kamdesk.desktop.importing.reading import Chosen, RowShown, sent, with_day_first
from kamdesk.desktop.importing.report_view import ReportView
from kamdesk.desktop.importing.row_panel import RowPanel
from kamdesk.desktop.importing.rows_view import RowsView
from kamdesk.desktop.importing.saying import counts_of, say_taken
from kamdesk.desktop.importing.verbs import Judged, remarks_on
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.taking_back import take_back
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.transfer.fields import KIND_WORDS, ImportKind
from kamdesk.transfer.judge import Decision

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

CRUMBS: Final = (Crumb(Text("Customers"), Route("accounts")), Crumb(Text("Import")))
_LISTS: Final = {
    ImportKind.ACCOUNTS: "accounts",
    ImportKind.PEOPLE: "people",
    ImportKind.VISITS: "visits",
    ImportKind.OPPORTUNITIES: "opportunities",
}


class ImportPage(Page["Workspace"]):
    """The route's record is the path of the file."""

    title = Text("Import")
    scrolls = False
    follows = ("account", "person", "visit", "opportunity")
    keys = (
        ("Ctrl+Enter", Text("Take it in")),
        ("C", Text("Columns")),
        ("F", Text("Next filter")),
        ("J+K", Text("Move")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self._path = Path(os.fsdecode(route.record or b""))
        self._place = f"import:{(route.record or b'').hex()}:choices"
        self._chosen = Chosen()
        self._judged: Judged | None = None
        self._turn = 0
        self._action: int | None = None
        self._looked = self._taken = self._showing = False
        self._panel: SidePanel | None = None
        self.of_row: RowPanel | None = None
        self.of_column: ColumnPanel | None = None
        super().__init__(around, route)

    # ---- parts

    def build(self) -> None:
        self._declare()
        shown = (shown_while_possible(one) for one in (self._guess, self._columns, self._rows))
        buttons = (*shown, Button.of(self._take, kind=Kind.PRIMARY))
        self._head = head_above(self, self._path.name, buttons)
        self._summary = PlainLabel(Text("Reading the file…"), Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._summary)
        self._remarks = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._remarks.hide()
        self.add(self._remarks)
        self.sheet.space(12)
        self.rows = RowsView(self.around.remembered)
        self.rows.chosen.connect(lambda _: self._show_panel())
        self.columns = ColumnsView(self.around.remembered)
        self.columns.chosen.connect(lambda _: self._show_panel())
        self.columns.opened.connect(self._edit_column)
        self.columns.read_as.connect(self._read_otherwise)
        self.columns.kind.connect(self._say_kind)
        self._views = QStackedWidget()
        for part in (self.rows, self.columns):
            self._views.addWidget(part)
        self.add(self._views, reach="list", stretch=1)

    def _declare(self) -> None:
        add = self.actions_here.add
        self._take = add(
            "import.take", Text("Take it in"), self._take_in, keys="Ctrl+Return", icon="check"
        )
        self._show_list = add(
            "import.show", Text("Show the list"), self._go_to_list, keys="Ctrl+Return", icon="list"
        )
        self._columns = add(
            "import.columns", Text("Columns"), partial(self._turn_to, columns=True), keys="C"
        )
        self._rows = add(
            "import.rows", Text("Rows"), partial(self._turn_to, columns=False), keys="R"
        )
        self._filter = add(
            "import.filter", Text("Next filter"), lambda: self.rows.next_filter(), keys="F"
        )
        self._leave = add(
            "import.leave", Text("Leave this column out"), self._leave_out, keys="X", icon="x"
        )
        self._guess = add("import.guess", Text("Guess anew"), self._guess_anew, keys="G")
        self._mend = add(
            "import.mend",
            Text("Save the rejected rows"),
            self._save_rejected,
            keys="Ctrl+E",
            icon="download",
        )
        self.answers = Answers(add, self._decide)
        for action in self.actions_here:
            action.enable(False)

    def crumbs(self) -> tuple[Crumb, ...]:
        return CRUMBS

    def panes(self) -> tuple[QWidget, ...]:
        panel = self._panel
        shown = (panel,) if panel is not None and not panel.isHidden() else ()
        return self._views.currentWidget() or self.rows, *shown

    @property
    def list(self) -> Any:
        """The list of rows."""
        return self.rows.list

    # ---- a file

    def reload(self) -> None:
        if not self._looked:
            self._looked = True
            self._work(partial(verbs.read, self._path, self._place, self._chosen))
        elif self._judged is not None and not self._taken:  # something changed meanwhile
            self._work(partial(verbs.judge, self._judged.table, self._chosen))

    def _heard(self, changes: ChangeSet) -> None:
        """What was taken and undone, or changed by others, is looked at anew."""
        if self._taken and changes.action != self._action and self.isVisible():
            self._look_anew()
        super()._heard(changes)

    def _look_anew(self) -> None:
        self._taken = self._looked = False
        self._chosen, self._judged = Chosen(), None
        self._show_list.enable(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was taken is looked at anew when the page is come back to."""
        super().hideEvent(event)
        if self._taken:
            self._look_anew()
            self._stale = True

    def _work(self, work: "Callable[[Workspace, Job], Judged]") -> None:
        """Read or judge in the background; only the latest answer counts."""
        self._turn += 1
        turn = self._turn
        self._take.enable(False)

        def show(judged: Judged) -> None:
            if turn == self._turn:
                self._show(judged)

        name = Text("Reading {file}", file=self._path.name)
        self.workbench.job(self, name, work, show, self._not_read)

    def _not_read(self, refusal: Refusal) -> None:
        self._summary.say(refusal.said, Tone.BRICK)
        self._remarks.hide()

    # ---- showing

    def _show(self, judged: Judged) -> None:
        first = self._judged is None
        choosing = self._is_choosing
        self._showing = True
        self._judged, self._chosen = judged, judged.chosen
        self.columns.show_table(judged.table, judged.mapping)
        if judged.shown is None:
            refused = judged.refused
            self._summary.say(refused.said if refused else "", Tone.BRICK)
            self._remarks.hide()
            self._turn_to(columns=True)
            return
        shown, report = judged.shown, judged.shown.report
        self._head.remark.say(
            looks.joined(Text("{n} row", "{n} rows", n=report.rows), KIND_WORDS[shown.mapping.kind])
        )
        self._summary.say(counts_of(report), Tone.INK)
        remarks = remarks_on(judged)
        self._remarks.say(" ".join(looks.said(remark) for remark in remarks))
        self._remarks.setVisible(bool(remarks))
        self.rows.show_preview(shown)
        self._take.enable(report.new + report.updated > 0)
        self._mend.enable(bool(report.rejected))
        self._guess.enable(not shown.table.is_cards)
        self._turn_to(columns=not first and self._views.currentWidget() is self.columns)
        if choosing and self.of_column is not None:
            self.of_column.field.setFocus()

    def _turn_to(self, *, columns: bool) -> None:
        """Show the columns of the file, or its rows."""
        self._showing = False
        self._views.setCurrentWidget(self.columns if columns else self.rows)
        judged = self._judged
        can = judged is not None and judged.shown is not None and not judged.table.is_cards
        self._columns.enable(can and not columns)
        self._rows.enable(columns and judged is not None and judged.shown is not None)
        self._filter.enable(not columns)
        self._show_panel()
        (self.columns if columns else self.rows).setFocus()

    def _show_panel(self) -> None:
        """Show the chosen row or column beside the list."""
        judged = self._judged
        if self._showing:  # lists that are filled anew choose nothing for a moment
            return
        content: QWidget | None = None
        self.of_row = self.of_column = None
        self.answers.ask(())
        if judged is not None and self._views.currentWidget() is self.columns:
            if (column := self.columns.list.current) is not None:
                content = self.of_column = ColumnPanel(column, judged.mapping, self._leave)
                self.of_column.sent.connect(self._send)
                self.of_column.day_first.connect(self._day_first)
        elif (row := self.rows.list.current) is not None:
            alike = len(self.answers.such(row, self.rows.list.every))
            answers = self.answers.about(row, decided=row.id in self._chosen.decisions)
            content = self.of_row = RowPanel(row, answers, alike=alike)
        self._leave.enable(self.of_column is not None)
        if content is None:
            if self._panel is not None:
                self._panel.hide()
            return
        if self._panel is None:
            self._panel = SidePanel()
            self._side_by_side.addWidget(self._panel)
        fill_panel(self._panel, content)
        self._panel.fit(self.window().width())
        self._panel.show()

    @property
    def _is_choosing(self) -> bool:
        """Whether the choice of a field has the focus."""
        return self.of_column is not None and self.window().focusWidget() is self.of_column.field

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._panel is not None:
            self._panel.fit(self.window().width())

    # ---- choosing

    def _choose_anew(self, chosen: Chosen) -> None:
        """Judge the file by what is chosen now, and keep that."""
        judged = self._judged
        if judged is None or self._taken:
            return
        self._chosen = chosen
        self.workbench.do(self, partial(verbs.keep, self._place, chosen), key="keep")
        self._work(partial(verbs.judge, judged.table, chosen))

    def _edit_column(self, _: ColumnShown) -> None:
        if self.of_column is not None:
            self.of_column.field.setFocus()
            self.of_column.field.showPopup()

    def _send(self, heading: str, field: str | None) -> None:
        if (judged := self._judged) is not None:
            mapping = sent(judged.mapping, heading, field)
            self._choose_anew(replace(self._chosen, mapping=mapping))

    def _leave_out(self) -> None:
        if (column := self.columns.list.current) is not None:
            self._send(column.heading, None)

    def _day_first(self, heading: str, first: bool) -> None:
        if (judged := self._judged) is not None:
            mapping = with_day_first(judged.mapping, heading, first=first)
            self._choose_anew(replace(self._chosen, mapping=mapping))

    def _say_kind(self, kind: str) -> None:
        chosen = replace(self._chosen, kind=ImportKind(kind), mapping=None)
        self._choose_anew(replace(chosen, decisions=Chosen().decisions))

    def _read_otherwise(self, sheet: int | None, encoding: str, separator: str) -> None:
        chosen = Chosen(sheet=sheet, encoding=encoding, separator=separator)
        self.workbench.do(self, partial(verbs.keep, self._place, chosen), key="keep")
        self._work(partial(verbs.read, self._path, self._place, chosen))

    def _guess_anew(self) -> None:
        """Forget how such lists were mapped, and what was decided here."""
        if (judged := self._judged) is not None:
            self.workbench.do(self, partial(verbs.forget, judged.table), key="forget")
            chosen = Chosen(
                sheet=self._chosen.sheet,
                encoding=self._chosen.encoding,
                separator=self._chosen.separator,
            )
            self._work(partial(verbs.guess_anew, judged.table, chosen))

    def _decide(self, answer: Decision | None, row: RowShown | None) -> None:
        row = row or self.rows.list.current
        if row is None:
            return
        every = self.of_row is not None and self.of_row.for_all
        rows = self.answers.such(row, self.rows.list.every) if every else [row]
        self._choose_anew(self.answers.decided(self._chosen, answer, row, rows))

    # ---- taking it in

    def _take_in(self) -> None:
        judged = self._judged
        if judged is None or judged.shown is None or self._taken:
            return
        self._take.enable(False)
        name, work = (
            Text("Importing {file}", file=self._path.name),
            partial(verbs.take, judged.shown),
        )
        self.workbench.job(self, name, work, self._took, self._not_taken, writes=True)

    def _took(self, changes: ChangeSet) -> None:
        judged = self._judged
        if judged is None or judged.shown is None:
            return
        report = judged.shown.report
        self._taken, self._action = True, changes.action
        self.workbench.do(self, partial(verbs.drop, self._place), key="keep")
        say_taken(self, self._path, report)
        if report.rejected or report.conflicts:
            self._show_report(judged)
        else:
            self._go_to_list()

    def _show_report(self, judged: Judged) -> None:
        shown = judged.shown
        if shown is None:
            return
        for action in (self._columns, self._rows, self._guess, self._filter):
            action.enable(False)
        self._show_list.enable()
        undo = partial(take_back, self.workbench, self.around.say)
        self.report = ReportView(shown.report, go=self._show_list, undo=undo, mend=self._mend)
        self._views.addWidget(self.report)
        self._views.setCurrentWidget(self.report)
        if self._panel is not None:
            self._panel.hide()
        self.report.setFocus()

    def _save_rejected(self) -> None:
        if self._judged is not None and self._judged.shown is not None:
            save_rejected(self, self._judged.shown)

    def _go_to_list(self) -> None:
        judged = self._judged
        self.go(_LISTS[judged.mapping.kind] if judged else "accounts")

    def _not_taken(self, refusal: Refusal) -> None:
        self._take.enable()
        self.around.say(refusal.said)
