"""What is done with the block one stands on: pinned, put back, agreed, the way to it corrected."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kamdesk.core.wording import Text
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.week import deeds
from kamdesk.desktop.week.grid import WeekGrid
from kamdesk.desktop.week.leg_step import LegStep, leg_of
from kamdesk.desktop.week.planner import Planner
from kamdesk.desktop.week.ways import Road
from kamdesk.domain.week.model import Bond

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class OnBlock:
    """The keys of the grid's block; ``asked`` shows the question how long a way takes."""

    def __init__(
        self,
        page: "Page[Workspace]",
        planner: Planner,
        grid: WeekGrid,
        asked: Callable[[LegStep], object],
    ) -> None:
        self._page, self._planner, self._grid, self._asked = page, planner, grid, asked
        grid.road_wanted.connect(self.correct)
        add = Actions(grid, within=True).add
        add("week.pin", Text("Pin it, or let it go"), self._with(self._pin), keys="Space",
            icon="pin")  # fmt: skip
        add("week.put_back", Text("Put it back"), self._with(self._put_back), keys="Del")
        add("week.firm", Text("Agreed with the customer, or not any more"),
            self._with(self._make_firm), keys="F", icon="lock")  # fmt: skip
        add("week.leg", Text("Correct the way to it"), self._with(self.correct_to), keys="M",
            icon="route")  # fmt: skip

    def _with(self, do: Callable[[bytes], object]) -> Callable[[], None]:
        """Return what does something with the block chosen."""

        def act() -> None:
            if self._grid.key is not None:
                do(self._grid.key)
            else:
                self._page.around.say(Text("Choose a visit first: J goes from one to the next."))

        return act

    def _pin(self, key: bytes) -> None:
        item, board = self._planner.item(key), self._planner.board
        was_pinned = item is not None and item.bond is Bond.PINNED and item.visit is not None
        if item is not None and board is not None and was_pinned and key not in board.pins:
            deeds.unpin(self._page, item)
        else:
            self._planner.pin(key)

    def _put_back(self, key: bytes) -> None:
        item = self._planner.item(key)
        if item is None or item.visit is None or item.bond not in (Bond.LOOSE, Bond.PINNED):
            near = self._grid.beside(key)
            self._planner.take_out(key)
            if key not in self._grid.blocks:
                self._grid.choose(near)
        elif self._planner.trial is None:
            deeds.put_back(self._page, item)

    def _make_firm(self, key: bytes) -> None:
        item = self._planner.item(key)
        if item is not None:
            deeds.make_firm(self._page, item)

    def correct_to(self, key: bytes) -> None:
        """Ask how long the way to it really takes."""
        roads = self._grid.shapes.roads if self._grid.shapes else ()
        found = next((road for road in roads if road.to == key), None)
        if found is None:
            self._page.around.say(Text("No way leads to it: it is done where you are."))
        else:
            self.correct(found)

    def correct(self, road: Road) -> None:
        """Ask how long a way really takes."""
        board, shapes = self._planner.shown, self._grid.shapes
        if board is None or shapes is None or (at := shapes.days[road.column].at) is None:
            return
        if road.to is not None:
            self._grid.choose(road.to)
        step = leg_of(self._page.workbench, board, at, road)
        if step is None:
            said = Text("Nobody knows where one of its ends is: give it an address.")
            self._page.around.say(said)
        else:
            self._asked(step)
