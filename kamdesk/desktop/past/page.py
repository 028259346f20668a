"""The page of what happened to one record, whatever it is."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.past.table import HistoryTable
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from kamdesk.desktop.past.reading import HistorySeen
    from kamdesk.workspace import Workspace

PAGES = {"account": "account", "person": "person", "visit": "visit"}
"""The page a kind of record has of its own."""


class HistoryPage(Page["Workspace"]):
    """The route's record, its changes newest first."""

    title = Text("History")
    keys = (
        ("R", Text("Bring this value back")),
        ("F", Text("Show one field")),
        ("J K", Text("Rows")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.content: HistorySeen | None = None
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add("history.restore", Text("Bring this value back"), self._bring_back, keys="R")
        add("history.field", Text("Show one field"), self._choose_field, keys="F", icon="filter")
        record = add("history.record", Text("Open the record"), self._open, keys="O")
        record.enable(False)
        self._record = record
        top = Sheet(scrolls=False, foot=0)
        self._head = top.head(Text("History"), "", Button.of(record))
        self.above(top)
        self.table_here = HistoryTable(self, self.route.record or b"", self._told)
        self.use(self.table_here)

    def crumbs(self) -> tuple[Crumb, ...]:
        seen = self.content
        if seen is None:
            return (Crumb(self.title),)
        page = PAGES.get(seen.kind)
        of = Crumb(seen.called, Route(page, self.route.record)) if page else Crumb(seen.called)
        return of, Crumb(self.title)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.table_here.list,)

    def reload(self) -> None:
        self.table_here.ask()

    def _told(self, seen: "HistorySeen | None") -> None:
        self.content = seen
        if seen is None:
            self.use(
                EmptyState(
                    "history",
                    Text("Nothing is known of this record"),
                    Text("It never was in this workspace, or it was erased for good."),
                )
            )
            self.table_here.hide()
            return
        self.follows = (seen.kind, *(("site",) if seen.kind == "account" else ()))
        self._head.title.say(Text("History of {name}", name=seen.called))
        n = len(seen.rows)
        self._head.remark.say(Text("{n} change", "{n} changes", n=n))
        self._record.enable(seen.kind in PAGES)
        self.renamed.emit()

    def _bring_back(self) -> None:
        self.table_here.bring_back()

    def _choose_field(self) -> None:
        self.table_here.only.setFocus()
        self.table_here.only.showPopup()

    def _open(self) -> None:
        if self.content is not None:
            self.go(PAGES[self.content.kind], self.route.record)
