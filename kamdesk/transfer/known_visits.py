"""What this workspace knows of visits, customer by customer, as the judging of a list needs it."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId, VisitId
from kamdesk.domain.origins.store import OriginStore
from kamdesk.domain.people.store import PersonStore
from kamdesk.domain.promises.store import PromiseStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import Side, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.storage.database import Reader
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.known import Key, KnownRecords
from kamdesk.transfer.known_here import known_accounts

_ALL = 1_000_000
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


@dataclass(slots=True)
class Customer:
    """The visits of one customer and those who can sit at them."""

    visits: list[Visit] = field(default_factory=list)
    people: dict[str, set[PersonId]] = field(default_factory=dict)
    """By name and by how somebody is called, both made plain."""
    left_alone: frozenset[str] = frozenset()
    """Names of people about whom nothing may be taken."""


class Seat(NamedTuple):
    """Who is meant by a name: ``who`` None is somebody ``new``, or nobody that can be told."""

    name: str
    who: Id | None
    side: Side
    new: bool = False


class VisitsHere:
    """Finds customers, visits, people and colleagues; a customer is asked for once."""

    def __init__(self, reader: Reader) -> None:
        self.accounts: KnownRecords = known_accounts(reader)
        self._visits, self._people = VisitStore(reader), PersonStore(reader)
        self._promises = PromiseStore(reader)
        self._keys: dict[Key, VisitId] = {
            key: VisitId(record) for key, record in OriginStore(reader).every("visit")
        }
        self._colleagues = {
            normal_name(one.name): one.id for one in ColleagueStore(reader).everybody()
        }
        self._customers: dict[AccountId, Customer] = {}

    def customer(self, account: AccountId | None) -> Customer:
        """Return a customer's visits and people; nothing for one that is not here yet."""
        if account is None:
            return Customer()
        if account not in self._customers:
            self._customers[account] = self._asked(account)
        return self._customers[account]

    def known_as(self, key: Key | None) -> Visit | None:
        """Return the living visit with a foreign key."""
        found = self._keys.get(key) if key else None
        return self._visits.find(found) if found else None

    def visit(self, visit: Id | None) -> Visit | None:
        """Return a living visit; None for anything else."""
        return self._visits.find(visit) if visit else None

    def colleague(self, name: str) -> ColleagueId | None:
        """Return the colleague of a name."""
        return self._colleagues.get(normal_name(name))

    def seat(self, account: AccountId | None, word: str) -> Seat:
        """Return whose seat an attendee's name means; two people of one name mean nobody's."""
        name, customer = bare_name(word), self.customer(account)
        plain = normal_name(name)
        known = customer.people.get(plain, set())
        if len(known) == 1:
            return Seat(name, next(iter(known)), Side.THEIRS)
        if not known and (colleague := self.colleague(name)):
            return Seat(name, colleague, Side.OURS)
        return Seat(name, None, Side.THEIRS, new=not known and plain not in customer.left_alone)

    def at_table(self, visit: VisitId) -> frozenset[Id]:
        """Return who sits at a visit, theirs and ours."""
        return frozenset(one.who for one in self._visits.attendees(visit))

    def promised(self, visit: VisitId) -> frozenset[str]:
        """Return what was promised at a visit, in plain words."""
        return frozenset(normal_name(one.words) for one in self._promises.of_visit(visit))

    def _asked(self, account: AccountId) -> Customer:
        people: dict[str, set[PersonId]] = {}
        for person in self._people.of_account(account):
            for name in (person.name, person.form_of_address):
                if name:
                    people.setdefault(normal_name(name), set()).add(person.id)
        hidden = self._people.hidden(account)
        return Customer(
            visits=self._visits.whole(account, limit=_ALL),
            people=people,
            left_alone=frozenset(map(normal_name, hidden.values())),
        )


def bare_name(word: str) -> str:
    """Return a name without what stands behind it in brackets: a post, a firm."""
    return _IN_BRACKETS.sub("", word).strip() or word.strip()
