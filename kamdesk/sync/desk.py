"""Where a round of exchange works, and what it counts and tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.storage.storage import Storage

T = TypeVar("T")


class Desk(Protocol):
    """Where the workspace lives: every step is run alone, on whatever thread may write."""

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run one short step and return what it returns."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a round is: changes pushed and pulled, and jobs of fetching scopes still to do."""

    pushed: int
    pulled: int
    left: int


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
    """What a round has done so far.

    ``vain``: answers in a row that settled nothing; ``placed``: the last own number told a place.
    """

    pushed: int = 0
    pulled: int = 0
    quarantined: int = 0
    vain: int = 0
    placed: int = 0
    touched: set[tuple[str, Id]] = field(default_factory=set)

    def note(self, touched: ChangeSet) -> None:
        """Count in what a step touched."""
        self.touched |= touched.records
