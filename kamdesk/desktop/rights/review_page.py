"""Whom the file keeps too long: keep them until another day, or erase them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.rights.panel import RightsPanel
from kamdesk.desktop.rights.steps import KeepStep
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import days_at_widest
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from kamdesk.dossier.retention import ToReview
    from kamdesk.workspace import Workspace


_LAST = 3
"""The column that goes first where there is little room."""


class ReviewPage(Page["Workspace"]):
    """The list, and the chosen person's rights beside it."""

    title = Text("Who is kept too long")
    scrolls = False
    follows = ("person", "visit", "attendee", "promise")
    keys = (
        ("J+K", Text("Move")),
        ("Shift+K", Text("Keep…")),
        ("Enter", Text("Rights…")),
        ("Esc", Text("Close")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self._today = Day.max
        self._job: Job | None = None
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        keep = add("review.keep", Text("Keep…"), self._keep, keys="Shift+K")
        rights = add("review.rights", Text("Rights…"), self._rights, keys="G")
        sheet = Sheet(scrolls=False, foot=12)
        self._head = sheet.head(self.title, "")
        self.list: RecordTable[ToReview] = RecordTable(
            self.title,
            (
                Column(Text("Name"), show=lambda row: row.name, strong=True, width=150),
                Column(Text("Customer"), show=lambda row: row.account_name, width=186),
                Column(Text("Why"), show=lambda row: looks.capital(row.because)),
                Column(
                    Text("Last sign"),
                    show=lambda row: looks.day(row.last, today=self._today) if row.last else None,
                    sort_by=lambda row: row.last.isoformat() if row.last else None,
                    tone=lambda row: Tone.SECOND,
                    widest=days_at_widest,
                ),
            ),
            key="review",
            remembered=self.around.remembered,
            empty=EmptyState(
                "users",
                Text("Nobody is kept too long"),
                Text("Here stands who gave no sign for two years, or is past their day."),
            ),
        )
        self.list.opened.connect(lambda _: self._rights())
        sheet.add(self.list, reach="list", stretch=1)
        self._foot = foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        row.addWidget(Button.of(keep))
        row.addWidget(Button.of(rights))
        row.addStretch(1)
        sheet.add(foot)
        self.panel = RightsPanel(self)
        self.panel.closed.connect(self._close)
        self.panel.erased.connect(self._gone)
        self.panel.hide()
        self.use(sheet, self.panel)

    def crumbs(self) -> tuple[Crumb, ...]:
        return (
            Crumb(Text("Settings"), Route("settings")),
            Crumb(Text("Safety"), Route("safety")),
            Crumb(self.title),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return self.list, self.panel

    def reload(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._head.remark.say(Text("Looking through the file …"))
        self._job = self.workbench.job(
            self,
            Text("Look who is kept too long"),
            lambda desk, job: (desk.rights.review(job.step), desk.clock.today()),
            lambda found: self._show(*found),
            lambda _: self._head.remark.say(Text("Not looked through to the end.")),
        )

    def _show(self, rows: "list[ToReview]", today: Day) -> None:
        self._job, self._today = None, today
        self.list.show_lines(rows)
        self._foot.setVisible(bool(rows))
        if self.list.current is None and rows:
            self.list.choose(rows[0].id)
        n = len(rows)
        self._head.remark.say(Text("{n} to look at", "{n} to look at", n=n) if n else "")

    def _rights(self) -> None:
        if (row := self.list.current) is not None:
            self.panel.show()
            self.panel.show_person(row.id)

    def _keep(self) -> None:
        if (row := self.list.current) is None:
            return
        step = KeepStep(self, row.id, row.name, self._today)
        step.closed.connect(self._close)
        step.done.connect(self._close)
        self.panel.show()
        fill_panel(self.panel, step)
        step.begin()

    def _close(self) -> None:
        self.panel.hide()
        self.list.setFocus()

    def _gone(self) -> None:
        self._close()
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
        narrow = self.width() - self.panel.width() * self.panel.isVisible() < theme.now().px(600)
        self.list.view.setColumnHidden(_LAST, narrow)  # why they stand here says it as well
