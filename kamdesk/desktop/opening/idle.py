"""Locking when idle: the window goes behind the unlock page, and what was typed stays in it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.settings import IDLE_LOCK

Fits = Callable[[str, Callable[[bool], object]], object]
"""Tells whether a passphrase is the workspace's."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Watches for the last key or click; after so many minutes asks for the passphrase."""

    def __init__(
        self, window: MainWindow[Any], application: Application, fits: Fits, folder: Path
    ) -> None:
        super().__init__(window)
        self._window, self._application, self._fits = window, application, fits
        self._folder = folder
        self._last = time.monotonic()
        self.doorway: Any = None
        handle = window.windowHandle()
        if handle is not None:  # here pass all its keys and clicks, and little else
            handle.installEventFilter(self)
        self._timer = QTimer(self, interval=20_000)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._last = time.monotonic()
        return False

    def _look(self) -> None:
        minutes = self._application.chosen.get(IDLE_LOCK)
        if time.monotonic() - self._last >= 60 * minutes:
            self.lock()

    def lock(self) -> None:
        """Hide the window and ask for the passphrase."""
        from kamdesk.desktop.opening.steps import Doorway, UnlockStep

        if self.doorway is not None or not self._window.isVisible():
            return
        step = UnlockStep(self._folder, locked=True)
        step.went_on.connect(lambda: self._try(step))
        self.doorway = Doorway(step)
        self.doorway.setGeometry(self._window.geometry())
        self.doorway.show()
        self._window.hide()

    def _try(self, step: Any) -> None:
        step.wait(True)
        self._fits(step.passphrase.text(), lambda fits: self._answer(step, fits))

    def _answer(self, step: Any, fits: bool) -> None:
        if not fits:
            wrong = Text("That passphrase does not open this workspace.")
            step.refuse(RuleBroken(wrong, field="passphrase"))
            return
        self._last = time.monotonic()
        self._window.show()
        self.doorway.close()
        self.doorway.deleteLater()
        self.doorway = None
