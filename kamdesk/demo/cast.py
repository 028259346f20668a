"""Invents the people of an organisation: posts and who holds them, now and before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, HoldingId, Ids, PersonId, PostId
from kamdesk.demo.firms import Firm
from kamdesk.demo.material import Language, Line, line, read, rows
from kamdesk.demo.names import Name, invent, rare, with_english_given
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.people.model import Holding, Post

_HEADS: Final = {
    AccountClass.CORE: (14, 16),
    AccountClass.HIGH_POTENTIAL: (11, 13),
    AccountClass.MAINTAIN: (8, 10),
    AccountClass.TO_IMPROVE: (5, 8),
}
_UNSEEN: Final = {
    AccountClass.CORE: 0.14,
    AccountClass.HIGH_POTENTIAL: 0.28,
    AccountClass.MAINTAIN: 0.4,
    AccountClass.TO_IMPROVE: 0.5,
}
_RARE_AT: Final = (3, 6, 13, 21, 27, 34, 48, 61)


@dataclass(frozen=True, slots=True)
class Role:
    """A post as the trade knows it: whom it serves, what it decides, how its holder is called."""

    key: str
    above: str
    function: str
    roles: str
    influence: int
    title: Line
    department: Line
    suffix: str


@dataclass(slots=True, kw_only=True)
class Member:
    """Somebody in the story: in a post from ``since`` to ``until``; ``seen`` if we ever meet."""

    id: PersonId
    name: Name
    role: Role
    post: PostId
    since: Day | None
    until: Day | None = None
    seen: bool = True
    focus: Line | None = None
    personal: Line | None = None

    def call(self, language: Language) -> str:
        """Return what one calls them in a sentence."""
        return self.name.call(language, self.role.suffix)

    def there(self, day: Day) -> bool:
        """True when they are in the post on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(slots=True, kw_only=True)
class Cast:
    """The people of an account, and its posts; ``vacant`` posts have nobody."""

    members: list[Member] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    vacant: list[tuple[PostId, Role]] = field(default_factory=list)

    def now(self, day: Day) -> list[Member]:
        """Return who is in a post on a day."""
        return [member for member in self.members if member.there(day)]

    def first(self, function: str, day: Day) -> Member | None:
        """Return who stands for a function on a day: the highest of them."""
        return next((m for m in self.members if m.role.function == function and m.there(day)), None)


@cache
def roles(kind: str) -> tuple[Role, ...]:
    """Return the posts of a kind of organisation, most needed first."""
    found = []
    for key, above, function, on_map, influence, title, department, suffix in rows(
        read("posts")[kind]
    ):
        above = "" if above == "-" else above
        head, where = line(title), line(department)
        found.append(Role(key, above, function, on_map, int(influence), head, where, suffix))
    return tuple(found)


def cast_of(firm: Firm, account: AccountId, ids: Ids, chance: Random, day: Day) -> Cast:
    """Return the posts and people of an invented firm as of ``day``, with those who left."""
    tree = roles(firm.posts)
    low, high = _HEADS[firm.grade]
    many = min(chance.randint(low, high), len(tree))
    rich = firm.grade in (AccountClass.CORE, AccountClass.HIGH_POTENTIAL)
    taken = list(tree[:many])
    if rich and many < len(tree):
        taken.append(tree[many])
    cast, posts, families = Cast(), dict[str, PostId](), set[str]()
    for role in taken:
        posts[role.key] = PostId(ids.new())
    names = _names(firm, chance, families)
    changed = set(chance.sample(range(1, many), 2 if rich else 1)) if many > 2 else set()
    for at, role in enumerate(taken):
        post = posts[role.key]
        above = _above(role, tree, posts)
        cast.posts.append(
            Post(
                id=post,
                account=account,
                title=role.title.text(firm.tongue),
                department=role.department.text(firm.tongue),
                reports_to=above,
            ).checked()
        )
        if at >= many:
            cast.vacant.append((post, role))
            continue
        since = day - timedelta(chance.randint(400, 3200)) if chance.random() < 0.6 else None
        seen = at == 1 or chance.random() >= _UNSEEN[firm.grade] * (1.8 if at == 0 else 1)
        if at in changed and (rich or chance.random() < 0.5):
            left = day - timedelta(chance.randint(60, 800))
            former = _member(ids, next(names), role, post, since, seen)
            former.until, since = left, left + timedelta(chance.randint(1, 40))
            if since > day:
                since = day
            hold_post(cast, account, ids, former)
        hold_post(cast, account, ids, _member(ids, next(names), role, post, since, seen))
    return cast


def _member(
    ids: Ids, name: Name, role: Role, post: PostId, since: Day | None, seen: bool
) -> Member:
    return Member(id=PersonId(ids.new()), name=name, role=role, post=post, since=since, seen=seen)


def hold_post(cast: Cast, account: AccountId, ids: Ids, member: Member) -> None:
    """Let a member of the cast hold the post given to them."""
    cast.members.append(member)
    cast.holdings.append(
        Holding(
            id=HoldingId(ids.new()),
            account=account,
            post=member.post,
            person=member.id,
            since=member.since,
            until=member.until,
        )
    )


def _above(role: Role, tree: tuple[Role, ...], posts: dict[str, PostId]) -> PostId | None:
    """Return the nearest post above that exists here."""
    by_key = {other.key: other for other in tree}
    above = role.above
    while above and above not in posts:
        above = by_key[above].above
    return posts[above] if above else None


def _names(firm: Firm, chance: Random, families: set[str]) -> Iterator[Name]:
    """Yield names for a firm; no two families alike, so that a form of address is enough."""
    at = firm.index % 80
    if at in _RARE_AT and not firm.abroad:
        name = rare()[_RARE_AT.index(at)]
        families.add(name.family_read)
        yield name
    while True:
        for _ in range(9):
            fate = chance.random()
            if firm.abroad and fate < 0.26:
                name = invent(chance, firm.culture)
            elif firm.abroad and fate < 0.42:
                name = with_english_given(chance)
            else:
                name = invent(chance)
            said = {name.given, name.family} if name.by_given else {name.family_read}
            if families.isdisjoint(said):
                break
        families.update(said)
        yield name
