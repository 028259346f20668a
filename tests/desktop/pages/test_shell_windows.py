"""Several windows on one workspace: own ways, one truth; the last one to close ends it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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
    create(made.folder, SECRET, keys=made.keys)
    made.show_desk(made.folder)
    settled(made, qtbot)
    made.application.windows[0].go(Route("accounts"))
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
