"""When to lock: nobody typed for a while, the computer slept, the system locked its screen."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.settings import IDLE_LOCK

_LOOK_EVERY = 20.0
_SLEPT = 60.0
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
    }
)


class LockSigns(QObject):
    """Watches one window; idle are all or none. Signals: ``wanted`` it is time to lock.

    Sleep is also seen afterwards, on every system, by the calendar's clock having run on while the
    timer stood still.
    """

    wanted = Signal()

    def __init__(self, window: "MainWindow[object]", application: Application) -> None:
        super().__init__(window)
        self._application = application
        self.last = time.monotonic()
        self.looked = time.time(), self.last
        handle = window.windowHandle()
        if handle is not None:  # here pass all its keys and clicks, and little else
            handle.installEventFilter(self)
        self._timer = QTimer(self, interval=round(1000 * _LOOK_EVERY))
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._system = _signs_of_system(self)
        if self._system is not None:
            self._system.wanted.connect(self.wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.last = time.monotonic()
        return False

    def look(self) -> None:
        """Look whether it is time."""
        (calendar, stood), self.looked = self.looked, (time.time(), time.monotonic())
        slept = (self.looked[0] - calendar) - (self.looked[1] - stood) > _SLEPT
        every = (s for w in self._application.windows for s in w.findChildren(LockSigns))
        last = max((signs.last for signs in every), default=self.last)
        idle = self.looked[1] - last >= 60 * self._application.chosen.get(IDLE_LOCK)
        if slept or idle:
            self.wanted.emit()


def _signs_of_system(parent: QObject) -> "SystemSigns | None":
    if sys.platform == "linux":
        from kamdesk.desktop.opening.signs_of_linux import LinuxSigns

        return LinuxSigns(parent)
    if sys.platform == "win32":
        from kamdesk.desktop.opening.signs_of_windows import WindowsSigns

        return WindowsSigns(parent)
    return None  # macOS: seen afterwards, by the clocks


class SystemSigns(QObject):
    """What a system tells by itself. Signals: ``wanted`` it sleeps or locks its screen."""

    wanted = Signal()
