"""Drafts: text that was typed and not saved, kept inside the encrypted file of this device only.

They are no records: no ops, no history, no exchange, no part of the log's truth.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.storage.storage import Storage


class Draft(NamedTuple):
    """What was typed at a place (``accounts.new``), field by field, and when it was last."""

    place: str
    at: Instant | None
    content: dict[str, str]


class Drafts:
    """The drafts of one workspace."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def keep(self, place: str, content: Mapping[str, str]) -> None:
        """Keep what is typed at a place, instead of what was kept. Raises ``StorageTrouble``."""
        written = json.dumps(dict(content), ensure_ascii=False)
        with self._storage.transaction():
            self._storage.connection.execute(
                "INSERT OR REPLACE INTO drafts (place, at, content) VALUES (?, ?, ?)",
                (place, str(self._storage.clock.now()), written),
            )

    def drop(self, place: str) -> None:
        """Forget what was typed at a place: it is saved or discarded."""
        if self.at(place) is not None:
            with self._storage.transaction():
                self._storage.connection.execute("DELETE FROM drafts WHERE place = ?", (place,))

    def at(self, place: str) -> Draft | None:
        """Return the draft of a place, None when there is none."""
        return next((draft for draft in self.every() if draft.place == place), None)

    def every(self) -> list[Draft]:
        """Return all drafts, the newest first; none that cannot be read."""
        rows = self._storage.reader.ask("SELECT place, at, content FROM drafts ORDER BY at DESC")
        read = ((row, _content(row[2])) for row in rows)
        return [
            Draft(str(row[0]), Instant.read(str(row[1])), content)
            for row, content in read
            if content is not None
        ]


def _content(written: object) -> dict[str, str] | None:
    """Return what was typed, field by field; None for what is no draft."""
    try:
        read = json.loads(written) if isinstance(written, str) else None
    except (ValueError, RecursionError):
        return None
    fit = isinstance(read, dict) and all(isinstance(value, str) for value in read.values())
    return read if fit else None
