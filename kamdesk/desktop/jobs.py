"""Jobs: long work with a name, that tells how far it is and can be stopped."""

import time
from collections.abc import Callable

from kamdesk.core.errors import Cancelled
from kamdesk.core.wording import Text


class Job:
    """One piece of long work. The work calls ``step``; the window reads it and may ``cancel``."""

    def __init__(self, name: Text, moved: Callable[["Job"], None]) -> None:
        self.name = name
        self.done = 0
        self.total = 0
        self._moved, self._told = moved, 0.0
        self._cancelled = False

    @property
    def share(self) -> float | None:
        """How much is done, of one; None while that is not known."""
        return self.done / self.total if self.total else None

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask it to stop at its next step."""
        self._cancelled = True

    def step(self, done: int, total: int = 0) -> None:
        """Say how far it is; raises ``Cancelled`` when it shall stop."""
        if self._cancelled:
            raise Cancelled
        self.done, self.total = done, total
        moment = time.monotonic()
        if moment - self._told >= 0.05 or done == total:
            self._told = moment
            self._moved(self)
