"""How lists were mapped when they were last taken in: kept on this device, found by headings."""

from typing import NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.storage.storage import Storage


class Remembered(NamedTuple):
    """A mapping as TOML, the fingerprint of the headings it is for, and when it was used last."""

    headings: str
    at: Instant | None
    content: str


class ListMappings:
    """The mappings remembered in one workspace."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def keep(self, headings: str, content: str) -> None:
        """Remember a mapping instead of the one known. Raises ``StorageTrouble``."""
        with self._storage.transaction():
            self.note(headings, content)

    def note(self, headings: str, content: str) -> None:
        """Remember a mapping within a transaction that is open."""
        self._storage.connection.execute(
            "INSERT OR REPLACE INTO mappings (headings, at, content) VALUES (?, ?, ?)",
            (headings, str(self._storage.clock.now()), content),
        )

    def of(self, headings: str) -> Remembered | None:
        """Return what is remembered for headings, None for nothing."""
        row = self._storage.reader.ask(
            "SELECT headings, at, content FROM mappings WHERE headings = ?", headings
        ).first()
        return Remembered(row[0], Instant.read(row[1]), row[2]) if row else None

    def forget(self, headings: str) -> None:
        """Forget a mapping: the next list of these headings is guessed anew."""
        if self.of(headings) is not None:
            with self._storage.transaction():
                self._storage.connection.execute(
                    "DELETE FROM mappings WHERE headings = ?", (headings,)
                )
