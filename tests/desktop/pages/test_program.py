"""The program: first run, unlock, a workspace in use, the lock when idle."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.commands import CHEAP

from kamdesk.desktop.application import Application
from kamdesk.desktop.first_run.flow import FirstRun
from kamdesk.desktop.first_run.steps import CodeStep, KeyStep, ReadyStep
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.opening.steps import Doorway, RefusedStep, UnlockStep
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.storage.creating import create
from kamdesk.storage.lock import Lock

SECRET = "four quiet rivers run"

Begin = Callable[..., Program]


@pytest.fixture
def begin(application: Application, qtbot: QtBot, tmp_path: Path) -> Iterator[Begin]:
    """Begins the program on a folder, without the system's keyring; ended at the end."""
    made: list[Program] = []

    def begun(passphrase: str = "", *, folder: str = "work") -> Program:
        program = Program(application, tmp_path / folder, passphrase, demo=tmp_path / "demo")
        program.keys = keyring({"XDG_RUNTIME_DIR": str(tmp_path)})
        made.append(program)
        return program

    yield begun
    for program in made:
        window = program.shown
        if window is not None:
            qtbot.addWidget(window)
            window.close()
        program.end()
    application.window = None


def seen(program: Program, kind: type, qtbot: QtBot) -> Any:
    """Wait until a window of a kind is shown, and return it."""
    qtbot.waitUntil(lambda: isinstance(program.shown, kind), timeout=20_000)
    return program.shown


def opened(program: Program, qtbot: QtBot, *, start: str = "accounts") -> MainWindow[Any]:
    """Wait for the window; from the page it begins with go to ``start``."""
    window = seen(program, MainWindow, qtbot)
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: window.page is not None, timeout=20_000)
    answered(program, qtbot)
    if window.page is not None and window.page.route == Route("today") and start != "today":
        window.go(Route(start))
        answered(program, qtbot)
    return window


def answered(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.bench is not None and not program.bench.busy, timeout=20_000)


def test_the_first_run_ends_on_a_day_that_teaches(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    program.begin()
    flow: FirstRun = seen(program, FirstRun, qtbot)
    flow.step.rows["en"].click()  # type: ignore[attr-defined]
    flow.step.new.click()  # type: ignore[attr-defined]
    step = flow.step
    assert isinstance(step, KeyStep)
    step.folder.setText(str(program.folder))
    step.name.setText("林晓彤")
    step.passphrase.setText("short")
    step.again.setText("short")
    step.went_on.emit()
    qtbot.waitUntil(lambda: bool(step.form.rows["passphrase"].refusal), timeout=10_000)
    step.passphrase.setText(SECRET)
    step.again.setText(SECRET)
    step.went_on.emit()
    qtbot.waitUntil(lambda: isinstance(flow.step, CodeStep), timeout=10_000)
    code = flow.step
    assert isinstance(code, CodeStep)
    code.kept.setChecked(True)
    code.went_on.emit()
    ready = flow.step
    assert isinstance(ready, ReadyStep)
    ready.rows["empty"].click()
    window = opened(program, qtbot, start="today")
    assert window.windowTitle() == "Today – KamDesk"
    page: Any = window.page
    assert page._first.isVisible()


def test_a_locked_workspace_is_unlocked_by_its_passphrase(begin: Begin, qtbot: QtBot) -> None:
    program = begin()
    code = create(program.folder, SECRET, keys=keyring({}), cost=CHEAP).recovery_code
    program.doors.show_unlock()
    door: Doorway = seen(program, Doorway, qtbot)
    step = door.step
    assert isinstance(step, UnlockStep)
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    assert step.form.rows["passphrase"].refusal == "Type the passphrase."
    step.passphrase.setText("not this one")
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    wrong = "That passphrase does not open this workspace."
    qtbot.waitUntil(lambda: step.form.rows["passphrase"].refusal == wrong, timeout=10_000)
    assert step.passphrase.text() == "not this one"
    step.passphrase.setText(code)
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    opened(program, qtbot)


def test_a_wrong_key_leads_to_the_unlock_page(begin: Begin, qtbot: QtBot) -> None:
    program = begin("wrong passphrase")
    create(program.folder, SECRET, keys=keyring({}), cost=CHEAP)
    program.show_desk(program.folder)
    door: Doorway = seen(program, Doorway, qtbot)
    assert isinstance(door.step, UnlockStep)
    assert door.step.form.rows["passphrase"].refusal


def test_a_workspace_in_use_says_so_and_opens_when_it_is_free(begin: Begin, qtbot: QtBot) -> None:
    program = begin(SECRET)
    create(program.folder, SECRET, keys=keyring({}), cost=CHEAP)
    held = Lock(program.folder)
    program.show_desk(program.folder)
    door: Doorway = seen(program, Doorway, qtbot)
    assert isinstance(door.step, RefusedStep)
    assert door.step.question.text() == "KamDesk is open"
    held.release()
    door.step.went_on.emit()
    opened(program, qtbot)


def test_the_demo_territory_is_made_and_opened(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamdesk.demo.making.ACCOUNTS", 4)
    program = begin()
    program.doors.make_demo()
    window = opened(program, qtbot)
    page: Any = window.page
    assert page._head.remark.text() == "4 customers"
