"""The badge of a record at the head of its page: unsent, or waiting for a decision."""

from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.sync.sharing import in_conflict, unsent_of

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class RecordBadge(Button):
    """Hidden while there is nothing to say; pressed it leads to the exchange or to deciding."""

    def __init__(self, page: "Page[Workspace]", record: bytes) -> None:
        super().__init__(Text("Unsent"), icon="cloud", kind=Kind.BARE)
        self._page, self._record = page, record
        self._deciding = False
        self.clicked.connect(self._go)
        self.hide()
        page.workbench.changed.connect(self._heard)
        if (exchanging := exchanging_of(page.workbench)) is not None:
            exchanging.exchanged.connect(self._exchanged)
        self.ask()

    def ask(self) -> None:
        """Ask how the record stands."""
        record = self._record

        def counted(desk: "Workspace") -> tuple[int, int]:
            if not desk.storage.log.own:
                return 0, 0
            return unsent_of(desk.storage, record), in_conflict(desk.storage, record)

        self._page.workbench.ask(self, counted, self._show, key="badge")

    def _heard(self, changes: ChangeSet) -> None:
        if not changes or any(record == self._record for _, record in changes.records):
            self.ask()

    def _exchanged(self, _: object) -> None:
        self.ask()

    def _show(self, counted: tuple[int, int]) -> None:
        unsent, waits = counted
        self._deciding = bool(waits)
        if waits:
            self.say(Text("{n} field waits for you", "{n} fields wait for you", n=waits))
        elif unsent:
            self.say(Text("Unsent"))
        self.mark("git-branch" if waits else "cloud")
        self.setVisible(bool(unsent or waits))

    def _go(self) -> None:
        if self._deciding:
            self._page.go("conflicts", self._record)
        else:
            self._page.go("exchange")
