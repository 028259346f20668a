"""The week plan by real keys and mouse: proposed, moved, pinned, put back, tried, accepted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId
from kamdesk.core.spot import Spot
from kamdesk.desktop.pages import Route
from kamdesk.desktop.week.searching import Searching
from kamdesk.desktop.week.shapes import Frame
from kamdesk.desktop.widgets.buttons import Kind
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import Firmness, VisitState
from kamdesk.workspace import Workspace

from .conftest import Here

Key = Qt.Key
MONDAY = date(2026, 3, 16)
TUESDAY = date(2026, 3, 17)
HOME = Spot(31.30, 120.60)
NAMES = ("恒汀造纸", "景澄光电", "溪谷食品", "云岫仪器", "北屏重工", "曦和电力")


def _seen_long_ago(desk: Workspace, account: AccountId) -> None:
    before = Instant.at(date(2026, 1, 12), 10)
    desk.visits.plan(
        replace(desk.visits.new(account, before), state=VisitState.HELD, objective="年度需求")
    )


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """Six core customers around Suzhou, an agreed visit on Tuesday, leave on Wednesday morning."""

    def more(desk: Workspace) -> None:
        me = desk.team.me
        habits = desk.habits.ask.habits()
        desk.habits.keep(replace(habits, home_lat=HOME.lat, home_lon=HOME.lon, home_from="typed"))
        for n, name in enumerate(NAMES):
            account = replace(
                desk.accounts.new(f"{name}有限公司"),
                short_name=name,
                class_by_hand=AccountClass.CORE,
                owner=me,
            )
            desk.accounts.add(account)
            site = desk.accounts.new_site(account.id)
            spot = (HOME.lat + 0.05 * (n % 3), HOME.lon + 0.06 * n)
            desk.accounts.put_site(replace(site, name="总部", lat=spot[0], lon=spot[1]))
            _seen_long_ago(desk, account.id)
        lost = replace(desk.accounts.new("无名之地"), class_by_hand=AccountClass.CORE, owner=me)
        desk.accounts.add(lost)
        _seen_long_ago(desk, lost.id)
        first = next(line for line in desk.accounts.ask.lines() if line.short_name == NAMES[0])
        agreed = replace(
            desk.visits.new(first.id, Instant.at(TUESDAY, 10)), topic="年度评审", minutes=60
        )
        desk.visits.plan(agreed)
        away = desk.working_days.new(date(2026, 3, 18), me)
        desk.working_days.add(replace(away, begins=0, ends=12 * 60, words="产品培训"))

    return more


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search end after a moment."""
    monkeypatch.setattr("kamdesk.desktop.week.searching.SECONDS", 0.05)


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("week", None, MONDAY.isoformat()))


def press(here: Here, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Press a key where the focus is, and wait for what it does."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    here.qtbot.keyClick(here.window.focusWidget(), key, held)
    here.answered()


def propose(here: Here, page: Any) -> None:
    """Propose by P and wait until the search has ended."""
    page.grid.setFocus()
    press(here, Key.Key_P)
    here.qtbot.waitUntil(lambda: page.planner.board.proposed, timeout=8000)
    here.qtbot.waitUntil(lambda: not page.planner.search.running, timeout=8000)
    here.qtbot.waitUntil(lambda: _is_judged(page), timeout=8000)
    here.answered()


def _is_judged(page: Any) -> bool:
    verdict = page.planner.verdict
    return verdict is not None and verdict.board is page.planner.board


def choose(page: Any, name: str) -> bytes:
    """Choose a block by the customer's name, by J."""
    page.grid.setFocus()
    for block in page.grid.in_order:
        if block.item.name == name:
            page.grid.choose(block.item.key)
            return bytes(block.item.key)
    raise AssertionError(f"{name} is not in the week")


def names(page: Any, frame: Frame) -> set[str]:
    return {b.item.name for b in page.grid.shapes.blocks if b.frame is frame}


def when(page: Any, key: bytes) -> tuple[int, int]:
    block = page.grid.blocks[key].block
    return block.column, block.begins


def test_a_week_shows_what_stands_and_who_is_due(page: Any) -> None:
    assert page._title.text() == "Week 12"
    assert names(page, Frame.FIXED) == {NAMES[0]}
    assert {row.key for row in page.panel.left.rows} == {
        item.key for item in page.planner.board.waiting
    }
    shades = [(shade.column, shade.begins, shade.words) for shade in page.grid.shapes.shades]
    assert (2, 0, "产品培训") in shades
    assert not page._accept.enabled
    assert page.foot.values["visits"].text() == "1"
    assert page.foot._figures["placed"].isHidden()


def test_a_customer_nobody_knows_where_is_said_aloud_and_leads_there(here: Here, page: Any) -> None:
    part = page.panel.unjudged
    assert part.isVisible()
    line = next(
        one for one in part.findChildren(object) if getattr(one, "pressed", None) is not None
        and one.accessibleName() == "无名之地"
    )  # fmt: skip
    line.setFocus()
    press(here, Key.Key_Return)
    assert here.window.page.route.page == "account"


def test_p_proposes_and_the_figures_are_the_sum_of_what_is_shown(here: Here, page: Any) -> None:
    propose(here, page)
    proposed = names(page, Frame.PROPOSED)
    assert proposed >= set(NAMES[1:])
    values = {name: label.text() for name, label in page.foot.values.items()}
    assert int(values["due"]) == sum(int(values[one]) for one in ("placed", "left", "lost"))
    assert values["lost"] == "1"
    assert page.foot._figures["lost"].isVisible()
    assert int(values["placed"]) == len(proposed)
    assert int(values["left"]) == len(page.panel.left.rows)
    roads = sum(road.minutes for road in page.grid.shapes.roads)
    assert roads == sum(drive or 0 for drive in page.grid.shapes.drives)
    assert page.planner.board.plan.drive == roads
    assert page._proposing.words == "Propose again"


def test_nothing_lies_in_an_absence_nor_over_what_is_fixed(here: Here, page: Any) -> None:
    propose(here, page)
    blocks = page.grid.shapes.blocks
    assert all(b.begins >= 12 * 60 for b in blocks if b.column == 2)
    for one in blocks:
        for other in blocks:
            if one is not other and one.column == other.column:
                assert one.ends <= other.begins or other.ends <= one.begins


def test_arrows_move_the_block_hold_it_and_keep_the_focus(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[2])
    column, begins = when(page, key)
    press(here, Key.Key_Down)
    assert when(page, key) == (column, (begins // 30 + 1) * 30)
    assert page.grid.blocks[key].hasFocus()
    assert page.grid.blocks[key].block.frame is Frame.PINNED
    press(here, Key.Key_Right if column < 4 else Key.Key_Left)
    assert when(page, key)[0] == (column + 1 if column < 4 else column - 1)
    assert here.window.page is page


def test_what_is_agreed_does_not_move_and_says_how_it_would(here: Here, page: Any) -> None:
    key = choose(page, NAMES[0])
    press(here, Key.Key_Down)
    assert when(page, key) == (1, 600)
    assert "F makes it ours" in here.told()
    press(here, Key.Key_F)
    here.qtbot.waitUntil(lambda: page.grid.blocks[key].block.frame is Frame.LOOSE, timeout=8000)
    press(here, Key.Key_Down)
    assert when(page, key) == (1, 630)
    press(here, Key.Key_F)
    here.answered()
    assert here.desk().visits.ask.get(key).firmness is Firmness.AGREED


def test_space_pins_and_a_new_proposal_leaves_it_there(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[3])
    there = when(page, key)
    press(here, Key.Key_Space)
    assert page.grid.blocks[key].block.frame is Frame.PINNED
    propose(here, page)
    assert when(page, key) == there
    choose(page, NAMES[3])
    press(here, Key.Key_Space)
    assert page.grid.blocks[key].block.frame is Frame.PROPOSED


def test_del_puts_back_and_it_stays_out_until_it_is_tried(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[4])
    press(here, Key.Key_Delete)
    assert key not in page.grid.blocks
    propose(here, page)
    assert key not in page.grid.blocks
    row = next(row for row in page.panel.left.rows if row.key == key)
    assert row.why == "You put it back"
    row.setFocus()
    press(here, Key.Key_T)
    here.qtbot.waitUntil(lambda: page.planner.trial is not None, timeout=8000)
    assert key in page.grid.blocks
    assert page.panel.trial.isVisible()
    press(here, Key.Key_Escape)
    assert page.planner.trial is None
    assert key not in page.grid.blocks
    assert here.window.page is page


def test_what_is_tried_is_kept_by_enter_and_pinned(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[4])
    press(here, Key.Key_Delete)
    page.panel.left.rows[0].setFocus()
    press(here, Key.Key_T)
    here.qtbot.waitUntil(lambda: page.planner.trial is not None, timeout=8000)
    press(here, Key.Key_Return)
    assert page.planner.trial is None
    assert page.grid.blocks[key].block.frame is Frame.PINNED


def test_ctrl_enter_accepts_as_one_action_that_is_undone_at_once(here: Here, page: Any) -> None:
    propose(here, page)
    pinned = choose(page, NAMES[5])
    press(here, Key.Key_Space)
    there = when(page, pinned)
    press(here, Key.Key_Return, ctrl=True)
    assert "The week is accepted" in here.told()
    desk = here.desk()
    planned = [
        line for line in desk.visits.ask.between(
            Instant.at(MONDAY, 0), Instant.at(date(2026, 3, 21), 0))
        if line.state is VisitState.PLANNED
    ]  # fmt: skip
    firmness = {line.account_name: desk.visits.ask.get(line.id).firmness for line in planned}
    assert set(firmness) >= set(NAMES)
    assert firmness[NAMES[5]] is Firmness.PINNED
    assert firmness[NAMES[1]] is Firmness.LOOSE
    mine = next(line for line in planned if line.account_name == NAMES[5])
    assert mine.start.local.hour * 60 + mine.start.local.minute == there[1]
    assert page.planner.board.standing
    assert not page.planner.board.changes
    assert here.desk().drafts.every() == []
    press(here, Key.Key_Z, ctrl=True)
    here.answered()
    assert names(page, Frame.LOOSE) == set()


def test_the_mouse_drags_a_block_to_another_day(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[2])
    block = page.grid.blocks[key]
    column, _ = when(page, key)
    target = 4 if column != 4 else 0
    scale = page.grid.scale
    box = scale.box(target, 16 * 60, 17 * 60)
    start = QPoint(20, 10)

    def at() -> QPoint:
        """Where the mouse is to be, seen from the block that moves along."""
        return block.mapFrom(page.grid, box.topLeft() + start)

    QTest.mousePress(block, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(block, start + QPoint(10, 10))
    QTest.mouseMove(block, at())
    QTest.mouseRelease(block, Qt.MouseButton.LeftButton, pos=at())
    here.answered()
    assert when(page, key) == (target, 16 * 60)


def test_leaving_the_page_and_coming_back_finds_the_week_as_it_was(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[2])
    press(here, Key.Key_Down)
    there = when(page, key)
    here.window.show_page_anew()
    here.answered()
    again: Any = here.window.page
    assert again is not page
    here.qtbot.waitUntil(lambda: key in again.grid.blocks, timeout=8000)
    assert when(again, key) == there
    assert again.grid.blocks[key].block.frame is Frame.PINNED
    assert names(again, Frame.PROPOSED) == names(page, Frame.PROPOSED)


def test_esc_stops_the_search_and_only_then_goes_back(
    here: Here, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamdesk.desktop.week.searching.SECONDS", 30.0)
    page.grid.setFocus()
    here.qtbot.keyClick(here.window.focusWidget(), Key.Key_P)
    here.qtbot.waitUntil(lambda: page.planner.search.running, timeout=8000)
    assert page.planner.board.proposed
    here.qtbot.keyClick(here.window.focusWidget(), Key.Key_Escape)
    assert not page.planner.search.running
    assert here.window.page is page
    here.answered()
    press(here, Key.Key_Escape)
    assert here.window.page is not page


def test_moving_something_ends_the_search_and_nothing_moves_it_afterwards(
    here: Here, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamdesk.desktop.week.searching.SECONDS", 30.0)
    page.grid.setFocus()
    here.qtbot.keyClick(here.window.focusWidget(), Key.Key_P)
    here.qtbot.waitUntil(lambda: page.planner.search.running, timeout=8000)
    key = choose(page, NAMES[2])
    here.qtbot.keyClick(here.window.focusWidget(), Key.Key_Down)
    there = when(page, key)
    assert not page.planner.search.running
    here.answered()
    assert when(page, key) == there


def test_a_way_is_corrected_in_place_and_the_week_drives_so(here: Here, page: Any) -> None:
    propose(here, page)
    road = next(one for one in page.grid.shapes.roads if one.to is not None)
    page.grid.setFocus()
    page.grid.choose(road.to)
    press(here, Key.Key_M)
    step = page.panel.step
    assert step is not None
    assert step.minutes.hasFocus()
    for typed in ("x", "77"):
        step.minutes.selectAll()
        here.qtbot.keyClicks(step.minutes, typed)
        press(here, Key.Key_Return)
    here.qtbot.waitUntil(lambda: page.panel.step is None, timeout=8000)
    here.answered()
    assert 77 in {one.minutes for one in page.grid.shapes.roads}


def test_why_sums_up_and_speaks_of_the_chosen_one(here: Here, page: Any) -> None:
    propose(here, page)
    choose(page, NAMES[1])
    here.qtbot.waitUntil(lambda: page.panel.why.sum is not None, timeout=8000)
    reasons = page.planner.verdict.why
    assert page.panel.why.sum == sum(round(one.points) for one in reasons)
    assert NAMES[1] in page.panel.why.name.text()


def test_a_night_away_is_tried_taken_and_given_up_again(here: Here, page: Any) -> None:
    propose(here, page)
    before = page.planner.board.plan
    page.grid.setFocus()
    press(here, Key.Key_O)
    here.qtbot.waitUntil(lambda: page.planner.trial is not None, timeout=8000)
    trial = page.planner.trial
    assert len(trial.nights) > 1
    press(here, Key.Key_O)
    here.qtbot.waitUntil(lambda: page.planner.trial.at == 1, timeout=8000)
    assert page.planner.trial.after.night.place == trial.nights[1].place
    press(here, Key.Key_Return)
    night = page.planner.board.night
    assert night is not None
    assert page.planner.board.days[night.day].plan.to_place == night.place
    assert page.planner.board.days[night.day + 1].plan.from_place == night.place
    page.grid.setFocus()
    press(here, Key.Key_O)
    assert page.planner.board.night is None
    assert {key for day in before.days for key in (one.key for one in day.stops)} == set(
        page.planner.board.standing
    )


def test_del_on_a_visit_that_is_planned_takes_it_out_with_an_undo(here: Here, page: Any) -> None:
    propose(here, page)
    press(here, Key.Key_Return, ctrl=True)
    here.told()
    key = choose(page, NAMES[1])
    assert page.grid.blocks[key].block.frame is Frame.LOOSE
    press(here, Key.Key_Delete)
    assert "Put back" in here.told()
    here.answered()
    assert key not in page.grid.blocks
    assert NAMES[1] in {item.name for item in page.planner.board.waiting}
    page.grid.setFocus()
    press(here, Key.Key_Z, ctrl=True)
    here.answered()
    assert key in page.grid.blocks


def test_put_where_they_do_not_receive_it_says_so(here: Here, page: Any) -> None:
    propose(here, page)
    key = choose(page, NAMES[2])
    column, _ = when(page, key)
    page.planner.put(key, column, 19 * 60)
    here.answered()
    assert page.grid.blocks[key].block.is_outside
    assert "they do not receive then" in page.grid.blocks[key].accessibleName()


def test_the_panel_gives_way_where_there_is_no_room_and_i_shows_it(here: Here, page: Any) -> None:
    here.window.resize(820, 700)
    here.answered()
    assert page.panel.isHidden()
    page.grid.setFocus()
    press(here, Key.Key_I)
    assert page.panel.isVisible()
    press(here, Key.Key_I)
    assert page.panel.isHidden()


def test_rows_left_out_are_as_high_as_their_lines(here: Here, page: Any) -> None:
    here.window.resize(1280, 560)
    here.answered()
    for row in page.panel.left.rows:
        name, why = row._lines(row.width())
        assert row.height() >= len(name) * 20 + len(why) * 18


def test_brackets_turn_the_week(here: Here, page: Any) -> None:
    page.grid.setFocus()
    press(here, Key.Key_BracketRight)
    assert here.window.page.route == Route("week", None, "2026-03-23")
    press(here, Key.Key_BracketLeft)
    assert here.window.page.route == Route("week", None, "2026-03-16")


def test_without_a_route_the_present_week_is_shown(here: Here) -> None:
    page = here.go(Route("week"))
    assert page.monday == date(2026, 3, 9)
    assert page.route == Route("week")


def test_a_search_that_ended_is_silent(here: Here, page: Any) -> None:
    search: Searching = page.planner.search
    assert not search.stop()
    assert not search.running


def test_what_is_to_be_done_next_is_the_filled_button(here: Here, page: Any) -> None:
    assert (page._proposing.kind, page._to_accept.kind) == (Kind.PRIMARY, Kind.QUIET)
    propose(here, page)
    assert (page._proposing.kind, page._to_accept.kind) == (Kind.QUIET, Kind.PRIMARY)
