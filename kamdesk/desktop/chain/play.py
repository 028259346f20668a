"""Playing the map forward: from change to change until today."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from kamdesk.core.clock import Day

STEP: Final = 900
"""Milliseconds on each day with changes."""


class Player(QObject):
    """Signals: ``came(day)`` the next day to show · ``playing(bool)`` it began or ended."""

    came = Signal(object)
    playing = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ahead: list[Day] = []
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self.step)

    @property
    def plays(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def begin(self, days: Sequence[Day], *, at: Day, today: Day) -> None:
        """Play the days after ``at`` up to today; from the first one where there are none."""
        whole = sorted({*(day for day in days if day < today), today})
        self._ahead = [day for day in whole if day > at] or whole
        self._timer.start()
        self.playing.emit(True)
        self.step()

    def step(self) -> None:
        """Show the next day; stop after the last."""
        if not self._ahead:
            self.stop()
            return
        self.came.emit(self._ahead.pop(0))
        if not self._ahead:
            self.stop()

    def stop(self) -> None:
        """Stop where it is."""
        if self.plays:
            self._timer.stop()
            self.playing.emit(False)
