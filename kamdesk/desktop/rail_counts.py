"""The numbers in the rail: promises of ours that are late, and visits to be written up."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from kamdesk.core.changes import ChangeSet
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.dossier.wanting import Wanting
    from kamdesk.workspace import Workspace

FOLLOWS: Final = ("visit", "attendee", "promise", "account", "colleague")
_HOURLY: Final = 3_600_000  # a day begins, a visit ends


class RailCounts(QObject):
    """Asks once the window stands, whenever something counted changes, and every hour."""

    def __init__(self, window: "MainWindow[Any]", bench: "Workbench[Workspace]") -> None:
        super().__init__(window)
        self._window, self._bench = window, bench
        bench.changed.connect(self._heard)
        timer = QTimer(self, interval=_HOURLY)
        timer.timeout.connect(self.ask)
        timer.start()
        QTimer.singleShot(0, self, self.ask)

    def ask(self) -> None:
        """Ask how much there is."""
        self._bench.ask(self, _wanting, self._show, key="rail")

    def _heard(self, changes: ChangeSet) -> None:
        if changes.touches(FOLLOWS):
            self.ask()

    def _show(self, found: "Wanting") -> None:
        self._window.count("today", found.overdue)
        self._window.count("visits", found.to_write_up)


def _wanting(desk: "Workspace") -> "Wanting":
    from kamdesk.dossier.wanting import wanting

    me = desk.team.sits_here
    return wanting(desk.storage.reader, now=desk.clock.now(), me=me)
