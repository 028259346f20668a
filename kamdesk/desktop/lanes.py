"""Lanes: threads that own a desk each and work off what is put on them, one after the other."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, Protocol, TypeVar

Desk = TypeVar("Desk")
DeskGiven = TypeVar("DeskGiven", covariant=True)

OpenDesk = Callable[[bool], Desk]
"""Opens the workspace; True: read-only."""

Opened = Callable[[BaseException | None], None]
"""Told when a lane's desk was opened (None) or could not be; called on the lane's thread."""


class Lane(Protocol[DeskGiven]):
    """Where work is put; each piece gets the lane's desk and must not raise."""

    def put(self, work: Callable[[DeskGiven], None]) -> None:
        """Put a piece of work at the end."""
        ...

    def close(self, *, finish: bool) -> None:
        """Close the desk and end; ``finish``: do first what is already there."""
        ...


class ThreadLane(Generic[Desk]):
    """A lane with a thread of its own. ``after``: opens only once that lane is open."""

    def __init__(
        self,
        name: str,
        open_desk: Callable[[], Desk],
        opened: Opened,
        after: "Lane[Desk] | None" = None,
    ) -> None:
        self._open_desk, self._opened = open_desk, opened
        self._after = after if isinstance(after, ThreadLane) else None
        self._works: SimpleQueue[Callable[[Desk], None] | None] = SimpleQueue()
        self._ready = threading.Event()
        self._usable = False
        self._dropping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, work: Callable[[Desk], None]) -> None:
        """Put a piece of work at the end."""
        self._works.put(work)

    def close(self, *, finish: bool) -> None:
        """Close the desk and end the thread; waits for what is being done."""
        self._dropping = not finish
        self._works.put(None)
        self._thread.join()

    def _run(self) -> None:
        desk = self._opened_desk()
        self._ready.set()
        if desk is None:
            return
        while (work := self._works.get()) is not None:
            if not self._dropping:
                work(desk)
            del work
        close = getattr(desk, "close", None)
        if callable(close):
            close()

    def _opened_desk(self) -> Desk | None:
        if self._after is not None:
            self._after._ready.wait()
            if not self._after._usable:
                return None
        try:
            desk = self._open_desk()
        except BaseException as trouble:  # told to the window: it may be the user's to put right
            self._opened(trouble)
            return None
        self._usable = True
        self._opened(None)
        return desk
