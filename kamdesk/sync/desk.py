"""Where a round of exchange works, and what it counts and tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.storage.storage import Storage
from kamdesk.sync.wire.strict import Garbled

T = TypeVar("T")


class Desk(Protocol):
    """Where the workspace lives: every step is run alone, on whatever thread may write."""

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run one short step and return what it returns."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round is: changes pushed and pulled so far."""

    pushed: int
    pulled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did: counts of changes, what waits for the user, and what it touched."""

    pushed: int
    pulled: int
    conflicts: int
    quarantined: int
    parked: int
    touched: ChangeSet


@dataclass(frozen=True, slots=True)
class Direct:
    """A desk of one thread: a command's, a test's."""

    storage: Storage

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run a step here and now."""
        return step(self.storage)


@dataclass(slots=True)
class Tally:
    """What a round has done so far, and who is told.

    ``vain``: answers in a row that settled nothing; ``placed``: the last own number told a place.
    """

    tell: Callable[[Progress], None] | None = None
    pushed: int = 0
    pulled: int = 0
    quarantined: int = 0
    vain: int = 0
    placed: int = 0
    touched: set[tuple[str, Id]] = field(default_factory=set)

    def note(self, touched: ChangeSet) -> None:
        """Count in what a step touched."""
        self.touched |= touched.records

    def came(self, ops: int) -> None:
        """Count ops that were taken in, and say so."""
        self.pulled += ops
        self.say()

    def say(self) -> None:
        """Tell how far the round is."""
        if self.tell is not None:
            self.tell(Progress(pushed=self.pushed, pulled=self.pulled))

    def in_vain(self) -> None:
        """Count one more answer; raise ``Garbled`` where so many in a row settled nothing."""
        self.vain += 1
        if self.vain > _IN_VAIN:
            raise Garbled("the same answer again and again")


_IN_VAIN: Final = 25
"""Answers in a row that settle nothing, until the round is given up."""
