"""The keeper: makes the day's backup and looks through the file once a week, behind the window."""

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer

from kamdesk.core.clock import Day
from kamdesk.core.errors import Cancelled, Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.workspace import Workspace

_FIRST, _THEN = 30_000, 3_600_000


class Due(NamedTuple):
    """What is to be done, and today's day."""

    backup: bool
    look: bool
    today: Day


class Keeper(QObject):
    """Works while a window is open, half a minute after it opened and then every hour.

    All of it runs on a desk of its own that only reads, can be stopped in the status line, and says
    something in the notices only when something is wrong.
    """

    def __init__(self, window: "MainWindow[Any]", workbench: "Workbench[Workspace]") -> None:
        super().__init__(window)
        self._window, self._workbench = window, workbench
        self._timer = QTimer(self, interval=_FIRST)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """See what is due, and do it."""
        self._timer.setInterval(_THEN)
        if not self._window.is_front:  # of several windows one keeps
            return
        self._workbench.ask(self, _due, self._do, key="due")

    def _do(self, due: Due) -> None:
        if due.backup:
            self._workbench.job(self, Text("Making today's backup"), _back_up, None, self._failed)
        if due.look:
            today = due.today
            self._workbench.job(
                self,
                Text("Looking through the whole file"),
                lambda desk, _job: desk.soundness.look(),
                lambda _: self._workbench.do(None, lambda desk: desk.soundness.note(today)),
                self._failed,
            )

    def _failed(self, refusal: Refusal) -> None:
        if not isinstance(refusal, Cancelled):
            self._window.notices.say(
                short_of(refusal),
                tone=Tone.BRICK,
                way_out=(Text("Safety…"), "Ctrl+.", lambda: self._window.go(Route("safety"))),
            )


def short_of(refusal: Refusal) -> Text:
    """Return what a refusal says where the window itself offers the way out."""
    from kamdesk.storage.soundness import Damaged

    if isinstance(refusal, Damaged):
        return Text("The workspace file is damaged. Nothing was changed; restore a backup.")
    return refusal.said


def _due(desk: "Workspace") -> Due:
    today = desk.clock.today()
    return Due(desk.backups.due(), desk.soundness.due(today), today)


def _back_up(desk: "Workspace", job: Job) -> None:
    from kamdesk.storage.backups import Why

    desk.backups.make(Why.DAILY, steps=job.step)
