"""What minutes hold: neutral words only, for the customer keeps them."""

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum

from kamdesk.core.clock import Day, Instant
from kamdesk.papers.table_page.content import Participant


class Part(StrEnum):
    """A part of minutes that can be left off."""

    DISCUSSED = "discussed"
    AGREED = "agreed"
    OPEN = "open"
    NEXT_STEP = "next step"
    NEXT_MEETING = "next meeting"


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


def without(minutes: Minutes, parts: Set[Part]) -> Minutes:
    """Return minutes without the parts named."""
    bare = Minutes(visit=minutes.visit, customer=minutes.customer, as_of=minutes.as_of)
    gone = {name: getattr(bare, name) for part in parts for name in _FIELDS[part]}
    return replace(minutes, **gone)


_FIELDS = {
    Part.DISCUSSED: ("discussed",),
    Part.AGREED: ("agreed",),
    Part.OPEN: ("open",),
    Part.NEXT_STEP: ("next_step", "next_step_by"),
    Part.NEXT_MEETING: ("next_meeting", "next_place"),
}
