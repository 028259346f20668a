"""A desk that has just joined, with the desktop's modules in it: its first exchange, as JSON.

``python -m tests.bench.first_sync_child FOLDER PORT TOKEN DEV``.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication
from support.desks import a_desk
from support.plain_post import PlainPost

from kamdesk.desktop import program
from kamdesk.desktop.main_window import MainWindow
from kamdesk.storage.exchange import join
from kamdesk.storage.storage import Storage
from kamdesk.sync.engine import Engine

T = TypeVar("T")


class Watched:
    """The file, as the engine reaches it; notes when what stands has come, before its past."""

    def __init__(self, storage: Storage) -> None:
        self._storage, self._begun = storage, time.perf_counter()
        self._asked = False
        self.usable = 0.0

    @property
    def since(self) -> float:
        """Seconds since the first exchange began."""
        return time.perf_counter() - self._begun

    def do(self, step: Callable[[Storage], T]) -> T:
        """Do one short transaction."""
        done = step(self._storage)
        if not self.usable:
            ask = self._storage.reader.ask
            left = ask("SELECT count(*) FROM snapshots_under_way WHERE NOT past").value()
            self._asked = self._asked or bool(left)
            if self._asked and not left:
                self.usable = self.since
        return done


def main() -> None:
    folder, port, token, dev = sys.argv[1:]
    application = QApplication([])
    desk = a_desk(Path(folder), name="", clock=None)
    desk.storage.connection.execute("PRAGMA synchronous = FULL")
    join(desk.storage, int(dev), ())
    file, post = Watched(desk.storage), PlainPost("127.0.0.1", int(port), token)
    engine = Engine(file, post)
    came = 0
    while True:
        round_ = engine.round()
        came += round_.pulled
        if not round_.pulled:
            break
    whole = file.since
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    records = desk.storage.reader.ask("SELECT count(DISTINCT eid) FROM op").value()
    found = {
        "usable": file.usable or whole,
        "whole": whole,
        "mb": int(peak.split()[1]) / 1024,
        "came": came,
        "records": records,
        "calls": post.calls,
        "bytes": post.came,
        "with": [application.applicationName(), program.__name__, MainWindow.__name__],
    }
    sys.stdout.write(json.dumps(found))
    desk.close()


if __name__ == "__main__":
    main()
