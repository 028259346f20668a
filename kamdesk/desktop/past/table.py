"""The list of what happened to a record, narrowed to a field, any value of it brought back."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Page
from kamdesk.desktop.past.reading import HistoryRow, HistorySeen, read_history
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words, moments_at_widest
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


class HistoryTable(Sheet):
    """The changes, newest first; a choice of one field above, the chosen value whole below."""

    def __init__(
        self,
        page: "Page[Workspace]",
        record: bytes,
        told: "Callable[[HistorySeen | None], object] | None" = None,
    ) -> None:
        """``told`` is given what was read."""
        super().__init__(scrolls=False, top=8, foot=12)
        self._page, self._record, self._told = page, record, told
        self._today: Any = None
        self._rows: list[HistoryRow] = []
        top = QWidget()
        choosing = QHBoxLayout(top)
        choosing.setContentsMargins(0, 0, 0, 0)
        self.only = Choice([("", Text("all fields"))])
        self.only.setAccessibleName(looks.said(Text("Show one field")))
        self.only.currentIndexChanged.connect(lambda _: self._narrow())
        choosing.addWidget(self.only)
        choosing.addStretch(1)
        self.add(top)
        self.list: RecordTable[HistoryRow] = RecordTable(
            Text("History"),
            self._columns(),
            key="account.history",
            remembered=page.around.remembered,
            empty=EmptyState(
                "history",
                Text("No history yet"),
                Text("Every change stands here: who, when, from what to what."),
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
        self.setFocusProxy(self.list)
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
            Column(Text("Field"), show=lambda row: row.field, strong=True, width=150),
            Column(Text("From"), show=lambda row: row.before),
            Column(Text("To"), show=lambda row: row.after),
        )

    def ask(self) -> None:
        """Ask for the history."""
        record = self._record
        self._page.ask(lambda desk: read_history(desk, record), self._show, key="history")

    def _show(self, seen: HistorySeen | None) -> None:
        if seen is not None:
            self._today, self._rows = seen.today, seen.rows
            self._offer_fields()
            self._narrow()
        if self._told is not None:
            self._told(seen)

    def _offer_fields(self) -> None:
        fields = sorted({row.field for row in self._rows})
        if list(self.only.values[1:]) == fields:
            return
        chosen = self.only.value
        self.only.blockSignals(True)
        self.only.offer([("", Text("all fields")), *((field, field) for field in fields)])
        self.only.choose(chosen)
        self.only.blockSignals(False)

    def _narrow(self) -> None:
        wanted = self.only.value
        self.list.show_lines([row for row in self._rows if wanted in ("", None, row.field)])
        self._choose(self.list.current)

    def _choose(self, row: HistoryRow | None) -> None:
        self.back.setEnabled(row is not None and row.can_come_back)
        said: Text | str = ""
        if row is not None:
            said = Text("{field}: {value}", field=row.field, value=row.after or looks.DASH)
        self._whole.say(said)

    def bring_back(self) -> None:
        """Bring the chosen row's value back."""
        row, page = self.list.current, self._page
        if row is None:
            return
        if not row.can_come_back:
            page.around.say(
                Text("This stands so now. Choose an earlier line: R brings back its value.")
                if row.latest
                else Text("This line holds no value. Choose another one to bring it back.")
            )
            return
        seen = cast("Seen", page.seen)
        lid, cell = row.id

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.history.restore(row.kind, row.record, cell, lid, seen=seen)

        def done(_: ChangeSet) -> None:
            page.around.say(
                Text("Brought back: {field}.", field=row.field),
                way_out=undo_way(page.workbench, page.around.say),
            )

        page.workbench.do(page, verb, done)
