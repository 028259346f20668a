"""Decision-chain maps: seats, judgements with their day and evidence, bodies, ties. Rules only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, BodyId, Id, MapId, PersonId, PostId, SeatId
from kamdesk.core.stored import read_words
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


class Role(StrEnum):
    """Buying role on a map (Webster and Wind 1972; Bonoma 1982 adds the initiator)."""

    DECIDER = "decider"
    APPROVER = "approver"
    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    TECHNICAL = "technical"
    BUYER = "buyer"
    GATEKEEPER = "gatekeeper"
    BENEFICIARY = "beneficiary"


ROLE_WORDS: Final = {
    Role.DECIDER: Text("decider"),
    Role.APPROVER: Text("approver"),
    Role.INITIATOR: Text("initiator"),
    Role.USER: Text("user"),
    Role.INFLUENCER: Text("influencer"),
    Role.TECHNICAL: Text("technical evaluator"),
    Role.BUYER: Text("buyer"),
    Role.GATEKEEPER: Text("gatekeeper"),
    Role.BENEFICIARY: Text("beneficiary"),
}

STANCE_WORDS: Final = {
    2: Text("champion"),
    1: Text("supporter"),
    0: Text("neutral"),
    -1: Text("doubtful"),
    -2: Text("opponent"),
    None: Text("stance unknown"),
}
"""Stance towards us on this map (``field_book.md`` D2); None is unknown, never neutral."""


class What(StrEnum):
    """What a judgement is about; each is dated and belongs to (map, person)."""

    ROLES = "roles"
    STANCE = "stance"
    PROJECT_STANCE = "project_stance"
    INFLUENCE = "influence"
    COVERAGE = "coverage"
    COACH = "coach"
    VETO = "veto"
    RIVAL = "rival"


WHAT_WORDS: Final = {
    What.ROLES: Text("roles"),
    What.STANCE: Text("stance"),
    What.PROJECT_STANCE: Text("stance to the project"),
    What.INFLUENCE: Text("influence"),
    What.COVERAGE: Text("relationship"),
    What.COACH: Text("guide"),
    What.VETO: Text("veto"),
    What.RIVAL: Text("tie to a rival"),
}

_RANGES: Final = {
    What.STANCE: range(-2, 3),
    What.PROJECT_STANCE: range(-2, 3),
    What.INFLUENCE: range(1, 6),
    What.COVERAGE: range(6),
}


def on_scale(what: What, value: str) -> bool:
    """True for a value of the scale of ``what``, for an empty one, and where there is no scale."""
    scale = _RANGES.get(what)
    return scale is None or not value or value in {str(n) for n in scale}


class Sureness(StrEnum):
    """How sure we are (``field_book.md`` D2)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SURENESS_WORDS: Final = {
    Sureness.HIGH: Text("sure"),
    Sureness.MEDIUM: Text("fairly sure"),
    Sureness.LOW: Text("a guess"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A decision-chain map of an account, or of one matter at it."""

    id: MapId
    account: AccountId
    name: str = ""
    opportunity: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place on a map: a post, a person without known post, or neither (a ghost).

    ``wanted`` are roles nobody fills yet; ``label`` is the seat's own copy of the name.
    """

    id: SeatId
    account: AccountId
    map: MapId
    post: PostId | None = None
    person: PersonId | None = None
    body: BodyId | None = None
    wanted: tuple[Role, ...] = ()
    label: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that decides (党委会, 总办会 …): when it meets, who chairs, who writes its papers."""

    id: BodyId
    account: AccountId
    name: str
    decides: str = ""
    meets: str = ""
    next_day: Day | None = None
    chair: PersonId | None = None
    secretary: PersonId | None = None

    def checked(self) -> "Body":
        """Return this body with texts cleaned. Raises ``RuleBroken`` at the field.

        Members of a tender's evaluation committee are secret by law and refused.
        """
        neat = cleaned(self)
        if not neat.name:
            raise RuleBroken(Text("Give the body a name."), field="name")
        if any(word in neat.name for word in ("评标委员会", "评标专家")):
            raise RuleBroken(
                Text(
                    "Members of a bid evaluation committee are secret by law and are not kept here."
                ),
                field="name",
            )
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One judgement of a person on a map, valid from a day, with evidence: never changed, only
    followed by a later one. An empty ``value`` means: known no longer.
    """

    id: Id
    account: AccountId
    map: MapId
    subject: Id
    what: What
    value: str
    valid_from: Day
    source: Id | None = None
    sureness: Sureness | None = None
    note: str = ""

    def checked(self) -> "Reading":
        """Return this reading cleaned. Raises ``RuleBroken`` for a value out of its scale."""
        neat = cleaned(self, long=("note",))
        if not on_scale(neat.what, neat.value):
            scale = _RANGES[neat.what]
            raise RuleBroken(
                Text(
                    "{what} goes from {low} to {high}.",
                    what=WHAT_WORDS[neat.what],
                    low=scale[0],
                    high=scale[-1],
                ),
                field=neat.what.value,
            )
        if neat.what is What.ROLES:
            for role in neat.value.split():
                Role(role)
        firm = neat.what in (What.STANCE, What.PROJECT_STANCE) and neat.value in ("2", "-2")
        if firm and not (neat.note or neat.source):
            raise RuleBroken(
                Text("Firmly for or against needs evidence: what did they do or say?"),
                field="note",
            )
        return neat


class TieKind(StrEnum):
    """How two people on a map are tied."""

    INFLUENCES = "influences"
    CLOSE = "close"
    CONFLICT = "conflict"


TIE_WORDS: Final = {
    TieKind.INFLUENCES: Text("influences"),
    TieKind.CLOSE: Text("close to"),
    TieKind.CONFLICT: Text("in conflict with"),
}


STRENGTHS: Final = range(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A tie from one node (person or body) to another; influence has strength 1–3 and a sign."""

    id: Id
    account: AccountId
    map: MapId
    kind: TieKind
    source: Id
    target: Id
    strength: int = 2
    negative: bool = False
    since: Day | None = None
    until: Day | None = None
    note: str = ""

    def checked(self) -> "Tie":
        """Return this tie cleaned. Raises ``RuleBroken`` for a loop or a wrong strength."""
        if self.source == self.target:
            raise RuleBroken(Text("A tie joins two different people."), field="target")
        if self.strength not in STRENGTHS:
            raise RuleBroken(Text("Strength is 1, 2 or 3."), field="strength")
        return cleaned(self, long=("note",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person stands on a map as of a day; None or empty means not known."""

    roles: tuple[Role, ...] = ()
    stance: int | None = None
    stance_since: Day | None = None
    stance_sureness: Sureness | None = None
    project_stance: int | None = None
    influence: int | None = None
    coverage: int | None = None
    coach: bool = False
    veto: bool = False
    rival: str = ""


def standing(readings: list[Reading]) -> Standing:
    """Return where a person stands by the latest reading of each kind.

    ``readings`` are those of one person valid on the day, in order of validity and writing.
    """
    last = {reading.what: reading for reading in readings}

    def number(what: What) -> int | None:
        reading = last.get(what)
        return int(reading.value) if reading and reading.value else None

    def text(what: What) -> str:
        reading = last.get(what)
        return reading.value if reading else ""

    stance = last.get(What.STANCE)
    return Standing(
        roles=read_words(Role, text(What.ROLES)),
        stance=number(What.STANCE),
        stance_since=stance.valid_from if stance and stance.value else None,
        stance_sureness=stance.sureness if stance and stance.value else None,
        project_stance=number(What.PROJECT_STANCE),
        influence=number(What.INFLUENCE),
        coverage=number(What.COVERAGE),
        coach=text(What.COACH) == "1",
        veto=text(What.VETO) == "1",
        rival=text(What.RIVAL),
    )


def standings(readings: Iterable[Reading]) -> dict[Id, Standing]:
    """Return where everybody stands, given the readings of a map as ``standing`` takes them."""
    by_subject: dict[Id, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_subject[reading.subject].append(reading)
    return {subject: standing(found) for subject, found in by_subject.items()}
