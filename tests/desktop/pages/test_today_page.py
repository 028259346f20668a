"""Today: what it shows, how one moves through it, and what its keys do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.minutes import length
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Route
from kamdesk.desktop.today.agenda_view import free_words
from kamdesk.desktop.today.time_scale import Gap, Way, gaps, hours, minutes_at, slots, ways
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

LONG = "长" * 3000


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        account = desk.accounts.ask.by_number("KA-0173")[0]
        for hour, fields in (
            (9, {"minutes": 30, "kind": VisitKind.CALL}),
            (16, {"minutes": 60, "objective": "<b>定</b>日期", "place": "\u202e会议室"}),
            (16, {"minutes": 30, "objective": LONG}),
        ):
            visit = desk.visits.new(account, Instant.at(DAY, hour))
            desk.visits.plan(replace(visit, **fields))
        waits = replace(desk.accounts.new("恒廷纸业"), class_by_hand=AccountClass.CORE)
        desk.accounts.add(waits)
        met = desk.visits.new(waits.id, Instant.at(date(2026, 1, 20), 10))
        desk.visits.plan(replace(met, state=VisitState.CLOSED, objective="季度回顾"))
        theirs = desk.promises.new(account, PromiseSide.THEIRS, "开通账号")
        desk.promises.make(replace(theirs, due=DAY))
        habits = desk.habits.ask.habits()
        desk.habits.keep(replace(habits, home_lat=31.3, home_lon=120.6, home_from="typed"))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    page = here.go(Route("today"))
    here.qtbot.waitUntil(lambda: page.moves is not None, timeout=8000)
    return page


def labels(part: Any) -> list[str]:
    return [one.text() for one in part.findChildren(PlainLabel) if one.isVisibleTo(part)]


def key(page: Any, which: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, which)


def test_it_is_first_in_the_rail_and_alt_1_goes_there(here: Here) -> None:
    QTest.keyClick(here.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    here.answered()
    assert here.window.page.route.page == "today"
    assert here.window.windowTitle() == "Today – KamDesk"


def test_the_title_names_the_day_and_counts_visits(page: Any) -> None:
    assert page._head.title.text() == "Thursday 12 March"
    assert page._head.remark.text() == "4 visits"


def test_blocks_stand_on_their_hours(page: Any) -> None:
    nine, two, four, also_four = page.agenda.blocks
    hour = page.agenda._y(10 * 60) - page.agenda._y(9 * 60)
    assert two.y() - nine.y() == pytest.approx(5 * hour, abs=1)
    assert two.height() == pytest.approx(hour, abs=1)
    assert nine.height() == pytest.approx(hour / 2, abs=1)
    assert four.y() == also_four.y()
    assert four.geometry().right() < also_four.geometry().left()


def test_the_ways_of_the_day_are_said_between_its_visits(here: Here, page: Any) -> None:
    here.qtbot.waitUntil(lambda: bool(page.agenda.ways), timeout=8000)
    minutes = page.agenda.ways[0].minutes
    assert f"{length(minutes).plain} on the road" in page.agenda.accessibleDescription()


def test_a_block_says_all_that_a_screen_reader_needs(page: Any) -> None:
    nine, two, four, _ = page.agenda.blocks
    assert two.accessibleName() == (
        "澜川, 14:00–15:00, visit, 无锡, 请陈总点名项目负责人, 陈立新 · neutral"
    )
    assert "No objective yet" in nine.accessibleName()
    assert "‹RLO›会议室" in " ".join(labels(four))
    assert "<b>定</b>日期" in four.accessibleName()


def test_the_next_visit_is_the_only_filled_one(page: Any) -> None:
    assert [block._is_next for block in page.agenda.blocks] == [True, False, False, False]
    assert page.agenda._now == 8 * 60 + 10


def test_what_lacks_and_what_is_owed_stand_beside(page: Any) -> None:
    _moves, _due, promises, up, prepare = page.cards
    assert [row.meeting.account_name for row in up.rows] == ["澜川"]
    assert len(prepare.rows) == 4
    assert "No objective yet · nobody of theirs named · no questions noted" in labels(prepare)
    assert [row.line.words for row in promises.rows] == ["双语 ROI 模型", "开通账号"]
    assert "2 days late" in labels(promises)


def test_moves_say_what_to_do_and_why_and_their_number_leads_there(here: Here, page: Any) -> None:
    moves = page.cards[0]
    assert moves.rows[0].accessibleName() == (
        "Keep our word: 双语 ROI 模型. 澜川 · due 10 Mar · 2 days late · you are there today"
    )
    assert "by worth and lateness" in labels(moves)[1]
    key(page, Qt.Key.Key_1)
    here.answered()
    assert here.window.page.route == Route("promises", here.account.id)


def test_who_is_due_stands_there_and_p_plans_a_visit_with_them(here: Here, page: Any) -> None:
    due = page.cards[1]
    assert [row.line.account_name for row in due.rows] == ["恒廷纸业"]
    assert "16 days overdue" in labels(due)
    assert "1 overdue · 1 never visited · P plans a visit" in labels(due)
    assert page.cards[0].rows[1].accessibleName().startswith("Call on 恒廷纸业. Core customer")
    key(page, Qt.Key.Key_P)
    here.answered()
    listed: Any = here.window.page
    here.qtbot.waitUntil(lambda: listed.panel is not None, timeout=8000)
    assert (listed.route.page, listed.step.account) == ("due", due.rows[0].line.account)


def test_j_and_k_walk_through_all_and_enter_opens(here: Here, page: Any) -> None:
    page.setFocus()
    walked = []
    for _ in range(len(page._stops()) + 1):
        key(page, Qt.Key.Key_J)
        walked.append(QApplication.focusWidget())
    assert walked[: len(page._stops())] == page._stops()
    assert walked[-1] is walked[-2]
    key(page, Qt.Key.Key_K)
    key(page, Qt.Key.Key_Up)
    key(page, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page._stops()[-2]
    key(page, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page.route == Route("visit", page.cards[4].rows[-2].meeting.id)


def test_a_block_leads_to_its_visit_and_an_old_one_to_its_write_up(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[Route] = []
    monkeypatch.setattr(page, "go", lambda *route: gone.append(Route(*route)))
    page.agenda.blocks[1].click()
    page.cards[3].rows[0].click()
    page.cards[4].rows[0].click()
    assert gone == [
        Route("visit", page.agenda.blocks[1].meeting.id),
        Route("debrief", page.cards[3].rows[0].meeting.id),
        Route("visit", page.cards[4].rows[0].meeting.id),
    ]


def test_a_ticked_promise_is_kept_and_ctrl_z_takes_it_back(here: Here, page: Any) -> None:
    row = page.cards[2].rows[0]
    row.box.setFocus()
    QTest.keyClick(row.box, Qt.Key.Key_Space)
    assert here.told() == "Kept: 双语 ROI 模型"
    here.answered()
    assert [one.line.words for one in page.cards[2].rows] == ["开通账号"]
    assert state_of(here, "双语 ROI 模型") is PromiseState.KEPT
    QTest.keyClick(here.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert len(page.cards[2].rows) == 2


def state_of(here: Here, words: str) -> PromiseState:
    desk = here.desk()
    try:
        every = desk.promises.ask.of_account(here.account.id)
        return next(one.state for one in every if one.words == words)
    finally:
        desk.close()


def test_brackets_turn_the_days_and_t_comes_back(here: Here, page: Any) -> None:
    page.setFocus()
    key(page, Qt.Key.Key_BracketRight)
    here.answered()
    assert page._head.title.text() == "Friday 13 March"
    assert page._head.remark.text() == "1 day from now"
    assert page.here == Route("today", None, "2026-03-13")
    assert page.agenda._none.isVisible()
    assert "No visits on this day" in labels(page.agenda)
    assert not page.agenda._line.isVisible()
    key(page, Qt.Key.Key_BracketLeft)
    here.answered()
    key(page, Qt.Key.Key_BracketLeft)
    here.answered()
    assert page._head.title.text() == "Wednesday 11 March"
    key(page, Qt.Key.Key_T)
    here.answered()
    assert page._head.title.text() == "Thursday 12 March"
    assert page.here == Route("today")


def test_ctrl_p_makes_the_day_pack_and_b_the_brief(here: Here, page: Any) -> None:
    page.agenda.blocks[1].setFocus()
    key(page, Qt.Key.Key_B)
    here.answered()
    assert here.window.page.route == Route("brief", here.visit, "visit")
    page = here.go(Route("today"))
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert here.window.page.route == Route("daypack", None, "2026-03-12")


def test_a_visit_planned_elsewhere_comes_in(here: Here, page: Any) -> None:
    account = here.account.id

    def plan(desk: Workspace) -> object:
        return desk.visits.plan(desk.visits.new(account, Instant.at(DAY, 11)))

    here.bench.do(None, plan)
    here.answered()
    assert len(page.agenda.blocks) == 5
    assert page._head.remark.text() == "5 visits"


def test_the_focus_stays_where_it_was_when_something_changes(here: Here, page: Any) -> None:
    page.agenda.blocks[1].setFocus()

    def plan(desk: Workspace) -> object:
        return desk.visits.plan(desk.visits.new(here.account.id, Instant.at(DAY, 8)))

    here.bench.do(None, plan)
    here.answered()
    assert QApplication.focusWidget() is page.agenda.blocks[2]


def test_when_the_day_turns_the_page_turns(
    here: Here, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = Instant.at(DAY + timedelta(days=1), 0, 1)
    monkeypatch.setattr(StoppedClock, "now", lambda _: tomorrow)
    page._tick()
    here.answered()
    assert page._head.title.text() == "Friday 13 March"
    assert page.agenda._now == 1
    assert {row.meeting.start.day for row in page.cards[3].rows} == {DAY, date(2026, 2, 18)}


def test_past_visits_are_quiet_and_ask_to_be_written_up(
    here: Here, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoppedClock, "now", lambda _: Instant.at(DAY, 20))
    page._tick()
    here.answered()
    assert all("To write up" in block.accessibleName() for block in page.agenda.blocks[1:])
    assert not any(block._is_next for block in page.agenda.blocks)


def test_a_workspace_without_customers_teaches(here: Here) -> None:
    (waits,) = here.desk().accounts.ask.by_name("恒廷纸业")
    for account in (here.account.id, waits):
        here.bench.do(None, lambda desk, account=account: desk.accounts.drop(account))
    here.answered()
    page = here.go(Route("today"))
    assert page._first.isVisible()
    assert not page._body.isVisible()
    assert "To the customers" in page._first.findChild(type(page._back)).words


def test_nothing_is_asked_while_nobody_looks(here: Here, page: Any) -> None:
    here.go(Route("accounts"))
    here.qtbot.wait(20)  # the list asks for the signs of its rows once they are seen
    here.answered()
    page._tick()
    assert not here.bench.busy


def test_long_and_hostile_words_are_cut(page: Any) -> None:
    names = [block.accessibleName() for block in page.agenda.blocks]
    assert max(map(len, names)) < 1000
    assert max(map(len, labels(page))) <= looks.LONGEST


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(30, "Free 30 min"), (60, "Free 1 h"), (140, "Free 2 h 20"), (125, "Free 2 h 05")],
)
def test_free_time_is_said_in_hours(minutes: int, words: str) -> None:
    assert looks.said(free_words(minutes)) == words


def test_the_scale_of_a_day_reaches_as_far_as_its_visits(desk: Workspace) -> None:
    account = desk.accounts.new("华东重工")
    desk.accounts.add(account)

    def at(hour: int, minutes: int) -> None:
        visit = desk.visits.new(account.id, Instant.at(DAY, hour))
        desk.visits.plan(replace(visit, minutes=minutes, state=VisitState.PLANNED))

    from kamdesk.dossier.day import read_day

    for hour, minutes in ((6, 60), (6, 10), (9, 60), (10, 30), (23, 600)):
        at(hour, minutes)
    read = read_day(desk.storage.reader, None, now=desk.clock.now(), me=None)
    placed = slots(read.meetings, DAY)
    assert [(slot.top, slot.bottom, slot.lane, slot.lanes) for slot in placed] == [
        (360, 420, 0, 2),
        (360, 390, 1, 2),
        (540, 600, 0, 1),
        (600, 630, 0, 1),
        (1380, 1440, 0, 1),
    ]
    assert gaps(placed, {}) == [Gap(420, 540), Gap(630, 1380)]
    ids = [slot.meeting.id for slot in placed]
    minutes = {ids[2]: 100, ids[3]: 20, ids[4]: 45}  # two right after each other: no way is seen
    assert gaps(placed, minutes) == [Gap(630, 1335)]
    assert ways(placed, minutes) == [Way(440, 540, 100), Way(1335, 1380, 45)]
    (short,) = ways(placed[1:3], {ids[2]: 200})
    assert (short, short.is_short_of_time) == (Way(390, 540, 200), True)
    assert hours(placed, None) == range(6, 25)
    assert hours([], 8 * 60 + 10) == range(8, 19)
    assert minutes_at(Instant.at(DAY + timedelta(days=2), 3), DAY) == 1440
