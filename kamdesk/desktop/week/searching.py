"""The search for a better week: beside the window, told as it gets better, stopped at any time."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from kamdesk.core.errors import Cancelled
from kamdesk.core.wording import Text
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.workbench import Workbench
from kamdesk.domain.week import planning
from kamdesk.domain.week.model import Problem, Proposal

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

SECONDS: Final = 2.0
DENSE_SECONDS: Final = 5.0
_DENSE: Final = 100
"""From so many stops on it takes the longer time."""
_BREATH: Final = 0.0002
"""Seconds for which the window may paint, about every millisecond."""
_OFTEN: Final = 0.15
"""Seconds from one better week shown to the next."""


class Searching(QObject):
    """One search at a time. Signals: ``better(Proposal)`` · ``ended`` it is done or was stopped."""

    better = Signal(object)
    ended = Signal()

    def __init__(self, owner: QObject, workbench: "Workbench[Workspace]") -> None:
        super().__init__(owner)
        self._workbench = workbench
        self._job: Job | None = None
        self._run = 0
        self.seconds: float | None = None

    @property
    def running(self) -> bool:
        """Whether it searches now."""
        return self._job is not None

    def start(self, problem: Problem) -> None:
        """Search for a better week than the first answer to a problem."""
        self.stop()
        self._run += 1
        run = self._run
        seconds = self.seconds
        if seconds is None:
            seconds = DENSE_SECONDS if len(problem.stops) >= _DENSE else SECONDS

        def work(_: "Workspace", job: Job) -> Proposal:
            return _searched(problem, seconds, job, self.better.emit)

        def done(best: Proposal) -> None:
            if run == self._run:
                self._job = None
                self.better.emit(best)
                self.ended.emit()

        self._job = self._workbench.job(self, Text("Improve the week"), work, done)

    def stop(self) -> bool:
        """Stop where it is; tells whether it was running."""
        job, self._job = self._job, None
        self._run += 1
        if job is not None:
            job.cancel()
            self.ended.emit()
        return job is not None


def _searched(
    problem: Problem, seconds: float, job: Job, tell: Callable[[Proposal], object]
) -> Proposal:
    """Search on a lane's thread; the window gets a breath about every millisecond."""
    began = told = time.monotonic()

    def stop() -> bool:
        time.sleep(_BREATH)
        done = min(round((time.monotonic() - began) * 100), round(seconds * 100))
        try:
            job.step(done, round(seconds * 100))
        except Cancelled:
            return True
        return False

    def better(proposal: Proposal) -> None:
        nonlocal told
        moment = time.monotonic()
        if moment - told >= _OFTEN and not job.cancelled:
            told = moment
            tell(proposal)

    return planning.improved(problem, seconds=seconds, told=better, stop=stop)
