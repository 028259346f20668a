"""The slowest page with 100,000 hostile characters in every cell, beside tame words there."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from support.hostile_cells import LONG, TAME
from support.hostile_walk import a_window

from tests.bench.rows import Result, late, middle


class _Waiting:
    """What a walk needs of pytest-qt."""

    def addWidget(self, _widget: object) -> None:
        """Keep nothing: the walk closes its window."""

    def waitUntil(self, done: Callable[[], bool], *, timeout: int = 60_000) -> None:
        """Let the window live until something is so; raises ``TimeoutError``."""
        from PySide6.QtWidgets import QApplication

        end = time.monotonic() + timeout / 1000
        while not done():
            QApplication.processEvents()
            time.sleep(0.002)  # else it takes turns from the desks' threads
            if time.monotonic() > end:
                raise TimeoutError


def run(rounds: int) -> Iterator[Result]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kamdesk.desktop.application import Application
    from kamdesk.settings import MachineSettings, Remembered

    with tempfile.TemporaryDirectory() as folder:
        application = Application(MachineSettings(Path(folder)), Remembered(None))
        some = max(3, rounds // 5)
        hostile = [_times(application, LONG) for _ in range(some)]
        tame = [_times(application, TAME) for _ in range(some)]
    slowest = max(range(len(hostile[0])), key=lambda n: middle([one[n] for one in hostile]))
    ours = [one[slowest] for one in hostile]
    yield Result(
        name="slowest page, 100,000 hostile characters in every cell",
        scale="S",
        ours=middle(ours),
        p95=late(ours),
        limit=middle([one[slowest] for one in tame]),
        limit_is="the same page, tame words",
    )


def _times(application: Any, words: str) -> list[float]:
    """Return the milliseconds each page takes from going there to shown."""
    found = []
    with (
        tempfile.TemporaryDirectory() as folder,
        a_window(application, _Waiting(), Path(folder), words) as walked,  # type: ignore[arg-type]
    ):
        for stop in walked.stops:
            began = time.perf_counter()
            walked.go(stop.route)
            found.append((time.perf_counter() - began) * 1000)
    return found
