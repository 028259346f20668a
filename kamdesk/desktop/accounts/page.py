"""The list of customers: what one opens the window on."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.accounts.looking import counts_of
from kamdesk.desktop.accounts.spellings import Spellings, spell
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.dossier.customer_list import CustomerList, customer_list

if TYPE_CHECKING:
    from kamdesk.desktop.panel_step import PanelStep
    from kamdesk.desktop.widgets.panes import SidePanel
    from kamdesk.workspace import Workspace

_AT_ONCE = 300
"""Names spelt in one go; other questions are answered in between."""


class Shown(NamedTuple):
    """What the page is given: the list, and how many customers each saved filter leaves."""

    list: CustomerList
    counts: Mapping[bytes, int]


class AccountsPage(Page["Workspace"]):
    """All customers: filtered, grouped, sorted, opened; many of them changed at once."""

    title = Text("Customers")
    scrolls = False
    follows = ("account", "visit", "colleague", "promise", "own_field", "saved_filter")
    keys = (
        ("/", Text("Find")),
        ("Ctrl+F", Text("Filter")),
        ("Enter", Text("Open")),
        ("E", Text("Change those chosen")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, spellings: Spellings) -> None:
        self._spellings = spellings
        super().__init__(around, route)

    def build(self) -> None:
        from kamdesk.desktop.accounts.changing import Changing
        from kamdesk.desktop.accounts.columns import columns
        from kamdesk.desktop.accounts.looking import Looking
        from kamdesk.desktop.row_signs import RowSigns
        from kamdesk.desktop.when import Today
        from kamdesk.desktop.widgets.states import EmptyState

        add = self.actions_here.add
        take = add(
            "accounts.import", Text("Import"), self._ask_for_file, keys="Ctrl+I", icon="upload"
        )
        new = add("accounts.new", Text("New customer"), self._begin_new, keys="Ctrl+N", icon="plus")
        self._today = Today()
        self._unspelt: list[str] = []
        self._form: Any = None
        self._panel: SidePanel | None = None
        self.in_panel: PanelStep | None = None
        self._head = self.head(Text("Customers"))
        self.looking = Looking(self)
        self.add(self.looking)
        self.looking.hide()
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
        RowSigns(self, self.list)
        self.changing = Changing(self)
        self._change = add(
            "accounts.change",
            Text("Change those chosen"),
            self.changing.begin,
            keys="E",
            icon="pencil",
        )
        self._of_list = give_list_actions(self, self.list, Text("Customers"))
        filters, change = Button.of(self.looking.filter), Button.of(self._change)
        filters.say(Text("Filter"))
        change.say(Text("Change"))
        self._head.put(
            Button.of(self._of_list.columns, words_shown=False),
            Button.of(self._of_list.export, words_shown=False),
            filters,
            change,
            Button.of(take),
            Button.of(new, kind=Kind.PRIMARY),
        )
        if self.list.model.sorted_by[0] < 0:
            self.list.model.sort(0)

    def panes(self) -> tuple[QWidget, ...]:
        shown = self._panel is not None and self._panel.isVisible()
        return (self.list, self._panel) if shown and self._panel else (self.list,)

    # ---- lines

    def reload(self) -> None:
        def question(desk: "Workspace") -> Shown:
            found = customer_list(desk.storage)
            return Shown(found, counts_of(found))

        self.ask(question, self._show)

    def _show(self, shown: Shown) -> None:
        from kamdesk.desktop.accounts.columns import columns

        found = shown.list
        self._today.day = found.today
        self._unspelt = self._spellings.missing(line.name for line in found.lines)
        self.list.show_columns(columns(self._spellings, self._today, found.own))
        self.list.show_lines(found.lines)
        self._of_list.enable(bool(found.lines))
        self._change.enable(bool(found.lines))
        self.looking.show_list(found, shown.counts)
        self._spell_on()

    def say_count(self) -> None:
        """Say beside the title how many customers there are, and how many are seen."""
        left, total = self.list.model.left, self.list.model.total
        words: Text | str = Text("{n} customer", "{n} customers", n=total) if total else ""
        if left != total:
            words = Text("{n} of {total} customers", n=left, total=total)
        self._head.remark.say(words)

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

    # ---- the panel at the side

    def begin_panel(self, step: "PanelStep") -> None:
        """Show a step in the side panel, instead of what it shows."""
        from kamdesk.desktop.panel_step import fill_panel
        from kamdesk.desktop.widgets.panes import SidePanel

        if self._panel is None:
            self._panel = SidePanel()
            self.beside(self._panel)
        self._panel.fit(self.window().width())
        self.in_panel = step
        fill_panel(self._panel, step)
        self._panel.show()
        step.begin()

    def end_panel(self) -> None:
        """Close the side panel and go back to the list."""
        if self._panel is not None and self.in_panel is not None:
            self.in_panel = None
            self._panel.hide()
            self.list.setFocus()

    # ---- doing

    def do_and_say(self, verb: "Callable[[Workspace], ChangeSet]", words: Text) -> None:
        """Do something and say it, with the way back beside it."""
        self.do(verb, lambda _: self.say_done(words))

    def say_done(self, words: Text) -> None:
        """Say what was done, with the way back beside it."""
        from kamdesk.desktop.taking_back import undo_way

        back = undo_way(self.workbench, self.around.say)
        self.around.say(words, way_out=back)

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
