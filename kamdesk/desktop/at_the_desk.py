"""The file as another thread sees it: a step is put, done by the writing desk, waited for.

The thread never touches the file or a widget. Each step it wants done goes over the window's thread
to the writing desk, short as a save, and the pages follow what came in as after any change.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.desktop.workbench import Workbench
from kamdesk.sync.running import Stopped

if TYPE_CHECKING:
    from kamdesk.storage.storage import Storage
    from kamdesk.workspace import Workspace

Answer = TypeVar("Answer")

GATHERED = 250
"""Milliseconds for which what comes in is gathered before the pages follow."""


class _Step:
    """One thing to be done at the file, and what came of it."""

    def __init__(self, work: "Callable[[Storage], Any]", asked_by: "StepsAtTheDesk") -> None:
        self._work, self.asked_by = work, asked_by
        self.done = threading.Event()
        self.answer: Any = None
        self.failed: BaseException | None = None

    def run(self, desk: "Workspace") -> ChangeSet:
        """Do it on the writing desk; what it changed is told to the pages later, many at once."""
        try:
            self.answer = self._work(desk.storage)
        except BaseException as error:  # the exchange's own to hear, on its thread
            self.failed = error
        finally:
            self.done.set()
        return ChangeSet()


class StepsAtTheDesk:
    """The file as the exchange's thread sees it: a step is put, then waited for."""

    def __init__(self, put: Callable[[_Step], None]) -> None:
        self._put: Callable[[_Step], None] | None = put
        self._turn = threading.Lock()

    def do(self, step: "Callable[[Storage], Answer]") -> Answer:
        """Return what a step at the file answers. Raises what it raises, and ``Stopped``."""
        asked = _Step(step, self)
        with self._turn:
            if self._put is None:
                raise Stopped
            self._put(asked)
        while not asked.done.wait(0.1):
            if self._put is None:
                raise Stopped
        if asked.failed is not None:
            raise asked.failed
        answer: Answer = asked.answer
        return answer

    @property
    def is_open(self) -> bool:
        """Whether steps are still taken."""
        return self._put is not None

    def close(self) -> None:
        """Take nothing more; whoever waits for a step gives up."""
        with self._turn:
            self._put = None


class WayToTheDesk(QObject):
    """Takes the steps of other threads to the writing desk, and tells the pages what came in.

    Lives on the window's thread. ``telling``: what is told now came in and was not written here.
    """

    _wanted = Signal(object)

    def __init__(self, bench: "Workbench[Workspace]") -> None:
        super().__init__(bench)
        self._bench = bench
        self._open: list[StepsAtTheDesk] = []
        self._came_in: set[tuple[str, Id]] = set()
        self._gathering = QTimer(self, singleShot=True, interval=GATHERED)
        self._gathering.timeout.connect(self._tell_pages)
        self.telling = False
        self._wanted.connect(self._take, Qt.ConnectionType.QueuedConnection)
        bench.closing.connect(self.close_all)

    def steps(self) -> StepsAtTheDesk:
        """Return a way for one more thread; it ends with the workbench at the latest."""
        made = StepsAtTheDesk(self._wanted.emit)
        self._open = [one for one in self._open if one.is_open] + [made]
        return made

    @Slot()
    def close_all(self) -> None:
        """Take nothing more from any thread."""
        for one in self._open:
            one.close()

    @Slot(object)
    def _take(self, step: _Step) -> None:
        if step.asked_by.is_open:
            self._bench.do(None, step.run, lambda _: self._gather(step.answer))

    def _gather(self, answer: object) -> None:
        """Keep what came in for the pages: a first exchange has hundreds of steps."""
        if isinstance(answer, ChangeSet) and answer:
            self._came_in |= answer.records
            if not self._gathering.isActive():
                self._gathering.start()

    def _tell_pages(self) -> None:
        came_in, self._came_in = self._came_in, set()
        self.telling = True
        try:
            self._bench.changed.emit(ChangeSet(frozenset(came_in)))
        finally:
            self.telling = False


def way_of(bench: "Workbench[Any]") -> WayToTheDesk:
    """Return the way of a workbench, made when it is first asked for; on the window's thread."""
    return bench.findChild(WayToTheDesk) or WayToTheDesk(bench)
