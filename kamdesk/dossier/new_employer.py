"""Somebody leaves, to another customer or to where nobody knows: one action, explained before."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PersonId, PromiseId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, Role, Seat
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.standing import standing
from kamdesk.domain.chain.store import ChainStore
from kamdesk.domain.people.channels import is_personal
from kamdesk.domain.people.model import Holding, Person, Post, Way
from kamdesk.domain.people.posts import HOLDING
from kamdesk.domain.people.service import People
from kamdesk.domain.people.store import WAY, PersonStore
from kamdesk.domain.promises.model import Promise, PromiseState
from kamdesk.domain.promises.store import PROMISE, PromiseStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What hangs on a person who leaves: posts held, seats with their roles, ways, promises."""

    person: Person
    posts: tuple[tuple[Holding, Post], ...]
    seats: tuple[tuple[Seat, tuple[Role, ...]], ...]
    ways: tuple[Way, ...]
    promises: tuple[Promise, ...]

    @property
    def personal(self) -> tuple[Way, ...]:
        """The ways that most likely go along: mobile, WeChat, private mail."""
        return tuple(way for way in self.ways if is_personal(way.channel, way.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What shall be done. ``account`` None: nobody knows where to, or it is no customer.

    ``ways`` go along; of the promises those in ``dropped`` no longer stand.
    """

    last_day: Day
    account: AccountId | None = None
    title: str = ""
    since: Day | None = None
    ways: Collection[Id] = ()
    dropped: Collection[PromiseId] = ()


def leaving(storage: Storage, person: PersonId) -> Leaving:
    """Return what hangs on a person. Raises ``LookupError``."""
    people, chains = PersonStore(storage.reader), ChainStore(storage.reader)
    found = people.get(person)
    held = [one for one in people.held_by(person) if one.until is None]
    today = storage.clock.today()
    readings = chains.readings_of(person, until=today)
    seats = []
    for chain in chains.maps(found.account) if found.account else ():
        here = standing([one for one in readings if one.map == chain.id])
        seats += [
            (seat, here.roles)
            for seat in chains.seats(chain.id)
            if seat.person == person and seat.until is None
        ]
    promises = PromiseStore(storage.reader).of_person(person)
    return Leaving(
        person=found,
        posts=tuple((one, people.post(one.post)) for one in held),
        seats=tuple(seats),
        ways=tuple(people.ways(person)),
        promises=tuple(one for one in promises if one.state is PromiseState.OPEN),
    )


def consequences(of: Leaving, move: Move, account_name: str = "") -> list[Text]:
    """Return what will be done, in words, before it is done."""
    day = move.last_day.isoformat()
    said = [
        Text("“{post}” ends on {day} and stands vacant.", post=post.title, day=day)
        for _, post in of.posts
        if post.title
    ]
    if not of.posts:
        said.append(Text("No post is known that would become vacant."))
    roles = [ROLE_WORDS[role] for _, roles in of.seats for role in roles]
    if roles:
        wanted = tuple(dict.fromkeys(roles))
        said.append(Text("The seat on the decision chain stays, wanted: {roles}.", roles=wanted))
    elif of.seats:
        said.append(Text("The seat on the decision chain stays, empty."))
    said.append(Text("Visits, promises and judgements stay with this customer as they were."))
    if move.account is not None:
        said.append(
            Text(
                "A new record begins at {customer}; the two are shown as one.",
                customer=account_name,
            )
        )
        taken = sum(way.id in move.ways for way in of.ways)
        said.append(
            Text("{n} way of contact goes along.", "{n} ways of contact go along.", n=taken)
        )
    if move.dropped:
        n = len(move.dropped)
        said.append(Text("{n} promise no longer stands.", "{n} promises no longer stand.", n=n))
    return said


class NewEmployer:
    """Carries a leaving out, as one action that one undo takes back."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._people = People(storage)
        self._seats = Chain(storage).seats

    def look(self, person: PersonId) -> Leaving:
        """Return what hangs on a person. Raises ``LookupError``."""
        return leaving(self._storage, person)

    def carry_out(self, person: PersonId, move: Move) -> tuple[ChangeSet, PersonId | None]:
        """Let a person leave, and begin anew at another customer where one is given.

        Returns the new record too. Raises ``RuleBroken`` at the field.
        """
        of = self.look(person)
        if move.account is not None and move.account == of.person.account:
            raise RuleBroken(
                Text("That is the customer they are at. A new post there: press P."),
                field="account",
            )
        for holding, _ in of.posts:
            if holding.since and holding.since > move.last_day:
                raise RuleBroken(
                    Text("The post began on {day}, after that day.", day=holding.since.isoformat()),
                    field="last_day",
                )
        name = Text("New employer") if move.account else Text("Person leaves")
        with self._storage.change(name) as change:
            self._vacate(change, of, move)
            made = self._begin_anew(change, of, move) if move.account else None
        return change.touched, made

    def _vacate(self, change: Change, of: Leaving, move: Move) -> None:
        for holding, _ in of.posts:
            change.put(HOLDING, replace(holding, until=move.last_day), base=holding)
        post = of.posts[-1][1] if of.posts else None
        for seat, roles in of.seats:
            self._seats.otherwise(
                change,
                seat,
                move.last_day + timedelta(days=1),
                person=None,
                post=post.id if post else seat.post,
                wanted=tuple(dict.fromkeys((*seat.wanted, *roles))),
                label=post.title if post else "",
            )
        for promise in of.promises:
            if promise.id in move.dropped:
                settled = promise.settled(PromiseState.DROPPED, self._storage.clock.today())
                change.put(PROMISE, settled, base=promise)

    def _begin_anew(self, change: Change, of: Leaving, move: Move) -> PersonId:
        new = replace(
            of.person,
            id=PersonId(self._storage.new_id()),
            account=move.account,
            department="",
            site=None,
            focus="",
            their_task="",
            our_aim="",
            note="",
            same_as=of.person.id,
        )
        self._people.put_new(change, new, title=move.title, since=move.since)
        for way in of.ways:
            if way.id in move.ways:
                change.put(WAY, replace(way, account=move.account, person=new.id), base=way)
        return new.id
