"""What a file proposes, typed and not yet in the workspace: accounts, people, visits, deals."""

from dataclasses import dataclass, fields
from typing import Final, NamedTuple

from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.domain.people.model import Basis
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.transfer.fields import ImportKind


class Problem(NamedTuple):
    """What is wrong in a row; ``rejects`` when the row cannot be taken because of it."""

    row: int
    field: str
    reason: Text
    rejects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What every proposed record carries. ``leftovers`` are cells that found no field.

    ``own`` are values of own fields, as they are stored, by the names columns go by.
    """

    row: int
    name: str = ""
    source: str = ""
    source_key: str = ""
    digest: bytes = b""
    leftovers: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    @property
    def rejected(self) -> tuple[Problem, ...]:
        """Why this row cannot be taken; empty when it can."""
        return tuple(problem for problem in self.problems if problem.rejects)

    @property
    def key(self) -> tuple[str, str] | None:
        """By what the row is known where it comes from."""
        return (self.source, self.source_key) if self.source and self.source_key else None

    def given(self) -> dict[str, object]:
        """Return the fields the row says something about."""
        said: dict[str, object] = {
            name: value
            for name in _OWN_FIELDS[type(self)]
            if (value := getattr(self, name)) not in (None, "", ())
        }
        return said | dict(self.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCandidate(Candidate):
    """A proposed account; ``annual_revenue`` in minor units of ``currency``.

    ``first_signed`` is ISO text.
    """

    short_name: str = ""
    other_names: tuple[str, ...] = ()
    number: str = ""
    credit_code: str = ""
    kind_of_organisation: Organisation | None = None
    listed: bool | None = None
    stock_code: str = ""
    industry: str = ""
    group_parent: str = ""
    region: str = ""
    province: str = ""
    city: str = ""
    address: str = ""
    website: str = ""
    phone: str = ""
    employees: int | None = None
    annual_revenue: int | None = None
    currency: str = ""
    first_signed: str = ""
    note: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    class_by_hand: AccountClass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCandidate(Candidate):
    """A proposed person; the customer is named by ``account`` or, surer, by ``account_key``.

    Days are ISO text; ``data_source`` is where the file says the data came from.
    """

    family_name: str = ""
    given_name: str = ""
    honorific: str = ""
    form_of_address: str = ""
    account: str = ""
    account_key: str = ""
    department: str = ""
    post: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    wechat: str = ""
    birthday: str = ""
    focus: str = ""
    note: str = ""
    basis: Basis | None = None
    data_source: str = ""
    collected_on: str = ""
    told_on: str = ""
    keep_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCandidate(Candidate):
    """A proposed visit at a customer, whose name stands in ``name`` too.

    ``day`` and the others are ISO text, ``time`` is ``14:30`` or empty when the file does not say.
    """

    account: str = ""
    account_key: str = ""
    day: str = ""
    time: str = ""
    minutes: int | None = None
    kind: VisitKind | None = None
    topic: str = ""
    place: str = ""
    people: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    author: str = ""
    objective: str = ""
    said: str = ""
    outcome: str = ""
    next_step: str = ""
    next_step_by: str = ""
    no_next_step_because: str = ""
    our_promises: tuple[str, ...] = ()
    their_promises: tuple[str, ...] = ()
    promised_by: str = ""
    state: VisitState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityCandidate(Candidate):
    """A proposed opportunity; ``amount`` in minor units of ``currency``, days as ISO text."""

    account: str = ""
    account_key: str = ""
    step: int | None = None
    amount: int | None = None
    currency: str = ""
    expected: str = ""
    deal_state: OpportunityState | None = None
    settled_on: str = ""
    since: str = ""
    note: str = ""


CANDIDATES: Final = {
    ImportKind.ACCOUNTS: AccountCandidate,
    ImportKind.PEOPLE: PersonCandidate,
    ImportKind.VISITS: VisitCandidate,
    ImportKind.OPPORTUNITIES: OpportunityCandidate,
}

_CARRIED: Final = frozenset(
    {"row", "source", "source_key", "digest", "leftovers", "problems", "own"}
)
_OWN_FIELDS: Final[dict[type[Candidate], tuple[str, ...]]] = {
    kind: tuple(one.name for one in fields(kind) if one.name not in _CARRIED)
    for kind in CANDIDATES.values()
}
