"""The list of opportunities: the next expected first; those won or lost at wish."""

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop.list_page import ListPage
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.opportunities.columns import columns
from kamdesk.desktop.opportunities.said import opened_words
from kamdesk.desktop.pages import Route
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.record_field import Offered
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.opportunities.store import OpportunityLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

MOST: Final = 3_000
"""So many are listed, the next expected first."""


class Shown(NamedTuple):
    """What the list is given: lines, how many are open, how many there are to list in all."""

    lines: list[OpportunityLine]
    open: int
    total: int
    today: Day


def read_opportunities(desk: "Workspace", *, settled: bool) -> Shown:
    """Return the open opportunities, or all."""
    ask = desk.opportunities.ask
    open_ones = ask.count()
    total = ask.count(settled=True) if settled else open_ones
    return Shown(ask.lines(settled=settled, most=MOST), open_ones, total, desk.clock.today())


class OpportunitiesPage(ListPage):
    """All opportunities: filtered, opened, added. Tab ``new`` opens the form."""

    title = Text("Opportunities")
    gives_way = ("Step", "State")
    follows = ("opportunity", "account")
    keys = (
        ("/", Text("Filter")),
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("A", Text("Add an opportunity")),
    )

    def build(self) -> None:
        add = self.actions_here.add
        new = add(
            "opportunities.new", Text("Add an opportunity"), self.begin_add, keys="A", icon="plus"
        )
        settled = add(
            "opportunities.settled",
            Text("Won and lost too"),
            self._show_settled,
            keys="S",
            icon="filter",
        )
        self._today = Today()
        self._settled = False
        self._head = self.head(Text("Opportunities"))
        self.list = self.table(
            Text("Opportunities"),
            columns(self._today),
            key="opportunities",
            empty=EmptyState(
                "target",
                Text("No opportunity is open"),
                Text(
                    "What you may sell stands here: to whom, worth what, by when, how far it is."
                    " A adds one; a list can be imported."
                ),
                new,
            ),
        )
        self._which = Button.of(settled)
        self._of_list = give_list_actions(self, self.list, Text("Opportunities"))
        self._head.put(
            *self._of_list.buttons(),
            self._which,
            Button.of(new, kind=Kind.PRIMARY),
        )
        self.list.opened.connect(lambda line: self.go("opportunity", line.id))
        RowSigns(self, self.list)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.route.tab == "new":
            QTimer.singleShot(0, self, self.begin_add)

    # ---- lines

    def reload(self) -> None:
        settled = self._settled
        self.ask(lambda desk: read_opportunities(desk, settled=settled), self._show)

    def _show(self, shown: Shown) -> None:
        self._today.day = shown.today
        self.list.show_lines(shown.lines)
        self._of_list.enable(bool(shown.lines))
        if shown.total > len(shown.lines):
            n, total = f"{len(shown.lines):,}", f"{shown.total:,}"
            self._head.remark.say(
                Text("the {n} of {total} that are expected next", n=n, total=total)
            )
        else:
            words = opened_words(shown.open, shown.total - shown.open)
            self._head.remark.say(words if shown.total else "")

    def _show_settled(self) -> None:
        self._settled = not self._settled
        self._which.say(Text("Open ones only") if self._settled else Text("Won and lost too"))
        self.reload()

    # ---- doing

    def begin_add(self) -> None:
        """Open the form for a new opportunity beside the list."""
        from kamdesk.desktop.opportunities.add import AddOpportunity

        if isinstance(self.panel, AddOpportunity):
            return
        form = AddOpportunity(self, "opportunities::new")
        form.closed.connect(self.end_step)
        form.added.connect(partial(self.go, "opportunity"))
        self.put_beside(form)
        form.begin()

        def meant(account: Account | None) -> None:
            if account is not None and not form.account.text():
                form.account.choose(Offered(account.id, account.called))

        if (record := self.route.record) is not None:
            self.ask(lambda desk: desk.accounts.ask.find(AccountId(Id(record))), meant, key="whose")

    def resume(self, place: str) -> None:
        if place.endswith(":new"):
            self.begin_add()

    @property
    def here(self) -> Route:
        return Route("opportunities")
