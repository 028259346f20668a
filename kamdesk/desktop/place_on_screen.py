"""Where a window stands on the screen: as it was left, else as large as the screen allows."""

import contextlib

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from kamdesk.settings import Remembered


class PlaceOnScreen:
    """Puts one window in its place and remembers it under its ``number``."""

    def __init__(self, window: QWidget, remembered: Remembered, number: int) -> None:
        self._window, self._remembered = window, remembered
        self._key = "window.geometry" if number == 1 else f"window.geometry.{number}"

    def take(self) -> None:
        """Let the window stand where it was left."""
        window = self._window
        room = window.screen().availableSize()
        if room.width() >= 1024:  # leave what the frame of the system takes
            window.resize(min(1440, room.width()), min(900, room.height() - 40))
        else:
            window.resize(1440, 900)
        kept = self._remembered.get(self._key)
        if isinstance(kept, str):
            with contextlib.suppress(ValueError):  # a damaged file is not worth a word
                window.restoreGeometry(QByteArray(bytes.fromhex(kept)))

    def keep(self) -> None:
        """Remember where the window stands now."""
        self._remembered.put(self._key, self._window.saveGeometry().data().hex())
        self._remembered.save()
