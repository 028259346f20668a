"""Windows tells every window that it goes to sleep; the lock of its screen on request."""

import ctypes
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from kamdesk.desktop.opening.signs import SystemSigns

_POWER, _GOES_TO_SLEEP = 0x218, 4
_SESSION, _LOCKED = 0x2B1, 7


class WindowsSigns(SystemSigns):
    """Reads the messages of the window it belongs to."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter = _Messages(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        window = parent.parent()
        if isinstance(window, QWidget):
            library: Any = getattr(ctypes, "windll")  # noqa: B009  (not there elsewhere)
            library.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, signs: WindowsSigns) -> None:
        super().__init__()
        self._signs = signs

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        told = wintypes.MSG.from_address(int(message))
        if (told.message, told.wParam) in ((_POWER, _GOES_TO_SLEEP), (_SESSION, _LOCKED)):
            self._signs.wanted.emit()
        return False, 0
