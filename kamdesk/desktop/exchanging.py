"""The exchange behind the window: its own thread for the hub, the writing desk for the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.at_the_desk import StepsAtTheDesk, way_of
from kamdesk.desktop.errands import Crash
from kamdesk.desktop.network import watch
from kamdesk.desktop.workbench import Workbench
from kamdesk.sync.pace import Wake
from kamdesk.sync.running import News, Rounds, Running

if TYPE_CHECKING:
    from kamdesk.storage.keys import KeyRing
    from kamdesk.workspace import Workspace

LONGEST_END = 2.0
"""Seconds the end of a program waits for the exchange; what hangs then is left to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the exchange stands: on at all, at work now, and why the last round failed."""

    on: bool = False
    working: bool = False
    trouble: Text | None = None


Tell = Callable[[object], None]
MakeRounds = Callable[[StepsAtTheDesk, str, Tell, Tell], Rounds]
"""Makes who does the rounds: at a desk, for a workspace; tells of each that is done (a ``Round``),
and of what was taken away (``Removed``)."""


class Exchanging(QObject):
    """Exchanges with the team's hub while a workspace is open and has joined one.

    Signals: ``stood(Standing)`` · ``exchanged(Round)`` a round is done · ``removed(Removed)`` this
    device was shut out, and what came by the exchange is gone · ``lease_over`` it had no contact
    for too long · ``crashed(Crash)`` a bug.
    """

    stood = Signal(object)
    exchanged = Signal(object)
    removed = Signal(object)
    lease_over = Signal()
    crashed = Signal(object)

    _heard = Signal(object)
    _done = Signal(object)
    _gone = Signal(object)

    def __init__(self, bench: "Workbench[Workspace]", make: MakeRounds) -> None:
        super().__init__(bench)
        self._bench, self._make, self._way = bench, make, way_of(bench)
        self._running: Running | None = None
        self._steps: StepsAtTheDesk | None = None
        self._watching = False
        self.standing = Standing()
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._pass_on_round, Qt.ConnectionType.QueuedConnection)
        self._gone.connect(self._pass_on_removed, Qt.ConnectionType.QueuedConnection)
        bench.changed.connect(self._written)
        bench.closing.connect(self.stop)

    def begin(self) -> None:
        """Exchange from now on, if the workspace has joined a hub; harmless when it does."""
        self._bench.ask(self, _joined, self._start, key="joined")

    def now(self) -> None:
        """Exchange at once: the user wishes it."""
        self._wake(Wake.ASKED)

    @Slot()
    def network_changed(self) -> None:
        """Try soon: the network is another one."""
        self._wake(Wake.NETWORK)

    @Slot()
    def stop(self) -> None:
        """End the exchange; what is under way is cut off and goes on another time."""
        running, self._running = self._running, None
        if running is None:
            return
        if self._steps is not None:
            self._steps.close()
        running.stop()
        running.join(LONGEST_END)
        self._stand(Standing())

    def _start(self, workspace: str | None) -> None:
        if workspace is None:
            self.stop()  # it has left
        if self._running is not None or workspace is None:
            return
        self._steps = self._way.steps()
        rounds = self._make(self._steps, workspace, self._done.emit, self._gone.emit)
        self._running = Running(rounds, self._heard.emit)
        self._running.start()
        if not self._watching:
            self._watching = watch(self.network_changed)
        self._stand(Standing(on=True))

    def _wake(self, why: Wake) -> None:
        if self._running is not None:
            self._running.wake(why)

    def _written(self, _: ChangeSet) -> None:
        if not self._way.telling:
            self._wake(Wake.WRITTEN)

    @Slot(object)
    def _pass_on_round(self, done: object) -> None:
        self.exchanged.emit(done)

    @Slot(object)
    def _pass_on_removed(self, gone: object) -> None:
        self.removed.emit(gone)

    @Slot(object)
    def _hear(self, news: News) -> None:
        if self._running is None:
            return
        trouble = self.standing.trouble if news.working else None
        if isinstance(news.failed, Refusal):
            trouble = news.failed.said
        elif news.failed is not None:
            trouble = Text("The exchange came upon a fault of its own. It is tried again later.")
            self.crashed.emit(Crash.of(news.failed))
        if news.failed is not None:
            self._bench.ask(self, _is_over, self._see_lease, key="lease")
        self._stand(Standing(on=True, working=news.working, trouble=trouble))

    def _see_lease(self, over: bool) -> None:
        if over and self._running is not None:
            self.lease_over.emit()

    def _stand(self, standing: Standing) -> None:
        if standing != self.standing:
            self.standing = standing
            self.stood.emit(standing)


def exchanging_of(bench: "Workbench[Any]") -> Exchanging | None:
    """Return the exchange of a workbench; None where it has none."""
    return bench.findChild(Exchanging)


def with_hub(ring: "Callable[[], KeyRing]") -> MakeRounds:
    """Return what makes the rounds with the team's hub, its token kept by a keyring."""

    def make(steps: StepsAtTheDesk, workspace: str, done: Tell, removed: Tell) -> Rounds:
        from kamdesk.sync.rounds import HubRounds

        return HubRounds(steps, ring(), workspace, done=done, removed=removed)

    return make


def _joined(desk: "Workspace") -> str | None:
    """Return the workspace's id where there is somebody to exchange with; None where nobody is."""
    if not desk.storage.number("dev"):
        return None
    from kamdesk.storage.team import joined
    from kamdesk.sync.folder.pairing import by_folder
    from kamdesk.sync.leaving import is_under_way

    if not (joined(desk.storage) or is_under_way(desk.storage)) or by_folder(desk.storage):
        return None
    return desk.opened.workspace_id if desk.opened else ""


def _is_over(desk: "Workspace") -> bool:
    from kamdesk.sync.lease import is_over

    return is_over(desk.storage)
