"""The visits and promises of a customer: a list, the chosen visit beside it, promises below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.reading import AccountSeen
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.promise_entry import Ledger
from kamdesk.desktop.visits.promises import Promises
from kamdesk.desktop.visits.said import overdue, state_words
from kamdesk.desktop.when import moment_words, moments_at_widest
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.promises.model import Promise, PromiseState
from kamdesk.domain.visits.model import KIND_WORDS, VisitState
from kamdesk.domain.visits.store import VisitLine

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.desktop.account.visit_panel import VisitSeen
    from kamdesk.desktop.visits.new_visit import NewVisit

_MOST_PROMISES = 60


class VisitsTab(QWidget):
    """The list, the panel, the promises."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self._seen: AccountSeen | None = None
        self.plan: NewVisit | None = None
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
        self.list.opened.connect(lambda line: page.go("visit", line.id))
        RowSigns(page, self.list)
        place = f"account:{page.account.hex()}:promise"
        self.promises = Promises(page, place, Text("Neither side owes the other anything."))
        sheet = Sheet(scrolls=False, top=8, foot=12)
        sheet.add(self.list, reach="list", stretch=3)
        sheet.add(self._owed(look), reach="margin", stretch=2)
        self.panel = SidePanel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sheet, 1)
        row.addWidget(self.panel)
        self.setFocusProxy(self.list)

    def _owed(self, look: theme.Look) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.px(8), 0)
        column.addWidget(self.promises)
        column.addStretch(1)
        area.setWidget(inside)
        self._heading = Heading(Text("Promises"), "")
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(4))
        whole.addWidget(self._heading)
        whole.addWidget(area, 1)
        return holder

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
                show=lambda line: looks.capital(self._state(line)),
                sort_by=lambda line: line.state.value,
                tone=self._tone,
                sign=lambda line: "pencil" if self._late(line) else "",
                width=124,
            ),
        )

    def _moment(self, line: VisitLine) -> Text | str:
        return looks.capital(moment_words(line.start, self._seen.today)) if self._seen else ""

    def _state(self, line: VisitLine) -> Text | str:
        return state_words(line, self._seen.file.at) if self._seen else ""

    def _late(self, line: VisitLine) -> bool:
        return self._seen is not None and overdue(line, self._seen.file.at)

    def _tone(self, line: VisitLine) -> Tone:
        if self._late(line):
            return Tone.OCHRE
        return Tone.ACCENT if line.state is VisitState.PLANNED else Tone.SECOND

    def show_seen(self, seen: AccountSeen) -> None:
        """Show visits and promises as they were read."""
        self._seen = seen
        self.list.show_lines(seen.visits)
        self._show_promises(seen)
        self.panel.setVisible(bool(seen.visits) or self.plan is not None)
        if self.list.current is None and seen.visits:
            self.list.choose(seen.next.id if seen.next else seen.visits[0].id)
        elif self.list.current is not None:
            self._choose(self.list.current)

    def _show_promises(self, seen: AccountSeen) -> None:
        open_ones = seen.file.open_promises()
        settled = [one for one in seen.file.promises if one.state is not PromiseState.OPEN]
        settled.sort(key=_settled_last, reverse=True)
        file = seen.file
        ledger = Ledger(
            file.account.id,
            None,
            {who: person.name for who, person in file.people.items()},
            {who: colleague.name for who, colleague in file.colleagues.items()},
            seen.today,
        )
        n = len(open_ones)
        self._heading.remark.say(Text("{n} open", n=n) if n else "")
        self.promises.show_promises([*open_ones, *settled][:_MOST_PROMISES], ledger)

    # ---- a new visit

    def begin_plan(self) -> None:
        """Open the form for a new visit in the panel."""
        from kamdesk.desktop.visits.new_visit import NewVisit

        seen = self._seen
        if seen is None:
            return
        if self.plan is None:
            account = seen.file.account.id
            self.plan = NewVisit(
                self._page.workbench,
                f"account:{account.hex()}:plan",
                seen.today,
                seen.file.at.zone,
                account=account,
            )
            self.plan.closed.connect(self._end_plan)
            self.plan.planned.connect(self._planned)
            fill_panel(self.panel, self.plan)
        self.panel.show()
        self.plan.begin_at(None)

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

    # ---- the chosen visit

    def _choose(self, line: VisitLine | None) -> None:
        seen = self._seen
        if self.plan is not None or seen is None:
            return
        if line is None:
            words = Text("Choose a visit to read it here.")
            fill_panel(self.panel, PlainLabel(words, Type.BODY, Tone.MUTED, fit=Fit.WRAP))
            return
        from kamdesk.desktop.account.visit_panel import read_visit

        visit = line.id
        self._page.ask(lambda desk: read_visit(desk, visit, seen), self._show_visit, key="visit")

    def _show_visit(self, found: "VisitSeen | None") -> None:
        from kamdesk.desktop.account.visit_panel import visit_panel

        if found is not None and self.plan is None:
            visit = found.visit.id
            fill_panel(self.panel, visit_panel(found, lambda: self._page.go("visit", visit)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < theme.now().px(900)
        for column in (1, 3):  # what the panel says as well
            self.list.view.setColumnHidden(column, narrow)
        super().resizeEvent(event)
        self.panel.fit(self.window().width())


def _settled_last(promise: Promise) -> tuple[str, bytes]:
    return (promise.settled_on.isoformat() if promise.settled_on else "", promise.id)
