"""Who did what at the hub: entries are added, never changed, and hold no customer's words."""

from typing import Any

import msgspec

from kamdesk.hub.schema import AUDIT
from kamdesk.hub.turn import Turn


def note(turn: Turn, deed: str, about: str = "", **detail: Any) -> None:
    """Add an entry: the deed in a few words, the id it is about, and numbers or ids beside it."""
    turn.connection.execute(
        AUDIT.insert().values(
            tenant=turn.tenant,
            entry=turn.entry(),
            at=turn.now,
            actor=turn.actor,
            deed=deed,
            about=about,
            detail=msgspec.json.encode(detail).decode(),
        )
    )
