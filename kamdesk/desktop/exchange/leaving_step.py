"""Leaving the team, in a side panel: what goes from this computer, what stays, and doing it."""

from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.dossier.kinds import KINDS
from kamdesk.storage.keys import KeyRing
from kamdesk.sync.desk import Direct
from kamdesk.sync.leaving import Removed, leave_known

if TYPE_CHECKING:
    from kamdesk.desktop.jobs import Job
    from kamdesk.desktop.pages import Page
    from kamdesk.sync.told import Told
    from kamdesk.workspace import Workspace


class LeaveStep(PanelStep):
    """Leaves the team; a laptop that is given back takes the same road."""

    def __init__(self, page: "Page[Workspace]", ring: KeyRing, told: "Told") -> None:
        kept = (
            Text(
                " {n} change has not reached the team: exchange first, or find it under “Refused”.",
                " {n} changes have not reached the team: exchange first, or find them under"
                " “Refused”.",
                n=told.unsent,
            )
            if told.unsent
            else ""
        )
        super().__init__(
            Text("Leave the team"),
            Text(
                "Customers you made here stay. What colleagues shared with you goes from this"
                " computer, and no undo brings it back; the team keeps all it has.{kept}",
                kept=kept,
            ),
            do=Text("Leave {hub}", hub=told.hub),
            danger=True,
        )
        self._page, self._ring = page, ring
        self.wanted.connect(self._leave)

    def _leave(self) -> None:
        page, ring = self._page, self._ring
        self.wait(True)
        if (exchanging := exchanging_of(page.workbench)) is not None:
            exchanging.stop()

        def work(desk: "Workspace", _job: "Job") -> Removed:
            workspace = desk.opened.workspace_id if desk.opened else ""
            return leave_known(Direct(desk.storage), ring, workspace)

        page.workbench.job(
            self, Text("Leaving the team"), work, self._left, self.refused, writes=True
        )

    def _left(self, gone: Removed) -> None:
        self.wait(False)
        went = Text(
            "You have left {hub}. {n} customer of colleagues is gone from this computer.",
            "You have left {hub}. {n} customers of colleagues are gone from this computer.",
            n=gone.customers,
            hub=gone.hub,
        )
        left = Text("You have left {hub}", hub=gone.hub)
        every = ChangeSet(frozenset((kind.name, Id(bytes(16))) for kind in KINDS))
        self._page.workbench.changed.emit(every)  # of any kind something may be gone
        self._page.around.say(went if gone.customers else left)
        self.closed.emit()
        self._page.reload()
