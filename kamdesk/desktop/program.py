"""The program with a window: which workspace, its key, its first page; and locking when idle."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.bugs import Bugs
from kamdesk.desktop.kinds import kinds
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.giving_back import tidy_after
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE, has_workspace, may_be_open, socket_of
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import MachineSettings, Remembered, config_folder, demo_folder
from kamdesk.storage.bus import has_bus

if TYPE_CHECKING:  # the window is painted before these are needed
    from kamdesk.core.clock import Clock
    from kamdesk.desktop.opening.doors import Doors
    from kamdesk.desktop.opening.key_in_hand import KeyInHand
    from kamdesk.desktop.opening.locking import Left, Locking
    from kamdesk.desktop.opening.one_program import Listening
    from kamdesk.desktop.opening.outside import OutsideWork
    from kamdesk.desktop.opening.verbs import OpeningVerbs
    from kamdesk.desktop.room.presenting import Presenting
    from kamdesk.desktop.safety.outside import Outside
    from kamdesk.workspace import Workspace


def run_window(workspace: Path, passphrase: str = "") -> int:
    """Open the window on a workspace, or the first run where there is none; return the status.

    ``passphrase`` is tried before anybody is asked; empty: the keyring, then the unlock page.
    """
    folder = config_folder()
    application = Application(MachineSettings(folder), Remembered(folder))
    socket = socket_of(workspace, folder)
    if may_be_open(socket) and _raises_other(socket):
        return 0
    program = Program(application, workspace, passphrase)
    program.config = folder
    before, sys.excepthook = sys.excepthook, program.bugs.crashed_here
    try:
        program.begin()
        QTimer.singleShot(1000, _start_log)
        return application.qt.exec()
    finally:
        program.end()
        application.sweeper.stop()
        sys.excepthook = before
        if program.restarts:
            QProcess.startDetached(sys.executable, sys.orig_argv[1:])


def _raises_other(socket: str) -> bool:
    from kamdesk.desktop.opening.one_program import raise_other

    return raise_other(socket)


def _start_log() -> None:
    from kamdesk import logs

    logs.start()


class Program(QObject):
    """What is open: the first run, the unlock page or the desk, one after the other."""

    def __init__(
        self,
        application: Application,
        workspace: Path,
        passphrase: str = "",
        *,
        clock: "Clock | None" = None,
        demo: Path | None = None,
    ) -> None:
        """``demo`` is where the first run puts the demo territory, the usual place if left out."""
        super().__init__()
        self.application, self.folder = application, workspace
        self.bugs = Bugs(application, self.restart)
        self.restarts = False
        self.config: Path | None = None  # set: other starts on the workspace find this one
        self.listening: Listening | None = None
        self._passphrase, self._clock = passphrase, clock
        self._demo_given = demo
        self._helping: Workbench[Any] | None = None
        self.bench: Workbench[Workspace] | None = None
        self.shown: QWidget | None = None
        application.appearance.remeasured.connect(self._speak_anew)

    @cached_property
    def demo(self) -> Path:
        """Where the demo territory is kept."""
        return demo_folder() if self._demo_given is None else self._demo_given

    @cached_property
    def keys(self) -> "KeyInHand":
        """The keys there are at hand."""
        from kamdesk.desktop.opening.key_in_hand import keyring

        return keyring()

    @cached_property
    def doors(self) -> "Doors":
        """What is shown while no desk is open."""
        from kamdesk.desktop.opening.doors import Doors

        return Doors(self)

    @cached_property
    def locking(self) -> "Locking":
        """What locks the window and opens it again."""
        from kamdesk.desktop.opening.locking import Locking

        return Locking(self)

    @cached_property
    def presenting(self) -> "Presenting":
        """What shows the customer's view instead of the desk."""
        from kamdesk.desktop.room.presenting import Presenting

        return Presenting(self)

    @cached_property
    def outside(self) -> "OutsideWork":
        """What is done while the workspace is closed."""
        from kamdesk.desktop.opening.outside import OutsideWork

        return OutsideWork(self)

    @cached_property
    def verbs(self) -> "OpeningVerbs":
        """What is done before the desk is open."""
        from kamdesk.desktop.opening.verbs import OpeningVerbs

        return OpeningVerbs(self.folder, self.keys, self._clock)

    def begin(self) -> None:
        """Show the first window there is reason for."""
        if not has_workspace(self.folder):
            self.doors.show_first_run()
        elif not self._passphrase and not has_bus():
            self.doors.show_unlock()
        else:
            self.show_desk(self.folder)

    def end(self) -> None:
        """Let everything go: desks, the key, papers shown in a viewer."""
        from kamdesk.desktop.clipboard import clear_now
        from kamdesk.desktop.papers.shown_papers import clear_shown

        clear_now()
        if self.listening is not None:
            self.listening.stop()
        for bench in (self.bench, self._helping):
            if bench is not None:
                bench.close()
        self.keys.forget()
        clear_shown(self.folder)
        self.application.appearance.remeasured.disconnect(self._speak_anew)
        self.bench = self._helping = self.shown = None

    def restart(self) -> None:
        """End, and begin again as a new process; drafts are kept."""
        from kamdesk.desktop.drafting import open_drafts

        self.restarts = True
        for window in list(self.application.windows):
            for draft in open_drafts(window):
                draft.keep()
            window.close()
        self.application.qt.quit()

    @property
    def helping(self) -> Workbench[Any]:
        """The desk of the doors: what is done on it needs no open workspace."""
        if self._helping is None:
            self._helping = Workbench(lambda _readonly: self.verbs)
        return self._helping

    def open_demo(self) -> None:
        """Open the demo territory by the passphrase everybody knows."""
        self._passphrase = DEMO_PASSPHRASE
        self.show_desk(self.demo)

    # ---- the desk

    def show_desk(self, folder: Path, *, left: "tuple[Left, ...]" = ()) -> None:
        """Open the desk on a workspace, where one ``left`` it; the window is painted first."""
        self.folder = folder
        passphrase, clock = self._passphrase, self._clock

        def open_desk(readonly: bool) -> "Workspace":
            from kamdesk.workspace import open_workspace

            asked = (lambda: passphrase) if passphrase else None
            return open_workspace(
                folder, passphrase=asked, readonly=readonly, keys=self.keys, clock=clock
            )

        self.bench = bench = Workbench(
            open_desk, position=lambda desk: desk.storage.position(), started=False
        )
        bench.unopened.connect(self._not_opened)
        bench.opened.connect(partial(self._remember, folder))
        bench.opened.connect(partial(QTimer.singleShot, 300, self._listen))
        bench.crashed.connect(self.bugs.crashed_behind)
        before = self.shown
        window = self._open_window(bench, left[0] if left else None)
        bench.opened.connect(partial(self._give_actions, window, bench))
        bench.job_changed.connect(tidy_after)
        for other in left[1:]:
            bench.opened.connect(partial(self.open_another, other))
        self.shown = window
        if before is not None:
            before.close()
            before.deleteLater()

    def _listen(self) -> None:
        from kamdesk.desktop.opening.one_program import listen_for

        if self.config is not None and self.bench is not None:
            listen_for(self, self.config)

    def raise_window(self) -> None:
        """Bring what is shown to the front: the window used last, or the door that covers it."""
        from kamdesk.desktop.opening.one_program import show_in_front

        window = self.application.window
        shown = window if window is not None and not window.isHidden() else self.shown
        if shown is not None:
            show_in_front(shown)

    def open_another(self, left: "Left") -> None:
        """Open one more window on the workspace, with a history and pages of its own."""
        if self.bench is not None and self.application.windows:
            window = self._open_window(self.bench, left)
            self._give_actions(window, self.bench)

    def _open_window(
        self, bench: "Workbench[Workspace]", left: "Left | None"
    ) -> "MainWindow[Workspace]":
        window = self.application.open_window(
            bench,
            kinds(self.application, self.folder, self._outside),
            start=left.route if left else Route("today"),
            resumed=left.drafts if left else (),
            searches=True,
        )
        window.stand(Text("Everything is saved on this computer"))
        window.closing.connect(partial(self._closed, window))
        return window

    def _give_actions(self, window: MainWindow[Any], bench: "Workbench[Workspace]") -> None:
        from kamdesk.desktop.desk_actions import give_actions

        give_actions(window, bench, self)

    def _closed(self, window: MainWindow[Any]) -> None:
        if self.shown is window:
            self.shown = self.application.window or window

    @property
    def _outside(self) -> "Outside":
        from kamdesk.desktop.safety.outside import Outside

        return Outside(
            restore=lambda file: self.outside.restore(file),
            renew=lambda secret, code: self.outside.renew(secret, code),
            pin=lambda pin: self.locking.quick.have(pin),
        )

    # ---- locked

    @property
    def is_demo(self) -> bool:
        """Whether the workspace is the demo territory."""
        return self.folder == self.demo

    def cover(self, door: QWidget) -> None:
        """Show a door instead of the window, which goes on living behind it."""
        self.shown = door
        door.show()
        for window in self.application.windows:
            window.hide()
        if "presenting" in self.__dict__:
            self.presenting.drop()

    def uncover(self) -> None:
        """Show the window again that was covered."""
        door, self.shown = self.shown, self.application.window
        for window in self.application.windows:
            window.show()
        if door is not None:
            door.close()
            door.deleteLater()

    def when_fits(self, secret: str, then: Callable[[bool], object]) -> None:
        """Tell whether a passphrase or recovery code is the workspace's."""
        folder = self.folder
        self.helping.ask(None, lambda verbs: verbs.fits(folder, secret), then)

    def unlock(
        self, secret: str, then: Callable[[], object], failed: Callable[[Refusal], object]
    ) -> None:
        """Find the key anew by a passphrase or recovery code."""
        folder = self.folder
        self.helping.ask(None, lambda verbs: verbs.unlock(folder, secret), lambda _: then(), failed)

    def behind(
        self,
        owner: QObject,
        work: "Callable[[OpeningVerbs], Any]",
        then: Callable[[Any], object],
        failed: Callable[[Refusal], object] | None = None,
    ) -> None:
        """Do something while the workspace is closed."""
        self.helping.ask(owner, work, then, failed)

    def let_go(self, *, forget: bool = True) -> None:
        """Close window and workspace, and ``forget`` the key; the door stays."""
        from kamdesk.desktop.clipboard import clear_now
        from kamdesk.desktop.papers.shown_papers import clear_shown

        windows, bench = self.application.windows, self.bench
        self.application.window = self.bench = None
        if bench is not None:
            bench.close()
            bench.deleteLater()
        for window in windows:
            window.close()
            window.deleteLater()
        clear_shown(self.folder)
        if forget:
            self._passphrase = ""
            self.keys.forget()
            clear_now()

    def _remember(self, folder: Path) -> None:
        if folder != self.demo:
            with suppress(Refusal):  # worth no message: the folder can be named
                self.application.chosen.opened(folder.resolve())

    def _not_opened(self, refusal: Refusal) -> None:
        window, self.application.window = self.application.window, None
        if self.bench is not None:
            self.bench.close()
            self.bench = None
        self.doors.show_refusal(refusal)
        if window is not None and window is not self.shown:
            window.close()

    def _speak_anew(self) -> None:
        rebuild = getattr(self.shown, "rebuild", None)
        if callable(rebuild) and not isinstance(self.shown, MainWindow):
            rebuild()

    def show_door(self, window: QWidget) -> None:
        """Show a window instead of the one before."""
        before, self.shown = self.shown, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()
