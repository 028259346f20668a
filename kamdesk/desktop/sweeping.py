"""Searches for cycles on the window's thread alone: a widget freed on another one can stop both.

Python searches wherever its count runs over, so on a lane too. A widget found there is taken down
there, under locks of Qt's for which the window's thread may be waiting while it holds others, and
each of the two waits for Python's own lock as well: nothing moves any more.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from kamdesk.transfer.uncollected import held_still

EVERY: Final = 500
"""Milliseconds from one look at the counts to the next."""


class Sweeper(QObject):
    """Does from its start on what Python did by itself, whenever the window has time for it."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.sweep)

    def start(self) -> None:
        """Let nobody else search from now on."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Let Python search by itself again, on whichever thread."""
        self._timer.stop()
        gc.enable()

    def sweep(self) -> None:
        """Search the oldest generation whose count ran over, unless a large table comes in."""
        if held_still():
            return
        counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
        over = [n for n, (now, most) in enumerate(counted) if now > most]
        if over:
            gc.collect(over[-1])
