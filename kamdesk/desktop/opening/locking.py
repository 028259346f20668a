"""Locking: drafts are kept, the file is closed, the key and all words forgotten, then one asks."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.forgetting import forget_words
from kamdesk.desktop.opening.quick import Quick, wrong_words
from kamdesk.desktop.opening.steps import Doorway, UnlockStep
from kamdesk.desktop.pages import Route
from kamdesk.storage.keys import WrongPassphrase

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program
    from kamdesk.storage.pin import Sealed


@dataclass(frozen=True, slots=True)
class Left:
    """Where one was when the window was locked: the page, and the forms one was writing in."""

    route: Route
    drafts: tuple[str, ...] = ()

    @staticmethod
    def of(window: MainWindow[Any]) -> "Left":
        """Return where one is in a window; a file being taken in is not gone back to."""
        page = window.page
        if page is None or page.here.page == "import":
            return Left(Route("today"))
        return Left(page.here, tuple(draft.place for draft in open_drafts(page)))


class Locking(QObject):
    """Locks the program's windows, and opens them again where one was.

    A disk that refuses what was typed keeps the window alive behind the unlock page, for else it
    would be lost.
    """

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self.quick = Quick(program)
        self._left: tuple[Left, ...] = ()
        self._sealed: Sealed | None = None
        self._written = QTimer(self, interval=20)
        self._written.timeout.connect(self._close_when_written)

    @property
    def locked(self) -> bool:
        """Whether the window is locked."""
        return bool(self._left)

    def lock(self) -> None:
        """Lock; harmless when it is locked already."""
        from kamdesk.desktop.papers.shown_papers import clear_shown

        program, window = self._program, self._program.application.window
        windows = tuple(program.application.windows)
        if self.locked or window is None or program.bench is None:
            return
        in_front = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if in_front is not None:  # it goes first, and whoever waits for it goes on
            for one in windows:
                one.hide()
            in_front.close()
            QTimer.singleShot(20, self.lock)
            return
        clear_shown(program.folder)
        self._left = tuple(Left.of(one) for one in windows)
        for one in windows:
            for draft in open_drafts(one):
                draft.keep()
        if (job := program.bench.running) is not None:
            job.cancel()
        if (exchanging := exchanging_of(program.bench)) is not None:
            exchanging.stop()
        self._sealed = self.quick.sealed()
        by_pin = self._sealed is not None
        step = UnlockStep(program.folder, locked=True, demo=program.is_demo, by_pin=by_pin)
        step.went_on.connect(lambda: self._try(step))
        door = Doorway(step)
        door.setGeometry(window.geometry())
        door.setWindowState(window.windowState())
        program.cover(door)
        self._written.start()

    def _close_when_written(self) -> None:
        program = self._program
        if program.bench is not None and program.bench.writing:
            return
        self._written.stop()
        if program.bench is not None and not program.bench.refused_by_disk:
            program.let_go()
            forget_words()

    def _try(self, step: UnlockStep) -> None:
        secret = step.passphrase.text()
        if not secret or self._written.isActive():
            step.refuse(RuleBroken(Text("Type the passphrase."), field="passphrase"))
            return
        step.wait(True)
        self.quick.try_pin(
            step,
            self._sealed,
            secret,
            self._given_back,
            lambda: self._try_passphrase(step, secret),
        )

    def _given_back(self, key: str) -> None:
        from kamdesk.storage import key_file

        program = self._program
        if program.bench is not None:
            self._show_again()
        else:
            program.keys.hold(key_file.read(program.folder).workspace, key)
            self._open_again()

    def _try_passphrase(self, step: UnlockStep, secret: str) -> None:
        program = self._program
        if program.bench is not None:
            program.when_fits(secret, lambda fits: self._fitted(step, fits))
        else:
            program.unlock(secret, self._proved, partial(self._not_proved, step))

    def _fitted(self, step: UnlockStep, fits: bool) -> None:
        if fits:
            self.quick.proved()
            self._show_again()
        else:
            step.refuse(RuleBroken(wrong_words(self._sealed), field="passphrase"))

    def _proved(self) -> None:
        self.quick.proved()
        self._open_again()

    def _not_proved(self, step: UnlockStep, refusal: Refusal) -> None:
        if isinstance(refusal, WrongPassphrase):
            refusal = RuleBroken(wrong_words(self._sealed), field="passphrase")
        self._program.doors.refuse_at(step, refusal)

    def _show_again(self) -> None:
        self._left, self._sealed = (), None
        bench = self._program.bench
        if bench is not None and (exchanging := exchanging_of(bench)) is not None:
            exchanging.begin()
        self._program.uncover()

    def _open_again(self) -> None:
        left, self._left, self._sealed = self._left, (), None
        self._program.show_desk(self._program.folder, left=left)
