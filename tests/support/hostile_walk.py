"""Walks every page of the window, with all its tabs and side panels, and writes down what it costs.

A page kind that is not among the stops is told by ``unseen``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot
from support.desks import KEY, MORNING, SALT, a_desk
from support.halves import a_whole_file
from support.hostile_cells import write_everywhere

from kamdesk.core.clock import StoppedClock
from kamdesk.desktop.account.page import TABS
from kamdesk.desktop.application import Application
from kamdesk.desktop.kinds import kinds
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered
from kamdesk.storage.database import connect
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)


class Stop(NamedTuple):
    """A page to go to, and the actions there that open a panel or a form."""

    route: Route
    opens: tuple[str, ...] = ()


class Cost(NamedTuple):
    """What showing a page took: statements, and things that stand on it."""

    statements: int
    things: int


@dataclass
class Walked:
    """The window being walked, and the statements its desks ran so far."""

    window: MainWindow[Any]
    bench: Workbench[Workspace]
    qtbot: QtBot
    stops: list[Stop]
    said: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.page

    def answered(self) -> None:
        """Wait until all is answered and shown."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not self.bench.busy, timeout=20_000)
            QApplication.processEvents()

    def go(self, route: Route) -> Cost:
        """Go to a page; return what that took."""
        before = len(self.said)
        self.window.go(route)
        self.answered()
        assert self.window.page is not None
        assert self.window.page.route == route
        return Cost(len(self.said) - before, things(self.window.page))

    def press(self, action: str) -> None:
        """Do what an action of the page does, as its key would."""
        self.page.actions_here[action].trigger()
        self.answered()

    def escape(self, route: Route) -> None:
        """Press Esc where the focus is; come back to the page if that leaves it."""
        aim = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        self.qtbot.keyClick(aim, Qt.Key.Key_Escape)
        self.answered()
        if self.page.route != route:
            self.go(route)

    def answers(self) -> bool:
        """Press Alt+Left; true when the window goes back."""
        page = self.window.page
        self.qtbot.keyClick(self.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        self.answered()
        return self.window.page is not page

    def unseen(self) -> set[str]:
        """Return the kinds of page no stop is at."""
        return set(self.window._kinds) - {stop.route.page for stop in self.stops}


def things(top: QWidget) -> int:
    """Return how much stands on a page: parts, rows of lists, shapes of drawings."""
    found = 0
    for widget in top.findChildren(QWidget):
        found += 1
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model: QAbstractItemModel = widget.model()
            found += model.rowCount() * max(1, model.columnCount())
        if isinstance(widget, QGraphicsView) and widget.scene() is not None:
            found += len(widget.scene().items())
    return found


def stops(desk: Workspace, folder: Path) -> list[Stop]:
    """Return every page there is, on a workspace with a record of every kind."""
    one = desk.storage.reader.ask
    account = one("SELECT account FROM visits ORDER BY rid LIMIT 1").value()
    person = one("SELECT person FROM needs ORDER BY rid LIMIT 1").value()
    held = one("SELECT id FROM visits WHERE state = 'held' LIMIT 1").value()
    ahead = one("SELECT id FROM visits WHERE state = 'planned' LIMIT 1").value()
    plan = one("SELECT id FROM access_plans LIMIT 1").value()
    deal = one("SELECT id FROM opportunities LIMIT 1").value()
    listed, bundle = folder / "list.csv", folder / "all.zip"
    return [
        Stop(Route("today")),
        Stop(Route("accounts"), PANELS["accounts"]),
        *(Stop(Route("account", account, tab), PANELS.get(tab, ())) for tab, _ in TABS),
        Stop(Route("people")),
        Stop(Route("person", person), PANELS["person"]),
        *(Stop(Route("duplicates", None, tab)) for tab in ("people", "accounts")),
        *(Stop(Route("visits", None, f"{view}:{DAY}"), ("visits.new",))
          for view in ("log", "day", "week", "month")),
        Stop(Route("week", None, "2026-03-09"), ("week.propose",)),
        *(Stop(Route("visit", visit)) for visit in (held, ahead)),
        Stop(Route("debrief")),
        Stop(Route("debrief", held)),
        Stop(Route("brief", ahead, "visit")),
        Stop(Route("brief", account, "account")),
        *(Stop(Route("paper", held, paper)) for paper in ("minutes", "table")),
        Stop(Route("daypack", None, str(DAY))),
        *(Stop(Route("paper", None, f"{paper}:{DAY}")) for paper in ("week", "month")),
        Stop(Route("history")),
        Stop(Route("history", account)),
        Stop(Route("import")),
        Stop(Route("import", bytes(listed))),
        Stop(Route("import", bytes(bundle))),
        *(Stop(Route(page)) for page in ("safety", "review", "help", "settings")),
        Stop(Route("own_fields"), PANELS["own_fields"]),
        Stop(Route("playbook"), PANELS["playbook"]),
        Stop(Route("chain", account, "organisation"), PANELS["chain"]),
        Stop(Route("chain", account, "influence")),
        Stop(Route("chain", account, "matrix"), PANELS["matrix"]),
        Stop(Route("access_plan")),
        Stop(Route("access_plan", plan), PANELS["access_plan"]),
        Stop(Route("patterns"), PANELS["patterns"]),
        Stop(Route("promises"), PANELS["promises"]),
        Stop(Route("promises", account)),
        Stop(Route("due"), PANELS["due"]),
        Stop(Route("calendars"), PANELS["calendars"]),
        Stop(Route("exchange"), ("exchange.join",)),
        Stop(Route("conflicts")),
        Stop(Route("opportunities"), ("opportunities.new",)),
        Stop(Route("opportunity", deal), PANELS["opportunity"]),
        *(Stop(Route("paper", account, kind)) for kind in ("map", "influence")),
    ]  # fmt: skip


PANELS: dict[str, tuple[str, ...]] = {
    "accounts": ("accounts.new", "accounts.conditions", "accounts.group"),
    "overview": (
        "account.edit",
        "account.task",
        "account.phase",
        "account.call",
        "account.agree",
        "account.pause",
    ),
    "person": (
        "person.edit",
        "person.way",
        "person.need",
        "person.post",
        "person.judge",
        "person.moves",
        "person.plan",
        "person.call",
        "person.agree",
        "person.pause",
    ),
    "own_fields": ("own_fields.new", "own_fields.change"),
    "playbook": ("playbook.copy", "playbook.change"),
    "matrix": ("matrix.ours", "matrix.visit"),
    "access_plan": ("access.edit", "access.step", "access.topics"),
    "opportunity": ("opportunity.edit",),
    "promises": ("promises.new", "promises.change", "promises.remind", "promises.group"),
    "calendars": ("calendars.name", "absence.add"),
    "due": ("due.plan", "due.call", "due.agree", "due.pause"),
    "patterns": (
        "patterns.new",
        "patterns.rename",
        "patterns.add",
        "patterns.change",
        "patterns.lay",
    ),
    "chain": ("chain.way", "chain.what_if", "chain.moved", "chain.compare"),
}
"""Actions that open a form or a panel, by page or by the tab of a customer."""


@contextmanager
def a_window(application: Application, qtbot: QtBot, folder: Path, words: Any) -> Iterator[Walked]:
    """Open the window at 1280×720 on a workspace in which ``words`` stand everywhere."""
    desk = a_desk(folder)
    a_whole_file(desk)
    write_everywhere(desk, words)
    (folder / "list.csv").write_text(
        f"客户编号,客户名称,城市,{_cell(words)}\n" + f"K1,{_cell(words)},x,y\n" * 3, "utf-8"
    )
    desk.bundles.write(folder / "all.zip")
    places = stops(desk, folder)
    desk.close()
    said: list[str] = []

    def opened(readonly: bool) -> Workspace:
        connection = connect(folder / "kamdesk.db", KEY, SALT, readonly=readonly)
        connection.set_trace_callback(said.append)
        clock = StoppedClock(MORNING)
        return Workspace(connection, folder=folder, clock=clock, readonly=readonly)

    bench: Workbench[Workspace] = Workbench(opened, position=lambda desk: desk.storage.position())
    window: MainWindow[Any] = MainWindow(
        bench, kinds(application, folder), Remembered(None), searches=True
    )
    application.window = window
    walked = Walked(window, bench, qtbot, places, said)
    bench.crashed.connect(lambda crash: walked.crashes.append(str(crash)))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(Route("help", None, "today"))
    walked.answered()
    yield walked
    window.close()
    bench.close()
    application.window = None


def _cell(words: str) -> str:
    """Return words as a cell of a plain list."""
    plain = "".join(sign for sign in words if sign >= " ").replace('"', "'")
    return f'"{plain}"'
