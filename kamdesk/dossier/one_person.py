"""One person as a page shows them: the same human at all their customers, posts over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id, PersonId, VisitId
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.chain.standing import Reading, Standing, What, standing
from kamdesk.domain.chain.store import ChainStore
from kamdesk.domain.people.model import Holding, Need, Person, Post, Way
from kamdesk.domain.people.store import PersonStore
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PromiseStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import Fact, VisitState
from kamdesk.domain.visits.store import VisitLine, VisitStore
from kamdesk.dossier.person_file import same_human
from kamdesk.storage.database import Reader
from kamdesk.storage.storage import Storage


class HeldPost(NamedTuple):
    """A post a person holds or held, at which customer, and who is above them there."""

    holding: Holding
    post: Post
    account: AccountId | None
    account_name: str
    boss: str


class Elsewhere(NamedTuple):
    """The record of the same human at another customer."""

    id: PersonId
    account: AccountId | None
    account_name: str


class Judged(NamedTuple):
    """A judgement that stands: since when, and at which visit it was made."""

    reading: Reading
    visit: VisitId | None
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """A person on ``day``. ``visits`` are the newest first, those of the same human elsewhere too.

    ``promises`` are open: the person's own, and ours made where the person sat. ``judged`` is the
    latest judgement of each kind; ``bases`` is what values of the record stand on, by cell.
    """

    day: Day
    person: Person
    account_name: str
    owner: str
    same: tuple[Elsewhere, ...]
    posts: tuple[HeldPost, ...]
    ways: tuple[Way, ...]
    needs: tuple[Need, ...]
    stands: Standing
    judged: dict[What, Judged]
    visits: tuple[VisitLine, ...]
    promises: tuple[Promise, ...]
    facts: tuple[Fact, ...]
    last_met: Instant | None
    bases: Mapping[str, Basis]

    @property
    def next(self) -> VisitLine | None:
        """The next visit planned."""
        ahead = [
            one
            for one in self.visits
            if one.state is VisitState.PLANNED and one.start and one.start.day >= self.day
        ]
        return ahead[-1] if ahead else None

    @property
    def post(self) -> HeldPost | None:
        """The post held now at the customer of this record."""
        here = [
            one
            for one in self.posts
            if one.holding.person == self.person.id and one.holding.stands_on(self.day)
        ]
        return here[0] if here else None


def read_person(storage: Storage, person: PersonId) -> PersonSeen | None:
    """Return a person for their page; None for nobody. A merged id gives whom it means now."""
    reader, day = storage.reader, storage.clock.today()
    people = PersonStore(reader)
    found = people.find(people.now(person))
    if found is None:
        return None
    records = [
        one
        for id in same_human(storage, found.id)
        if (one := people.find(id)) is not None and (not one.restricted or one.id == found.id)
    ]
    accounts = _account_names(reader, {one.account for one in records if one.account})
    owner = ColleagueStore(reader).find(found.owner) if found.owner else None
    visits = _visits(reader, records)
    judged = _judged(reader, found.id, day)
    return PersonSeen(
        day=day,
        person=found,
        account_name=accounts.get(found.account, "") if found.account else "",
        owner=owner.name if owner else "",
        same=tuple(
            Elsewhere(one.id, one.account, accounts.get(one.account, "") if one.account else "")
            for one in records[1:]
        ),
        posts=_posts(reader, records, accounts),
        ways=tuple(people.ways(found.id)),
        needs=tuple(people.needs_of(found.id)),
        stands=standing([one.reading for one in judged.values()]),
        judged=judged,
        visits=visits,
        promises=_promises(reader, [one.id for one in records], visits),
        facts=_facts(reader, found),
        last_met=_last_met(reader, records),
        bases=people.bases(found.id),
    )


def _account_names(reader: Reader, accounts: set[AccountId]) -> dict[AccountId, str]:
    store = AccountStore(reader)
    found = {one: store.find(one) for one in accounts}
    return {one: account.called for one, account in found.items() if account}


def _visits(reader: Reader, records: Sequence[Person]) -> tuple[VisitLine, ...]:
    store = VisitStore(reader)
    every = {line.id: line for one in records for line in store.of_person(one.id)}
    epoch = Instant(0)
    return tuple(sorted(every.values(), key=lambda line: (line.start or epoch).ms, reverse=True))


def _posts(
    reader: Reader, records: Sequence[Person], accounts: dict[AccountId, str]
) -> tuple[HeldPost, ...]:
    people, found = PersonStore(reader), []
    for one in records:
        for holding in people.held_by(one.id):
            post = people.post(holding.post)
            where = accounts.get(one.account, "") if one.account else ""
            above = people.holder_of(post.reports_to) if post.reports_to else None
            found.append(HeldPost(holding, post, one.account, where, above.name if above else ""))
    last, first = Day.max, Day.min
    return tuple(
        sorted(
            found,
            key=lambda one: (one.holding.until or last, one.holding.since or first),
            reverse=True,
        )
    )


def _judged(reader: Reader, person: PersonId, day: Day) -> dict[What, Judged]:
    latest = {one.what: one for one in ChainStore(reader).readings_of(person, until=day)}
    visits, found = VisitStore(reader), {}
    for what, reading in latest.items():
        visit = visits.find(VisitId(Id(reading.source))) if reading.source else None
        topic = (visit.topic or visit.objective) if visit else ""
        found[what] = Judged(reading, visit.id if visit else None, topic)
    return found


def _promises(
    reader: Reader, people: Sequence[PersonId], visits: Sequence[VisitLine]
) -> tuple[Promise, ...]:
    store = PromiseStore(reader)
    theirs = [promise for one in people for promise in store.of_person(one)]
    ours = [
        promise
        for line in visits
        for promise in store.of_visit(line.id)
        if promise.side is PromiseSide.OURS
    ]
    open_ones = [one for one in (*theirs, *ours) if one.state is PromiseState.OPEN]
    return tuple(sorted(open_ones, key=lambda p: (p.due is None, p.due or Day.max, p.id)))


def _facts(reader: Reader, person: Person) -> tuple[Fact, ...]:
    if person.account is None:
        return ()
    every = VisitStore(reader).facts(person.account)
    return tuple(fact for fact in every if fact.about == person.id)


def _last_met(reader: Reader, records: Sequence[Person]) -> Instant | None:
    sql = "SELECT last_met FROM person_standing WHERE id = ?"
    every = [Instant.read(reader.ask(sql, one.id).value()) for one in records]
    return max((met for met in every if met), key=lambda met: met.ms, default=None)
