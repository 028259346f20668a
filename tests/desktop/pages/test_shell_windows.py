"""Several windows on one workspace: own ways, one truth; the last one to close ends it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.commands import CHEAP

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.opening.signs import LockSigns
from kamdesk.desktop.opening.steps import Doorway
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.storage.creating import create

SECRET = "four quiet rivers run"


@pytest.fixture
def program(application: Application, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """A program whose desk is open, on its list of customers."""
    made = Program(application, tmp_path / "work", SECRET, demo=tmp_path / "demo")
    made.keys = keyring({})
    create(made.folder, SECRET, keys=made.keys, cost=CHEAP)
    made.show_desk(made.folder)
    settled(made, qtbot)
    application.windows[0].go(Route("accounts"))
    settled(made, qtbot)
    yield made
    for window in list(application.windows):
        window.close()
    made.end()
    application.window = None


def settled(program: Program, qtbot: QtBot) -> None:
    """Wait until every window shows a page and all is answered."""

    def still() -> bool:
        windows = program.application.windows
        shown = all(window.page is not None for window in windows)
        return bool(windows) and shown and program.bench is not None and not program.bench.busy

    qtbot.waitUntil(still, timeout=20_000)
    QApplication.processEvents()


def two(program: Program, qtbot: QtBot) -> tuple[MainWindow[Any], MainWindow[Any]]:
    """Open a second window by its key."""
    (first,) = program.application.windows
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(first, Qt.Key.Key_N, keys)
    qtbot.waitUntil(lambda: len(program.application.windows) == 2)
    settled(program, qtbot)
    second = next(window for window in program.application.windows if window is not first)
    return first, second


def test_each_window_goes_its_own_way(program: Program, qtbot: QtBot) -> None:
    first, second = two(program, qtbot)
    second.go(Route("settings"))
    settled(program, qtbot)
    assert first.page
    assert second.page
    assert (first.page.route.page, second.page.route.page) == ("accounts", "settings")
    second.go_back()
    assert second.page.route.page == "accounts"
    first.go_forward()
    assert first.page.route.page == "accounts"


def test_a_change_in_one_is_seen_in_the_other(program: Program, qtbot: QtBot) -> None:
    first, second = two(program, qtbot)
    assert program.bench is not None
    program.bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new("北屏重工")))
    settled(program, qtbot)
    for window in (first, second):
        page: Any = window.page
        qtbot.waitUntil(lambda page=page: [a.name for a in page.list.every] == ["北屏重工"])


def test_closing_one_leaves_the_other_and_the_last_ends_the_desk(
    program: Program, qtbot: QtBot
) -> None:
    first, second = two(program, qtbot)
    bench = program.bench
    assert bench is not None
    first.close()
    settled(program, qtbot)
    assert program.application.windows == [second]
    page: Any = second.page
    bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new("承岳钢铁")))
    qtbot.waitUntil(lambda: len(page.list.every) == 1)
    second.close()
    assert program.application.windows == []
    asked: list[object] = []
    bench.ask(None, lambda desk: desk, asked.append)
    QApplication.processEvents()
    assert not bench.busy
    assert asked == []


def test_a_refusal_is_said_once_in_the_window_used_last(program: Program, qtbot: QtBot) -> None:
    first, second = two(program, qtbot)
    first.activateWindow()
    qtbot.waitUntil(first.isActiveWindow)
    assert program.application.window is first
    assert program.bench is not None
    program.bench.noticed.emit(RuleBroken(Text("A name has at most 400 characters.")))
    assert first.notices.words == "A name has at most 400 characters."
    assert second.notices.words == ""


def test_each_window_comes_back_where_it_was(program: Program, qtbot: QtBot) -> None:
    first, second = two(program, qtbot)
    first.setGeometry(10, 10, 700, 500)
    second.setGeometry(40, 30, 720, 520)
    second.close()
    _, again = two(program, qtbot)
    assert again.number == 2
    assert (again.width(), again.height()) == (720, 520)
    assert (first.width(), first.height()) == (700, 500)


def test_typing_in_one_keeps_all_from_being_idle(program: Program, qtbot: QtBot) -> None:
    first, second = two(program, qtbot)
    wanted: list[int] = []
    long_ago, now = -1e9, 0.0
    for window, last in ((first, long_ago), (second, now)):
        (signs,) = window.findChildren(LockSigns)
        signs.wanted.disconnect()
        signs.wanted.connect(lambda: wanted.append(1))
        signs.last = signs.looked[1] + last
    for window in (first, second):
        window.findChildren(LockSigns)[0].look()
    assert wanted == []
    second.findChildren(LockSigns)[0].last = long_ago
    first.findChildren(LockSigns)[0].look()
    assert wanted == [1]


def test_locking_hides_both_and_opens_both_again(program: Program, qtbot: QtBot) -> None:
    _, second = two(program, qtbot)
    second.go(Route("settings"))
    settled(program, qtbot)
    program.locking.lock()
    door = program.shown
    assert isinstance(door, Doorway)
    qtbot.waitUntil(lambda: program.bench is None, timeout=10_000)
    assert program.application.windows == []
    step: Any = door.step
    step.passphrase.setText(SECRET)
    qtbot.keyClick(step.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(program.application.windows) == 2, timeout=20_000)
    settled(program, qtbot)
    shown = {window.page.route.page for window in program.application.windows if window.page}
    assert shown == {"accounts", "settings"}
