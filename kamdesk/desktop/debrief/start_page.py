"""The page before the debrief, when nobody said which visit: it asks, one Enter answers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop.debrief.going import leave
from kamdesk.desktop.debrief.reading import to_write_up
from kamdesk.desktop.debrief.start import Start
from kamdesk.desktop.pages import Page
from kamdesk.desktop.sheets import Sheet

if TYPE_CHECKING:
    from datetime import date

    from kamdesk.domain.visits.store import VisitLine
    from kamdesk.workspace import Workspace

_Waiting = tuple["list[VisitLine]", "date", tuple[bytes, str] | None]


class StartPage(Page["Workspace"]):
    """The route's tab may name a customer (hex of its id): its visits are offered first."""

    title = Text("Log a visit")
    follows = ("visit",)
    keys = (("Enter", Text("The first that waits")), ("Esc", Text("Leave")))
    scrolls = False

    def build(self) -> None:
        self._holder: Sheet | None = None
        self.start: Start | None = None
        self.actions_here.add("debrief.leave", Text("Leave"), lambda: leave(self), keys="Esc")

    def panes(self) -> tuple[QWidget, ...]:
        return (self.start.line.field,) if self.start is not None else ()

    def reload(self) -> None:
        customer = bytes.fromhex(self.route.tab) if self.route.tab else None

        def asked(desk: "Workspace") -> _Waiting:
            found = desk.accounts.ask.find(AccountId(Id(customer))) if customer else None
            named = (bytes(found.id), found.called) if found is not None else None
            return to_write_up(desk, customer), desk.clock.today(), named

        self.ask(asked, self._show)

    def _show(self, waiting: _Waiting) -> None:
        typed = self.start.line.field.text() if self.start is not None else ""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self.start = Start()
        self.start.setMaximumWidth(720)
        self.start.show_waiting(*waiting)
        self.start.chosen.connect(self.around.go)
        self.start.looked_for.connect(self._look)
        self._holder = Sheet()
        self._holder.add(self.start, stretch=1)
        self.use(self._holder)
        self.start.line.field.setText(typed)
        if self.isVisible():
            self.start.line.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, typed: str) -> None:
        start = self.start

        def offered(hits: object) -> None:
            if start is not None and start is self.start and isinstance(hits, list):
                start.offer(hits)

        self.ask(lambda desk: desk.search.names(typed, 6).accounts, offered, key="customers")
