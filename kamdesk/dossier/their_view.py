"""What the customer may see of their own file: who they are, when we meet, what both promised."""

from dataclasses import dataclass
from typing import Final, TypeVar

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.privacy import Mode, veil
from kamdesk.core.text.neutral import is_neutral
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.people.model import Channel
from kamdesk.domain.people.posts import HOLDING, POST, posts_on
from kamdesk.domain.people.store import PERSON, WAY, PersonStore
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PROMISE, PromiseStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import Visit
from kamdesk.domain.visits.store import VISIT, VisitStore
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Reader

Record = TypeVar("Record")
_OF_THE_OFFICE: Final = (Channel.PHONE, Channel.EMAIL)
"""Ways that stand on a visiting card; a mobile number or a chat name is its owner's to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One of theirs: name and post as on a visiting card, and whom the post reports to."""

    id: PersonId
    name: str
    post: str = ""
    department: str = ""
    boss: PersonId | None = None
    ways: tuple[tuple[Channel, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An agreed date; ``topic`` is empty where it is not fit to be read by them."""

    id: Id
    start: Instant
    minutes: int
    topic: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """What one side promised the other; ``who`` is a name, empty when not known."""

    id: Id
    ours: bool
    words: str
    who: str = ""
    due: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirView:
    """A customer as they may see themselves; every value went through ``veil``."""

    customer: str
    name: str
    at: Instant
    faces: tuple[Face, ...]
    meetings: tuple[Meeting, ...]
    items: tuple[OpenItem, ...]

    @property
    def departments(self) -> int:
        """How many departments are named."""
        return len({face.department for face in self.faces if face.department})


def read_their_view(reader: Reader, account: AccountId, *, at: Instant) -> TheirView | None:
    """Return what a customer may see, None when there is none of this id.

    People who must not be shown are left out, and so is a text with a word that customers must
    never read (``field_book.md`` 2.3).
    """
    from kamdesk.domain.accounts.store import AccountStore

    found = AccountStore(reader).find(account)
    if found is None:
        return None
    shown = _shown(ACCOUNT, found)
    faces = _faces(PersonStore(reader), account, at)
    names = {Id(face.id): face.name for face in faces}
    ours = {Id(one.id): one.name for one in ColleagueStore(reader).everybody()}
    return TheirView(
        customer=shown.called,
        name=shown.name,
        at=at,
        faces=faces,
        meetings=_meetings(VisitStore(reader).whole(account, limit=200), at),
        items=_items(PromiseStore(reader).of_account(account), names, ours),
    )


def _faces(people: PersonStore, account: AccountId, at: Instant) -> tuple[Face, ...]:
    everybody = [_shown(PERSON, person) for person in people.of_account(account)]
    posts = [_shown(POST, post) for post in people.posts(account)]
    seen = {person.id for person in everybody}
    holdings = [_shown(HOLDING, h) for h in people.holdings(account) if h.person in seen]
    post_of = posts_on(posts, holdings, at.day)
    holders = {post.id: who for who, post in post_of.items()}
    above = {post.id: post.reports_to for post in posts}
    ways: dict[PersonId, list[tuple[Channel, str]]] = {}
    for way in people.ways_of_account(account):
        if way.person in seen and way.channel in _OF_THE_OFFICE:
            told = _shown(WAY, way)
            ways.setdefault(told.person, []).append((told.channel, told.value))
    faces = []
    for person in everybody:
        post = post_of.get(person.id)
        boss = post.reports_to if post else None
        for _ in above:  # vacant posts are passed over; a loop ends
            if boss is None or holders.get(boss, person.id) != person.id:
                break
            boss = above.get(boss)
        faces.append(
            Face(
                id=person.id,
                name=person.name,
                post=_neutral(post.title) if post else "",
                department=_neutral(person.department or (post.department if post else "")),
                boss=holders.get(boss) if boss else None,
                ways=tuple(ways.get(person.id, ())),
            )
        )
    return tuple(faces)


def _meetings(visits: list[Visit], at: Instant) -> tuple[Meeting, ...]:
    found = [
        Meeting(
            id=visit.id,
            start=visit.start,
            minutes=visit.minutes,
            topic=_neutral(visit.topic),
            place=_neutral(visit.place),
        )
        for visit in (_shown(VISIT, visit) for visit in visits if visit.is_agreed)
        if visit.start and visit.start.day >= at.day
    ]
    return tuple(sorted(found, key=lambda meeting: meeting.start))


def _items(
    promises: list[Promise], theirs: dict[Id, str], ours: dict[Id, str]
) -> tuple[OpenItem, ...]:
    found = []
    for promise in (_shown(PROMISE, promise) for promise in promises):
        if promise.state is not PromiseState.OPEN or not is_neutral(promise.words):
            continue
        if promise.person and promise.person not in theirs:
            continue  # it is about somebody who must not be shown
        who = promise.colleague or promise.person
        found.append(
            OpenItem(
                id=promise.id,
                ours=promise.side is PromiseSide.OURS,
                words=promise.words,
                who={**theirs, **ours}.get(Id(who), "") if who else "",
                due=promise.due,
            )
        )
    return tuple(sorted(found, key=lambda item: (item.due is None, item.due or Day.max)))


def _neutral(words: str) -> str:
    return words if is_neutral(words) else ""


def _shown(kind: Kind, record: Record) -> Record:
    return veil(record, kind.tags, Mode.ROOM)
