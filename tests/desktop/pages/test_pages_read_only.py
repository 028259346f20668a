"""Where nothing can be saved, pages of promises, duties, calendars and patterns say so and stay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.desks import KEY, MORNING, SALT, a_desk
from support.halves import a_whole_file

from kamdesk.core.clock import StoppedClock
from kamdesk.desktop.application import Application
from kamdesk.desktop.kinds import kinds
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered
from kamdesk.storage.database import connect
from kamdesk.workspace import Workspace

WRITING = {
    "promises": ("promises.kept", "promises.dropped"),
    "due": ("due.resume",),
    "calendars": ("calendars.forget",),
    "patterns": ("patterns.out", "patterns.drop"),
}
"""What writes at once, without a form, by page; forms keep what was typed (see drafts)."""


class Shown:
    """A window on a whole file that can be read, and written to or not."""

    def __init__(
        self, application: Application, qtbot: QtBot, folder: Path, *, readonly: bool
    ) -> None:
        def opened(reading: bool) -> Workspace:
            never = reading or readonly
            connection = connect(folder / "kamdesk.db", KEY, SALT, readonly=never)
            clock = StoppedClock(MORNING)
            return Workspace(connection, folder=folder, clock=clock, readonly=never)

        self.bench: Workbench[Workspace] = Workbench(
            opened, position=lambda desk: desk.storage.position()
        )
        self.window: MainWindow[Any] = MainWindow(
            self.bench, kinds(application, folder), Remembered(None), searches=True
        )
        self.application, self.qtbot, self.crashes = application, qtbot, []
        self.look = opened(True)
        application.window = self.window
        self.bench.crashed.connect(lambda crash: self.crashes.append(str(crash)))
        qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.window.show()

    def go(self, page: str) -> None:
        """Go to a page, and let its first line be chosen."""
        self.window.go(Route(page))
        self.answered()

    def answered(self) -> None:
        """Wait until all is answered."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not self.bench.busy, timeout=8000)
            QApplication.processEvents()

    def written(self) -> int:
        """Return how many ops the file holds."""
        return int(self.look.storage.reader.ask("SELECT count(*) FROM op").value() or 0)

    def end(self) -> None:
        """Close all."""
        self.window.close()
        self.bench.close()
        self.look.close()
        self.application.window = None


@pytest.fixture(params=[True, False], ids=["read only", "control"])
def shown(
    application: Application, qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Shown, bool]]:
    """The window, and whether its file can only be read."""
    desk = a_desk(tmp_path)
    a_whole_file(desk)
    desk.close()
    made = Shown(application, qtbot, tmp_path, readonly=request.param)
    yield made, request.param
    made.end()


def test_what_cannot_be_saved_is_said_and_the_page_stays(shown: tuple[Shown, bool]) -> None:
    here, readonly = shown
    for page, actions in WRITING.items():
        for action in actions:
            here.go("help")
            here.go(page)
            before = here.written()
            here.window.page.actions_here[action].trigger()
            here.answered()
            refused = "KamDesk is open; close it" in here.window.notices.words
            assert (here.written() == before, refused) == (readonly, readonly), action
            assert here.window.page.route.page == page
    assert here.crashes == []
