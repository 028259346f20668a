"""The matrix: steps set by digits, owners, gaps, the panel; nothing asked twice, all undoable."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.cover_matrix import read_matrix
from kamdesk.workspace import Workspace

from .conftest import Here

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """Two of ours beside oneself, one of them on the account team."""

    def more(desk: Workspace) -> None:
        (line,) = desk.accounts.ask.lines()
        for name, title in (("吴启明", "售前顾问"), ("贺川", "副总裁")):
            desk.team.add(replace(desk.team.new(name), title=title))
        who = {one.name: one.id for one in desk.team.ask.everybody()}
        desk.accounts.set_team(line.id, (who["吴启明"], who["贺川"]), base=())

    return more


def matrix(here: Here) -> Any:
    return here.go(Route("chain", here.account.id, "matrix"))


def press(here: Here, page: Any, *keys: Any) -> None:
    for key in keys:
        key, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(page.grid, key, modifier)
        here.answered()


def cell(here: Here, name: str, ours: str) -> tuple[int | None, int | None]:
    desk = here.desk()
    found = read_matrix(desk.storage.reader, here.account.id, at=desk.clock.now())
    (row,) = (row for row in found.rows if row.node.name == name)
    (at,) = (n for n, column in enumerate(found.columns) if column.name == ours)
    desk.close()
    return row.cells[at].now, row.cells[at].wanted


def test_digits_set_now_and_with_shift_wanted_and_ctrl_z_takes_each_back(here: Here) -> None:
    page = matrix(here)
    assert [column.name for column in page.model.columns] == ["吴启明", "贺川"]
    name = page.model.row(page.grid.currentIndex().row()).node.name
    press(here, page, Qt.Key.Key_2, (Qt.Key.Key_4, SHIFT))
    assert cell(here, name, "吴启明") == (2, 4)
    assert page.model.row(0).gap == 2
    press(here, page, Qt.Key.Key_Right, (Qt.Key.Key_NumberSign, SHIFT))
    assert cell(here, name, "贺川") == (None, 3)
    assert page.model.row(0).gap == 5
    for _ in range(2):
        here.window.actions_here["undo"].trigger()
        here.answered()
    assert cell(here, name, "吴启明") == (2, None)


def test_del_says_neither_and_the_history_stays(here: Here) -> None:
    page = matrix(here)
    press(here, page, Qt.Key.Key_3, (Qt.Key.Key_5, SHIFT), Qt.Key.Key_Delete)
    name = page.model.row(page.grid.currentIndex().row()).node.name
    assert cell(here, name, "吴启明") == (None, None)
    assert page.model.row(0).gap is None
    sql = "SELECT count(*) FROM readings WHERE what LIKE 'coverage%' AND NOT gone"
    desk = here.desk()
    assert desk.storage.reader.ask(sql).value() == 4
    desk.close()


def test_m_makes_an_owner_and_takes_it_back(here: Here) -> None:
    page = matrix(here)
    page.actions_here["matrix.owner"].trigger()
    here.answered()
    row = page.model.row(page.grid.currentIndex().row())
    assert row.node.owner == page.model.columns[0].id
    assert page.model.columns[0].owns == 1
    page.actions_here["matrix.owner"].trigger()
    here.answered()
    assert page.model.columns[0].owns == 0


def test_g_leaves_people_without_a_gap_out_and_says_how_many(here: Here) -> None:
    page = matrix(here)
    press(here, page, (Qt.Key.Key_3, SHIFT))
    page.actions_here["matrix.gaps"].trigger()
    assert page.model.rowCount() == 1
    assert "1 person without a gap" in page.legend.more.text()
    page.actions_here["matrix.gaps"].trigger()
    assert page.model.rowCount() == 2


def test_lines_have_heads_that_keys_pass_over(here: Here) -> None:
    desk = here.desk()
    chain = desk.chain.ask.maps(here.account.id)[0]
    people = {line.name: line.id for line in desk.people.ask.lines()}
    desk.close()
    page = matrix(here)
    here.bench.do(
        None,
        lambda desk: desk.chain.judge(
            desk.chain.reading(chain, people["李敏"], What.LINE, "business", on=desk.clock.today())
        ),
    )
    here.answered()
    page.actions_here["matrix.lines"].trigger()
    heads = [page.model.line(n) for n in range(page.model.rowCount())]
    assert [head.line is None for head in heads if head] == [False, True]
    assert not next(head for head in heads if head).paired
    first = page.grid.currentIndex().row()
    press(here, page, Qt.Key.Key_J)
    assert page.model.row(page.grid.currentIndex().row()) is not None
    assert page.grid.currentIndex().row() != first or page.model.people == 1


def test_the_panel_says_who_set_it_and_keeps_why(here: Here) -> None:
    page = matrix(here)
    page.panel.why.begin()
    page.panel.why.row.editor.setPlainText("级别对等")
    QTest.keyClick(
        page.panel.why.row.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    here.answered()
    assert "Say first" in page.panel.why.row.editor.accessibleDescription()
    assert page.panel.why.row.editor.toPlainText() == "级别对等"
    page.panel.wanted_set.emit(3)
    here.answered()
    QTest.keyClick(
        page.panel.why.row.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    here.answered()
    assert page.panel.why.read.value.text() == "级别对等"
    press(here, page, (Qt.Key.Key_4, SHIFT))
    assert page.panel.why.read.value.text() == "级别对等"  # another step, the same reason
    assert "Wanted: set by" in page.panel.sources.text()
    said = page.model.data(page.grid.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert "4 of 5 wanted" in said


def test_enter_leads_to_the_panel_and_its_boxes_set_too(here: Here) -> None:
    page = matrix(here)
    press(here, page, Qt.Key.Key_Return)
    assert page.panel.now.isAncestorOf(here.window.focusWidget())
    QTest.keyClick(here.window.focusWidget(), Qt.Key.Key_1)
    here.answered()
    name = page.model.row(page.grid.currentIndex().row()).node.name
    assert cell(here, name, "吴启明") == (1, None)


def test_p_begins_a_plan_once_and_opens_it_then(here: Here) -> None:
    page = matrix(here)
    page.actions_here["matrix.plan"].trigger()
    here.answered()
    assert here.window.page.route.page == "access_plan"
    here.go(page.route)
    page.actions_here["matrix.plan"].trigger()
    here.answered()
    desk = here.desk()
    (plan,) = desk.access_plans.ask.of_account(here.account.id)
    assert len(desk.access_plans.ask.steps(plan.id)) == 4
    desk.close()


def test_without_anybody_on_the_map_it_teaches(here: Here) -> None:
    here.bench.do(
        None, lambda desk: desk.accounts.add(replace(desk.accounts.new("空白"), number="K-9"))
    )
    here.answered()
    desk = here.desk()
    (empty,) = desk.accounts.ask.by_name("空白")
    desk.close()
    page = here.go(Route("chain", empty, "matrix"))
    assert page.empty.isVisible()
    assert not page.panel.isVisible()


def test_a_hundred_people_and_twelve_of_ours_are_one_widget(here: Here) -> None:
    def crowd(desk: Workspace) -> Any:
        chain = desk.chain.ask.maps(here.account.id)[0]
        for n in range(98):
            person = desk.people.new(f"张{n}", here.account.id)
            desk.people.add(person)
            touched = desk.chain.seat(chain, person.id)
        team = [desk.team.new(f"同事{n}") for n in range(12)]
        for one in team:
            desk.team.add(one)
        desk.accounts.set_team(here.account.id, tuple(one.id for one in team), base=())
        return touched

    here.bench.do(None, crowd)
    here.answered()
    page = matrix(here)
    assert (page.model.people, len(page.model.columns)) == (100, 14)
    assert len(page.grid.findChildren(type(page.foot))) == 0
    assert len(page.grid.shown) == 6
    for _ in range(13):
        press(here, page, Qt.Key.Key_Right)
    assert page.grid.currentIndex().column() == 13
    assert 13 in page.grid.shown
