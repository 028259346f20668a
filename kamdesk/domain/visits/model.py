"""A visit: planned, held, closed; who sits there, and what is learnt. Rules only."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, MapId, PersonId, SiteId, VisitId, linked_id
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    HELD = "held"
    CLOSED = "closed"
    DROPPED = "dropped"


STATE_WORDS: Final = {
    VisitState.PLANNED: Text("planned"),
    VisitState.HELD: Text("held"),
    VisitState.CLOSED: Text("closed"),
    VisitState.DROPPED: Text("dropped"),
}


class VisitKind(StrEnum):
    """The form of a contact."""

    VISIT = "visit"
    CALL = "call"
    VIDEO = "video"
    EVENT = "event"


KIND_WORDS: Final = {
    VisitKind.VISIT: Text("visit"),
    VisitKind.CALL: Text("call"),
    VisitKind.VIDEO: Text("video meeting"),
    VisitKind.EVENT: Text("event"),
}


class Reached(StrEnum):
    """Whether a visit brought what it was to bring."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


REACHED_WORDS: Final = {
    Reached.YES: Text("reached"),
    Reached.PARTLY: Text("partly reached"),
    Reached.NO: Text("not reached"),
}


class Atmosphere(StrEnum):
    """How the talk went (``field_book.md`` D2)."""

    WARM = "warm"
    SMOOTH = "smooth"
    FLAT = "flat"
    STIFF = "stiff"


ATMOSPHERE_WORDS: Final = {
    Atmosphere.WARM: Text("they proposed the next step"),
    Atmosphere.SMOOTH: Text("they agreed to our next step"),
    Atmosphere.FLAT: Text("polite, nothing moved"),
    Atmosphere.STIFF: Text("objections unanswered"),
}


class Firmness(StrEnum):
    """How firmly a planned visit stands in the week, for the planner."""

    AGREED = "agreed"
    """Agreed with the customer."""
    PINNED = "pinned"
    """Not agreed yet; we want it there."""
    LOOSE = "loose"
    """Ours to move."""


FIRMNESS_WORDS: Final = {
    Firmness.AGREED: Text("agreed with the customer"),
    Firmness.PINNED: Text("pinned"),
    Firmness.LOOSE: Text("may be moved"),
}


MINUTES: Final = range(1, 366 * 1440 + 1)
"""How long a visit may be that others planned; ours last a week at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One meeting with a customer. ``minutes`` is its planned length; ``topic`` is neutral."""

    id: VisitId
    account: AccountId
    site: SiteId | None = None
    place: str = ""
    start: Instant | None = None
    minutes: int = 60
    kind: VisitKind = VisitKind.VISIT
    firmness: Firmness = Firmness.AGREED
    topic: str = ""
    objective: str = ""
    ask: str = ""
    fallback: str = ""
    red_line: str = ""
    agenda: str = ""
    questions: str = ""
    materials: str = ""
    host: PersonId | None = None
    map: MapId | None = None
    state: VisitState = VisitState.PLANNED
    said: str = ""
    reached: Reached | None = None
    outcome: str = ""
    atmosphere: Atmosphere | None = None
    next_step: str = ""
    next_step_by: Day | None = None
    no_next_step_because: str = ""

    def checked(self) -> "Visit":
        """Return this visit with texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=("agenda", "questions", "materials", "said", "red_line"))
        if not 0 < neat.minutes <= 7 * 1440:
            raise RuleBroken(Text("A visit lasts from a minute to a week."), field="minutes")
        return neat

    def held(self) -> "Visit":
        """Return this visit as held."""
        if self.state is VisitState.DROPPED:
            raise RuleBroken(Text("This visit was dropped; plan it again first."), field="state")
        return replace(self, state=VisitState.HELD)

    def closed(self) -> "Visit":
        """Return this visit as closed: both sides know what comes next."""
        if not (self.next_step or self.no_next_step_because):
            raise RuleBroken(
                Text("Agree a next step, or say why there is none."), field="next_step"
            )
        return replace(self, state=VisitState.CLOSED)

    def dropped(self) -> "Visit":
        """Return this visit as dropped: it will not take place."""
        if self.state is not VisitState.PLANNED:
            raise RuleBroken(Text("Only a planned visit can be dropped."), field="state")
        return replace(self, state=VisitState.DROPPED)

    def planned_again(self) -> "Visit":
        """Return a visit that was dropped as planned once more."""
        if self.state is not VisitState.DROPPED:
            raise RuleBroken(Text("Only a visit that was dropped is planned again."), field="state")
        return replace(self, state=VisitState.PLANNED)

    def moved(self, start: Instant, *, minutes: int | None = None) -> "Visit":
        """Return this visit at another time, perhaps of another length."""
        if self.state is VisitState.DROPPED:
            raise RuleBroken(Text("This visit was dropped; plan it again first."), field="state")
        return replace(self, start=start, minutes=minutes or self.minutes).checked()

    @property
    def took_place(self) -> bool:
        """True when people really met or talked."""
        return self.state in (VisitState.HELD, VisitState.CLOSED)

    @property
    def is_agreed(self) -> bool:
        """True for a date ahead the customer knows of: not what is only planned at our desk."""
        return self.state is VisitState.PLANNED and self.firmness is Firmness.AGREED


PART_WORDS: Final = {
    "leads": Text("leads"),
    "presents": Text("presents"),
    "listens": Text("listens"),
    "notes": Text("takes notes"),
    "keeps time": Text("keeps time"),
}
"""The parts our people take at a joint visit (``field_book.md`` G24); others are free text."""


class Side(StrEnum):
    """Ours or theirs."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody at a visit: a person of theirs or a colleague of ours, and their point.

    The id follows from visit and person, so that two laptops name the same seat.
    """

    id: Id
    account: AccountId
    visit: VisitId
    who: Id
    side: Side = Side.THEIRS
    point: str = ""
    part: str = ""
    absent: bool = False

    @staticmethod
    def at(visit: Visit, who: Id, side: Side, *, point: str = "", part: str = "") -> "Attendee":
        """Return the attendee of a visit."""
        return Attendee(
            id=linked_id("attendee", visit.id, who),
            account=visit.account,
            visit=visit.id,
            who=who,
            side=side,
            point=point,
            part=part,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something learnt, with its day and where from: an entry whose words are never changed.

    ``here``: it stays on this computer, whatever else is exchanged with a team.
    """

    id: Id
    account: AccountId
    words: str
    day: Day
    visit: VisitId | None = None
    about: Id | None = None
    here: bool = False

    def checked(self) -> "Fact":
        """Return this fact cleaned. Raises ``RuleBroken`` when it says nothing."""
        neat = cleaned(self, long=("words",))
        if not neat.words:
            raise RuleBroken(Text("Say what was learnt."), field="words")
        return neat
