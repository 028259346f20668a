"""The tool bar over every view of a decision chain: which view, which map, what can be done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, MapId, read_id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.panes import ToolBar
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.domain.chain.model import Map
from kamdesk.domain.opportunities.model import Opportunity

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
    """Signals: ``wanted(tab)`` another view or another map, as a route's tab · ``deal(id)`` an
    opportunity that has no map of its own yet: its page begins one.

    ``buttons`` stand at the right. The chooser is seen where there is more than one to choose.
    """

    wanted = Signal(str)
    deal = Signal(bytes)

    def __init__(self, tab: str, buttons: Sequence[QWidget] = ()) -> None:
        self._view, self._map = read_tab(tab)
        self._shown: MapId | None = None
        self._maps = 0
        self.views = SegmentedControl(Text("View"), list(VIEWS.items()), start=self._view)
        self.maps = Choice()
        self.maps.setMaximumWidth(theme.now().px(240))
        self.maps.setAccessibleName(looks.said(Text("Map")))
        super().__init__(self.views, self.maps, right=tuple(buttons))
        self.maps.hide()
        self.views.chosen.connect(self._turn)
        self.maps.activated.connect(self._choose)

    def show_maps(
        self, maps: Sequence[Map], shown: MapId | None, deals: Sequence[Opportunity] = ()
    ) -> None:
        """Offer the customer's maps, and its open opportunities that have none of their own.

        ``shown`` is the one that is seen. A map of an opportunity is called as that one is.
        """
        self._shown, self._maps = shown, len(maps)
        names: dict[Id | None, str] = {one.id: one.name for one in deals}
        own = [
            (one.id, names.pop(one.opportunity, "") or one.name or Text("the customer's own map"))
            for one in maps
        ]
        bare = [
            (id, Text("{name}: no map of its own yet", name=name)) for id, name in names.items()
        ]
        self.maps.blockSignals(True)
        self.maps.offer([*own, *bare])
        self.maps.choose(shown)
        self.maps.blockSignals(False)
        self.maps.setVisible(bool(maps) and len(own) + len(bare) > 1)

    def show_view(self, view: str) -> None:
        """Say that another view is seen now."""
        self._view = view
        self.views.choose(view)

    def _turn(self, view: str) -> None:
        wanted = tab_of(view, self._map)
        self.views.choose(self._view)  # this bar stays with its own view
        self.wanted.emit(wanted)

    def _choose(self, _: int) -> None:
        value, at = self.maps.value, self.maps.currentIndex()
        if not isinstance(value, bytes):
            return
        if at < self._maps:
            self.wanted.emit(tab_of(self._view, MapId(Id(value))))
        else:
            self.maps.choose(self._shown)  # this bar stays with its own map
            self.deal.emit(value)
