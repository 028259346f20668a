"""What minutes hold: neutral words only, for the customer keeps them."""

from dataclasses import dataclass

from kamdesk.core.clock import Day, Instant
from kamdesk.papers.table_page.content import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An agreed action: what, by which side, who answers for it, by when (None: no day)."""

    what: str
    ours: bool
    who: str = ""
    due: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of one meeting, for the customer.

    ``discussed`` are the points of its agenda, ``agreed`` what was promised there, ``open`` what
    was promised before and is not done yet. ``next_meeting`` is the date agreed after it.
    ``left_out`` counts lines that hold a word the customer must never read, ``not_shown`` people
    who sat there and must not be named.
    """

    visit: str
    customer: str
    topic: str = ""
    start: Instant | None = None
    minutes: int = 60
    place: str = ""
    participants: tuple[Participant, ...] = ()
    discussed: tuple[str, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    open: tuple[Agreed, ...] = ()
    next_step: str = ""
    next_step_by: Day | None = None
    next_meeting: Instant | None = None
    next_place: str = ""
    sender: str = ""
    as_of: Instant
    left_out: int = 0
    not_shown: int = 0
