"""The list of targets: whom of theirs our executives shall meet, plan by plan."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Crumb, Page
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import days_at_widest
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.access_plans.model import MOST_OPEN, STATE_WORDS, PlanState
from kamdesk.domain.access_plans.store import PlanLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class TargetsPage(Page["Workspace"]):
    """Open plans; with G those that are closed too."""

    title = Text("Executive plans")
    scrolls = False
    follows = ("access_plan", "access_step", "account", "person", "colleague")
    keys = (
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("G", Text("Closed ones too")),
        ("Ctrl+E", Text("Export what is seen")),
    )

    def build(self) -> None:
        self.today, self.closed_too = Day.max, False
        add = self.actions_here.add
        every = add("targets.closed", Text("Closed ones too"), self._turn, keys="G", icon="filter")
        customers = add(
            "targets.customers", Text("Go to the customers"), lambda: self.go("accounts"), keys="U"
        )
        top = Sheet(scrolls=False, foot=4)
        self.above(top)
        self._which = Button.of(every)
        self._head = top.head(self.title, "", self._which)
        self.warning = PlainLabel("", Type.SMALL, Tone.OCHRE, fit=Fit.WRAP)
        self.warning.hide()
        top.add(self.warning)
        self.list: RecordTable[PlanLine] = RecordTable(
            self.title,
            self._columns(),
            key="targets",
            remembered=self.around.remembered,
            empty=EmptyState(
                "briefcase",
                Text("No executive plan yet"),
                Text(
                    "A plan says whom of theirs our executive shall meet, why, how and what must"
                    " come of it. Open a customer’s decision chain, go to the matrix, choose the"
                    " person and press P."
                ),
                customers,
            ),
        )
        self.list.opened.connect(lambda line: self.go("access_plan", line.id))
        sheet = Sheet(scrolls=False, top=8, foot=12)
        sheet.add(self.list, reach="list", stretch=1)
        self.use(sheet)

    def _columns(self) -> tuple[Column[PlanLine], ...]:
        def day(value: Day | None) -> str:
            return looks.day(value, today=self.today)

        return (
            Column(Text("Person to meet"), show=lambda row: row.target, strong=True, least=110),
            Column(Text("Customer"), show=lambda row: row.account_name, least=110),
            Column(Text("Our executive"), show=lambda row: row.ours, least=110),
            Column(Text("Aim"), show=lambda row: row.aim_to, least=140),
            Column(
                Text("By"),
                show=lambda row: day(row.aim_by),
                sort_by=lambda row: row.aim_by,
                tone=lambda row: Tone.BRICK if self._late(row) else Tone.INK,
                widest=days_at_widest,
                plain=lambda row: row.aim_by,
            ),
            Column(
                Text("They meet"),
                show=lambda row: day(row.meets_on),
                sort_by=lambda row: row.meets_on,
                widest=days_at_widest,
                plain=lambda row: row.meets_on,
            ),
            Column(
                Text("Steps done"),
                show=lambda row: f"{row.done} / {row.steps}",
                sort_by=lambda row: row.done / max(row.steps, 1),
                align=Align.RIGHT,
                widest=lambda: ["10 / 10"],
            ),
            Column(Text("State"), show=lambda row: looks.capital(STATE_WORDS[row.state]), least=70),
        )

    def _late(self, row: PlanLine) -> bool:
        open_now = row.state is PlanState.OPEN
        return open_now and row.aim_by is not None and row.aim_by < self.today

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.title),)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    def reload(self) -> None:
        open_only = not self.closed_too

        def question(desk: "Workspace") -> tuple[list[PlanLine], Day]:
            return desk.access_plans.ask.lines(open_only=open_only), desk.clock.today()

        self.ask(question, lambda found: self._show(*found))

    def _show(self, lines: list[PlanLine], today: Day) -> None:
        self.today = today
        self.list.show_lines(lines)
        n = sum(line.state is PlanState.OPEN for line in lines)
        self._head.remark.say(Text("{n} open plan", "{n} open plans", n=n))
        self.warning.setVisible(n > MOST_OPEN)
        self.warning.say(
            Text(
                "{n} plans are open at once: five to eight can really be driven. Close some, or"
                " give some up.",
                n=n,
            )
        )

    def _turn(self) -> None:
        self.closed_too = not self.closed_too
        self._which.say(Text("Open ones only") if self.closed_too else Text("Closed ones too"))
        self.reload()
