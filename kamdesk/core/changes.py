"""What a change touched: told to pages and lists after every save, import, undo and exchange."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kamdesk.core.ids import Id


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The records a change touched, by kind, and the action it was.

    ``action`` is None when nothing was written. ``left`` names cells an undo left as they were,
    ``strangers`` counts records it left because this program does not know their kind.
    """

    records: frozenset[tuple[str, Id]] = frozenset()
    action: int | None = None
    left: tuple[tuple[str, Id, str], ...] = field(default=())
    reverted: int = 0
    strangers: int = 0

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record touched."""
        return frozenset(kind for kind, _ in self.records)

    def of(self, kind: str) -> frozenset[Id]:
        """The ids touched of one kind."""
        return frozenset(record for name, record in self.records if name == kind)

    def touches(self, kinds: Iterable[str]) -> bool:
        """True when one of ``kinds`` was touched."""
        return not self.kinds.isdisjoint(kinds)

    def __bool__(self) -> bool:
        return bool(self.records)
