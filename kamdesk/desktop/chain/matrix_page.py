"""The matrix of a decision chain: our team against their people, set by single keys."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccessPlanId, AccountId, ColleagueId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.drafts import draft_place
from kamdesk.desktop.chain.matrix_deeds import beginning, judging, owning
from kamdesk.desktop.chain.matrix_legend import MatrixLegend
from kamdesk.desktop.chain.matrix_model import MatrixModel
from kamdesk.desktop.chain.matrix_paint import MatrixFoot
from kamdesk.desktop.chain.matrix_panel import MatrixPanel
from kamdesk.desktop.chain.matrix_reading import CellSeen, read_cell
from kamdesk.desktop.chain.matrix_view import MatrixView
from kamdesk.desktop.chain.reading import read_deals
from kamdesk.desktop.chain.toolbar import ChainBar, read_tab, tab_of
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.chain.model import Map
from kamdesk.domain.chain.standing import What
from kamdesk.domain.opportunities.model import Opportunity
from kamdesk.dossier.cover_matrix import CoverMatrix, Spot, read_matrix

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_FIRST: Final = {
    What.COVERAGE: Text("Say first how well they know each other: 0 to 5."),
    What.COVERAGE_WANTED: Text("Say first how well they should know each other: Shift and 0 to 5."),
}
_Seen = tuple[CoverMatrix, tuple[Map, ...], tuple[Opportunity, ...], Instant]


class MatrixPage(Page["Workspace"]):
    """One customer's matrix; a route's tab names the map."""

    title = Text("Matrix")
    scrolls = False
    follows = (
        "reading", "person", "post", "holding", "seat", "map", "account", "colleague", "visit",
        "attendee", "tie", "access_plan",
    )  # fmt: skip
    keys = (
        ("0–5", Text("Now")),
        ("Shift+0–5", Text("Wanted")),
        ("M", Text("Owner")),
        ("G", Text("Gaps only")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.account = AccountId(Id(route.record or b""))
        self.view_tab, self.map_id = read_tab(route.tab)
        self.matrix: CoverMatrix | None = None
        self.today, self._zone = Day.max, "UTC"
        self.gaps_only = self.by_line = False
        self._also: tuple[ColleagueId, ...] = ()
        self._cell: CellSeen | None = None
        self._note_of: Spot | None = None
        self._resumed: list[str] = []
        self.step: PanelStep | None = None
        self._steps: SidePanel | None = None
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add("matrix.owner", Text("Make them the owner"), self.set_owner, keys="M", icon="star")
        gaps = add("matrix.gaps", Text("Gaps only"), self._turn_gaps, keys="G", icon="filter")
        lines = add("matrix.lines", Text("By line"), self._turn_lines, keys="T", icon="list-tree")
        add("matrix.clear", Text("Neither said nor needed"), self.clear, keys="", icon="x")
        ours = add(
            "matrix.ours", Text("Add one of ours"), self._begin_ours, keys="A", icon="user-plus"
        )
        plan = add(
            "matrix.plan", Text("Executive plan"), self.open_plan, keys="P", icon="briefcase"
        )
        visit = add(
            "matrix.visit", Text("Plan a visit"), self._begin_visit, keys="N", icon="calendar-plus"
        )
        paper = add("matrix.paper", Text("Print"), self._print, keys="Ctrl+P", icon="printer")
        chain = add(
            "matrix.chain", Text("Draw the decision chain"), self._go_to_chain, icon="network"
        )
        self._needs_spot = (self.actions_here["matrix.owner"], plan, visit)
        self.bar = ChainBar(
            tab_of("matrix", self.map_id), [Button.of(one) for one in (ours, lines, gaps, paper)]
        )
        self.bar.wanted.connect(partial(self.go, "chain", self.account))
        self.bar.deal.connect(partial(self.go, "opportunity"))
        self.above(self.bar)
        self.model = MatrixModel()
        self.grid = MatrixView(self.model)
        self.foot, self.legend = MatrixFoot(self.grid), MatrixLegend(self.grid)
        self.empty = EmptyState(
            "table-2",
            Text("Nobody stands on this map yet"),
            Text(
                "The matrix shows who of ours knows whom of theirs, and who should. Put their"
                " people on the map first; they come here by themselves."
            ),
            chain,
        )
        main = QWidget()
        column = QVBoxLayout(main)
        look = theme.now()
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        column.setSpacing(0)
        column.addWidget(self.grid, 1000)
        column.addWidget(self.foot)
        column.addWidget(self.legend)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(main)
        self._stack.addWidget(self.empty)
        self.panel = MatrixPanel(self, visit, plan)
        self.use(self._stack, self.panel)
        self.panel.hide()
        self.grid.stood.connect(self._stand)
        self.grid.opened.connect(lambda: self.panel.now.setFocus(Qt.FocusReason.TabFocusReason))
        self.grid.cleared.connect(self.clear)
        for told in (self.grid.now_set, self.panel.now_set):
            told.connect(partial(self.set_step, What.COVERAGE))
        for told in (self.grid.wanted_set, self.panel.wanted_set):
            told.connect(partial(self.set_step, What.COVERAGE_WANTED))
        self.panel.visit_wanted.connect(partial(self.go, "visit"))

    def crumbs(self) -> tuple[Crumb, ...]:
        customers = Crumb(Text("Customers"), Route("accounts"))
        here = Crumb(Text("Decision chain"))
        if self.matrix is None:
            return customers, here
        called = looks.cut(self.matrix.net.account_name, 60)
        return customers, Crumb(called, Route("account", self.account)), here

    def panes(self) -> tuple[QWidget, ...]:
        if self._stack.currentWidget() is self.empty:
            return self.empty, self.bar.views
        return self.grid, self.panel.now, self.bar.views

    # ---- showing

    def reload(self) -> None:
        account, map_id, also = self.account, self.map_id, self._also

        def question(desk: "Workspace") -> _Seen | None:
            if desk.accounts.ask.find(account) is None:
                return None
            now = desk.clock.now()
            reader = desk.storage.reader
            matrix = read_matrix(reader, account, at=now, map_id=map_id, also=also)
            maps = sorted(desk.chain.ask.maps(account), key=lambda one: bool(one.name))
            return matrix, tuple(maps), read_deals(desk, account), now

        self.ask(question, self._show)

    def _show(self, seen: _Seen | None) -> None:
        if seen is None:
            words = Text("It was deleted. Ctrl+Z brings it back if you did it just now.")
            name = Text("This customer is not here any more")
            self.use(EmptyState("building-2", name, words))
            self._stack.hide()
            self.panel.hide()
            return
        first = self.matrix is None
        self.matrix, maps, deals, now = seen
        self.today, self._zone = now.day, now.zone
        shown_map = self.matrix.net.map
        self.bar.show_maps(maps, shown_map.id if shown_map else None, deals)
        self._fill()
        if first and self.grid.isVisible():
            self.grid.setFocus()
        self.renamed.emit()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def _fill(self) -> None:
        matrix, spot = self.matrix, self.grid.spot
        if matrix is None:
            return
        people = bool(matrix.rows)
        self._stack.setCurrentIndex(0 if people else 1)
        self.panel.setVisible(people and self.step is None)
        self.model.show(matrix, gaps_only=self.gaps_only, by_line=self.by_line)
        self.grid.stand(spot)
        self.legend.say(gaps_only=self.gaps_only, left=len(matrix.rows) - self.model.people)
        for action in self._needs_spot:
            action.enable(self.grid.spot is not None)

    def _stand(self, spot: Spot) -> None:
        here = self.grid.currentIndex()
        row = self.model.row(here.row())
        if row is None or self.matrix is None:
            return
        self.panel.show_spot(self.model, spot, row, self.model.columns[here.column()])
        net = self.matrix.net
        self.ask(lambda desk: read_cell(desk, net, spot), self._show_cell, key="cell")

    def _show_cell(self, cell: CellSeen) -> None:
        self._cell = cell
        self.panel.show_cell(cell)
        while self._resumed:
            self.resume(self._resumed.pop(0))

    # ---- setting

    def set_step(self, what: What, value: int) -> None:
        """Set how well one of ours knows one of theirs, or should, from today on."""
        self._judge({what: str(value)})

    def clear(self) -> None:
        """Say that a relationship is neither known nor needed."""
        self._judge({What.COVERAGE: "", What.COVERAGE_WANTED: ""})

    def _judge(self, values: dict[What, str]) -> None:
        spot, cell = self.grid.spot, self._cell
        if spot is None or self.matrix is None:
            return
        why = cell.wanted.note if cell and cell.spot == spot and cell.wanted else ""
        notes = {What.COVERAGE_WANTED: why}
        self.do(judging(self.matrix.net, spot, values, notes))

    def set_owner(self) -> None:
        """Let the colleague one stands on answer for the person; again: nobody does."""
        spot = self.grid.spot
        if spot is None:
            return
        if spot.colleague is None:
            self.around.say(Text("Choose one of ours by name: who owns somebody has a name."))
        else:
            self.do(owning(PersonId(spot.person), spot.colleague, self.seen))

    # ---- why and evidence

    def place_of(self, name: str) -> str:
        """Return what the draft of a note on the cell one stands on is called."""
        spot = self._note_of
        who = (
            f"{spot.person.hex()}.{spot.colleague.hex() if spot.colleague else ''}" if spot else ""
        )
        return draft_place(self.route, f"{name}:{who}")

    def begin_note(self, _name: str) -> None:
        """Remember for which cell a note is written."""
        self._note_of = self.grid.spot

    def save_note(self, field: InPlace, typed: object) -> None:
        """Save why somebody should be known better, or what the relationship stands on."""
        spot, cell = self._note_of, self._cell
        what = What.COVERAGE_WANTED if field.name == "why" else What.COVERAGE
        if spot is None or cell is None or cell.spot != spot or self.matrix is None:
            return
        value = cell.cover.wanted if what is What.COVERAGE_WANTED else cell.cover.now
        if value is None:
            field.refused(RuleBroken(_FIRST[what]))
            return
        note = str(typed or "")

        def saved(_: ChangeSet) -> None:
            field.show_value(note, note)
            field.end()

        verb = judging(self.matrix.net, spot, {what: str(value)}, {what: note})
        key = f"note:{field.name}"
        self.workbench.do(self, verb, saved, field.refused, key=key, form=field.still)

    def resume(self, place: str) -> None:
        what = place.split(":")[2:]
        if self.matrix is None:
            self._resumed.append(place)
            return
        if len(what) == 2 and what[0] in self.panel.fields:
            person, _, ours = what[1].partition(".")
            colleague = ColleagueId(Id(bytes.fromhex(ours))) if ours else None
            spot = Spot(Id(bytes.fromhex(person)), colleague)
            if self._cell is None or self._cell.spot != spot:
                if self.model.find(spot).isValid():
                    self.grid.stand(spot)
                    self._resumed.append(place)
                return
            self.panel.fields[what[0]].begin()
        elif what == ["visit"]:
            self._begin_visit()

    # ---- other ways to see it

    def _turn_gaps(self) -> None:
        self.gaps_only = not self.gaps_only
        self._fill()

    def _turn_lines(self) -> None:
        self.by_line = not self.by_line
        self._fill()

    def _print(self) -> None:
        self.go("paper", self.account, "matrix")

    def _go_to_chain(self) -> None:
        self.go("chain", self.account, tab_of("organisation", self.map_id))

    # ---- the side panel's steps

    def _begin_ours(self) -> None:
        from kamdesk.desktop.chain.matrix_ours import OursStep

        step = OursStep(self)
        step.added.connect(self._add_ours)
        self.begin(step)

    def _add_ours(self, colleague: bytes) -> None:
        self._also = (*self._also, ColleagueId(Id(colleague)))
        self.end()
        self.reload()

    def _begin_visit(self) -> None:
        from kamdesk.desktop.visits.new_visit import NewVisit

        if (spot := self.grid.spot) is None:
            return
        form = NewVisit(
            self.workbench,
            f"chain:{self.account.hex()}:visit",
            self.today,
            self._zone,
            account=self.account,
            with_whom=PersonId(spot.person),
        )
        form.planned.connect(self._planned)
        self.begin(form)

    def _planned(self, visit: bytes) -> None:
        self.end()
        way_out = (Text("Open"), "Alt+O", partial(self.go, "visit", visit))
        self.around.say(Text("The visit is planned."), way_out=way_out)

    def open_plan(self) -> None:
        """Open the executive plan for the person, or begin one with the standard steps."""
        spot, cell = self.grid.spot, self._cell
        if spot is None or cell is None or cell.spot != spot or self.matrix is None:
            return
        if cell.plan is not None:
            self.go("access_plan", cell.plan)
            return

        def begun(changes: ChangeSet) -> None:
            (plan,) = changes.of("access_plan")
            self.go("access_plan", AccessPlanId(plan))

        self.do(beginning(self.matrix.net, cell), begun)

    def begin(self, step: PanelStep) -> None:
        """Show a step in place of the cell."""
        if self._steps is None:
            self._steps = SidePanel()
            self._side_by_side.addWidget(self._steps)
        self.step = step
        step.closed.connect(self.end)
        fill_panel(self._steps, step)
        self._steps.fit(self.window().width())
        self.panel.hide()
        self._steps.show()
        step.begin()

    def end(self) -> None:
        """Show the cell again."""
        from kamdesk.desktop.drafting import open_drafts

        if self._steps is not None:
            for draft in open_drafts(self._steps):
                draft.close()
            self._steps.hide()
        self.step = None
        self.panel.show()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
        if self._steps is not None:
            self._steps.fit(self.window().width())
