"""The ledger of promises in the window: settled, reminded of, changed and noted by keys alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.desktop.pages import Route
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.workspace import Workspace

from .conftest import Here

HOSTILE = "<b>粗</b>\u202e反"
ROI = "双语 ROI 模型"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """One of theirs that is late, one of ours without a day, one that was kept."""

    def more(desk: Workspace) -> None:
        [account] = desk.accounts.ask.by_number("KA-0173")
        li = next(one for one in desk.people.ask.lines(account) if one.name == "李敏")
        new = desk.promises.new
        late = replace(new(account, PromiseSide.THEIRS, "停机清单"), due=date(2026, 3, 1))
        kept = replace(
            new(account, PromiseSide.OURS, "备件报价"),
            due=date(2026, 2, 20),
            state=PromiseState.KEPT,
            settled_on=date(2026, 2, 24),
        )
        desk.promises.make(
            replace(late, person=li.id), new(account, PromiseSide.OURS, HOSTILE), kept
        )

    return more


def saved(here: Here, words: str) -> Promise:
    """Return a promise as it is in the file."""
    return next(
        one for one in here.desk().promises.ask.of_account(here.account.id) if one.words == words
    )


def ledger(here: Here) -> Any:
    """Return the page, one stands on its first line."""
    page = here.go(Route("promises"))
    here.qtbot.waitUntil(lambda: len(page.list.lines) == 3, timeout=8000)
    page.list.setFocus()
    page.list.view.selectRow(0)
    here.qtbot.waitUntil(page.list.view.hasFocus, timeout=8000)
    return page


def words(page: Any) -> list[str]:
    """Return what is listed."""
    return [line.words for line in page.list.lines]


def test_ours_overdue_stand_first_and_hostile_words_are_plain(here: Here) -> None:
    page = ledger(here)
    assert words(page) == [ROI, "停机清单", HOSTILE]
    assert page.list.shown("Promise", 2) == "<b>粗</b>‹RLO›反"
    assert [page.list.shown("How it stands", row) for row in range(3)] == [
        "2 days late", "11 days late", "No day agreed",
    ]  # fmt: skip
    assert [page.list.shown("Due", row) for row in (0, 2)] == ["10 Mar", "–"]
    assert page._head.remark.text() == "3 open · 1 of ours overdue · 1 of theirs overdue"


def test_one_key_keeps_a_promise_and_ctrl_z_opens_it_again(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_V)
    assert saved(here, ROI).state is PromiseState.KEPT
    assert here.told() == f"Kept: {ROI}"
    assert words(page) == ["停机清单", HOSTILE]
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(page)[0] == ROI


def test_several_are_settled_as_one_action(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    here.press(Qt.Key.Key_B)
    assert here.told() == "3 promises broken"
    assert words(page) == []
    here.press(Qt.Key.Key_H)
    assert page.list.shown("How it stands", 0) == "Broken"
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(page) == ["备件报价"]
    assert page.list.shown("How it stands", 0) == "Kept late"


def test_a_day_phrase_sets_a_reminder_and_nonsense_is_refused_at_its_field(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_R)
    step = page.step
    step.day.setText("irgendwann")
    here.save()
    assert "is no day" in step.form.rows["remind"].refusal
    assert step.day.text() == "irgendwann"
    step.day.setText("下周五")
    here.save()
    assert saved(here, ROI).remind == date(2026, 3, 20)
    assert page.panel is None
    assert page.list.shown("Reminder", 0) == "20 Mar"


def test_all_of_a_promise_is_changed_beside_the_list(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_J)
    here.press(Qt.Key.Key_E)
    step = page.step
    assert step.owner.currentText() == "李敏"
    step.owner.setCurrentIndex(0)
    step.remind.setText("3-18")
    step.due.setText("")
    here.save()
    now = saved(here, "停机清单")
    assert (now.person, now.remind, now.due) == (None, date(2026, 3, 18), None)


def test_one_line_notes_a_promise(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_N)
    form = page.panel
    form.account.insert("没有这家")
    form.words.insert("@李敏 寄样品 下周三")
    form.side.choose(PromiseSide.THEIRS)
    assert form.step.form.rows["words"]._help.text().startswith("寄样品")
    form.words.setFocus()
    here.save()
    assert "没有这家" in form.step.form.rows["account"].refusal
    form.account.setText("澜川")
    here.save()
    made = saved(here, "寄样品")
    li = next(
        one for one in here.desk().people.ask.of_account(here.account.id) if one.name == "李敏"
    )
    assert (made.side, made.due, made.person) == (PromiseSide.THEIRS, date(2026, 3, 18), li.id)
    assert "寄样品" in words(page)


def test_filters_turn_by_keys_and_groups_say_how_each_side_keeps_its_word(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_S)
    assert words(page) == [ROI, HOSTILE]
    here.press(Qt.Key.Key_S)
    assert words(page) == ["停机清单"]
    here.press(Qt.Key.Key_S)
    here.press(Qt.Key.Key_G)
    group = page.list.model.group(0)
    assert group.words == "澜川"
    assert group.sums == (
        "3 promises · 2 overdue · we: 0 of 2 kept on time · they: 0 of 1 kept on time"
    )


def test_the_ledger_of_a_customer_says_what_its_rate_is_made_of(here: Here) -> None:
    page = here.go(Route("promises", here.account.id))
    assert page._rates.text() == (
        "we: 0 of 2 kept on time · 1 late · 1 overdue; they: 0 of 1 kept on time · 1 overdue"
        " (last 12 months)"
    )
    assert page.crumbs()[0].words == "澜川"


def test_what_was_typed_is_offered_again(here: Here) -> None:
    page = ledger(here)
    here.press(Qt.Key.Key_N)
    page.panel.words.insert("没写完")
    here.press(Qt.Key.Key_Escape)
    assert page.panel is None
    page.resume("promises::new")
    here.answered()
    assert page.panel.words.text() == "没写完"
