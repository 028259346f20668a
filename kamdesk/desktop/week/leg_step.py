"""Correcting how long a way takes, in place: the planner drives so from then on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.route_part import spot_of
from kamdesk.desktop.week.said import item_words
from kamdesk.desktop.week.ways import Road
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.workbench import Workbench
from kamdesk.dossier.week_read import NOWHERE

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class LegStep(PanelStep):
    """``one`` and ``other`` are the spots of its ends, ``minutes`` what is reckoned now."""

    def __init__(
        self,
        workbench: "Workbench[Workspace]",
        names: tuple[Text | str, Text | str],
        spots: tuple[Spot, Spot],
        minutes: int,
    ) -> None:
        super().__init__(
            Text("How long does it take?"),
            Text("From {one} to {other}, door to door.", one=names[0], other=names[1]),
            do=Text("Keep"),
        )
        self._workbench, self._spots = workbench, spots
        self.minutes = self.ask(
            "minutes",
            Text("Minutes"),
            help=Text("Reckoned: {n} min. What you say holds for this way, both ways.", n=minutes),
        )
        self.minutes.setText(str(minutes))
        self.minutes.selectAll()
        forget = Button(Text("Go by the rule again"), icon="undo-2")
        forget.clicked.connect(self._forget)
        self.column.addWidget(forget)
        self.wanted.connect(self._keep)

    def _keep(self) -> None:
        one, other = self._spots
        try:
            minutes = int(self.minutes.text().strip())
        except ValueError:
            self.refused(RuleBroken(Text("Write a number of minutes, like 55."), field="minutes"))
            return
        self._do(lambda desk: desk.habits.learn(one, other, minutes))

    def _forget(self) -> None:
        one, other = self._spots
        self._do(lambda desk: desk.habits.forget(one, other))

    def _do(self, verb: "Callable[[Workspace], ChangeSet]") -> None:
        self._workbench.do(
            self, verb, lambda _: self.closed.emit(), self.refused, key="leg", form=self
        )


def leg_of(workbench: "Workbench[Workspace]", board: Board, day: int, road: Road) -> LegStep | None:
    """Return the question for a way of a day; None where nobody knows where an end of it is."""
    plan, places = board.days[day].plan, board.read.places
    ends: list[tuple[Text | str, Spot]] = []
    for key, place in ((road.came_from, plan.from_place), (road.to, plan.to_place)):
        item = board.items.get(key) if key is not None else None
        if item is not None:
            words, spot = item_words(item), spot_of(board, item.key)
        else:
            known = places[place] if place < len(places) else NOWHERE
            words, spot = known.words or looks.said(Text("Home")), known.spot
        if spot is None:
            return None
        ends.append((words, spot))
    (one, here), (other, there) = ends
    return LegStep(workbench, (one, other), (here, there), road.whole)
