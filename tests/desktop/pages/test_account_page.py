"""The page of a customer: read, changed in place, its promises settled, its history undone."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.promises.model import PromiseState

from .conftest import Here


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("account", here.account.id))


def test_the_page_says_who_it_is_and_what_is_next(here: Here, page: Any) -> None:
    assert page._head.title.text() == "澜川精密轴承有限公司"
    assert page._head.remark.text() == "KA-0173"
    assert page.overview._when.text() == "Today 14:00"
    assert "技术交流会" in page.overview._since.remark.text()
    assert here.window.windowTitle() == "澜川 – KamDesk"


def test_the_decision_chain_tells_of_whom_one_points_at(here: Here, page: Any) -> None:
    figure = page.overview.figure
    chen = next(row for row in page.content.people if row.name == "陈立新")
    assert figure.isVisible()
    figure.pointed.emit(chen.id)
    assert page.overview._said.text() == "陈立新 · 总经理 · decider · neutral"
    figure.chosen.emit(chen.id)
    assert page.tabs.key == "people"
    assert page.people.list.current.name == "陈立新"


def test_a_field_is_changed_in_place(here: Here, page: Any) -> None:
    field = page.particulars.fields["short_name"]
    field.begin()
    field.row.editor.setText("澜川轴承")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing)
    here.answered()
    assert field.read.value.text() == "澜川轴承"
    assert here.desk().accounts.ask.get(here.account.id).short_name == "澜川轴承"


def test_escape_takes_back_what_was_typed(here: Here, page: Any) -> None:
    field = page.particulars.fields["city"]
    field.begin()
    field.row.editor.setText("南京")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Escape)
    assert not field.editing
    assert field.read.value.text() == "无锡"


def test_a_refused_value_stays_where_it_was_typed(here: Here, page: Any) -> None:
    page.actions_here["account.edit"].trigger()
    field = page.particulars.fields["name"]
    assert field.editing
    field.row.editor.setText("")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: bool(field.row.refusal))
    assert field.row.refusal == "Give the customer a name."
    assert field.editing


def test_a_class_is_chosen_in_place(here: Here, page: Any) -> None:
    field = page.particulars.fields["class_by_hand"]
    field.begin()
    field.row.editor.setCurrentIndex(2)
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing)
    assert field.read.value.text() == "High potential"


def test_a_ticked_promise_is_kept_and_can_be_undone(here: Here, page: Any) -> None:
    box = page.overview.promises.findChild(TickBox)
    assert box.accessibleName() == "Kept: 双语 ROI 模型"
    box.click()
    assert here.told() == "Kept: 双语 ROI 模型"
    here.answered()
    assert page.overview.promises.findChild(TickBox) is None or page.content.promises == []
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "Undone: Settle promise."
    here.answered()
    assert [one.state for one in page.content.promises] == [PromiseState.OPEN]


def test_people_stand_with_role_stance_and_last_meeting(here: Here, page: Any) -> None:
    page.tabs.step(1)
    people = page.people.list
    rows = {people.shown("Full name", row): row for row in range(people.model.rowCount())}
    assert people.shown("Roles", rows["李敏"]) == "Approver"
    assert people.shown("Stance", rows["李敏"]) == "doubtful"
    assert people.shown("Last met", rows["陈立新"]) == "18 Feb"
    assert people.shown("Last met", rows["李敏"]) == "Not met"


def test_a_visit_is_planned_and_a_wrong_day_refused(here: Here, page: Any) -> None:
    page.actions_here["account.plan"].trigger()
    form = page.visits.plan
    here.qtbot.waitUntil(form.isVisible)
    here.answered()
    form.when.setText("31-31")
    form.topic.setText("试点评审")
    form.people[next(iter(form.people))].setChecked(True)
    form._save()
    assert form.form.rows["time"].refusal.startswith("“31-31” is no day and time")
    form.when.setText("3-20 9:30")
    here.qtbot.keyClick(form.topic, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "The visit is planned."
    here.answered()
    assert page.visits.plan is None
    line = page.visits.list.current
    assert (line.topic, str(line.start.day)) == ("试点评审", "2026-03-20")
    seats = here.desk().visits.ask.attendees(line.id)
    assert {seat.side.value for seat in seats} == {"ours", "theirs"}


def test_a_value_is_brought_back_from_history(here: Here, page: Any) -> None:
    field = page.particulars.fields["city"]
    field.begin()
    field.row.editor.setText("苏州")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing)
    page.tabs.choose("history")
    page._choose("history")
    here.answered()
    history = page._history
    places = [row for row in history.list.lines if row.cell == "place"]
    assert [(row.before, row.after) for row in places] == [("无锡", "苏州"), ("", "无锡")]
    history.list.choose(places[0].id)
    assert not history.back.isEnabled()
    history.list.choose(places[1].id)
    assert history.back.isEnabled()
    history.bring_back()
    assert here.told() == "Brought back: Place."
    here.answered()
    assert here.desk().accounts.ask.get(here.account.id).city == "无锡"


def test_a_deleted_customer_leaves_an_explanation(here: Here, page: Any) -> None:
    here.bench.do(None, lambda desk: desk.accounts.drop(here.account.id))
    here.answered()
    assert page._stack.currentWidget().heading.text() == "This customer is not here any more"


def test_every_control_says_what_it_is(here: Here, page: Any) -> None:
    silent = [
        type(widget).__name__
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and widget.window() is here.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.focusProxy())
    ]
    assert silent == []


def test_the_overview_says_what_the_chain_says_and_leads_there(here: Here, page: Any) -> None:
    here.answered()
    score, warning, *_ = page.overview.judged.findChildren(PressedLine)
    assert score.accessibleName().startswith("Support ")
    assert warning.accessibleName()
    here.qtbot.keyClick(warning, Qt.Key.Key_Return)
    assert here.window.page.route.page == "chain"
