"""What scenes are shown on: small invented territories that stay on their day, and a program."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import KeyInHand, keyring
from kamdesk.desktop.opening.locking import Left
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.desktop.shots import LARGE, settle
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.demo.material import Language

DAY: Final = date(2026, 3, 12)
_TODAY: Final = Route("today")
_ACCOUNTS: Final = 24
_LIST: Final = (
    "客户名称,客户简称,城市,电话\n"
    "瑞坪矿业有限公司,瑞坪矿业,徐州,0516-8800 1200\n"
    "沐禾乳业股份有限公司,沐禾乳业,湖州,0572-2100 880\n"
    "黎光照明有限公司,黎光照明,常州,\n"
    ",,南京,025-8888 0000\n"
    "芦汀纺织有限公司,芦汀纺织,常熟,0512-5200 118\n"
)


class Territories:
    """A territory in each language, made once; without the system's keyring."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.keys: KeyInHand = keyring({})

    def of(self, language: str, accounts: int = _ACCOUNTS) -> Path:
        """Return the folder of the territory of so many customers that speaks ``language``."""
        from kamdesk.demo.territory import demo_clock, demo_ids, fill
        from kamdesk.storage.creating import create
        from kamdesk.workspace import open_workspace

        folder = self._folder / (language if accounts == _ACCOUNTS else f"{language}-{accounts}")
        if not folder.exists():
            create(folder, DEMO_PASSPHRASE, keys=self.keys)
            clock = demo_clock(DAY)
            ids = demo_ids(clock, 1)
            desk = open_workspace(folder, keys=self.keys, clock=clock, ids=ids)
            spoken = cast("Language", language)
            fill(desk, accounts=accounts, seed=1, day=DAY, language=spoken)
            desk.close()
            (self._folder / "list.csv").write_text(_LIST, "utf-8")
        return folder

    def empty(self) -> Path:
        """Return the folder of a workspace without a customer."""
        from kamdesk.storage.creating import create

        folder = self._folder / "empty"
        if not folder.exists():
            create(folder, DEMO_PASSPHRASE, keys=self.keys)
        return folder

    def left(self, language: str) -> Path:
        """Return a copy of the territory in which two people are past their day by then."""
        from kamdesk.workspace import open_workspace

        known = (self._folder / f"{language}-left").exists()
        folder = self.aside("left", language)
        if not known:
            clock = StoppedClock(Instant.at(DAY, 8, 10))
            desk = open_workspace(
                folder, passphrase=lambda: DEMO_PASSPHRASE, keys=self.keys, clock=clock
            )
            for line in desk.people.ask.lines()[:2]:
                desk.people.keep(line.id, date(2027, 12, 31))
            desk.close()
        return folder

    def aside(self, name: str, language: str) -> Path:
        """Return a copy of the territory that a scene may change without the others seeing it."""
        folder = self._folder / f"{language}-{name}"
        if not folder.exists():
            shutil.copytree(self.of(language), folder)
        return folder

    def file(self) -> bytes:
        """Return the path of a list to import, as a route names it."""
        return os.fsencode(self._folder / "list.csv")


class Shown(Program):
    """A program whose window is closed with all that belongs to it."""

    def __init__(self, app: Application, folder: Path, keys: KeyInHand, *, day: date = DAY) -> None:
        clock = StoppedClock(Instant.at(day, 8, 10))
        super().__init__(app, folder, DEMO_PASSPHRASE, clock=clock)
        self.keys = keys

    def window(self, start: Route = _TODAY) -> MainWindow[Any]:
        """Return the window, its first page answered."""
        self.show_desk(self.folder, left=(Left(start),))
        window = self.application.window
        assert window is not None  # noqa: S101  (just opened)
        window.closing.connect(self.end)
        settle_until(lambda: window.page is not None)
        self.answered()
        return window

    def answered(self) -> None:
        """Wait until all that was asked is answered and laid out."""
        settle()
        settle_until(lambda: self.bench is None or not self.bench.busy)
        settle(150)


def settle_until(condition: Callable[[], bool], most: int = 8000) -> None:
    """Wait for a condition, so many milliseconds at most."""
    until = monotonic() + most / 1000
    while not condition() and monotonic() < until:
        settle(20)


def quiet(bench: Workbench[Any]) -> None:
    """Wait until all that was asked is answered, and what the answers asked as well."""
    for _ in range(2):
        settle(100)
        settle_until(lambda: not bench.busy)
    settle(100)


Do = Callable[[MainWindow[Any]], object]


def shown(
    territories: Territories,
    go: "Callable[[Any], Route] | None" = None,
    *,
    then: Do | None = None,
    aside: str = "",
    accounts: int = _ACCOUNTS,
) -> Callable[[Application], QWidget]:
    """Return what shows a page of the territory, or of a copy of it called ``aside``."""

    def make(app: Application) -> QWidget:
        spoken = looks.language()
        folder = territories.aside(aside, spoken) if aside else territories.of(spoken, accounts)
        program = Shown(app, folder, territories.keys)
        window = program.window(Route("accounts"))
        page: Any = window.page
        if go is not None:
            star = next(line for line in page.list.every if line.number == "KA-0001")
            window.go(go(star.id))
            program.answered()
        if then is not None:
            window.resize(LARGE)
            then(window)
            program.answered()
        return window

    return make


def bare(territories: Territories, route: Route) -> Callable[[Application], QWidget]:
    """Return what shows a page of a workspace without a customer."""

    def make(app: Application) -> QWidget:
        program = Shown(app, territories.empty(), territories.keys)
        return program.window(route)

    return make


def trigger(action: str) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.actions_here[action].trigger()

    return do
