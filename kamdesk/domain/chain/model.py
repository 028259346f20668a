"""Decision-chain maps: seats, groups, deciding bodies, ties between people. Rules only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import (
    AccountId,
    BodyId,
    GroupId,
    Id,
    MapId,
    PersonId,
    PostId,
    SeatId,
)
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.chain.bonds import Bond


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


_SECRET: Final = (
    "评标委员",
    "评标专家",
    "评委会",
    "评审专家",
    "evaluation committee",
    "evaluation panel",
    "tender evaluator",
    "bid evaluator",
)


def refuse_secret(words: str, *, field: str) -> None:
    """Raise ``RuleBroken`` for what names a bid evaluation committee or its members.

    They are secret by law (``field_book.md`` D2).
    """
    low = words.casefold()
    if any(word in low for word in _SECRET):
        raise RuleBroken(
            Text("Members of a bid evaluation committee are secret by law and are not kept here."),
            field=field,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A decision-chain map of an account, or of one opportunity at it.

    ``decision_way`` says in words how they decide: who proposes, who examines, who settles.
    """

    id: MapId
    account: AccountId
    name: str = ""
    opportunity: Id | None = None
    decision_way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place on a map: a post, a person without known post, a body, or none of them (a ghost; in
    an outside group: that party as a whole).

    ``wanted`` are roles nobody fills yet; ``label`` is the seat's own copy of the name. It stands
    on the map ``since`` a day ``until`` the day before another (None: always, still). ``x`` and
    ``y`` are where the user put it.
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
    in_group: GroupId | None = None
    since: Day | None = None
    until: Day | None = None

    def stands_on(self, day: Day) -> bool:
        """True when the seat is on its map on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


class GroupSort(StrEnum):
    """What a group of seats is: a part of the customer, or a party outside (D2)."""

    DEPARTMENT = "department"
    COMPANY = "company"
    PARENT = "parent"
    DESIGN = "design"
    TENDER_AGENCY = "tender_agency"
    CONSULTANT = "consultant"
    SUPERVISOR = "supervisor"
    CONTRACTOR = "contractor"
    PARTNER = "partner"


GROUP_SORT_WORDS: Final = {
    GroupSort.DEPARTMENT: Text("department"),
    GroupSort.COMPANY: Text("company of the customer"),
    GroupSort.PARENT: Text("parent organisation"),
    GroupSort.DESIGN: Text("design institute"),
    GroupSort.TENDER_AGENCY: Text("tender agency"),
    GroupSort.CONSULTANT: Text("consultant"),
    GroupSort.SUPERVISOR: Text("supervisor of works"),
    GroupSort.CONTRACTOR: Text("general contractor"),
    GroupSort.PARTNER: Text("partner of ours"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A box around seats of a customer's maps: a department, a company, a party outside."""

    id: GroupId
    account: AccountId
    name: str
    sort: GroupSort = GroupSort.DEPARTMENT

    @property
    def outside(self) -> bool:
        """True for a party that is not part of the customer."""
        return self.sort not in (GroupSort.DEPARTMENT, GroupSort.COMPANY)

    def checked(self) -> "Group":
        """Return this group with its name cleaned. Raises ``RuleBroken`` without one."""
        neat = cleaned(self)
        if not neat.name:
            raise RuleBroken(Text("Give the group a name."), field="name")
        refuse_secret(neat.name, field="name")
        return neat


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
        refuse_secret(neat.name, field="name")
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
    """A tie from one node (person or body) to another; influence has strength 1–3 and a sign.

    It was learnt at a ``visit``; ``sureness`` is a word of ``standing.Sureness``. ``bond`` says
    what joins two who are close.
    """

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
    visit: Id | None = None
    sureness: str = ""
    bond: Bond | None = None

    def checked(self) -> "Tie":
        """Return this tie cleaned. Raises ``RuleBroken`` for a loop or a wrong strength."""
        if self.source == self.target:
            raise RuleBroken(Text("A tie joins two different people."), field="target")
        if self.strength not in STRENGTHS:
            raise RuleBroken(Text("Strength is 1, 2 or 3."), field="strength")
        if self.bond and self.kind is not TieKind.CLOSE:
            raise RuleBroken(
                Text("A school, a home town, a family joins two who are close: choose that."),
                field="kind",
            )
        return cleaned(self, long=("note",))
