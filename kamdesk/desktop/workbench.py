"""The workbench: asks and does in the background, one writer and one reader, answers in front."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kamdesk.core.errors import Refusal, RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.errands import Crash, Errand, Failed, Form, Outcome
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.lanes import Lane, OpenDesk, Opened, ThreadLane

if TYPE_CHECKING:  # the window is painted before it is needed
    from kamdesk.core.changes import ChangeSet

Desk = TypeVar("Desk")
Answer = TypeVar("Answer")
AGAIN_AFTER = 3000
"""Milliseconds until a save that the disk refused is tried again by itself."""


class LaneMaker(Protocol):
    """Makes a lane: a thread, or in tests something that does the work at once."""

    def __call__(
        self,
        name: str,
        open_desk: Callable[[], Any],
        opened: Opened,
        after: Lane[Any] | None = None,
    ) -> Lane[Any]:
        """Return a lane that opens its desk by ``open_desk``."""
        ...


class Workbench(QObject, Generic[Desk]):
    """Runs a desk that writes and one that reads, each on its own thread.

    Signals: ``opened`` · ``unopened(Refusal)`` the workspace could not be opened ·
    ``changed(ChangeSet)`` something was written · ``noticed(Refusal)`` a refusal no form took ·
    ``crashed(Crash)`` a bug · ``job_changed(Job or None)`` what long work runs ·
    ``unwritten(Refusal or None)`` the disk refuses saves, which are tried again; None: no more ·
    ``closing`` it ends, and still takes what is to be written.
    """

    opened = Signal()
    unopened = Signal(object)
    changed = Signal(object)
    noticed = Signal(object)
    crashed = Signal(object)
    job_changed = Signal(object)
    unwritten = Signal(object)
    closing = Signal()

    _delivered = Signal(int, object)
    _opened = Signal(object)
    _moved = Signal(object)

    def __init__(
        self,
        open_desk: OpenDesk[Desk],
        *,
        position: Callable[[Desk], object] | None = None,
        lane: LaneMaker = ThreadLane,
        started: bool = True,
        parent: QObject | None = None,
    ) -> None:
        """``position`` tells how far a desk has seen the log; owners get it as ``seen``.

        Not ``started``, it keeps what is asked until ``start``: the window is painted first.
        """
        super().__init__(parent)
        self._open_desk, self._position, self._make_lane = open_desk, position, lane
        self._numbers = itertools.count(1)
        self._errands: dict[int, Errand] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._closed = False
        self._delivered.connect(self._deliver)
        self._opened.connect(self._tell_opened)
        self._moved.connect(self._tell_moved)
        self._writer: Lane[Desk] | None = None
        self._reader: Lane[Desk] | None = None
        self._third: Lane[Desk] | None = None
        self._kept: list[Callable[[], None]] = []
        self._held: list[Errand] = []
        self._troubled = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_AFTER)
        self._again.timeout.connect(self.try_again)
        if started:
            self.start()

    def start(self) -> None:
        """Open the desks and answer what was asked meanwhile."""
        if self._writer is not None or self._closed:
            return
        self._writer = self._make_lane(
            "kamdesk-writer", partial(self._open_desk, False), self._told
        )
        self._reader = self._make_lane(
            "kamdesk-reader", partial(self._open_desk, True), self._told_second, self._writer
        )
        for put in self._kept:
            put()
        self._kept.clear()

    def ask(
        self,
        owner: QObject | None,
        question: Callable[[Desk], Answer],
        then: Callable[[Answer], object],
        failed: Failed | None = None,
        *,
        key: str = "",
    ) -> None:
        """Ask the reading desk; ``then`` gets the answer, unless ``owner`` is closed by then.

        A later question of the same owner with the same ``key`` takes the place of an earlier one.
        """
        self._put(Errand(owner, question, then, failed, key=key))

    def do(
        self,
        owner: QObject | None,
        verb: "Callable[[Desk], ChangeSet]",
        then: "Callable[[ChangeSet], object] | None" = None,
        failed: Failed | None = None,
        *,
        key: str = "",
        form: Form | None = None,
    ) -> None:
        """Let the writing desk do something; then all pages hear what changed.

        A broken rule goes to ``failed``, else to ``owner.refused``, else to the notices. What the
        disk refuses is held and tried again, by itself and before whatever is done next; a later
        save of the same owner with the same ``key`` takes its place. A ``form`` that is being saved
        waits: saved once more meanwhile, only one of the two is written.
        """
        if key:
            self._held = [held for held in self._held if (held.owner, held.key) != (owner, key)]
        self.try_again()
        errand = Errand(owner, verb, then, failed, key=key, writes=True, form=form)
        if form is not None:
            for before in self._errands.values():
                if before.form is form:
                    before.later = errand
                    return
            form.wait(True)
        self._put(errand)

    def try_again(self) -> None:
        """Do once more what the disk refused."""
        held, self._held = self._held, []
        for errand in held:
            self._put(errand)

    def release(self, owner: QObject | None, key: str) -> None:
        """Give up a save the disk refused: it is not wanted any more."""
        self._held = [held for held in self._held if (held.owner, held.key) != (owner, key)]
        self._tell_troubled()

    @property
    def refused_by_disk(self) -> int:
        """How many saves the disk refused and are still to be written."""
        return len(self._held)

    @property
    def writing(self) -> bool:
        """Whether something is being written."""
        return any(errand.writes for errand in self._errands.values())

    def job(
        self,
        owner: QObject | None,
        name: Text,
        work: Callable[[Desk, Job], Answer],
        then: Callable[[Answer], object] | None = None,
        failed: Failed | None = None,
        *,
        writes: bool = False,
    ) -> Job:
        """Start long work; it runs beside questions, on the writing desk only if it ``writes``."""
        job = Job(name, self._moved.emit)
        errand = Errand(owner, lambda desk: work(desk, job), then, failed, job=job, writes=writes)
        self._put(errand)
        return job

    @property
    def running(self) -> Job | None:
        """The long work that was started first and has not ended."""
        return next((errand.job for errand in self._errands.values() if errand.job), None)

    @property
    def jobs(self) -> int:
        """How much long work has not ended, running or waiting for its turn."""
        return sum(errand.job is not None for errand in self._errands.values())

    @property
    def busy(self) -> bool:
        """Whether something asked or done is not answered yet."""
        return bool(self._errands)

    def close(self) -> None:
        """End: what was to be written is written, the rest is dropped."""
        if self._closed:
            return
        self.closing.emit()
        self.try_again()
        self._again.stop()
        for errand in self._errands.values():
            if errand.job is not None:
                errand.job.cancel()
        for lane in (self._writer, self._reader, self._third):
            if lane is not None:
                lane.close(finish=lane is self._writer)
        self._closed = True
        QCoreApplication.removePostedEvents(self)  # answers on their way hold words
        self._kept.clear()
        self._held.clear()
        self._errands.clear()
        self._latest.clear()

    # ---- on a lane's thread

    def _work(self, number: int, desk: Desk) -> None:
        # The thread keeps nothing of an errand once it is done: the last reference to a page
        # must be dropped on the window's thread.
        errand = self._errands.get(number)
        if errand is None or (not errand.writes and not self._wanted(number, errand)):
            outcome = Outcome()
        else:
            outcome = self._outcome(errand, desk)
        del errand
        self._delivered.emit(number, outcome)

    def _outcome(self, errand: Errand, desk: Desk) -> Outcome:
        try:
            if errand.job is not None:
                self._moved.emit(errand.job)
            seen = self._position(desk) if self._position else None
            return Outcome(answer=errand.work(desk), seen=seen)
        except Refusal as refusal:
            refusal.__context__ = refusal.__cause__ = None
            return Outcome(refusal=refusal.with_traceback(None))
        except BaseException as bug:
            return Outcome(crash=Crash.of(bug))

    def _told(self, trouble: BaseException | None) -> None:
        self._opened.emit(trouble)

    def _told_second(self, trouble: BaseException | None) -> None:
        if trouble is not None:
            self._opened.emit(trouble)

    # ---- on the window's thread

    def _put(self, errand: Errand) -> None:
        if self._closed:
            return
        number = next(self._numbers)
        self._errands[number] = errand
        if errand.key:
            self._latest[id(errand.owner), errand.key] = number
        put = partial(self._put_on_lane, number, errand)
        if self._writer is None:
            self._kept.append(put)
        else:
            put()

    def _put_on_lane(self, number: int, errand: Errand) -> None:
        lane = self._reader
        if errand.writes:
            lane = self._writer
        elif errand.job is not None:
            lane = self._beside()
        if lane is not None:
            lane.put(partial(self._work, number))

    def _beside(self) -> Lane[Desk]:
        if self._third is None:
            self._third = self._make_lane(
                "kamdesk-job", partial(self._open_desk, True), self._told_second, self._writer
            )
        return self._third

    def _wanted(self, number: int, errand: Errand) -> bool:
        if errand.key and self._latest.get((id(errand.owner), errand.key)) != number:
            return False
        return _alive(errand.owner)

    def _deliver(self, number: int, outcome: Outcome) -> None:
        errand = self._errands.get(number)
        if errand is None:
            return
        wanted = self._wanted(number, errand)
        del self._errands[number]
        if self._latest.get((id(errand.owner), errand.key)) == number:
            del self._latest[id(errand.owner), errand.key]
        if errand.job is not None:
            self.job_changed.emit(self.running)
        if errand.form is not None and _alive(errand.form):
            errand.form.wait(False)
        if outcome.crash:
            self.crashed.emit(outcome.crash)
        elif isinstance(outcome.refusal, StorageTrouble) and errand.writes and errand.job is None:
            self._hold(errand, outcome.refusal)
        elif outcome.refusal is not None:
            self._refuse(errand, outcome.refusal, wanted=wanted)
        else:
            if wanted and errand.then is not None:
                if hasattr(errand.owner, "seen") and outcome.seen is not None:
                    setattr(errand.owner, "seen", outcome.seen)  # noqa: B010  (a duck's field)
                self._call(errand.then, outcome.answer)
            self._tell_changes(outcome.answer)
        if errand.writes:
            self._tell_troubled()

    def _hold(self, errand: Errand, refusal: StorageTrouble) -> None:
        self._held.append(errand.later or errand)
        self._again.start()
        self._troubled = True
        self.unwritten.emit(refusal)

    def _tell_troubled(self) -> None:
        """Tell once that nothing waits for the disk any more."""
        if self._troubled and not self._held and not self.writing:
            self._troubled = False
            self.unwritten.emit(None)

    def _tell_changes(self, answer: object) -> None:
        from kamdesk.core.changes import ChangeSet

        if isinstance(answer, ChangeSet) and answer:
            self.changed.emit(answer)

    def _refuse(self, errand: Errand, refusal: Refusal, *, wanted: bool) -> None:
        if not wanted and not errand.writes:
            return
        taker = getattr(errand.owner, "refused", None) if wanted else None
        if wanted and errand.failed is not None:
            self._call(errand.failed, refusal)
        elif isinstance(refusal, RuleBroken) and callable(taker):
            self._call(taker, refusal)
        else:
            self.noticed.emit(refusal)

    def _call(self, take: Callable[[Any], object], what: object) -> None:
        try:
            take(what)
        except Exception as bug:
            self.crashed.emit(Crash.of(bug))

    def _tell_opened(self, trouble: BaseException | None) -> None:
        if trouble is None:
            self.opened.emit()
        elif isinstance(trouble, Refusal):
            self.unopened.emit(trouble)
        else:
            self.crashed.emit(Crash.of(trouble))

    def _tell_moved(self, job: Job) -> None:
        if job is self.running:
            self.job_changed.emit(job)


def _alive(owner: object) -> bool:
    if owner is None:
        return True
    return shiboken6.isValid(owner) and getattr(owner, "closed", False) is not True
