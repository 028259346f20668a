"""Customers filtered by conditions, kept filters as chips, groups; all by keys."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        (core,) = desk.accounts.ask.by_name("澜川")
        field = replace(desk.own_fields.new("ERP", Of.ACCOUNT, Sort.CHOICE), choices=("SAP", "Kd"))
        desk.own_fields.add(field)
        desk.own_fields.write(core, field, "SAP")
        part = replace(desk.accounts.new("澜川轴承座厂"), group_parent=core, city="无锡")
        desk.accounts.add(part)
        far = replace(desk.accounts.new("北屏重工"), class_by_hand=AccountClass.CORE, city="大连")
        desk.accounts.add(far)

    return more


def names(here: Here) -> list[str]:
    page: Any = here.window.page
    return [line.name for line in page.list.lines]


def press(
    here: Here, widget: QWidget, key: Qt.Key, how: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    here.qtbot.keyClick(widget, key, how)
    here.answered()


def test_conditions_narrow_the_list_at_once_and_are_kept_as_a_chip(here: Here) -> None:
    page: Any = here.window.page
    assert page.looking.chips.isHidden()
    press(here, page.list.view, Qt.Key.Key_F, CTRL)
    panel = page.in_panel
    assert panel._rows[0].field.hasFocus()
    panel._rows[0].value.choose("core")
    assert set(names(here)) == {"澜川精密轴承有限公司", "北屏重工"}
    press(here, panel, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    panel._rows[1].field.choose("last_visit")
    panel._rows[1].test.choose(Test.NOT_FOR)
    panel._rows[1].value.setText("30")
    assert names(here) == ["北屏重工"]
    assert page._head.remark.text() == "1 of 3 customers"
    assert panel._left.text() == "1 of 3 customers"
    panel.name.setFocus()
    press(here, panel.name, Qt.Key.Key_Return, CTRL)
    assert panel.form.rows["name"].refusal == "Give the filter a name."
    panel.name.setText("Core, long not seen")
    press(here, panel.name, Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.looking._chosen not in ("now", "all"))
    here.answered()
    assert page.looking.chips.words == ["All customers, 3", "Core, long not seen, 1"]
    press(here, page.list.view, Qt.Key.Key_1, CTRL)
    assert len(names(here)) == 3
    press(here, page.list.view, Qt.Key.Key_2, CTRL)
    assert names(here) == ["北屏重工"]
    desk = here.desk()
    (saved,) = desk.filters.ask.of_list("accounts")
    assert saved.conditions == (
        Condition(field="class", test=Test.IS, value="core"),
        Condition(field="last_visit", test=Test.NOT_FOR, value="30"),
    )
    desk.close()
    assert not page.grab().isNull()


def test_a_kept_filter_is_deleted_and_comes_back(here: Here) -> None:
    page: Any = here.window.page
    core = Condition(field="class", test=Test.IS, value="core")
    page.do(lambda desk: desk.filters.keep("Core", "accounts", (core,)))
    here.answered()
    press(here, page.list.view, Qt.Key.Key_2, CTRL)
    press(here, page.list.view, Qt.Key.Key_F, CTRL)
    panel = page.in_panel
    assert panel.name.text() == "Core"
    assert [row.condition for row in panel._rows] == [core]
    press(here, panel, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert here.told() == "The filter “Core” is deleted."
    here.answered()
    assert page.looking.chips.isHidden()
    assert len(names(here)) == 3
    press(here, page.list.view, Qt.Key.Key_Z, CTRL)
    here.qtbot.waitUntil(lambda: len(page.looking.chips.words) == 2)


def test_customers_are_grouped_counted_and_folded(here: Here) -> None:
    page: Any = here.window.page
    page.looking.groups.choose("class")
    rows = [page.list.model.data(page.list.model.index(n, 0)) for n in range(5)]
    assert rows[0] == "Core · 2 customers · 1 promise overdue · 1 never visited"
    assert rows[3] == "Not known · 1 customer · 1 never visited"
    press(here, page.list.view, Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.list.model.rowCount() == 2
    press(here, page.list.view, Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.list.model.rowCount() == 5
    assert page.around.remembered.get("accounts.grouped") == "class"


def test_companies_of_a_group_stand_below_each_other(here: Here) -> None:
    page: Any = here.window.page
    page.looking.groups.choose("companies")
    model = page.list.model
    assert [model.data(model.index(n, 0)) for n in range(5)] == [
        "澜川精密轴承有限公司 · 2 customers · 1 promise overdue · 1 never visited",
        "澜川精密轴承有限公司",
        "澜川轴承座厂",
        "In no group · 1 customer · 1 never visited",
        "北屏重工",
    ]
    assert [model.depth(row) for row in (1, 2, 4)] == [1, 2, 1]
    assert not page.list.grab().isNull()


def test_an_own_field_is_a_column_a_condition_and_goes_when_retired(here: Here) -> None:
    page: Any = here.window.page
    column = next(one for one in page.list.seen.every if one.title == "ERP")
    assert not page.list.seen.is_seen(column.name)
    page.list.seen.show(column.name)
    page.list.choose(here.account.id)
    assert page.list.shown("ERP", page.list.view.currentIndex().row()) == "SAP"
    press(here, page.list.view, Qt.Key.Key_F, CTRL)
    row = page.in_panel._rows[0]
    row.field.choose(column.name)
    assert list(row.value.values) == ["", "SAP", "Kd"]
    row.test.choose(Test.UNKNOWN)
    assert set(names(here)) == {"澜川轴承座厂", "北屏重工"}
    page.do(lambda desk: desk.own_fields.retire(desk.own_fields.ask.fields()[0]))
    here.answered()
    assert "ERP" not in [one.title for one in page.list.seen.every]
