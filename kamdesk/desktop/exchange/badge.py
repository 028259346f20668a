"""The badge of a record at the head of its page: refused, waiting for a decision, or unsent."""

from typing import TYPE_CHECKING, Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.sync.sharing import Sign, in_conflict, signs_of

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class RecordBadge(Button):
    """Hidden while there is nothing to say; pressed it leads to the exchange or to deciding.

    Where there is more to say than one thing, it says the same as the sign in a list.
    """

    def __init__(self, page: "Page[Workspace]", record: bytes) -> None:
        super().__init__(Text("Unsent"), icon="cloud", kind=Kind.BARE)
        self._page, self._record = page, record
        self._sign: Sign | None = None
        self.clicked.connect(self._go)
        self.hide()
        page.workbench.changed.connect(self._heard)
        if (exchanging := exchanging_of(page.workbench)) is not None:
            exchanging.exchanged.connect(self._exchanged)
        self.ask()

    def ask(self) -> None:
        """Ask how the record stands."""
        record = self._record

        def asked(desk: "Workspace") -> tuple[Sign | None, int]:
            signs = signs_of(desk.storage, [record]).get(record, [])
            first = next((sign for sign in signs if sign in _LOOKS), None)
            return first, in_conflict(desk.storage, record)

        self._page.workbench.ask(self, asked, self._show, key="badge")

    def _heard(self, changes: ChangeSet) -> None:
        if not changes or any(record == self._record for _, record in changes.records):
            self.ask()

    def _exchanged(self, _: object) -> None:
        self.ask()

    def _show(self, asked: tuple[Sign | None, int]) -> None:
        self._sign, fields = asked
        if self._sign is not None:
            icon, words = _LOOKS[self._sign]
            waits = Text("{n} field waits for you", "{n} fields wait for you", n=fields)
            self.say(waits if self._sign is Sign.APART else words)
            self.mark(icon)
        self.setVisible(self._sign is not None)

    def _go(self) -> None:
        if self._sign is Sign.APART:
            self._page.go("conflicts", self._record)
        else:
            self._page.go("exchange", tab="refused" if self._sign is Sign.REFUSED else "unsent")


_LOOKS: Final = {
    Sign.REFUSED: ("circle-x", Text("Refused by the hub")),
    Sign.APART: ("git-branch", Text("Waits for you")),
    Sign.UNSENT: ("cloud", Text("Unsent")),
}
