"""The visits of a customer: newest first, the chosen one beside the list, a new one planned."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.reading import AccountSeen
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words, moments_at_widest
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.visits.model import KIND_WORDS, STATE_WORDS, VisitState
from kamdesk.domain.visits.store import VisitLine

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.desktop.account.plan_visit import PlanVisit
    from kamdesk.desktop.account.visit_panel import VisitSeen


class VisitsTab(QWidget):
    """The list and the panel."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__()
        self._page = page
        self._seen: AccountSeen | None = None
        self.plan: PlanVisit | None = None
        self.list: RecordTable[VisitLine] = RecordTable(
            Text("Visits"),
            self._columns(),
            key="account.visits",
            remembered=page.around.remembered,
            empty=EmptyState(
                "calendar-check",
                Text("No visits yet"),
                Text("Visits, calls and meetings stand here, the newest first."),
                page.actions_here["account.plan"],
            ),
        )
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda line: page.go("brief", line.id, "visit"))
        sheet = Sheet(scrolls=False, top=8)
        sheet.add(self.list, reach="list", stretch=1)
        self.panel = SidePanel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sheet, 1)
        row.addWidget(self.panel)
        self.setFocusProxy(self.list)

    def _columns(self) -> tuple[Column[VisitLine], ...]:
        return (
            Column(
                Text("When"),
                show=lambda line: self._moment(line),
                sort_by=lambda line: str(line.start) if line.start else None,
                strong=True,
                widest=moments_at_widest,
            ),
            Column(
                Text("Kind"),
                show=lambda line: looks.capital(KIND_WORDS[line.kind]),
                sort_by=lambda line: line.kind.value,
                width=116,
            ),
            Column(
                Text("Topic"),
                show=lambda line: line.topic or line.objective,
                found=lambda line: f"{line.objective} {line.next_step}",
            ),
            Column(
                Text("State"),
                show=lambda line: looks.capital(STATE_WORDS[line.state]),
                sort_by=lambda line: line.state.value,
                tone=lambda line: Tone.ACCENT if line.state is VisitState.PLANNED else Tone.SECOND,
                width=84,
            ),
        )

    def _moment(self, line: VisitLine) -> Text | str:
        return looks.capital(moment_words(line.start, self._seen.today)) if self._seen else ""

    def show_seen(self, seen: AccountSeen) -> None:
        """Show the visits as they were read."""
        self._seen = seen
        self.list.show_lines(seen.visits)
        self.panel.setVisible(bool(seen.visits) or self.plan is not None)
        if self.list.current is None and seen.visits:
            self.list.choose(seen.next.id if seen.next else seen.visits[0].id)
        elif self.list.current is not None:
            self._choose(self.list.current)

    def begin_plan(self) -> None:
        """Open the form for a new visit in the panel."""
        from kamdesk.desktop.account.plan_visit import PlanVisit

        if self._seen is None:
            return
        if self.plan is None:
            self.plan = PlanVisit(self._page, self._seen)
            self.plan.closed.connect(self._end_plan)
            self.plan.planned.connect(self._planned)
            self._fill(self.plan)
        self.panel.show()
        self.plan.begin()

    def _end_plan(self) -> None:
        self.plan = None
        self._choose(self.list.current)
        self.panel.setVisible(bool(self.list.every))
        self.list.setFocus()

    def _planned(self, visit: bytes) -> None:
        self.plan = None
        self._page.wanted_visit = visit
        self._page.around.say(Text("The visit is planned."))
        self.list.setFocus()
        self._page.reload()

    def _choose(self, line: VisitLine | None) -> None:
        seen = self._seen
        if self.plan is not None or seen is None:
            return
        if line is None:
            words = Text("Choose a visit to read it here.")
            self._fill(PlainLabel(words, Type.BODY, Tone.MUTED, fit=Fit.WRAP))
            return
        from kamdesk.desktop.account.visit_panel import read_visit

        visit = line.id
        self._page.ask(lambda desk: read_visit(desk, visit, seen), self._show_visit, key="visit")

    def _show_visit(self, found: "VisitSeen | None") -> None:
        from kamdesk.desktop.account.visit_panel import visit_panel

        if found is not None and self.plan is None:
            self._fill(visit_panel(found))

    def _fill(self, content: QWidget) -> None:
        column = self.panel.column
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        column.addWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < theme.now().px(900)
        for column in (1, 3):  # what the panel says as well
            self.list.view.setColumnHidden(column, narrow)
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
