"""The tool bar over every view of a decision chain: which view, which map, what can be done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, MapId, read_id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.panes import ToolBar
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.domain.chain.model import Map

VIEWS: Final = {
    "organisation": Text("Organisation"),
    "influence": Text("Influence"),
    "matrix": Text("Matrix"),
}


def read_tab(tab: str) -> tuple[str, MapId | None]:
    """Return the view and the map a route's tab names; the first view, the customer's own map."""
    view, _, map_id = tab.partition(":")
    try:
        chosen = MapId(Id(read_id(map_id))) if map_id else None
    except RuleBroken:
        chosen = None
    return (view if view in VIEWS else next(iter(VIEWS))), chosen


def tab_of(view: str, map_id: MapId | None) -> str:
    """Return the tab of a route to a view of a map (None: the customer's own map)."""
    return f"{view}:{map_id.hex()}" if map_id else view


class ChainBar(ToolBar):
    """Signals: ``wanted(tab)`` another view or another map, as a route's tab.

    ``buttons`` stand at the right. The chooser of maps is seen where there are several.
    """

    wanted = Signal(str)

    def __init__(self, tab: str, buttons: Sequence[QWidget] = ()) -> None:
        self._view, self._map = read_tab(tab)
        self.views = SegmentedControl(Text("View"), list(VIEWS.items()), start=self._view)
        self.maps = Choice()
        self.maps.setAccessibleName(looks.said(Text("Map")))
        super().__init__(self.views, self.maps, right=tuple(buttons))
        self.maps.hide()
        self.views.chosen.connect(self._turn)
        self.maps.activated.connect(self._choose)

    def show_maps(self, maps: Sequence[Map], shown: MapId | None) -> None:
        """Offer the customer's maps; ``shown`` is the one that is seen."""
        self.maps.blockSignals(True)
        self.maps.offer([(one.id, one.name or Text("the customer's own map")) for one in maps])
        self.maps.choose(shown)
        self.maps.blockSignals(False)
        self.maps.setVisible(len(maps) > 1)

    def show_view(self, view: str) -> None:
        """Say that another view is seen now."""
        self._view = view
        self.views.choose(view)

    def _turn(self, view: str) -> None:
        wanted = tab_of(view, self._map)
        self.views.choose(self._view)  # this bar stays with its own view
        self.wanted.emit(wanted)

    def _choose(self, _: int) -> None:
        value = self.maps.value
        if isinstance(value, bytes):
            self.wanted.emit(tab_of(self._view, MapId(Id(value))))
