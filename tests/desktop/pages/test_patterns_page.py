"""Patterns of visits in the window: made of a week, filled, laid out, renamed, deleted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.domain.visits.model import Attendee, Firmness, Side
from kamdesk.workspace import Workspace

from .conftest import Here

MONDAY = date(2026, 3, 9)
HOSTILE = "<b>粗</b>\u202e反"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A second visit this week, at a customer with a hostile name."""

    def more(desk: Workspace) -> None:
        account = desk.accounts.new(HOSTILE)
        desk.accounts.add(account)
        visit = replace(
            desk.visits.new(account.id, Instant.at(MONDAY + timedelta(days=4), 9)), minutes=45
        )
        desk.visits.plan(visit, Attendee.at(visit, desk.team.me, Side.OURS))

    return more


def enter(here: Here) -> None:
    """Press Ctrl+Enter in the step."""
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def made(here: Here, weeks: int = 2) -> Any:
    """Go to the page and make a pattern of this week by keys."""
    page = here.go(Route("patterns"))
    here.press("n")
    here.qtbot.waitUntil(lambda: page.step is not None and page.step.name.hasFocus(), timeout=8000)
    page.step.name.insert("苏州一圈")
    page.step.weeks.choose(weeks)
    enter(here)
    here.qtbot.waitUntil(lambda: page.step is None and bool(page.list.lines), timeout=8000)
    here.answered()
    return page


def test_an_empty_page_teaches_with_one_button(here: Here) -> None:
    page = here.go(Route("patterns"))
    said = [label.text() for label in page.findChildren(PlainLabel) if label.isVisible()]
    assert "No pattern of visits yet" in said
    assert not page.actions_here["patterns.lay"].enabled
    assert not page.cells.isVisible()


def test_a_week_becomes_a_pattern_and_its_cycle_is_seen(here: Here) -> None:
    page = made(here)
    assert page._head.remark.text() == "every 2 weeks · 2 visits"
    assert [page.list.shown("Day", row) for row in (0, 1)] == ["Thursday", "Friday"]
    assert page.list.shown("Customer", 1) == "<b>粗</b>‹RLO›反"
    assert page.cells.accessibleName() == "2 visits in 2 weeks"


def test_a_week_without_a_visit_is_refused_at_its_field(here: Here) -> None:
    page = here.go(Route("patterns"))
    page.begin_new()
    page.step.name.setText("空")
    page.step.monday.setText("2026-08-03")
    page.step.wanted.emit()
    here.answered()
    assert "No visit of yours" in page.step.form.rows["monday"].refusal
    assert page.step.name.text() == "空"
    page.step.monday.setText("")
    page.step.wanted.emit()
    here.qtbot.waitUntil(lambda: page.step is None, timeout=8000)
    here.answered()
    assert [one.name for one in here.desk().patterns.ask.all()] == ["空"]


def test_it_is_laid_out_after_showing_what_would_come_and_undone(here: Here) -> None:
    page = made(here, weeks=1)
    before = len(here.desk().visits.ask.lines())
    page.list.setFocus()
    here.press("l")
    here.qtbot.waitUntil(lambda: page.step is not None and bool(page.step.laid), timeout=8000)
    page.step.monday.setText("2026-04-27")
    page.step.cycles.setText("2")
    here.qtbot.waitUntil(lambda: len(page.step.laid) == 4, timeout=8000)
    assert page.step.told.text() == "3 visits would be planned · 1 left out"
    first = [label.text() for label in page.step.preview.findChildren(PlainLabel)][:2]
    assert first == ["1 May 9:00", "<b>粗</b>‹RLO›反 · no working day: Labour Day"]
    enter(here)
    here.qtbot.waitUntil(lambda: page.step is None, timeout=8000)
    here.answered()
    lines = here.desk().visits.ask.lines()
    assert len(lines) == before + 3
    new = [here.desk().visits.ask.get(one.id) for one in lines]
    loose = [one for one in new if one.firmness is Firmness.LOOSE]
    assert {one.start.day for one in loose if one.start} == {
        date(2026, 4, 30), date(2026, 5, 7), date(2026, 5, 8),
    }  # fmt: skip
    assert here.told() == "3 visits are planned."
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: len(here.desk().visits.ask.lines()) == before, timeout=8000)


def test_a_wrong_number_of_times_is_refused_at_its_field(here: Here) -> None:
    page = made(here)
    page.begin_lay()
    here.answered()
    page.step.cycles.setText("many")
    page.step.try_out()
    here.answered()
    assert page.step.form.rows["cycles"].refusal == "Write how many times: 1, 2, 6."
    assert page.step.cycles.text() == "many"


def test_visits_are_added_changed_and_taken_out(here: Here) -> None:
    page = made(here)
    page.begin_add()
    here.answered()
    step = page.step
    here.qtbot.keyClicks(step.account, "lanchuan")
    here.qtbot.waitUntil(lambda: bool(step.account._offered), timeout=8000)
    here.qtbot.keyClick(step.account, Qt.Key.Key_Tab)
    step.week.choose(2)
    step.begins.setText("29:00")
    step.wanted.emit()
    assert "no time" in step.form.rows["begins"].refusal
    step.begins.setText("15:30")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: len(page.list.lines) == 3, timeout=8000)
    page.list.view.selectRow(2)
    page.begin_change()
    here.answered()
    page.step.minutes.setText("90")
    page.step.wanted.emit()
    here.qtbot.waitUntil(lambda: page.step is None, timeout=8000)
    here.answered()
    assert [page.list.shown(name, 2) for name in ("Week", "Time", "Minutes")] == [
        "Week 2",
        "15:30",
        "90",
    ]
    page.list.view.selectRow(2)
    page.list.setFocus()
    here.press(Qt.Key.Key_Delete)
    here.qtbot.waitUntil(lambda: len(page.list.lines) == 2, timeout=8000)


def test_a_pattern_is_renamed_and_deleted_with_a_way_back(here: Here) -> None:
    page = made(here)
    page.list.setFocus()
    here.press("r")
    here.answered()
    page.step.name.setText("无锡一圈")
    page.step.wanted.emit()
    here.qtbot.waitUntil(lambda: page.patterns.currentText() == "无锡一圈", timeout=8000)
    page.list.setFocus()
    here.press("x")
    here.qtbot.waitUntil(lambda: page.content.patterns == [], timeout=8000)
    assert here.told() == "Deleted: 无锡一圈"
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: len(page.content.patterns) == 1, timeout=8000)


def test_the_week_plan_leads_to_a_pattern_of_that_week_and_to_absences(here: Here) -> None:
    page = here.go(Route("week", None, "2026-03-09"))
    here.qtbot.waitUntil(lambda: page.monday is not None, timeout=8000)
    page.actions_here["week.pattern"].trigger()
    here.answered()
    patterns: Any = here.window.page
    here.qtbot.waitUntil(lambda: patterns.step is not None, timeout=8000)
    assert patterns.step.monday.text() == "2026-03-09"
    page = here.go(Route("week", None, "2026-03-16"))
    page.actions_here["week.away"].trigger()
    here.answered()
    calendars: Any = here.window.page
    here.qtbot.waitUntil(lambda: calendars.step is not None, timeout=8000)
    step = calendars.step
    assert step.first.text() == "2026-03-16"
    step.last.setText("2026-03-13")
    step.wanted.emit()
    here.answered()
    assert step.form.rows["last"].refusal == "The last day comes before the first."
    step.last.setText("3-17")
    step.time.setText("下午")
    step.words.setText(HOSTILE)
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: bool(here.desk().working_days.ask.absences(date.min, date.max)),
                         timeout=8000)  # fmt: skip
    here.answered()
    (kept,) = here.desk().working_days.ask.absences(date.min, date.max)
    assert (kept.first, kept.last, kept.begins) == (date(2026, 3, 16), date(2026, 3, 17), 720)
    assert kept.colleague == here.desk().team.me
    words = [label.text() for label in calendars.absences.lines.findChildren(PlainLabel)]
    assert words[:2] == ["16 Mar – 17 Mar", "12:00–24:00"]
    calendars.absences._change(kept)
    here.answered()
    calendars.step._drop()
    here.qtbot.waitUntil(
        lambda: not here.desk().working_days.ask.absences(date.min, date.max), timeout=8000
    )
