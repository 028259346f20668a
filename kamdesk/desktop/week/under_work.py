"""What is done to a week is kept as one works, put back when one returns, and taken away by X."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.draft import PlanDraft, read_back, written
from kamdesk.desktop.week.planner import Planner
from kamdesk.desktop.week.rebasing import rebased

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class UnderWork:
    """The draft of the week that a planner holds."""

    def __init__(self, page: "Page[Workspace]", planner: Planner) -> None:
        self._page, self._planner = page, planner
        self.draft: PlanDraft | None = None
        self._cleared: Board | None = None

    @property
    def is_begun(self) -> bool:
        """Whether anything was done to the week."""
        return self._planner.board is not None and bool(written(self._planner.board))

    def begin(self, monday: Day, above: QVBoxLayout, focus: QWidget) -> None:
        """Put back what was done to this week before, and say so in ``above``; once."""
        if self.draft is not None:
            self.keep()
            return
        self.draft = PlanDraft(
            self._page,
            self._page.workbench,
            monday,
            lambda: self._planner.board,
            self._put_back,
            focus.setFocus,
        )
        above.addWidget(self.draft.line)
        self.draft.begin()

    def keep(self, *, now: bool = False) -> None:
        """The week may be another: it is kept half a second later, or ``now``."""
        if self.draft is not None:
            (self.draft.keep if now else self.draft.changed)()

    def go_on(self) -> None:
        """Something was done: whoever works on it need not be told that it was put back."""
        if self.draft is not None:
            self.draft.line.offer(None)
        self.keep()

    def settle(self) -> None:
        """Nothing is under work any more: it was written."""
        if self.draft is not None:
            self.draft.settle()
            self.draft.open = True

    def clear(self) -> None:
        """Show the week as it stands; once more: as it was under work."""
        board, before, around = self._planner.board, self._cleared, self._page.around
        if board is None or self.draft is None or self._planner.trial is not None:
            return
        if self.is_begun:
            self._cleared = board
            self.draft.discard()
            said = Text("The proposal is taken away: the week is as it stands.")
            around.say(said, way_out=(Text("Put it back"), "X", self.clear))
        elif before is not None:
            self._planner.start_over(rebased(before, board.read))
            self.go_on()
            around.say(Text("The proposal is there again."))
        else:
            around.say(Text("Nothing is proposed: the week is as it stands."))

    def _put_back(self, content: Mapping[str, str]) -> None:
        """Show a week with what was done to it before; nothing kept: as it stands."""
        board = self._planner.board
        if board is not None:
            self._planner.start_over(read_back(content, board.read) if content else None)
