"""What a table page holds: neutral words only, for it may be read upside down."""

from dataclasses import dataclass
from datetime import time

from kamdesk.core.clock import Day, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One point of the agenda."""

    topic: str
    start: time | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Someone at the table; the customer's people sit (and stand here) first."""

    name: str
    post: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """A promise of either side in neutral words, with the day first agreed."""

    what: str
    who: str = ""
    due: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """One neutral page. ``visit`` is the visit's id as hex: all that the QR code holds.

    ``not_shown`` counts participants who must not be shown.
    """

    visit: str
    customer: str
    topic: str = ""
    start: Instant | None = None
    minutes: int = 60
    place: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    participants: tuple[Participant, ...] = ()
    not_shown: int = 0
    open_items: tuple[OpenItem, ...] = ()
    points: tuple[str, ...] = ()
