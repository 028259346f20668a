"""All that is held on one customer, read at once as of a moment."""

from collections import defaultdict
from dataclasses import dataclass, field

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId, PersonId, PostId
from kamdesk.domain.accounts.model import Account, Site
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.chain.model import Body, Group, Map, Role, Seat, Tie
from kamdesk.domain.chain.network import UNKNOWN
from kamdesk.domain.chain.standing import Reading, Standing, standings
from kamdesk.domain.chain.store import ChainStore
from kamdesk.domain.opportunities.model import Opportunity
from kamdesk.domain.opportunities.store import OpportunityStore
from kamdesk.domain.people.model import Holding, Need, Person, Post, Way
from kamdesk.domain.people.posts import bosses_on, posts_on
from kamdesk.domain.people.store import PersonStore
from kamdesk.domain.promises.model import Promise, PromiseState
from kamdesk.domain.promises.store import PromiseStore
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import Fact, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.storage.database import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFile:
    """A customer as of ``at``: seats, standings and ties are those of ``chain`` on that day, which
    follow from its ``readings``, in order of their days. ``bosses`` say to which post each one
    reported on that day.

    ``off_map`` are people and bodies taken off that map, or put there only after the day.
    ``last_met`` says when each of theirs and ours last really sat at a visit here. ``visits`` are
    the newest first, whatever their state. ``hidden`` are the names of people who must not be
    shown, by id: nothing here is about them.
    """

    at: Instant
    account: Account
    sites: list[Site]
    people: dict[PersonId, Person]
    ways: dict[PersonId, list[Way]]
    posts: list[Post]
    holdings: list[Holding]
    post_of: dict[PersonId, Post]
    needs: dict[PersonId, list[Need]]
    bosses: dict[PostId, PostId]
    chain: Map | None
    seats: list[Seat]
    groups: list[Group]
    bodies: list[Body]
    members: dict[Id, set[bytes]]
    readings: list[Reading]
    standings: dict[Id, Standing]
    ties: list[Tie]
    visits: list[Visit]
    promises: list[Promise]
    facts: list[Fact]
    last_met: dict[Id, Instant]
    colleagues: dict[ColleagueId, Colleague] = field(default_factory=dict)
    hidden: dict[Id, str] = field(default_factory=dict)
    opportunities: list[Opportunity] = field(default_factory=list)
    off_map: frozenset[Id] = frozenset()

    @property
    def day(self) -> Day:
        """The day of the file."""
        return self.at.day

    def stands(self, person: Id) -> Standing:
        """Where a person stands on the map; nothing known when not on it."""
        return self.standings.get(person, UNKNOWN)

    def on_map(self) -> list[PersonId]:
        """The people seated on the map, as they were seated, then whoever was judged."""
        seated = [who for seat in self.seats if (who := self.sits_at(seat)) in self.people]
        away = self.off_map | self.left()
        judged = [PersonId(who) for who in self.standings if who in self.people and who not in away]
        return list(dict.fromkeys([person for person in [*seated, *judged] if person]))

    def sits_at(self, seat: Seat) -> PersonId | None:
        """Who sits on a seat: its person, else who holds its post."""
        if seat.person or not seat.post:
            return seat.person
        return next((who for who, post in self.post_of.items() if post.id == seat.post), None)

    def left(self) -> set[PersonId]:
        """The people all of whose posts here ended before the day of the file."""
        stay = {one.person for one in self.holdings if not (one.until and one.until < self.day)}
        return {one.person for one in self.holdings} - stay

    @property
    def in_play(self) -> bool:
        """True when the map's opportunity was open on the day; of a map without one, any was."""
        own = self.chain.opportunity if self.chain else None
        return any(one.open_on(self.day) and own in (None, one.id) for one in self.opportunities)

    def with_role(self, *roles: Role) -> list[PersonId]:
        """The people on the map who fill one of these roles."""
        return [who for who in self.on_map() if set(roles) & set(self.stands(who).roles)]

    def boss_of(self, person: PersonId) -> PersonId | None:
        """Who holds the post a person's post reports to; vacant posts are passed over."""
        holders = {post.id: who for who, post in self.post_of.items()}
        post = self.post_of.get(person)
        above = self.bosses.get(post.id) if post else None
        for _ in range(len(self.bosses) + 1):
            if above is None:
                return None
            if above in holders and holders[above] != person:
                return holders[above]
            above = self.bosses.get(above)
        return None

    def open_promises(self) -> list[Promise]:
        """Open promises of both sides: overdue and earliest first, those without a day last."""
        found = [promise for promise in self.promises if promise.state is PromiseState.OPEN]
        return sorted(found, key=lambda p: (p.due is None, p.due or self.day, p.side, p.id))

    def held_before(self, visit: Visit | None) -> list[Visit]:
        """Visits that really took place before another one (or before now), newest first."""
        limit = visit.start if visit and visit.start else self.at
        return [
            found
            for found in self.visits
            if found.took_place
            and found.start
            and found.start < limit
            and (visit is None or found.id != visit.id)
        ]

    def name_of(self, who: Id | None) -> str:
        """The name of one of theirs or ours; empty when nobody."""
        if who is None:
            return ""
        person = self.people.get(PersonId(who))
        if person:
            return person.name
        colleague = self.colleagues.get(ColleagueId(who))
        return colleague.name if colleague else ""


def read_file(
    reader: Reader, account: AccountId, *, at: Instant, map_id: MapId | None = None
) -> CustomerFile:
    """Return the customer's file. Raises ``LookupError`` for an account that is not there.

    ``map_id`` chooses a map; else the account's own (unnamed) one, else its first.
    """
    people, chains, visits = PersonStore(reader), ChainStore(reader), VisitStore(reader)
    customer = AccountStore(reader).get(account)
    day = at.day
    chain = chains.map_of(account, map_id)
    hidden = people.hidden(account)
    judged = chains.readings(chain.id, until=day) if chain else []
    readings = [reading for reading in judged if reading.subject not in hidden]
    posts = people.posts(account)
    holdings = [held for held in people.holdings(account) if held.person not in hidden]
    bodies = chains.bodies(account)
    every_seat = chains.every_seat(account) if chain else []
    seats = [seat for seat in every_seat if chain and seat.map == chain.id]
    elsewhere = [seat for seat in every_seat if chain and seat.map != chain.id and seat.since]
    standing = [seat for seat in seats if seat.stands_on(day)]
    needs: dict[PersonId, list[Need]] = defaultdict(list)
    for need in people.needs(account):
        if need.person not in hidden:
            needs[need.person].append(need)
    ways: dict[PersonId, list[Way]] = defaultdict(list)
    for way in people.ways_of_account(account):
        if way.person not in hidden:
            ways[way.person].append(way)
    return CustomerFile(
        at=at,
        account=customer,
        sites=AccountStore(reader).sites(account),
        people={person.id: person for person in people.of_account(account)},
        ways=dict(ways),
        posts=posts,
        holdings=holdings,
        post_of=posts_on(posts, holdings, day),
        needs=dict(needs),
        bosses=bosses_on(posts, people.reportings(account), day),
        chain=chain,
        seats=standing,
        groups=chains.groups(account),
        bodies=bodies,
        members={body.id: set(chains.members(body.id)) for body in bodies},
        readings=readings,
        standings=standings(readings),
        ties=[
            tie
            for tie in (chains.ties(chain.id, on=day) if chain else [])
            if tie.source not in hidden and tie.target not in hidden
        ],
        visits=visits.whole(account, limit=60),
        promises=PromiseStore(reader).of_account(account),
        facts=[fact for fact in visits.facts(account) if fact.about not in hidden],
        last_met=visits.last_met(account, before=at),
        colleagues={c.id: c for c in ColleagueStore(reader).everybody()},
        hidden=hidden,
        opportunities=OpportunityStore(reader).of_account(account),
        off_map=_off(seats, standing, day) | (_bodies(elsewhere) - _bodies(seats)),
    )


def _off(seats: list[Seat], standing: list[Seat], day: Day) -> frozenset[Id]:
    """Return who stood on a map and does not on a day, and which bodies come only later."""
    gone = {seat.person for seat in seats if seat.until and seat.until <= day}
    on = {seat.person for seat in standing}
    return frozenset(who for who in gone - on if who) | (_bodies(seats) - _bodies(standing))


def _bodies(seats: list[Seat]) -> frozenset[Id]:
    return frozenset(seat.body for seat in seats if seat.body)
