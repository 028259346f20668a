"""Workbenches without threads: what is asked is answered at once, on one desk."""

from collections.abc import Callable
from typing import Any

from kamdesk.desktop.lanes import Lane, Opened


class InlineLane:
    """Does work at once; ``held`` keeps it until ``let_go``."""

    held = False

    def __init__(
        self,
        name: str,
        open_desk: Callable[[], Any],
        opened: Opened,
        after: Lane[Any] | None = None,
    ) -> None:
        self.name, self.works, self.closed = name, [], False
        self.desk = open_desk()
        opened(None)

    def put(self, work: Callable[[Any], None]) -> None:
        self.works.append(work)
        if not self.held:
            self.let_go()

    def let_go(self) -> None:
        while self.works:
            self.works.pop(0)(self.desk)

    def close(self, *, finish: bool) -> None:
        if finish:
            self.let_go()
        self.works.clear()
        self.closed = True
