"""Watches what a hostile file costs: the reading child's memory, and what the desk was left as."""

import hashlib
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kamdesk.transfer import foreign
from kamdesk.workspace import Workspace


def dump_of(desk: Workspace) -> str:
    """Return a hash of everything the database holds: schema and every row of every table."""
    execute = desk.storage.connection.execute
    digest = hashlib.sha256()
    schema = execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    for kind, name, sql in schema:
        digest.update(repr((kind, name, sql)).encode())
        if kind == "table":
            rows = sorted(repr(tuple(row)) for row in execute(f'SELECT * FROM "{name}"'))
            digest.update("\n".join(rows).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


class Peaks:
    """The most memory each child held, in bytes, by what the system says while it lives."""

    def __init__(self) -> None:
        self.children: list[int] = []
        self._watchers: list[threading.Thread] = []

    @property
    def worst(self) -> int:
        """The most any child held."""
        for watcher in self._watchers:
            watcher.join(5)
        return max(self.children, default=0)

    def watch(self, process: int) -> None:
        """Follow a process until it ends."""
        watcher = threading.Thread(target=self._follow, args=(process,), daemon=True)
        self._watchers.append(watcher)
        watcher.start()

    def _follow(self, process: int) -> None:
        place, most, pause = Path(f"/proc/{process}/status"), 0, threading.Event()
        while found := _high_water(place):
            most = max(most, found)
            pause.wait(0.004)
        self.children.append(most)


def _high_water(place: Path) -> int:
    try:
        lines = place.read_text("ascii", "ignore").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Peaks]:
    """Watch every reading child that is started meanwhile."""
    peaks = Peaks()
    start: Any = subprocess.Popen

    class Watched(start):  # type: ignore[misc]  # the class is found at run time
        def __init__(self, *words: Any, **wishes: Any) -> None:
            super().__init__(*words, **wishes)
            peaks.watch(self.pid)

    with monkeypatch.context() as patch:
        patch.setattr(foreign.subprocess, "Popen", Watched)
        yield peaks
