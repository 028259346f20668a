"""The real window on a workspace, offscreen: what ``window`` times, printed as JSON and left."""

import gc

gc.disable()
import time  # noqa: E402

STARTED = time.perf_counter()
import json  # noqa: E402
import os  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from functools import cached_property  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from kamdesk.desktop import program  # noqa: E402
from kamdesk.desktop.main_window import MainWindow  # noqa: E402
from kamdesk.desktop.pages import Route  # noqa: E402

KEY = os.environ["KAMDESK_BENCH_KEY"]
found: dict[str, Any] = {}


def since_start() -> float:
    """Return the milliseconds since this process could measure."""
    return (time.perf_counter() - STARTED) * 1000


def megabytes() -> float:
    """Return the memory that is resident, without what is shared with nobody yet to come."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def painted(work: Callable[[], object], done: Callable[[], bool], what: Callable[[], Any]) -> float:
    """Return the milliseconds from a piece of work until what it shows is painted."""
    began = time.perf_counter()
    work()
    until(done)
    what().repaint()
    return (time.perf_counter() - began) * 1000


def until(done: Callable[[], bool]) -> None:
    """Let the window live until something is so; what it closed goes away, as between clicks.

    It sleeps while nothing happens, as a window does: else it takes turns from the desks' threads.
    """
    beat = QTimer(interval=10)
    beat.start()
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rest(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


def keep_still(window: Any) -> None:
    """Make no day's backup in the midst of it: half a minute may be over before all is measured."""
    from kamdesk.desktop.safety.keeper import Keeper

    for keeper in window.findChildren(Keeper):
        keeper._timer.stop()


def live(window: Any, rounds: int) -> None:
    """Do what is measured, one after the other."""
    until(lambda: window.page is not None and window.page.content is not None)
    window.page.repaint()
    found["rows"] = since_start()
    gc.enable()
    keep_still(window)
    window.go(Route("accounts"))
    until(lambda: window.page.list.model.rowCount() > 0)
    table = window.page.list
    rest(2.0)
    until(lambda: not window.page._unspelt)
    rest(0.5)
    found["memory, list"] = megabytes()
    found["sort"] = [
        painted(
            lambda c=column, down=down: table.sort(c, descending=down), lambda: True, lambda: table
        )
        for column in [c.name for c in table.model.columns]
        for down in (False, True)
    ]
    table.sort(table.model.columns[0].name)
    table.look_for()
    found["filter"] = [
        painted(lambda w=words: table._find.setText(w), lambda: True, lambda: table)
        for words in ("轴", "轴承", "", "s", "sh", "sha", "shan", "", "KA-0", "KA-00", "KA-000", "")
        for _ in range(3)
    ]
    ids = [line.id for line in table.every]
    random.Random(3).shuffle(ids)
    found["customer"] = []
    for account in ids[: rounds * 3]:
        open_it = lambda a=account: window.go(Route("account", a))  # noqa: E731
        found["customer"].append(
            painted(
                open_it,
                lambda: getattr(window.page, "content", None) is not None,
                lambda: window.page,
            )
        )
        rest(0.1)
    steps: list[tuple[str, Callable[[], object]]] = [
        *((tab, lambda: window.page.tabs.step(1)) for tab in ("people", "visits", "history")),
        *(
            (page, lambda page=page: window.go(Route(page)))
            for page in ("settings", "safety", "review", "week", "due", "promises", "calendars")
            if page in window._kinds
        ),
        ("brief", lambda: window.go(Route("brief", ids[0]))),
    ]
    found["memory"] = {"customers opened": megabytes()}
    for name, step in steps:
        step()
        rest(2.0)
        found["memory"][name] = megabytes()
    found["memory, all pages"] = megabytes()
    found["modules"] = sorted(m for m in sys.modules if "." not in m)


class Ring:
    """A keyring that answers at once with the key of the territory."""

    def get_password(self, service: str, username: str) -> str | None:
        return KEY if username.endswith(":key") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        return None

    def delete_password(self, service: str, username: str) -> None:
        return None


def keys(_: Any) -> Any:
    """Return the keys there are at hand, as the program does."""
    from kamdesk.desktop.opening.key_in_hand import KeyInHand
    from kamdesk.storage.keys import KeyRing

    return KeyInHand(KeyRing(Ring()))


def main() -> None:
    """Open the window; print what was found when all is done."""
    shell = MainWindow.event

    def event(self: Any, happened: QEvent) -> bool:
        if happened.type() == QEvent.Type.Paint and "shell" not in found:
            found["shell"] = since_start()
        return bool(shell(self, happened))

    MainWindow.event = event
    begin = program.Program.begin

    def begun(self: Any) -> None:
        begin(self)
        QTimer.singleShot(0, lambda: finish(self.application.window))

    def finish(window: Any) -> None:
        live(window, int(sys.argv[2]))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        os._exit(0)

    program.Program.begin = begun
    program.Program.keys = cached_property(keys)
    program.Program.keys.__set_name__(program.Program, "keys")
    program.has_bus = lambda: True
    program.run_window(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
