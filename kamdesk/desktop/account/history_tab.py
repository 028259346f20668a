"""The history of a customer: who changed what, and any value brought back."""

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.history import HistoryRow, HistorySeen, cell_words, read_history
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.taking_back import take_back
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words, moments_at_widest
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


class HistoryTab(Sheet):
    """The list of changes, and the value of the chosen one whole."""

    def __init__(self, page: "AccountPage", account: AccountId) -> None:
        super().__init__(scrolls=False, top=8, foot=12)
        self._page, self._account = page, account
        self._today = page.today
        self.list: RecordTable[HistoryRow] = RecordTable(
            Text("History"),
            self._columns(),
            key="account.history",
            remembered=page.around.remembered,
            empty=EmptyState(
                "history",
                Text("No history yet"),
                Text("Every change of this customer stands here."),
            ),
        )
        self.list.chosen.connect(self._choose)
        self.add(self.list, reach="list", stretch=1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(12))
        self._whole = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.ELIDE)
        self.back = Button(Text("Bring this value back"), icon="undo-2", keys="R")
        self.back.clicked.connect(self.bring_back)
        row.addWidget(self._whole, 1)
        row.addWidget(self.back)
        self.add(foot)
        self._choose(None)

    def _columns(self) -> tuple[Column[HistoryRow], ...]:
        return (
            Column(
                Text("When"),
                show=lambda row: looks.capital(moment_words(row.at, self._today)),
                sort_by=lambda row: row.id[0],
                widest=moments_at_widest,
            ),
            Column(Text("Who"), show=lambda row: row.by, width=120),
            Column(Text("Action"), show=lambda row: row.action, width=170),
            Column(
                Text("Field"),
                show=lambda row: looks.capital(cell_words(row.cell)),
                strong=True,
                width=130,
            ),
            Column(Text("From"), show=lambda row: row.before),
            Column(Text("To"), show=lambda row: row.after),
        )

    def ask(self) -> None:
        """Ask for the history."""
        account = self._account
        self._page.ask(lambda desk: read_history(desk, account), self._show, key="history")

    def _show(self, seen: HistorySeen) -> None:
        self._today = seen.today
        self.list.show_lines(seen.rows)
        self._choose(self.list.current)

    def _choose(self, row: HistoryRow | None) -> None:
        self.back.setEnabled(row is not None and row.can_come_back)
        said: Text | str = ""
        if row is not None:
            said = Text(
                "{field}: {value}",
                field=looks.capital(cell_words(row.cell)),
                value=row.after or "–",
            )
        self._whole.say(said)

    def bring_back(self) -> None:
        """Bring the chosen row's value back."""
        row, page = self.list.current, self._page
        if row is None or not row.can_come_back:
            return
        account, seen = self._account, cast("Seen", page.seen)
        lid, cell = row.id

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.history.restore("account", account, cell, lid, seen=seen)

        def done(_: ChangeSet) -> None:
            page.around.say(
                Text("Brought back: {field}.", field=looks.capital(cell_words(cell))),
                way_out=(
                    Text("Undo"),
                    "Ctrl+Z",
                    lambda: take_back(page.workbench, page.around.say),
                ),
            )

        page.workbench.do(page, verb, done)
