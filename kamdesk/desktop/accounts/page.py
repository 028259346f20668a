"""The list of customers: what one opens the window on."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.accounts.spellings import Spellings, spell
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.domain.accounts.store import AccountLine

if TYPE_CHECKING:
    from kamdesk.desktop.widgets.columns import Column
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
        ("Ctrl+E", Text("Export what is seen")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, spellings: Spellings) -> None:
        self._spellings = spellings
        super().__init__(around, route)

    def build(self) -> None:
        from kamdesk.desktop.accounts.columns import Today, columns
        from kamdesk.desktop.widgets.states import EmptyState

        add = self.actions_here.add
        self._filter = add(
            "accounts.filter", Text("Filter"), self._look_for, keys="/", icon="filter"
        )
        self._export = add(
            "accounts.export",
            Text("Export what is seen"),
            self._ask_where_to,
            keys="Ctrl+E",
            icon="download",
        )
        take = add(
            "accounts.import", Text("Import"), self._ask_for_file, keys="Ctrl+I", icon="upload"
        )
        new = add("accounts.new", Text("New customer"), self._begin_new, keys="N", icon="plus")
        self._head = self.head(
            Text("Customers"),
            "",
            Button.of(self._filter, words_shown=False),
            Button.of(take),
            Button.of(new, kind=Kind.PRIMARY),
        )
        self._today = Today()
        self._unspelt: list[str] = []
        self._form: Any = None
        self.list = self.table(
            Text("Customers"),
            columns(self._spellings, self._today),
            key="accounts",
            empty=EmptyState(
                "building-2",
                Text("No customers yet"),
                Text(
                    "The customers you look after stand here. Import your list as it is, from"
                    " Excel or CSV, or enter the first one with N."
                ),
                take,
            ),
        )
        self.list.opened.connect(lambda line: self.go("account", line.id))
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
        self._filter.enable(bool(shown.lines))
        self._export.enable(bool(shown.lines))
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

    def _look_for(self) -> None:
        self.list.look_for()

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

    def _ask_where_to(self) -> None:
        from kamdesk.desktop.files import ask_where_to

        name = looks.said(Text("Customers"))
        path = ask_where_to(self, Text("Export what is seen"), name, Text("Table"), ".csv")
        if path is not None:
            self._write(path, self.list.model.columns, self.list.lines)

    def _write(
        self, path: Path, columns: "Sequence[Column[AccountLine]]", lines: list[AccountLine]
    ) -> None:
        language = looks.language()

        def write(_desk: "Workspace") -> int:
            from kamdesk.transfer.writers.delimited import write_delimited

            rows = ([_plain(column, line) for column in columns] for line in lines)
            titles = [column.title for column in columns]
            write_delimited(path, titles, rows, language=language)
            return len(lines)

        self.ask(
            write,
            lambda n: self.around.say(
                Text("{n} row is in {file}.", "{n} rows are in {file}.", n=n, file=path.name)
            ),
            self._not_written,
            key="export",
        )

    def _not_written(self, refusal: Refusal) -> None:
        self.around.say(refusal.said)


def _plain(column: "Column[AccountLine]", line: AccountLine) -> Text | str | None:
    if column.title.source in ("Last visit", "Next visit"):
        stored = line.last_visit if column.title.source == "Last visit" else line.next_visit
        moment = Instant.read(stored)
        return moment.day.isoformat() if moment else None
    return column.show(line)


def account_id(record: bytes | None) -> AccountId:
    """Return the id of the customer a route names."""
    return AccountId(Id(record or b""))
