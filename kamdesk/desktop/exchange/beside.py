"""A long round of exchange beside the window: a thread of its own, steps at the writing desk.

It shows as a job does and can be stopped like one; a save waits for one short step at most. A
folder that hangs is left to itself: neither stopping nor the end of the program waits for it.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from PySide6.QtCore import QObject

from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.at_the_desk import StepsAtTheDesk, way_of
from kamdesk.desktop.errands import Failed
from kamdesk.desktop.jobs import Job
from kamdesk.sync.desk import Progress
from kamdesk.sync.running import Stopped

if TYPE_CHECKING:
    from kamdesk.desktop.workbench import Workbench
    from kamdesk.workspace import Workspace

Answer = TypeVar("Answer")
Round = Callable[[StepsAtTheDesk, Callable[[Progress], None]], Answer]
"""What is done on the thread: at the writing desk, telling how far it is."""
LONGEST_END: Final = 2.0
"""Seconds a stopped round is waited for."""


def job_beside(
    bench: "Workbench[Workspace]",
    owner: QObject | None,
    name: Text,
    begin: "Callable[[Workspace], Round[Answer]]",
    then: Callable[[Answer], object],
    failed: Failed,
) -> Job:
    """Start a round; ``begin`` gets a desk to read from and returns what the thread does."""
    steps = way_of(bench).steps()

    def work(desk: "Workspace", job: Job) -> Answer:
        return _Beside(begin(desk), steps).answer(job)

    return bench.job(owner, name, work, then, failed)


class _Beside(Generic[Answer]):
    """One round on its thread."""

    def __init__(self, round_: Round[Answer], steps: StepsAtTheDesk) -> None:
        self._round, self._steps = round_, steps
        self._moved = 0
        self._answers: list[Answer] = []
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="kamdesk-folder", daemon=True)

    def answer(self, job: Job) -> Answer:
        """Return what the round answers. Raises what it raises, and ``RuleBroken`` when stopped."""
        self._thread.start()
        try:
            while self._thread.is_alive():
                self._thread.join(0.05)
                job.step(self._moved)
        except Cancelled:
            self._steps.close()
            self._thread.join(LONGEST_END)
            raise RuleBroken(_STOPPED) from None
        finally:
            self._steps.close()
        if isinstance(self._failed, Stopped):
            raise RuleBroken(_STOPPED)
        if self._failed is not None:
            raise self._failed
        return self._answers[0]

    def _run(self) -> None:
        try:
            self._answers.append(self._round(self._steps, self._tell))
        except BaseException as error:
            self._failed = error

    def _tell(self, progress: Progress) -> None:
        self._moved = progress.pushed + progress.pulled


_STOPPED: Final = Text("Stopped. What came so far is kept; the next exchange goes on there.")
