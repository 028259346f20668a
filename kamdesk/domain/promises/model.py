"""A promise of ours or theirs: what, who, by when, and whether it was kept. Rules only."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, PersonId, PromiseId, VisitId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


class PromiseSide(StrEnum):
    """Whose promise it is."""

    OURS = "ours"
    THEIRS = "theirs"


SIDE_WORDS: Final = {PromiseSide.OURS: Text("ours"), PromiseSide.THEIRS: Text("theirs")}


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    DROPPED = "dropped"


PROMISE_STATE_WORDS: Final = {
    PromiseState.OPEN: Text("promise open"),
    PromiseState.KEPT: Text("promise kept"),
    PromiseState.BROKEN: Text("promise broken"),
    PromiseState.DROPPED: Text("promise dropped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What one side promised the other. ``colleague`` or ``person`` answers for it.

    On the day ``remind`` it stands among what is to be done, though it may be due later.
    """

    id: PromiseId
    account: AccountId
    side: PromiseSide
    words: str
    due: Day | None = None
    visit: VisitId | None = None
    colleague: ColleagueId | None = None
    person: PersonId | None = None
    state: PromiseState = PromiseState.OPEN
    settled_on: Day | None = None
    note: str = ""
    remind: Day | None = None

    def checked(self) -> "Promise":
        """Return this promise cleaned. Raises ``RuleBroken`` when it says nothing."""
        neat = cleaned(self, long=("note",))
        if not neat.words:
            raise RuleBroken(Text("Say what was promised."), field="words")
        return neat

    def settled(self, state: PromiseState, on: Day) -> "Promise":
        """Return this promise as kept, broken or dropped on a day, or as open again."""
        return replace(self, state=state, settled_on=None if state is PromiseState.OPEN else on)

    def days_over(self, today: Day) -> int:
        """Return how many days an open promise is past its day; 0 when it is not."""
        if self.state is not PromiseState.OPEN or self.due is None:
            return 0
        return max(0, (today - self.due).days)
