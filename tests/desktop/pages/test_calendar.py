"""The calendar: visits on their hours, walked, moved, lengthened and dropped by keys and mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.domain.visits.model import VisitState
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
ZONE = "Asia/Shanghai"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A second visit at the same hour as the first, one that was dropped, one without a day."""

    def more(desk: Workspace) -> None:
        account = desk.accounts.ask.lines()[0].id
        for start, topic, state in (
            (Instant.at(DAY, 14, 30), "电话会", VisitState.PLANNED),
            (Instant.at(date(2026, 3, 13), 9), "取消了的", VisitState.DROPPED),
            (Instant.at(DAY, 17), "傍晚的", VisitState.PLANNED),
            (Instant.at(DAY, 19), "晚上的", VisitState.PLANNED),
            (None, "还没定日子", VisitState.PLANNED),
        ):
            visit = replace(desk.visits.new(account, start), topic=topic, state=state)
            desk.visits.plan(visit)

    return more


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("visits", None, f"week:{DAY}"))


@pytest.fixture
def hours(page: Any) -> Any:
    return page.timetable.hours


def when(here: Here, visit: bytes) -> tuple[str, int]:
    """Return the stored time of a visit, and its minutes."""
    found = here.desk().visits.ask.get(visit)
    return f"{found.start.local:%m-%d %H:%M}", found.minutes


def press(here: Here, hours: Any, key: Qt.Key, *, shift: bool = False) -> None:
    """Press a key where the focus is, and wait for what it does."""
    widget = here.window.focusWidget()
    here.qtbot.keyClick(widget, key, Shift if shift else Qt.KeyboardModifier.NoModifier)
    here.answered()


def test_a_week_begins_on_monday_and_shows_each_visit_on_its_hour(page: Any, hours: Any) -> None:
    assert page._title.text() == "Week 11 · 9 Mar – 15 Mar"
    assert hours.diary.first == date(2026, 3, 9)
    tops = {block.line.topic: block.y() for block in hours.blocks.values()}
    assert tops["电话会"] - tops[""] == 28  # half an hour
    assert "还没定日子" not in tops


def test_visits_at_the_same_time_stand_side_by_side_and_say_so(here: Here, hours: Any) -> None:
    first = hours.blocks[here.visit]
    other = next(b for b in hours.blocks.values() if b.line.topic == "电话会")
    assert not first.geometry().intersects(other.geometry())
    assert first.sign[0] == other.sign[0] == "triangle-alert"
    assert "Clashes with 澜川 · 14:30–15:30" in first.accessibleName()


def test_a_dropped_visit_clashes_with_nobody(hours: Any) -> None:
    dropped = next(b for b in hours.blocks.values() if b.line.topic == "取消了的")
    assert dropped.others == ()
    assert not dropped.movable
    assert dropped.accessibleName().endswith("dropped")


def test_arrows_walk_and_enter_opens(here: Here, page: Any, hours: Any) -> None:
    hours.setFocus()
    hours.go_to(DAY)
    hours.slot = hours.slot._replace(minute=13 * 60)
    hours._choose(None)
    assert page._footing.words.text() == "N or Enter plans a visit at the time chosen."
    press(here, hours, Key.Key_Down)
    press(here, hours, Key.Key_Down)
    assert hours.line.id == here.visit
    assert hours.blocks[here.visit].hasFocus()
    press(here, hours, Key.Key_Right)
    assert hours.line.topic == "电话会"
    press(here, hours, Key.Key_Right)
    assert hours.line is None
    assert hours.slot.day == 4
    press(here, hours, Key.Key_K)
    assert hours.line.topic == "取消了的"
    for _ in range(4):
        press(here, hours, Key.Key_K)
    press(here, hours, Key.Key_Return)
    assert here.window.page.route == Route("visit", here.visit)


def test_keys_move_a_visit_and_lengthen_it_one_action_each(here: Here, hours: Any) -> None:
    hours.setFocus()
    assert hours.choose(here.visit)
    press(here, hours, Key.Key_Down, shift=True)
    assert when(here, here.visit) == ("03-12 14:30", 60)
    press(here, hours, Key.Key_Right, shift=True)
    press(here, hours, Key.Key_Plus)
    assert when(here, here.visit) == ("03-13 14:30", 90)
    assert hours.blocks[here.visit].hasFocus()
    desk = here.desk()
    assert desk.undo.next_undo().name.plain == "Move visit"
    here.qtbot.keyClick(here.window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.told()
    here.answered()
    assert when(here, here.visit) == ("03-13 14:30", 60)


def drag(here: Here, block: Any, start: QPoint, by: QPoint) -> None:
    """Press, move and let go with the mouse; the block goes along under it."""
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    begun = block.mapToGlobal(start)
    QTest.mousePress(block, left, none, start)
    for step in (1, 2, 3):
        QTest.mouseMove(block, block.mapFromGlobal(begun + by * step / 3))
    QTest.mouseRelease(block, left, none, block.mapFromGlobal(begun + by))
    here.answered()


def test_a_visit_is_dragged_to_the_half_hour_nearest(here: Here, hours: Any) -> None:
    block, column = hours.blocks[here.visit], round(hours.scale.columns[0].width())
    drag(here, block, QPoint(20, 20), QPoint(column, 60))
    assert when(here, here.visit) == ("03-13 15:00", 60)


def test_a_visit_is_lengthened_at_its_foot(here: Here, hours: Any) -> None:
    block = hours.blocks[here.visit]
    drag(here, block, QPoint(20, block.height() - 3), QPoint(0, 56))
    assert when(here, here.visit) == ("03-12 14:00", 120)


def test_a_visit_that_took_place_stays_where_it_was(here: Here, page: Any) -> None:
    page.day = date(2026, 2, 18)
    page.reload()
    here.answered()
    hours = page.timetable.hours
    (held,) = hours.blocks.values()
    hours.setFocus()
    hours.choose(held.line.id)
    press(here, hours, Key.Key_Down, shift=True)
    assert here.told().startswith("Only a planned visit can be moved")
    assert when(here, held.line.id)[0] == "02-18 10:00"


def test_a_dropped_visit_comes_back_by_undo(here: Here, page: Any, hours: Any) -> None:
    hours.setFocus()
    hours.choose(here.visit)
    press(here, hours, Key.Key_Delete)
    assert here.told() == "Dropped: 澜川"
    here.answered()
    assert here.desk().visits.ask.get(here.visit).state is VisitState.DROPPED
    assert hours.blocks[here.visit]._dropped
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "Undone: Drop visit."
    here.answered()
    assert here.desk().visits.ask.get(here.visit).state is VisitState.PLANNED


def test_the_month_counts_and_says_how_many_more(here: Here, page: Any) -> None:
    press(here, page, Key.Key_M)
    month = page.month
    assert page._title.text() == "March 2026"
    assert month.diary.first == date(2026, 2, 23)
    assert month.day_words(DAY) == "Thu 12 Mar · 4 visits"
    here.window.resize(1280, 720)
    here.qtbot.waitUntil(lambda: month.height() < 600)
    shown, more = month.seen_of(DAY)
    assert (shown[0].id, len(shown), more) == (here.visit, 2, 2)
    month.setFocus()
    month.choose(here.visit)
    press(here, month, Key.Key_Right, shift=True)
    assert when(here, here.visit) == ("03-13 14:00", 60)
    month.go_to(date(2026, 3, 20))
    month.setFocus()
    press(here, month, Key.Key_Return)
    assert (page.view, page.day) == ("day", date(2026, 3, 20))


def test_what_is_shown_goes_on_and_back(here: Here, page: Any) -> None:
    press(here, page, Key.Key_BracketRight)
    assert page._title.text() == "Week 12 · 16 Mar – 22 Mar"
    press(here, page, Key.Key_T)
    assert page._title.text() == "Week 11 · 9 Mar – 15 Mar"
    press(here, page, Key.Key_D)
    assert page._title.text() == "Thu 12 Mar · 2026"
    press(here, page, Key.Key_BracketLeft)
    assert page._title.text() == "Wed 11 Mar · 2026"


def test_a_visit_is_planned_at_the_half_hour_chosen(here: Here, page: Any, hours: Any) -> None:
    hours.setFocus()
    hours.go_to(date(2026, 3, 11))
    hours.slot = hours.slot._replace(minute=9 * 60 + 30)
    hours._choose(None)
    press(here, hours, Key.Key_N)
    form = page.form
    assert form.when.text() == "2026-03-11 9:30"
    here.qtbot.keyClicks(form.customer.field, "lanch")
    here.answered()
    assert [offer.words for offer in form.customer.offers] == ["澜川精密轴承有限公司"]
    here.qtbot.keyClick(form.customer.field, Key.Key_Tab)
    here.answered()
    assert form.account == here.account.id
    assert len(form.people) == 2
    form.when.setText("today 14:15")
    here.answered()
    assert "Clashes with 澜川" in form.form.rows["time"]._help.text()
    form.when.setText("nonsense")
    here.qtbot.keyClick(form.when, Key.Key_Return)
    assert form.form.rows["time"].refusal.startswith("“nonsense” is no day and time")
    form.when.setText("next Wed 16:00")
    here.qtbot.keyClick(form.when, Key.Key_Return)
    assert here.told() == "The visit is planned."
    here.answered()
    newest = here.desk().visits.ask.of_account(here.account.id)[0]
    assert f"{newest.start.local:%m-%d %H:%M}" == "03-18 16:00"
    assert not page.panel.isVisible()


def test_holidays_make_up_days_and_absences_are_said_of_their_days(here: Here) -> None:
    page = here.go(Route("visits", None, "month:2026-02-24"))

    def be_away(desk: Workspace) -> ChangeSet:
        away = replace(desk.working_days.new(date(2026, 2, 26)), words="Fair", begins=540, ends=720)
        return desk.working_days.add(away)

    page.do(be_away)
    here.answered()
    notes = page.month.diary.notes
    assert notes[date(2026, 2, 23)] == "Spring Festival"
    assert notes[date(2026, 2, 28)] == "Make-up day"
    assert notes[date(2026, 2, 26)] == "Fair 9:00–12:00"
    assert date(2026, 2, 25) not in notes
    assert page.month.day_words(date(2026, 2, 28)) == "Sat 28 Feb · Make-up day · nothing planned"
    page.go_today()
    page.show_view("day")
    here.answered()
    page._go_to(date(2026, 2, 28))
    here.answered()
    assert "Make-up day" in page.timetable.hours.accessibleDescription()
