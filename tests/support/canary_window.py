"""The window's part of the day with the forty words: every page, a paper, a print, a bug."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from support.canaries import CHINESE, CUSTOMER, LEFT, PERSON

from kamdesk.desktop.application import Application
from kamdesk.desktop.finding.palette import Palette
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.printing import print_paper
from kamdesk.desktop.papers.shown_papers import put_shown
from kamdesk.desktop.program import Program
from kamdesk.settings import MachineSettings, Remembered, config_folder
from kamdesk.workspace import Workspace

_PATIENCE = 30.0


def look_round(workspace: Path, lists: Path) -> dict[str, Any]:
    """Open the real window, go everywhere, end it; return what was seen."""
    settings = MachineSettings(config_folder())
    application = Application(settings, Remembered(config_folder()))
    application.choose_language("zh")
    application.choose_theme("dark")
    program = Program(application, workspace, os.environ["KAMDESK_PASSPHRASE"])
    before, sys.excepthook = sys.excepthook, program.bugs.crashed_here
    try:
        program.begin()
        _until(lambda: isinstance(program.shown, MainWindow) and program.shown.page is not None)
        window: Any = program.shown
        seen = _everywhere(program, window, lists)
        settings.opened(workspace)
        QTimer.singleShot(0, _break)
        _until(lambda: len(list(_notes(workspace))) > 0, patience=5.0)
        title = window.windowTitle()
        window.close()
        return {**seen, "title": title}
    finally:
        program.end()
        sys.excepthook = before


def _everywhere(program: Any, window: Any, lists: Path) -> dict[str, Any]:
    bench = program.bench

    def settled() -> None:
        _until(lambda: not bench.busy)
        QApplication.processEvents()

    settled()
    account, visit = _ids(bench)
    for kind in list(window._kinds.values()):
        if kind.place in ("top", "foot"):
            window.go(Route(kind.id))
            settled()
    window.go(Route("account", account))
    settled()
    for tab in ("people", "visits", "history", "overview"):
        window.page.tabs.choose(tab)
        window.page._choose(tab)
        settled()
    for view in ("organisation", "influence", "matrix"):
        window.go(Route("chain", account, view))
        settled()
    for page, record in _records(bench):
        window.go(Route(page, record))
        settled()
    for kind in ("map", "influence", "access"):
        window.go(Route("paper", account, kind))
        settled()
    window.go(Route("brief", visit, "visit"))
    settled()
    paper = window.page.made.data
    put_shown(program.folder, paper)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(lists / "out" / "printed.pdf"))
    print_paper(printer, paper)
    palette = Palette(window, bench)
    for typed in (CUSTOMER, PERSON, LEFT[2], CHINESE[1]):
        palette.field.setText(typed)
        settled()
    window.go(Route("import", bytes(lists / "list.csv")))
    settled()
    window.go(Route("account", account))
    settled()
    return {"pages": len(window._kinds), "paper": len(paper)}


def _ids(bench: Any) -> tuple[bytes, bytes]:
    got: list[tuple[bytes, bytes]] = []

    def ask(desk: Workspace) -> tuple[bytes, bytes]:
        account = desk.accounts.ask.by_name(CUSTOMER)[0]
        return bytes(account), bytes(desk.visits.ask.of_account(account, limit=1)[0].id)

    bench.ask(None, ask, got.append)
    _until(lambda: bool(got))
    return got[0]


def _records(bench: Any) -> list[tuple[str, bytes | None]]:
    """Return the pages of single records, and lists no rail leads to."""
    got: list[list[tuple[str, bytes | None]]] = []

    def ask(desk: Workspace) -> list[tuple[str, bytes | None]]:
        one = desk.storage.reader.ask
        return [
            ("access_plan", None),
            ("access_plan", one("SELECT id FROM access_plans LIMIT 1").value()),
            ("opportunity", one("SELECT id FROM opportunities LIMIT 1").value()),
            ("promises", None),
            ("due", None),
            ("playbook", None),
            ("patterns", None),
        ]

    bench.ask(None, ask, got.append)
    _until(lambda: bool(got))
    return got[0]


def _break() -> None:
    floor_price = CHINESE[2]
    raise RuntimeError(f"{CUSTOMER} {floor_price}")


def _notes(workspace: Path) -> list[Path]:
    from kamdesk.logs import log_folder

    return list(log_folder().glob("crash-*.txt"))


def _until(done: Callable[[], bool], *, patience: float = _PATIENCE) -> None:
    """Let the window work until something is so; raises ``TimeoutError``."""
    end = time.monotonic() + patience
    while not done():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() > end:
            raise TimeoutError
    QApplication.processEvents()
