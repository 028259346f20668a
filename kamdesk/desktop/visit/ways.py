"""What can be done with a visit: its actions with their keys, shown as they fit its state."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.visit.facts import STAY_KEYS
from kamdesk.desktop.visit.reading import VisitSeen
from kamdesk.desktop.visits.verbs import closing, dropping, holding, planning_again, undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.questions import MOST

if TYPE_CHECKING:
    from kamdesk.desktop.visit.page import VisitPage


class Ways:
    """Actions and buttons of the page of a visit."""

    def __init__(self, page: "VisitPage") -> None:
        self._page = page
        add = page.actions_here.add
        brief = add("visit.brief", Text("Visit brief"), self._brief, keys="B", icon="file-text")
        table = add("visit.table", Text("Table page"), self._table, keys="T", icon="table-2")
        write_up = add("visit.debrief", Text("Write up"), self._write_up, keys="L", icon="pencil")
        add("visit.edit", Text("Edit in place"), page.edit, keys="E")
        add("visit.add", Text("Add somebody"), self._add_somebody, keys="A", icon="user-plus")
        add("visit.promise", Text("Add a promise"), self._promise, keys="P")
        add("visit.fact", Text("Note what was learnt"), self._fact, keys="F")
        add("visit.stays", Text("The note stays only on this computer"), self._stays,
            keys=STAY_KEYS)  # fmt: skip
        add("visit.paper", Text("Paper of this visit"), self._brief, keys="Ctrl+P", icon="printer")
        add("visit.customer", Text("Show the customer"), self._customer, keys="K")
        for n in range(1, MOST + 1):
            add(f"visit.question{n}", Text("Take over question {n}", n=n),
                partial(self._question, n), keys=str(n))  # fmt: skip
        self._move = add("visit.move", Text("Move visit"), partial(page.begin, "time"), keys="M",
                         icon="clock")  # fmt: skip
        self._hold = add("visit.hold", Text("It took place"), self._held, keys="H", icon="check")
        self._close = add("visit.close", Text("Close"), self._closed, keys="C",
                          icon="circle-check")  # fmt: skip
        self._drop = add("visit.drop", Text("Drop"), self._dropped, keys="Del", icon="circle-x")
        self._again = add("visit.again", Text("Plan again"), self._planned_again, keys="U",
                          icon="calendar-plus")  # fmt: skip
        history = add(
            "visit.history", Text("History"), self._history, keys="Ctrl+H", icon="history"
        )
        self._to_write_up = Button.of(write_up, kind=Kind.PRIMARY)
        self.head_buttons: tuple[QWidget, ...] = (
            Button.of(brief),
            Button.of(table),
            self._to_write_up,
        )
        shown = (self._move, self._hold, self._close, self._drop, self._again)
        self._buttons: dict[str, Button] = {one.id: Button.of(one) for one in shown}
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        for button in (*self._buttons.values(), Button.of(history)):
            row.addWidget(button)
        row.addStretch(1)

    def show_seen(self, seen: VisitSeen) -> None:
        """Offer what can be done with the visit as it is."""
        state = seen.visit.state
        planned, held = state is VisitState.PLANNED, state is VisitState.HELD
        dropped = state is VisitState.DROPPED
        for action, can in (
            (self._move, planned),
            (self._hold, planned and seen.past),
            (self._close, held or (planned and seen.past)),
            (self._drop, planned),
            (self._again, dropped),
        ):
            self._offer(action, can)
        due = held or (planned and seen.past)
        self._to_write_up.kind = Kind.PRIMARY if due else Kind.QUIET
        self._to_write_up.updateGeometry()
        self._to_write_up.update()

    def _offer(self, action: Action, can: bool) -> None:
        action.enable(can)
        self._buttons[action.id].setVisible(can)

    # ---- going

    def _brief(self) -> None:
        self._page.go("brief", self._page.visit, "visit")

    def _table(self) -> None:
        self._page.go("paper", self._page.visit, "table")

    def _write_up(self) -> None:
        self._page.go("debrief", self._page.visit)

    def _history(self) -> None:
        self._page.go("history", self._page.visit)

    def _customer(self) -> None:
        if self._page.content is not None:
            self._page.go("account", self._page.content.file.account.id, "visits")

    # ---- doing

    def _add_somebody(self) -> None:
        self._page.body.seats.line.setFocus()

    def _promise(self) -> None:
        self._page.body.promises.line.begin()

    def _fact(self) -> None:
        self._page.body.facts.begin()

    def _stays(self) -> None:
        self._page.body.facts.tick()

    def _question(self, n: int) -> None:
        self._page.body.suggestions.take(n)

    def _held(self) -> None:
        self._page.do(holding(self._page.visit, self._page.seen))

    def _closed(self) -> None:
        self._page.do(closing(self._page.visit, self._page.seen))

    def _planned_again(self) -> None:
        self._page.do(planning_again(self._page.visit, self._page.seen))

    def _dropped(self) -> None:
        page = self._page
        page.do(
            dropping(page.visit, page.seen),
            lambda _: page.around.say(Text("The visit is dropped."), way_out=undo_of(page)),
        )
