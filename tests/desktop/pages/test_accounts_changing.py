"""Many customers changed at once: seen beforehand, one action, a mistake taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.accounts import changing
from kamdesk.desktop.jobs import Job
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.dossier.customer_list import customer_list
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        desk.own_fields.add(desk.own_fields.new("Lines", Of.ACCOUNT, Sort.NUMBER))
        for n, kind in enumerate((None, AccountClass.MAINTAIN, AccountClass.CORE)):
            desk.accounts.add(
                replace(desk.accounts.new(f"c{n}"), class_by_hand=kind), tags=("old",)
            )

    return more


def panel_for_all(here: Here) -> Any:
    page: Any = here.window.page
    page.list.setFocus()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_A, CTRL)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_E)
    here.answered()
    return page.in_panel


def looked(here: Here, panel: Any) -> str:
    """Wait until the panel knows what would happen; return what it says."""
    here.qtbot.waitUntil(lambda: not panel._later.isActive())
    here.answered()
    return str(panel._outlook.text())


def listed(here: Here) -> list[Any]:
    desk = here.desk()
    found = customer_list(desk.storage).lines
    desk.close()
    return found


def test_a_mistaken_change_of_many_is_taken_back(here: Here) -> None:
    before = listed(here)
    page: Any = here.window.page
    panel = panel_for_all(here)
    assert page.list._picked._words.text() == "4 of 4 chosen"
    assert panel.accessibleName() == "" or panel.isVisible()
    panel.editor.choose(AccountClass.CORE)
    assert looked(here, panel) == "2 will change · 2 are so already"
    here.qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert here.told() == "2 customers changed."
    here.answered()
    assert {line.class_by_hand for line in listed(here)} == {AccountClass.CORE}
    assert {page.list.shown("Class", row) for row in range(4)} == {"Core"}
    assert not page._panel.isVisible()
    assert len(page.list.picked) == 4  # still chosen: one more change is one key away
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, CTRL)
    assert here.told() == "Undone: Change 2 customers."
    here.answered()
    assert listed(here) == before


def test_what_cannot_be_taken_is_refused_at_its_field_and_what_was_typed_stays(here: Here) -> None:
    panel = panel_for_all(here)
    panel.what.choose(next(value for value in panel.what.values if str(value).startswith("own:")))
    here.qtbot.keyClicks(panel.editor, "many")
    looked(here, panel)
    assert panel.form.rows["value"].refusal == "Write a number, like 12 or 3.5."
    assert panel.editor.text() == "many"
    assert not panel.do.isEnabled()
    panel.editor.setText("12")
    assert looked(here, panel) == "4 will change"
    assert panel.form.rows["value"].refusal == ""
    here.qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    assert here.told() == "4 customers changed."
    assert [list(line.own.values()) for line in listed(here)] == [["12"]] * 4


def test_tags_are_added_and_taken_away_from_those_that_have_them(here: Here) -> None:
    panel = panel_for_all(here)
    panel.what.choose("remove")
    panel.editor.setText("old")
    assert looked(here, panel) == "3 will change · 1 is so already"
    panel.what.choose("add")
    panel.editor.setText("A、B")
    assert looked(here, panel) == "4 will change"
    here.qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    here.told()
    assert {line.tags for line in listed(here)} == {("A", "B"), ("A", "B", "old")}


def test_a_group_that_would_run_in_a_circle_says_whom_it_leaves(here: Here) -> None:
    panel = panel_for_all(here)
    panel.what.choose("group")
    panel.editor.setText("c1")
    assert looked(here, panel) == "3 will change · 1 cannot be changed"
    assert panel._reasons.text() == "c1: the group would run in a circle"
    panel.editor.setText("nobody knows it")
    looked(here, panel)
    assert panel.form.rows["value"].refusal.startswith("No customer is called")


def test_esc_closes_the_panel_and_changes_nothing(here: Here) -> None:
    page: Any = here.window.page
    panel = panel_for_all(here)
    panel.editor.choose(AccountClass.TO_IMPROVE)
    looked(here, panel)
    here.qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert page.in_panel is None
    assert page.list.view.hasFocus()
    assert {line.class_by_hand for line in listed(here)} != {AccountClass.TO_IMPROVE}


def test_long_work_is_stopped_and_has_written_nothing(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changing, "LONG", 2)
    before = listed(here)
    step = Job.step

    def stopping(job: Job, done: int, total: int = 0) -> None:
        if done:
            job.cancel()
        step(job, done, total)

    monkeypatch.setattr(Job, "step", stopping)
    panel = panel_for_all(here)
    panel.editor.choose(AccountClass.TO_IMPROVE)
    looked(here, panel)
    here.qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert here.told() == "Stopped. No customer was changed."
    here.window.notices.clear()
    assert panel.isEnabled()
    assert listed(here) == before
    monkeypatch.setattr(Job, "step", step)
    looked(here, panel)
    here.qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert here.told() == "4 customers changed."


def test_every_control_of_the_panels_says_what_it_is(here: Here) -> None:
    page: Any = here.window.page
    panel_for_all(here)
    for open_panel in (lambda: None, page.looking.begin_filter):
        open_panel()
        silent = [
            type(widget).__name__
            for widget in QApplication.allWidgets()
            if widget.isVisible()
            and widget.window() is here.window
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or widget.focusProxy())
        ]
        assert silent == []
