"""Derived tables that follow every change inside its transaction: search rows, roll-ups."""

from collections.abc import Callable, Mapping, Set
from typing import Protocol

from kamdesk.core.ids import Id
from kamdesk.storage.database import Connection


def unheard(_records: int) -> None:
    """Let a step of a long work pass."""


class Follower(Protocol):
    """Keeps derived tables true. Makes no ops; reads and writes on the connection given.

    Called with the touched records by kind before every COMMIT, on every road: save, import,
    undo, exchange.
    """

    tables: tuple[str, ...]

    def follow(self, connection: Connection, touched: Mapping[str, Set[Id]]) -> None:
        """Bring the derived rows of the touched records up to date."""
        ...

    def rebuild(self, connection: Connection, step: Callable[[int], None] = unheard) -> None:
        """Make the derived tables anew from the records; ``step`` is told records as they go."""
        ...

    def forget(self, connection: Connection) -> None:
        """Leave nothing of the words of rows that were deleted."""
        ...

    def findings(self, connection: Connection) -> list[str]:
        """Return what differs between the derived tables and a rebuilding; empty when true."""
        ...
