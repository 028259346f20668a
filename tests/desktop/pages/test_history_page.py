"""The history of any record: reached by a key, narrowed to a field, a value brought back."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from kamdesk.core.basis import Basis, Sureness
from kamdesk.desktop.pages import Route
from kamdesk.desktop.past.key import give_history_key

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier


def _change(here: Here, basis: Basis | None = None, **values: Any) -> None:
    def verb(desk: Any) -> Any:
        base = desk.accounts.ask.get(here.account.id)
        given = dict.fromkeys(values, basis) if basis else {}
        seen = desk.storage.position()
        return desk.accounts.change(replace(base, **values), base=base, seen=seen, bases=given)

    here.bench.do(None, verb)
    here.answered()


def test_the_key_shows_what_happened_to_what_one_looks_at(here: Here) -> None:
    give_history_key(here.window)
    page = here.go(Route("account", here.account.id))
    here.qtbot.keyClick(here.window, Qt.Key.Key_H, CTRL)
    here.answered()
    history: Any = here.window.page
    assert history.route == Route("history", here.account.id)
    assert history._head.title.text() == "History of 澜川精密轴承有限公司"
    assert here.window.windowTitle().startswith("History")
    here.window.go(Route("account", here.account.id, "visits"))
    here.answered()
    page = here.window.page
    assert page.visits.list.choose(here.visit)
    here.qtbot.keyClick(here.window, Qt.Key.Key_H, CTRL)
    here.answered()
    rows = here.window.page.table_here.list.lines
    assert {row.field for row in rows} >= {"Objective", "State"}
    assert {row.by for row in rows} == {"林晓彤"}


def test_one_field_is_shown_and_its_value_brought_back_and_undone(here: Here) -> None:
    said = Basis(as_of=date(2025, 12, 31), source="年报", sureness=Sureness.DOCUMENT)
    _change(here, said, employees=1200)
    _change(here, employees=1300)
    page = here.go(Route("history", here.account.id))
    only = page.table_here.only
    assert "Employees" in only.values
    only.choose("Employees")
    rows = page.table_here.list.lines
    before = "1200 · as of 2025-12-31 · 年报 · a document"
    assert [(row.before, row.after) for row in rows] == [(before, "1300"), ("", before)]
    page.table_here.list.choose(rows[0].id)
    assert not page.table_here.back.isEnabled()
    page.actions_here["history.restore"].trigger()
    assert here.told().startswith("This stands so now. Choose an earlier line")
    here.window.notices.clear()
    page.table_here.list.choose(rows[1].id)
    page.actions_here["history.restore"].trigger()
    assert here.told() == "Brought back: Employees."
    here.answered()
    assert only.value == "Employees"
    assert len(page.table_here.list.lines) == 3
    desk = here.desk()
    assert desk.accounts.ask.get(here.account.id).employees == 1200
    assert desk.accounts.ask.bases(here.account.id)["employees"] == said
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, CTRL)
    assert here.told() == "Undone: Bring a value back."
    here.answered()
    assert here.desk().accounts.ask.get(here.account.id).employees == 1300


def test_a_customers_history_holds_its_sites(here: Here) -> None:
    def verb(desk: Any) -> Any:
        return desk.accounts.put_site(replace(desk.accounts.new_site(here.account.id), name="东区"))

    here.bench.do(None, verb)
    here.answered()
    page = here.go(Route("history", here.account.id))
    rows = page.table_here.list.lines
    assert ("东区 · Name", "东区") in {(row.field, row.after) for row in rows}


def test_a_record_that_never_was_is_explained(here: Here) -> None:
    page = here.go(Route("history", bytes(16)))
    assert page.content is None
    assert not page.table_here.isVisible()
