"""Writes a week under work into the calendar, once; taken back, the proposal is there again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.planner import Planner
from kamdesk.desktop.week.rebasing import rebased
from kamdesk.dossier import week_plan
from kamdesk.dossier.week_read import WeekRead

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class Accepting:
    """What Ctrl+Enter does; ``settled`` hears that nothing is under work any more."""

    def __init__(
        self, page: "Page[Workspace]", planner: Planner, settled: Callable[[], object]
    ) -> None:
        self._page, self._planner, self._settled = page, planner, settled
        self._writing: Board | None = None
        self._accepted: Board | None = None

    def accept(self) -> None:
        """Write the proposal, as one action that can be undone.

        While it is being written, or held since the disk refused it, it is not written once more.
        """
        planner, page = self._planner, self._page
        board = planner.board
        if self._writing is not None:
            page.workbench.try_again()
        elif board is not None and planner.trial is None and board.changes:
            planner.search.stop()
            self._write(board)

    def _write(self, board: Board) -> None:
        self._writing = board
        page, seen = self._page, self._page.seen
        read, plan, pins = board.read, board.plan, tuple(board.pins)
        n = sum(map(board.is_new, board.standing))

        def done(_: ChangeSet) -> None:
            self._writing, self._accepted = None, board
            self._planner.forget()
            self._settled()
            said = Text(
                "The week is accepted: {n} visit planned or moved.",
                "The week is accepted: {n} visits planned or moved.",
                n=n,
            )
            page.around.say(said, way_out=undo_of(page))

        def failed(refusal: Refusal) -> None:
            self._writing = None
            page.around.say(refusal.said)
            page.reload()

        page.workbench.do(
            page,
            lambda desk: week_plan.accept(
                desk.storage, read, plan, pins=pins, seen=position(desk, seen)
            ),
            done,
            failed,
        )

    def taken_back(self, read: WeekRead) -> Board | None:
        """Return what was accepted where ``read`` shows that it was undone; it is told once."""
        board = self._accepted
        if board is None:
            return None
        new = [board.items[key] for key in board.standing if board.is_new(key)]
        now = read.items
        stands = [now[item.key] for item in new if item.key in now]
        if not new or [(one.day, one.begins) for one in stands] != [
            (item.day, item.begins) for item in new
        ]:
            return None
        self._accepted = None
        return rebased(board, read)
