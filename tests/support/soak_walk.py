"""Walks through the window for a while, over and over, and notes what is held after each round.

Run as ``python -m support.soak_walk FOLDER SECONDS [keep]``; prints one line of JSON a round. With
``keep`` pages are kept that should go: the control, which the measures must show.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kamdesk.desktop.application import Application
from kamdesk.desktop.finding.palette import Palette
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.pages import Page, Route
from kamdesk.desktop.program import Program
from kamdesk.settings import MachineSettings, Remembered
from kamdesk.storage.key_file import Cost

SECRET = "demo-territory"
CUSTOMERS = 22
PAGES = (
    *("today", "people", "import", "own_fields", "playbook", "help", "calendars"),
    *("settings", "safety", "review", "week", "accounts"),
)
CHEAP = Cost(memory=8192, rounds=1, lanes=1)


def make_workspace(folder: Path) -> None:
    """Make a territory to walk in."""
    from datetime import date

    from kamdesk.demo.territory import demo_clock, demo_ids, fill
    from kamdesk.storage.creating import create
    from kamdesk.workspace import open_workspace

    keys, day = keyring({}), date(2026, 3, 12)
    create(folder, SECRET, keys=keys, cost=CHEAP)
    clock = demo_clock(day)
    desk = open_workspace(folder, keys=keys, clock=clock, ids=demo_ids(clock, 1))
    fill(desk, accounts=CUSTOMERS + 2, seed=1, day=day, language="zh")
    desk.close()


class Walk:
    """One program, walked through."""

    def __init__(self, folder: Path) -> None:
        config = Remembered(None)
        self.app = Application(MachineSettings(folder / "config"), config, ["kamdesk"])
        self.program = Program(self.app, folder / "work", SECRET, demo=folder / "demo")
        self.program.keys = keyring({})
        self.program.show_desk(folder / "work")
        self._wait_for_window()
        page = self.go(Route("accounts"))
        self.accounts = [line.id for line in page.list.every]

    @property
    def window(self) -> Any:
        return self.app.window

    def until(self, found: Callable[[], object], what: str) -> None:
        """Wait for a condition; raises ``TimeoutError``."""
        end = time.monotonic() + 60
        while not found():
            if time.monotonic() > end:
                raise TimeoutError(what)
            QTest.qWait(5)

    def answered(self) -> None:
        """Wait until all is answered and drawn."""
        QTest.qWait(5)
        self.until(
            lambda: self.program.bench is not None and not self.program.bench.busy, "answers"
        )
        QTest.qWait(20)

    def _wait_for_window(self) -> None:
        self.until(lambda: self.window is not None and self.window.page is not None, "the window")
        self.answered()
        self.until(lambda: "lock" in {a.id for a in self.window.actions_here}, "its keys")

    def go(self, route: Route) -> Any:
        self.window.go(route)
        self.answered()
        return self.window.page

    def round(self, customers: int = CUSTOMERS) -> None:
        """Go everywhere once, then lock and unlock."""
        for account in self.accounts[:customers]:
            self.go(Route("account", account))
        self._one_customer(self.accounts[0])
        self._paper(self.accounts[0])
        self._search()
        self._records(self.accounts[0])
        self._chain(self.accounts[0])
        for page in PAGES:
            self.go(Route(page))
        self.lock_and_unlock()

    def _one_customer(self, account: bytes) -> None:
        page = self.go(Route("account", account))
        for tab in ("people", "visits", "history", "overview"):
            page.tabs.choose(tab)
            page._choose(tab)
            self.answered()
        page.tabs.choose("people")
        page._choose("people")
        page.people.list.choose(page.people.list.every[0].id)
        page.people.show_rights()
        self.answered()
        page.people.rights.closed.emit()
        page._plan()
        self.answered()
        page.visits.plan.topic.setText("技术交流")
        page.visits.plan.closed.emit()
        field = page.particulars.fields["city"]
        field.begin()
        field.row.editor.setText("无锡市")
        field._save()
        self.answered()
        self.window.actions_here["undo"].trigger()
        self.answered()

    def _records(self, account: bytes) -> None:
        """Go to a person, a visit and what is made of one, and through the calendar."""
        page = self.go(Route("account", account, "people"))
        self.go(Route("person", page.people.list.every[0].id))
        visit = self.go(Route("account", account, "visits")).visits.list.every[-1].id
        for place in ("visit", "debrief", "history"):
            self.go(Route(place, visit))
        for tab in ("log", "day", "week", "month"):
            self.go(Route("visits", None, tab))
        self.go(Route("patterns"))
        self.go(Route("promises"))
        self.go(Route("due"))
        for tab in ("people", "accounts"):
            self.go(Route("duplicates", None, tab))
        for place, kind in (("brief", "visit"), ("paper", "minutes")):
            self._paper(visit, place, kind)

    def _chain(self, account: bytes) -> None:
        """Go to the map, point out its people, then to what is sold and whom to meet."""
        for tab in ("organisation", "influence", "matrix"):
            self.go(Route("chain", account, tab))
        page = self.go(Route("chain", account, "organisation"))
        for node in page.net.people[:3]:
            page.surroundings.choose(node.id)
            self.answered()
        for place, kind in (("opportunities", "opportunity"), ("access_plan", "access_plan")):
            lines = self.go(Route(place)).list.every
            if lines:
                self.go(Route(kind, lines[0].id))
        self._paper(account, "paper", "map")

    def _paper(self, record: bytes, place: str = "brief", kind: str = "account") -> None:
        page = self.go(Route(place, record, kind))
        self.until(lambda: page.made is not None, "the paper")
        QTest.qWait(60)
        page.preview.turn_to(2)
        QTest.qWait(60)

    def _search(self) -> None:
        self.window.search_wanted.emit()
        palette: Any = self.window.findChild(Palette)
        for typed in ("c", "ch", "che"):
            palette.field.setText(typed)
            self.answered()
        palette.go_away()
        QTest.qWait(10)

    def lock_and_unlock(self) -> None:
        """Lock, and open it again by the passphrase."""
        self.program.locking.lock()
        self.until(lambda: self.program.bench is None, "the lock")
        step: Any = getattr(self.program.shown, "step", None)
        step.passphrase.setText(SECRET)
        step.went_on.emit()
        self._wait_for_window()
        self.go(Route("accounts"))

    def end(self) -> None:
        """Close all."""
        self.program.let_go()
        self.program.end()


def measures() -> dict[str, int]:
    """Return what is held now: references to None, files, threads, memory, widgets, objects."""
    QTest.qWait(50)
    gc.unfreeze()
    gc.collect()
    status = Path("/proc/self/status").read_text("ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    widgets = QApplication.topLevelWidgets()
    return {
        "none": sys.getrefcount(None),
        "files": len(os.listdir("/proc/self/fd")),
        "threads": int(fields["Threads"]),
        "kilobytes": int(fields["VmRSS"].split()[0]),
        "objects": sum(1 + len(widget.findChildren(QObject)) for widget in widgets),
        "wrapped": len(shiboken6.getAllValidWrappers()),
    }


def rounds(walk: Walk, seconds: float, least: int, customers: int) -> Iterator[dict[str, int]]:
    """Walk for so long, and ``least`` rounds; yield the measures after each."""
    end, n = time.monotonic() + seconds, 0
    while n < least or time.monotonic() < end:
        walk.round(customers)
        n += 1
        yield measures()


def keep_pages() -> None:
    """Keep every page that is closed, as a leak would."""
    kept: list[QObject] = []

    def close_page(self: Any) -> None:
        self.closed = True
        self.setParent(None)
        self.hide()
        kept.append(self)

    Page.close_page = close_page  # type: ignore[method-assign]


def main(folder: str, seconds: str, kept: str = "") -> int:
    """Walk and print; return the status."""
    place = Path(folder)
    if (making := os.fork()) == 0:  # a process of its own: what making leaves behind is not ours
        make_workspace(place / "work")
        os._exit(0)
    os.waitpid(making, 0)
    if kept:
        keep_pages()
    walk = Walk(place)
    for measured in rounds(walk, float(seconds), *((3, 2) if kept else (4, CUSTOMERS))):
        print(json.dumps(measured), flush=True)
    walk.end()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
