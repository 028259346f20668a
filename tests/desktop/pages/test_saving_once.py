"""A form that is being saved takes no second save, and nothing typed meanwhile is lost."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import workbench
from kamdesk.desktop.errands import Errand
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.still import Still
from kamdesk.storage.storage import Storage

from .conftest import DAY, Here


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Lets nothing be written until it is set."""
    opened, real = threading.Event(), Storage.transaction

    def transaction(self: Storage) -> Any:
        opened.wait(20)
        return real(self)

    monkeypatch.setattr(Storage, "transaction", transaction)
    yield opened
    opened.set()


def new_form(here: Here) -> Any:
    page: Any = here.window.page
    page.actions_here["accounts.new"].trigger()
    here.answered()
    page._form.draft.open = False  # a draft would wait at the gate as well
    page._form.name.setText("瑞坪矿业")
    return page._form


def customers(here: Here) -> list[str]:
    desk = here.desk()
    try:
        return sorted(line.name for line in desk.accounts.ask.lines())
    finally:
        desk.close()


def save_of(form: Any) -> QPushButton:
    return next(b for b in form.findChildren(QPushButton) if b.accessibleName() == "Save")


def by_enter(here: Here, form: Any) -> None:
    here.qtbot.keyClick(form.name, Qt.Key.Key_Return)


def by_click(here: Here, form: Any) -> None:
    here.qtbot.mouseClick(save_of(form), Qt.MouseButton.LeftButton)


def by_double_click(here: Here, form: Any) -> None:
    by_click(here, form)
    here.qtbot.mouseDClick(save_of(form), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("press", [by_enter, by_click, by_double_click])
def test_pressed_twice_one_customer_is_made(
    here: Here, gate: threading.Event, press: Callable[[Here, Any], None]
) -> None:
    form = new_form(here)
    press(here, form)
    press(here, form)
    gate.set()
    here.answered()
    assert customers(here) == [here.account.name, "瑞坪矿业"]


@pytest.mark.parametrize("press", [by_enter, by_click])
def test_control_without_the_form_there_are_two(
    here: Here,
    gate: threading.Event,
    press: Callable[[Here, Any], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbench, "Errand", _without_form)
    monkeypatch.setattr(Still, "wait", lambda *_: None)
    form = new_form(here)
    press(here, form)
    press(here, form)
    gate.set()
    here.answered()
    assert customers(here) == [here.account.name, "瑞坪矿业", "瑞坪矿业"]


def _without_form(*given: Any, form: object = None, **named: Any) -> Errand:
    return Errand(*given, **named)


def test_while_it_is_saved_the_form_takes_no_typing_and_keeps_the_focus(
    here: Here, gate: threading.Event
) -> None:
    form = new_form(here)
    form.name.setFocus()
    by_enter(here, form)
    here.qtbot.keyClicks(form.name, "xyz")
    assert form.name.text() == "瑞坪矿业"
    assert form.name.hasFocus()
    gate.set()
    here.answered()
    page = here.go(Route("accounts"))
    page.actions_here["accounts.new"].trigger()
    here.answered()
    here.qtbot.keyClicks(form.name, "xyz")
    assert form.name.text() == "xyz"


def test_refused_the_form_takes_typing_again(here: Here, gate: threading.Event) -> None:
    form = new_form(here)
    form.name.clear()
    by_enter(here, form)
    gate.set()
    here.answered()
    assert form.form.rows["name"].refusal
    here.qtbot.keyClicks(form.name, "xyz")
    assert form.name.text() == "xyz"


def test_pressed_twice_one_visit_is_planned(here: Here, gate: threading.Event) -> None:
    page = here.go(Route("account", here.account.id))
    page.actions_here["account.plan"].trigger()
    here.answered()
    plan = page.visits.plan
    plan.draft.open = False
    plan.when.setText((DAY + timedelta(days=3)).isoformat())
    plan.topic.setText("双语 ROI 模型")
    for _ in range(2):
        here.qtbot.keyClick(plan.topic, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        here.qtbot.mouseClick(save_of(plan), Qt.MouseButton.LeftButton)
    gate.set()
    here.answered()
    desk = here.desk()
    topics = [line.topic for line in desk.visits.ask.of_account(here.account.id)]
    desk.close()
    assert topics.count("双语 ROI 模型") == 1


def test_saved_again_while_a_full_disk_is_tried_the_later_words_count(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    trying, go_on, full, real = threading.Event(), threading.Event(), [True], Storage.transaction

    def transaction(self: Storage) -> Any:
        if full[0]:
            trying.set()
            go_on.wait(20)
            raise StorageTrouble(Text("The disk is full: nothing was saved."))
        return real(self)

    monkeypatch.setattr(Storage, "transaction", transaction)
    here.bench._again.setInterval(10)
    form = new_form(here)
    go_on.set()
    by_enter(here, form)
    here.told()
    go_on.clear()
    trying.clear()
    here.qtbot.waitUntil(trying.is_set)
    form.name.setText("瑞坪矿业有限公司")
    form._save()  # while the first one is being tried again
    go_on.set()
    here.qtbot.wait(60)
    full[0] = False
    here.qtbot.waitUntil(lambda: len(customers(here)) == 2, timeout=8000)
    here.answered()
    assert customers(here) == [here.account.name, "瑞坪矿业有限公司"]
