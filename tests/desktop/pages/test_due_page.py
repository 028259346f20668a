"""Who is due for a contact, in the window: planned, called, agreed with, paused by keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.workspace import Workspace

from .conftest import Here

HOSTILE = "<b>粗</b>\u202e反"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A core customer last met in January, one with a hostile name, one without a class."""

    def more(desk: Workspace) -> None:
        for name, word in (
            ("恒廷纸业", AccountClass.CORE),
            (HOSTILE, AccountClass.HIGH_POTENTIAL),
            ("无分层", None),
        ):
            account = replace(desk.accounts.new(name), class_by_hand=word)
            desk.accounts.add(account)
            if name == "恒廷纸业":
                met = desk.visits.new(account.id, Instant.at(date(2026, 1, 20), 10))
                desk.visits.plan(replace(met, state=VisitState.HELD, objective="季度回顾"))

    return more


def listed(here: Here, name: str = "恒廷纸业") -> Any:
    """Return the page, one stands on the customer of this name."""
    page = here.go(Route("due"))
    here.qtbot.waitUntil(lambda: bool(page.list.lines), timeout=8000)
    page.list.setFocus()
    here.qtbot.waitUntil(page.list.view.hasFocus, timeout=8000)
    row = next(row for row in page.list.lines if row.owed.account_name == name)
    page.list.choose(row.id)
    page.list.pick([row.id])  # a Ctrl pressed before is still down for Qt
    return page


def cell(page: Any, title: str, name: str = "恒廷纸业") -> str:
    """Return what a column says of a customer."""
    at = [row.owed.account_name for row in page.list.lines].index(name)
    return page.list.shown(title, at)


def account(here: Here) -> Any:
    """Return the customer that is late."""
    return here.desk().accounts.ask.by_name("恒廷纸业")[0]


def test_the_most_urgent_stands_first_with_its_reason(here: Here) -> None:
    page = listed(here)
    assert page.list.lines[0].owed.account_name == "恒廷纸业"
    assert "overdue" in cell(page, "How it stands")
    assert cell(page, "Last contact") == "20 Jan"
    assert cell(page, "This cycle") == "0 of 1"
    assert "every 30 days" in cell(page, "Why")
    assert cell(page, "Planned") == "–"
    assert cell(page, "Customer", HOSTILE) == "<b>粗</b>‹RLO›反"
    assert page._unclassed.text() == "Not judged: 1 customer without a class."
    assert sum(page._shown.counts[:5]) == len(page.list.lines)


def test_a_visit_is_planned_with_whoever_is_due(here: Here) -> None:
    page = listed(here)
    here.press(Qt.Key.Key_N)
    page.step.when.setText("3-18 14:00")
    here.save()
    assert page.panel is None
    assert cell(page, "Planned") == "18 Mar"
    assert here.told() == "The visit is planned."


def test_a_call_is_noted_and_resets_no_visit(here: Here) -> None:
    page = listed(here)
    before = cell(page, "How it stands")
    here.press(Qt.Key.Key_C)
    page.step.said.setPlainText("电话约了下周")
    here.save()
    (call,) = (
        one for one in here.desk().visits.ask.whole(account(here)) if one.kind is VisitKind.CALL
    )
    assert (call.state, call.said) == (VisitState.CLOSED, "电话约了下周")
    assert call.no_next_step_because
    assert cell(page, "How it stands") == before
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    kinds = {one.kind for one in here.desk().visits.ask.whole(account(here))}
    assert VisitKind.CALL not in kinds


def test_an_agreement_takes_the_place_of_the_rule_and_can_be_ended(here: Here) -> None:
    page = listed(here)
    here.press(Qt.Key.Key_F)
    page.step.every.setText("oft")
    here.save()
    assert "how many days" in page.step.form.rows["every"].refusal
    page.step.every.setText("14")
    page.step.note.setText("他们要求")
    here.save()
    (agreed,) = here.desk().cadence.ask.agreements(account(here))
    assert (agreed.every, agreed.note, agreed.person) == (14, "他们要求", None)
    listed(here)
    here.press(Qt.Key.Key_F)
    assert page.step.every.text() == "14"
    page.step.every.setText("")
    here.save()
    assert here.desk().cadence.ask.agreements(account(here)) == []


def test_several_are_paused_with_a_reason_and_go_on(here: Here) -> None:
    page = listed(here)
    here.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    here.press(Qt.Key.Key_Z)
    page.step.until.setText("3-31")
    here.save()
    assert "Say why" in page.step.form.rows["because"].refusal
    page.step.because.setText("招标静默期")
    here.save()
    assert here.told() == "Contacts pause: 3 customers"
    assert {row.owed.word.value for row in page.list.lines} == {"paused"}
    assert cell(page, "How it stands") == "Paused until 31 Mar"
    assert "招标静默期" in cell(page, "Why")
    listed(here)
    here.press(Qt.Key.Key_G)
    assert "overdue" in cell(page, "How it stands")
    assert cell(page, "How it stands", HOSTILE) == "Paused until 31 Mar"


def test_a_word_narrows_the_list_and_says_how_many(here: Here) -> None:
    page = listed(here)
    here.press(Qt.Key.Key_W)
    assert page._word.currentText() == "Overdue: 1"
    assert [row.owed.account_name for row in page.list.lines] == ["恒廷纸业"]


def test_what_was_typed_is_offered_where_it_was_typed(here: Here) -> None:
    page = listed(here)
    here.press(Qt.Key.Key_Z)
    page.step.because.setText("没写完")
    here.press(Qt.Key.Key_Escape)
    assert page.panel is None
    page.resume(f"due:{account(here).hex()}:pause")
    here.answered()
    assert page.step.because.text() == "没写完"


def labels(part: Any) -> list[str]:
    """Return what a part says."""
    return [one.text() for one in part.findChildren(PlainLabel) if one.isVisibleTo(part)]


def test_the_page_of_a_customer_shows_both_clocks_and_pauses_them(here: Here) -> None:
    page = here.go(Route("account", account(here)))
    block = page.overview.contact
    here.qtbot.waitUntil(lambda: block.seen is not None, timeout=8000)
    said = labels(block)
    assert {"A visit", "A call or message"} <= set(said)
    assert "16 days overdue" in said
    assert "Every 30 days · last 20 Jan · nothing planned · this cycle 0 of 1" in said
    block.pause()
    step = page.overview.standing.step
    step.until.setText("3-31")
    step.because.setText("招标静默期")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: "Paused until 31 Mar" in labels(block), timeout=8000)
    block.pause()  # quiet now: it goes on
    here.qtbot.waitUntil(lambda: "16 days overdue" in labels(block), timeout=8000)


def test_a_customer_without_a_class_says_why_nothing_is_asked(here: Here) -> None:
    (bare,) = here.desk().accounts.ask.by_name("无分层")
    page = here.go(Route("account", bare))
    here.qtbot.waitUntil(lambda: page.overview.contact.seen is not None, timeout=8000)
    assert any(words.startswith("No class yet") for words in labels(page.overview.contact))


def test_the_page_of_a_person_shows_their_clock_and_takes_an_agreement(here: Here) -> None:
    chen = next(
        one for one in here.desk().people.ask.lines(here.account.id) if one.name == "陈立新"
    )
    page = here.go(Route("person", chen.id))
    here.qtbot.waitUntil(lambda: page.contact.seen is not None, timeout=8000)
    assert "Decides at a core customer: a meeting every half year" in labels(page.contact)
    here.press(Qt.Key.Key_F)
    here.qtbot.waitUntil(lambda: page.step is not None, timeout=8000)
    page.step.every.setText("21")
    here.save()
    (agreed,) = here.desk().cadence.ask.agreements(here.account.id)
    assert (agreed.person, agreed.every) == (chen.id, 21)
    here.qtbot.waitUntil(
        lambda: any("very 21 days" in words for words in labels(page.contact)), timeout=8000
    )


def test_a_visit_too_many_is_told_where_its_time_is_typed(here: Here) -> None:
    page = listed(here, "澜川")
    here.press(Qt.Key.Key_N)
    page.step.when.setText("3-13 9:00")
    here.qtbot.waitUntil(
        lambda: "more than twice" in page.step.form.rows["time"]._help.text(), timeout=8000
    )
