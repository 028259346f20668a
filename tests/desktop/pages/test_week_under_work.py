"""A week under work is written once, comes back when that is undone, and can be taken away."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.desktop.pages import Route
from kamdesk.desktop.unfinished import offer_unfinished
from kamdesk.desktop.week.shapes import Frame
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.week.model import LeftOut, Obstacle

from .conftest import Here
from .test_drafts_and_disk import full
from .test_week_page import (
    MONDAY,
    NAMES,
    Key,
    choose,
    fill,
    names,
    page,
    press,
    propose,
    quick,
    when,
)
from .test_week_page import (
    _is_judged as is_judged,
)

__all__ = ["fill", "full", "page", "quick"]
CTRL = Qt.KeyboardModifier.ControlModifier


def planned(here: Here) -> list[str]:
    """Return whom the week's planned visits are at."""
    desk = here.desk()
    try:
        first = Instant.at(MONDAY, 0)
        lines = desk.visits.ask.between(first, first.plus(days=7))
        return sorted(one.account_name for one in lines if one.state is VisitState.PLANNED)
    finally:
        desk.close()


def accept_twice(here: Here, page: Any) -> None:
    """Hold Ctrl+Enter down a moment too long."""
    page.grid.setFocus()
    for _ in range(3):
        QTest.keyClick(here.window.focusWidget(), Key.Key_Return, CTRL)
    here.answered()


def test_ctrl_enter_held_down_plans_everybody_once(here: Here, page: Any) -> None:
    propose(here, page)
    accept_twice(here, page)
    assert planned(here) == sorted(set(planned(here)))
    assert "The week is accepted" in here.told()
    assert not page.planner.board.changes


def test_what_the_disk_refuses_is_accepted_once_it_can(
    here: Here, page: Any, full: list[bool]
) -> None:
    propose(here, page)
    here.bench._again.setInterval(50)
    accept_twice(here, page)
    assert "The disk is full" in here.told()
    assert page.planner.board.proposed
    assert names(page, Frame.PROPOSED)
    full[0] = False
    accept_twice(here, page)
    here.qtbot.waitUntil(lambda: page.planner.board.proposed is False, timeout=8000)
    here.answered()
    assert set(planned(here)) >= set(NAMES)
    assert planned(here) == sorted(set(planned(here)))


def test_undone_the_proposal_is_there_again_with_its_pins(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[3])
    press(here, Key.Key_Down)
    there, proposed = when(page, key), names(page, Frame.PROPOSED)
    press(here, Key.Key_Return, ctrl=True)
    assert page.grid.key is None or page.grid.key not in page.planner.board.pins
    press(here, Key.Key_Z, ctrl=True)
    here.answered()
    assert names(page, Frame.PROPOSED) == proposed
    assert (when(page, key), page.grid.blocks[key].block.frame) == (there, Frame.PINNED)
    assert page._accept.enabled
    QTest.keyClick(here.window.focusWidget(), Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    here.answered()
    assert names(page, Frame.PROPOSED) == set()
    assert set(planned(here)) >= set(NAMES)
    assert not page._accept.enabled


def test_x_takes_the_proposal_away_and_puts_it_back(here: Here, page: Any) -> None:
    page.grid.setFocus()
    press(here, Key.Key_X)
    assert "Nothing is proposed" in here.told()
    propose(here, page)
    key = choose(page, NAMES[3])
    press(here, Key.Key_Space)
    before = names(page, Frame.PROPOSED)
    press(here, Key.Key_X)
    assert "taken away" in here.told()
    assert names(page, Frame.PROPOSED) == names(page, Frame.PINNED) == set()
    assert here.desk().drafts.every() == []
    press(here, Key.Key_X)
    assert names(page, Frame.PROPOSED) == before
    assert page.grid.blocks[key].block.frame is Frame.PINNED


def test_a_key_for_a_visit_says_so_where_none_is_chosen(here: Here, page: Any) -> None:
    propose(here, page)
    page.grid.setFocus()
    assert page.grid.key is None
    for key in (Key.Key_Space, Key.Key_Delete, Key.Key_F, Key.Key_M):
        here.window.notices.clear()
        press(here, key)
        assert "Choose a visit first" in here.told()


def test_t_tries_the_first_who_fits_in_at_all(here: Here, page: Any) -> None:
    propose(here, page)
    for name in (NAMES[1], NAMES[4]):
        choose(page, name)
        press(here, Key.Key_Delete)
    here.qtbot.waitUntil(lambda: is_judged(page), timeout=8000)
    first, second = (item.key for item in page.planner.board.waiting)
    costs = {
        first: LeftOut(key=first, obstacle=Obstacle.NO_ROOM),
        second: LeftOut(key=second, obstacle=Obstacle.NO_ROOM, costs=20),
    }
    page.planner.verdict = replace(page.planner.verdict, costs=costs)
    page.grid.setFocus()
    press(here, Key.Key_T)
    here.qtbot.waitUntil(lambda: page.planner.trial is not None, timeout=8000)
    assert page.planner.trial.key == second


def test_a_week_left_open_is_read_anew_before_it_is_proposed(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = here.go(Route("week", None, "2026-03-09"))
    board, later = page.planner.board, Instant.at(date(2026, 3, 13), 13, 50)
    assert [day.isoformat() for day in board.read.planned_days] == ["2026-03-12", "2026-03-13"]
    monkeypatch.setattr(StoppedClock, "now", lambda _: later)
    propose(here, page)
    assert page.planner.board.read.now == later
    placed = [one for day in page.planner.board.days for one in day.plan.stops]
    assert len(page.planner.board.read.planned_days) == 1
    assert placed
    assert all(one.begins >= 14 * 60 for one in placed)


def test_a_week_not_accepted_is_offered_and_the_offer_goes_once_one_goes_on(
    here: Here, page: Any
) -> None:
    propose(here, page)
    proposed = names(page, Frame.PROPOSED)
    here.go(Route("today"))
    here.window.rebuild()
    here.answered()
    offer_unfinished(here.window, here.bench)
    assert here.told() == "A week you were planning is not accepted yet."
    press(here, Key.Key_J, ctrl=True)
    again: Any = here.window.page
    here.qtbot.waitUntil(lambda: names(again, Frame.PROPOSED) == proposed, timeout=8000)
    assert again.work.draft.line.words.text().startswith("You were planning this: today")
    assert here.window.notices.words == ""
    choose(again, NAMES[3])
    press(here, Key.Key_Space)  # whoever works on it need not be told
    assert not again.work.draft.line.isVisible()


def test_a_proposal_is_on_the_paper_at_once_and_said_to_be_one(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[3])
    press(here, Key.Key_Space)
    press(here, Key.Key_P, ctrl=True)
    assert here.window.page.route.page == "paper"
    assert "it is not accepted yet" in here.told()
    (draft,) = here.desk().drafts.every()
    assert key.hex() in draft.content["week"]


def test_after_del_one_stands_on_what_is_beside_it(here: Here, page: Any) -> None:
    propose(here, page)
    columns = [one.column for one in page.grid.in_order if one.frame is Frame.PROPOSED]
    fullest = max(columns, key=columns.count)
    day = [one.item.key for one in page.grid.in_order if one.column == fullest and one.movable]
    assert len(day) > 1
    page.grid.setFocus()
    page.grid.choose(day[0])
    press(here, Key.Key_Delete)
    assert page.grid.key == day[1]
    assert page.grid.blocks[day[1]].hasFocus()
    page.grid.choose(day[-1])
    press(here, Key.Key_Delete)
    assert page.grid.key == (day[-2] if len(day) > 2 else None)


def test_a_customer_deleted_meanwhile_leaves_the_proposal(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[3])
    press(here, Key.Key_Space)
    account = page.planner.board.items[key].account
    here.bench.do(page, lambda desk: desk.accounts.drop(account))
    here.answered()
    here.answered()
    assert key not in page.grid.blocks
    assert key not in page.planner.board.pins
    assert names(page, Frame.PROPOSED)
    press(here, Key.Key_Return, ctrl=True)
    here.answered()
    assert NAMES[3] not in planned(here)
    assert set(planned(here)) >= set(NAMES) - {NAMES[3]}
