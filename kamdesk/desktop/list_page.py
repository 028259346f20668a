"""A page of one list: a side panel stands beside it while something is written down."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.panes import SidePanel

if TYPE_CHECKING:
    from kamdesk.desktop.widgets.record_table import RecordTable
    from kamdesk.workspace import Workspace

WHOSE: Final = (("mine", Text("Mine")), ("all", Text("Everybody's")))
"""Whose a list shows: a choice above it."""


class ListPage(Page["Workspace"]):
    """``panel`` stands beside ``list``, None while nothing does; ``step`` is what it asks.

    ``gives_way`` are the titles of columns that are left out as long as it stands there.
    """

    scrolls = False
    gives_way: ClassVar[tuple[str, ...]] = ()
    list: "RecordTable[Any]"

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.panel: SidePanel | None = None
        self.step: PanelStep | None = None
        super().__init__(around, route)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,) if self.panel is None else (self.list, self.panel)

    def bar(self, *parts: QWidget, wide: QWidget | None = None) -> QWidget:
        """Add what chooses the lines above them, on as many rows as it needs.

        With ``wide``, which takes what room is left, it is one row.
        """
        gap = theme.now().px(12)
        if wide is None:
            made: QWidget = Flow(parts, gap=gap, line=theme.now().px(6))
        else:
            made = QWidget()
            row = QHBoxLayout(made)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
            for part in parts:
                row.addWidget(part)
            row.addWidget(wide, 1)
        self.add(made)
        return made

    def begin(self, step: PanelStep) -> None:
        """Ask this beside the list; what stood there closes."""
        panel = SidePanel()
        fill_panel(panel, step)
        self.put_beside(panel)
        self.step = step
        step.closed.connect(self.end_step)
        step.begin()

    def put_beside(self, panel: SidePanel) -> None:
        """Show a panel beside the list; what stood there closes."""
        self.end_step()
        self.panel = panel
        panel.fit(self.window().width())
        self.beside(panel)
        panel.show()
        self._make_room()

    def end_step(self) -> None:
        """Close the side panel; what was typed and not saved is kept as a draft."""
        panel, self.panel, self.step = self.panel, None, None
        if panel is None:
            return
        for draft in open_drafts(panel):
            draft.close()
        panel.hide()
        panel.deleteLater()
        if self.gives_way:
            self.list.seen.recall()
        self.list.setFocus()

    def _make_room(self) -> None:
        titles = [column.name for column in self.list.model.columns]
        for title in self.gives_way:
            self.list.view.setColumnHidden(titles.index(title), True)
        self.list.seen.lay_out()
