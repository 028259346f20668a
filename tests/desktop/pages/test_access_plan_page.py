"""Executive plans: written in place, ticked off, closed only with both next steps, listed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.pages import Route
from kamdesk.domain.access_plans.model import MOST_OPEN, PlanState
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A plan to meet the general manager, with two steps."""

    def more(desk: Workspace) -> None:
        who = {line.name: line for line in desk.people.ask.lines()}
        desk.team.add(replace(desk.team.new("贺川"), title="副总裁"))
        (ours,) = (one.id for one in desk.team.ask.everybody() if one.name == "贺川")
        (account,) = desk.accounts.ask.lines()
        plan = desk.access_plans.new(account.id, who["陈立新"].id, ours)
        desk.access_plans.begin(plan, ("准备", "见面"))

    return more


def page(here: Here) -> Any:
    desk = here.desk()
    (plan,) = desk.access_plans.ask.of_account(here.account.id)
    desk.close()
    return here.go(Route("access_plan", plan.id))


def saved(here: Here) -> Any:
    desk = here.desk()
    (plan,) = desk.access_plans.ask.of_account(here.account.id)
    steps = desk.access_plans.ask.steps(plan.id)
    desk.close()
    return plan, steps


def write(here: Here, shown: Any, name: str, words: str) -> Any:
    field = shown.field(name)
    field.begin()
    here.answered()
    editor = field.row.editor
    (editor.setPlainText if hasattr(editor, "setPlainText") else editor.setText)(words)
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    here.answered()
    return field


def test_it_says_who_meets_whom_and_what_the_file_knows_of_them(here: Here) -> None:
    shown = page(here)
    assert shown._head.title.text() == "贺川 → 陈立新"
    assert "总经理" in shown._line.text()
    assert "not said" in shown._line.text()
    assert "副总裁" in shown.field("colleague").read.value.text()


def test_closing_is_refused_at_the_field_until_both_next_steps_stand_there(here: Here) -> None:
    shown = page(here)
    shown.actions_here["access.close"].trigger()
    here.answered()
    assert "what we do next" in shown.field("our_next").row.refusal
    write(here, shown, "our_next", "提交试点方案")
    shown.actions_here["access.close"].trigger()
    here.answered()
    assert "what they do next" in shown.field("their_next").row.refusal
    write(here, shown, "their_next", "指定试点产线")
    shown.actions_here["access.close"].trigger()
    here.answered()
    assert "2026-09-10" in shown.field("next_contact").row.refusal  # a core customer
    write(here, shown, "next_contact", "2026-09-10")
    shown.actions_here["access.close"].trigger()
    here.answered()
    plan, _ = saved(here)
    assert (plan.state, plan.closed_on) == (PlanState.CLOSED, date(2026, 3, 12))
    assert not shown.actions_here["access.close"].enabled
    shown.actions_here["access.again"].trigger()
    here.answered()
    assert saved(here)[0].state is PlanState.OPEN


def test_a_refused_day_keeps_what_was_typed(here: Here) -> None:
    shown = page(here)
    field = write(here, shown, "aim_by", "whenever")
    assert "is no day" in field.row.refusal
    assert field.row.editor.text() == "whenever"


def test_what_is_half_written_is_there_again(here: Here) -> None:
    shown = page(here)
    shown.field("why_now").begin()
    shown.field("why_now").row.editor.setPlainText("二期工厂立项")
    here.go(Route("accounts"))
    for draft in shown.findChildren(type(shown.field("why_now").draft)):
        draft.keep()
    here.answered()
    desk = here.desk()
    kept = desk.drafts.at(f"access_plan:{shown.plan.hex()}:field:why_now")
    desk.close()
    assert kept is not None
    assert kept.content == {"value": "二期工厂立项"}


def test_steps_are_ticked_added_changed_and_deleted(here: Here) -> None:
    shown = page(here)
    shown.steps.boxes[0].click()
    here.answered()
    assert saved(here)[1][0].done_on == date(2026, 3, 12)
    shown.actions_here["access.step"].trigger()
    shown.step.what.setText("会后 24 小时内致谢")
    shown.step.who.setText("贺川")
    shown.step.due.setText("3-20")
    QTest.keyClick(shown.step.what, Qt.Key.Key_Return, CTRL)
    here.answered()
    (step,) = (one for one in saved(here)[1] if one.what == "会后 24 小时内致谢")
    assert step.due == date(2026, 3, 20)
    assert step.colleague is not None
    shown.begin_step(step)
    shown.step._drop()
    here.answered()
    assert len(saved(here)[1]) == 2


def test_topics_are_picked_from_the_shipped_list_once(here: Here) -> None:
    shown = page(here)
    shown.actions_here["access.topics"].trigger()
    for _ in range(2):
        QTest.keyClick(shown.step.lines[0], Qt.Key.Key_Return)
        here.answered()
    plan, _ = saved(here)
    assert len(plan.talking_points) == 1
    assert plan.talking_points[0][1] == ""


def test_the_list_warns_above_eight_open_plans(here: Here) -> None:
    targets = here.go(Route("access_plan"))
    assert [line.target for line in targets.list.every] == ["陈立新"]
    assert targets.warning.isHidden()

    def more(desk: Workspace) -> Any:
        (one,) = desk.access_plans.ask.of_account(here.account.id)
        for _ in range(MOST_OPEN):
            plan = desk.access_plans.new(one.account, one.person, one.colleague)
            touched = desk.access_plans.begin(plan, ())
        return touched

    here.bench.do(None, more)
    here.answered()
    assert "9 plans are open" in targets.warning.text()


def test_a_deleted_plan_comes_back_by_undo(here: Here) -> None:
    shown = page(here)
    shown.actions_here["access.delete"].trigger()
    here.answered()
    desk = here.desk()
    assert desk.access_plans.ask.of_account(here.account.id) == []
    desk.close()
    here.window.actions_here["undo"].trigger()
    here.answered()
    assert len(saved(here)[1]) == 2
