"""The list of customers: what one opens the window on."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.accounts.spellings import Spellings, spell
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.domain.accounts.store import AccountLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_AT_ONCE = 300
"""Names spelt in one go; other questions are answered in between."""


class Shown(NamedTuple):
    """What the list is given."""

    lines: list[AccountLine]
    today: Day


class AccountsPage(Page["Workspace"]):
    """All customers: filtered, sorted, opened; new ones by hand or from a file."""

    title = Text("Customers")
    scrolls = False
    follows = ("account", "visit", "colleague")
    keys = (
        ("/", Text("Filter")),
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("Alt+C", Text("Columns")),
        ("Ctrl+E", Text("Export what is seen")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, spellings: Spellings) -> None:
        self._spellings = spellings
        super().__init__(around, route)

    def build(self) -> None:
        from kamdesk.desktop.accounts.columns import Today, columns
        from kamdesk.desktop.widgets.states import EmptyState

        add = self.actions_here.add
        take = add(
            "accounts.import", Text("Import"), self._ask_for_file, keys="Ctrl+I", icon="upload"
        )
        new = add("accounts.new", Text("New customer"), self._begin_new, keys="Ctrl+N", icon="plus")
        self._today = Today()
        self._unspelt: list[str] = []
        self._form: Any = None
        self._head = self.head(Text("Customers"))
        self.list = self.table(
            Text("Customers"),
            columns(self._spellings, self._today),
            key="accounts",
            empty=EmptyState(
                "building-2",
                Text("No customers yet"),
                Text(
                    "The customers you look after stand here. Import your list as it is, from"
                    " Excel or CSV, or enter the first one with Ctrl+N."
                ),
                take,
            ),
        )
        self.list.opened.connect(lambda line: self.go("account", line.id))
        self._of_list = give_list_actions(self, self.list, Text("Customers"))
        self._head.put(
            Button.of(self._of_list.find, words_shown=False),
            Button.of(self._of_list.columns, words_shown=False),
            Button.of(take),
            Button.of(new, kind=Kind.PRIMARY),
        )
        if self.list.model.sorted_by[0] < 0:
            self.list.model.sort(0)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    # ---- lines

    def reload(self) -> None:
        self.ask(lambda desk: Shown(desk.accounts.ask.lines(), desk.clock.today()), self._show)

    def _show(self, shown: Shown) -> None:
        self._today.day = shown.today
        self._unspelt = self._spellings.missing(line.name for line in shown.lines)
        self.list.show_lines(shown.lines)
        self._head.remark.say(
            Text("{n} customer", "{n} customers", n=len(shown.lines)) if shown.lines else ""
        )
        self._of_list.enable(bool(shown.lines))
        self._spell_on()

    def _spell_on(self) -> None:
        some, self._unspelt = self._unspelt[:_AT_ONCE], self._unspelt[_AT_ONCE:]
        if some:
            self.ask(lambda desk: spell(some, desk.search), self._spelt, key="spell")

    def _spelt(self, spelt: dict[str, Any]) -> None:
        self._spellings.learn(spelt)
        if self._unspelt:
            self._spell_on()
        else:
            self.list.show_lines(self.list.every)

    # ---- doing

    def _begin_new(self) -> None:
        from kamdesk.desktop.accounts.new_customer import NewCustomer

        if self._form is None:
            self._form = form = NewCustomer(self.workbench)
            form.wanted.connect(self._save_new)
            form.closed.connect(self._end_new)
            self.sheet.insert(1, form)
        self.list.setVisible(self.height() >= theme.now().px(560))
        self._form.begin()

    def resume(self, place: str) -> None:
        if place == "accounts.new":
            self._begin_new()

    def _end_new(self) -> None:
        self._form.hide()
        self.list.show()
        self.list.setFocus()

    def _save_new(self, given: dict[str, Any]) -> None:
        made: list[AccountId] = []

        def verb(desk: "Workspace") -> ChangeSet:
            account = replace(desk.accounts.new(given["name"]), **given)
            made[:] = [account.id]
            return desk.accounts.add(account)

        def saved(_: ChangeSet) -> None:
            self._form.clear()
            self._end_new()
            self.go("account", made[0])

        self.workbench.do(self, verb, saved, self._form.refused, key="new", form=self._form.still)

    def _ask_for_file(self) -> None:
        from kamdesk.desktop.files import ask_for_file

        path = ask_for_file(
            self, Text("Import a file"), Text("Tables"), "*.csv *.tsv *.txt *.xlsx *.xls"
        )
        if path is not None:
            self.go("import", os.fsencode(path))


def account_id(record: bytes | None) -> AccountId:
    """Return the id of the customer a route names."""
    return AccountId(Id(record or b""))
