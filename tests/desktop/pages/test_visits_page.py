"""The log of visits: narrowed, filtered as one types, older ones fetched, opened."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.core.clock import Instant
from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.desktop.visits import reading
from kamdesk.domain.visits.model import VisitState
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

Key = Qt.Key


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """Eight closed visits, one a week, and one that was dropped."""

    def more(desk: Workspace) -> None:
        account = desk.accounts.ask.lines()[0].id
        for week in range(1, 10):
            day = DAY - timedelta(weeks=week)
            visit = desk.visits.new(account, Instant.at(day, 9))
            state = VisitState.DROPPED if week == 9 else VisitState.CLOSED
            desk.visits.plan(replace(visit, topic=f"例会 {week}", state=state))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("visits", None, "log"))


def topics(page: Any) -> list[str]:
    """Return the topics shown, in order."""
    return [line.topic for line in page.log.list.lines]


def test_the_newest_visits_stand_first_and_the_next_is_chosen(here: Here, page: Any) -> None:
    assert page.log.list.current.id == here.visit
    assert topics(page)[:3] == ["", "例会 1", "例会 2"]
    assert page.log.list.shown("With", 0) == "陈立新"
    assert page.log.list.shown("State", 0) == "Planned"
    assert page.log.count.text() == "11 visits"


def test_states_narrow_the_log(here: Here, page: Any) -> None:
    found = {}
    for state in ("planned", "to_write_up", "closed", "dropped"):
        page.log.filter.choose(state)
        page.log.filter.chosen.emit(state)
        here.answered()
        found[state] = topics(page)
    assert found["planned"] == [""]
    assert found["to_write_up"] == ["技术交流会"]
    assert len(found["closed"]) == 8
    assert found["dropped"] == ["例会 9"]


def test_a_state_nothing_is_in_explains_itself(here: Here, page: Any) -> None:
    here.bench.do(None, lambda desk: desk.visits.drop(here.visit, seen=desk.storage.position()))
    here.answered()
    page.log.filter.choose("planned")
    page.log.filter.chosen.emit("planned")
    here.answered()
    shown = [empty for empty in page.log._none.values() if empty.isVisible()]
    assert [empty.heading.text() for empty in shown] == ["Nothing is planned"]
    assert not page.log.list.isVisible()


def test_typing_filters_by_pinyin_of_the_customer(here: Here, page: Any) -> None:
    page.log.list.setFocus()
    here.qtbot.keyClick(page.log.list.view, Key.Key_Slash)
    field = here.window.focusWidget()
    here.qtbot.keyClicks(field, "lanchuan 3")
    assert topics(page) == ["例会 3"]
    here.qtbot.keyClick(field, Key.Key_Return)
    here.answered()
    assert here.window.page.route.page == "visit"


def test_older_visits_are_fetched_page_by_page(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 4)
    page = here.go(Route("visits", None, "log:x"))
    assert len(topics(page)) == 4
    assert page.log.more.isVisible()
    for seen in (8, 11):
        here.qtbot.keyClick(page, Key.Key_O)
        here.answered()
        assert len(set(topics(page))) == len(topics(page)) == seen
    assert not page.log.more.isVisible()


def test_n_plans_from_any_page(here: Here) -> None:
    from kamdesk.desktop.visits.new_key import give_new_visit_key

    give_new_visit_key(here.window)
    here.go(Route("settings"))
    here.window.actions_here["new_visit"].trigger()
    here.answered()
    here.answered()
    assert here.window.page.route.page == "visits"
    assert here.window.page.form.isVisible()
    here.go(Route("account", here.account.id))
    here.qtbot.keyClick(here.window.page, Key.Key_N)
    here.answered()
    assert here.window.page.visits.plan.isVisible()


def test_a_draft_of_a_new_visit_comes_back_with_its_customer(here: Here, page: Any) -> None:
    here.qtbot.keyClick(page, Key.Key_N)
    here.answered()
    form = page.form
    here.qtbot.keyClicks(form.customer.field, "lanch")
    here.answered()
    here.qtbot.keyClick(form.customer.field, Key.Key_Tab)
    here.answered()
    form.topic.setText("试点评审")
    next(iter(form.people.values())).setChecked(True)
    here.qtbot.keyClick(form.topic, Key.Key_Escape)
    here.answered()
    assert page.form is None
    page.resume("visits::plan")
    here.answered()
    here.answered()
    again = page.form
    assert again.account == here.account.id
    assert again.topic.text() == "试点评审"
    assert [box.isChecked() for box in again.people.values()].count(True) == 1


def test_every_control_says_what_it_is(here: Here, page: Any) -> None:
    for view in ("log", "week", "month"):
        page.show_view(view)
        here.answered()
        silent = [
            type(widget).__name__
            for widget in QApplication.allWidgets()
            if widget.isVisible()
            and widget.window() is here.window
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or widget.focusProxy())
        ]
        assert silent == []


def test_what_is_seen_of_the_log_is_exported(
    here: Here, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "visits.csv"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    page.log.filter.choose("dropped")
    page.log.filter.chosen.emit("dropped")
    here.answered()
    here.qtbot.keyClick(here.window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "1 row is in visits.csv."
    head, row = target.read_text("utf-8-sig").splitlines()
    assert head == "When,Customer,Kind,Topic or objective,With,State"
    assert row.split(",")[1:4] == ["澜川", "Visit", "例会 9"]
    page.show_view("week")
    assert not page.actions_here["list.export"].enabled
    assert page.actions_here["visits.give"].enabled


@pytest.mark.parametrize("view", ["log", "week"])
def test_visits_seen_go_into_a_calendar_file(
    here: Here, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    target = tmp_path / "visits.ics"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    page.show_view(view)
    here.answered()
    shown = page.log.list.lines if view == "log" else page.timetable.hours.diary.shown
    here.qtbot.keyClick(here.window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert here.told().endswith("visits.ics.")
    written = target.read_text("utf-8").replace("\r\n ", "")
    assert sorted(re.findall(r"UID:visit-(\w+)@", written)) == sorted(v.id.hex() for v in shown)
