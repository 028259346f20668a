"""Takes a foreign chart into a customer's file and onto its map, as one action; twice is nothing.

People, posts and seats are added, what the file says already stays. A reporting line that differs
is drawn anew from the day on, so that the map of yesterday is the same.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, MapId, PostId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Map, Seat
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.store import MAP, SEAT
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS, OriginStore
from kamdesk.domain.people.model import Person, Post
from kamdesk.domain.people.posts import POST, bosses_on, posts_on
from kamdesk.domain.people.service import People
from kamdesk.domain.people.store import PERSON, PersonStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage
from kamdesk.transfer.chart.chart import UNKEYED, Chart, Problem, Wrong
from kamdesk.transfer.chart.matching import Match, matched


class Counts(NamedTuple):
    """What taking a chart brings: new people and posts, lines drawn anew, seats on the map."""

    people: int = 0
    posts: int = 0
    lines: int = 0
    seats: int = 0

    @property
    def nothing(self) -> bool:
        """True when all of it is in the file already."""
        return not any(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPlan:
    """What taking a chart would do, row by row; ``new_lines`` are keys of rows whose boss changes.

    ``problems`` are the chart's own and what the file says otherwise.
    """

    account: AccountId
    matches: tuple[Match, ...]
    new_lines: frozenset[str]
    seated: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counts:
        """Return what it brings."""
        return Counts(
            people=sum(match.new_person for match in self.matches),
            posts=sum(match.post is None for match in self.matches),
            lines=len(self.new_lines),
            seats=len(self.matches) - len(self.seated),
        )


class Charts:
    """Looks at foreign charts and takes them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._people, self._chain = People(storage), Chain(storage)
        self._ask, self._origins = PersonStore(storage.reader), OriginStore(storage.reader)

    def look(self, account: AccountId, chart: Chart, *, map_id: MapId | None = None) -> ChartPlan:
        """Return what taking a chart would do; nothing is written."""
        today = self._storage.clock.today()
        posts, holdings = self._ask.posts(account), self._ask.holdings(account)
        found = matched(
            chart,
            self._ask.of_account(account),
            posts,
            posts_on(posts, holdings, today),
            self._known(account),
        )
        bosses = bosses_on(posts, self._ask.reportings(account), today)
        by_key = {match.row.key: match for match in found}
        lines = {
            match.row.key
            for match in found
            if match.row.above and not self._reports(match, by_key[match.row.above], bosses)
        }
        seats = self._chain.ask.seats(map_id) if map_id else []
        on_map = {
            one for seat in seats if seat.stands_on(today) for one in (seat.person, seat.post)
        }
        seated = {
            match.row.key
            for match in found
            if (match.person.id if match.person else match.post.id if match.post else b"") in on_map
        }
        return ChartPlan(
            account=account,
            matches=tuple(found),
            new_lines=frozenset(lines),
            seated=frozenset(seated),
            problems=(*chart.problems, *_differing(found)),
        )

    def take(
        self, plan: ChartPlan, *, on: Day, chain: Map | None = None
    ) -> tuple[ChangeSet, tuple[Problem, ...]]:
        """Take a chart as one action; return what changed, and lines that could not be drawn.

        ``chain`` is the map it goes onto; None: the customer's own, made when there is none.
        """
        with self._storage.change(Text("Import a chart")) as change:
            chain = chain or self._map(change, plan.account)
            posts: dict[str, PostId] = {}
            for match in _from_the_top(plan.matches):
                posts[match.row.key] = self._take(change, plan, match, posts, chain, on)
            problems = tuple(self._draw(change, plan, posts, on))
        return change.touched, problems

    def _take(
        self,
        change: Change,
        plan: ChartPlan,
        match: Match,
        posts: dict[str, PostId],
        chain: Map,
        on: Day,
    ) -> PostId:
        """Write what is new of a row; return the post it is."""
        row, person = match.row, match.person
        if match.new_person:
            new = self._people.new(row.name, plan.account)
            person = replace(new, department=row.department).checked()
            change.put(PERSON, person)
        if match.post is None:
            post = Post(
                id=PostId(self._storage.new_id()),
                account=plan.account,
                title=row.title,
                department=row.department,
                reports_to=posts.get(row.above),
            )
            change.put(POST, post)
            if not row.key.startswith(UNKEYED):
                known = KnownAs.of(_source(plan.account), row.key, POST.name, post.id, plan.account)
                change.put(KNOWN_AS, known)
        else:
            post = match.post
            if match.names_post:
                change.put(POST, replace(post, title=row.title).checked(), base=post)
        if person and (match.new_person or match.post is None or not self._holds(person, post)):
            self._people.hold(change, person, post.id, since=None if match.new_person else on)
        if row.key not in plan.seated:
            self._seat(change, chain, person, post, on)
        return post.id

    def _seat(self, change: Change, chain: Map, person: Person | None, post: Post, on: Day) -> None:
        who = {"person": person.id, "label": person.name} if person else {"post": post.id}
        seat: Seat = self._chain.seats.new(chain, since=on, **who)
        change.put(SEAT, seat)

    def _draw(
        self, change: Change, plan: ChartPlan, posts: dict[str, PostId], on: Day
    ) -> list[Problem]:
        """Draw the lines of posts that were there; return those the file's own lines forbid."""
        problems = []
        for match in plan.matches:
            row = match.row
            if match.post is None or row.key not in plan.new_lines:
                continue
            try:
                self._people.lines.put(change, posts[row.key], posts[row.above], on=on)
            except RuleBroken as broken:
                problems.append(Problem(Wrong.LOOP, (row.line,), broken.said))
        return problems

    def _map(self, change: Change, account: AccountId) -> Map:
        if (held := self._chain.ask.map_of(account)) is not None:
            return held
        chain = Map(id=MapId(self._storage.new_id()), account=account)
        change.put(MAP, chain)
        return chain

    def _holds(self, person: Person, post: Post) -> bool:
        return any(held.post == post.id for held in self._ask.held_by(person.id))

    def _known(self, account: AccountId) -> dict[str, PostId]:
        found = self._origins.known(_source(account), POST.name)
        return {key: PostId(record) for key, record in found.items()}

    def _reports(self, match: Match, above: Match, bosses: dict[PostId, PostId]) -> bool:
        """True when the line is in the file already, or comes with a new post."""
        if match.post is None:
            return False
        return above.post is not None and bosses.get(match.post.id) == above.post.id


def _source(account: AccountId) -> str:
    """Return under which name the keys of a customer's charts are known."""
    return f"chart:{account.hex()}"


def _from_the_top(matches: tuple[Match, ...]) -> list[Match]:
    """Return the rows so that each comes after the one above it."""
    by_key = {match.row.key: match for match in matches}
    depth: dict[str, int] = {}
    for match in matches:
        way = [match.row.key]
        while (above := by_key[way[-1]].row.above) and above not in depth:
            way.append(above)
        base = depth[above] + 1 if above else 0
        for n, key in enumerate(reversed(way)):
            depth.setdefault(key, base + n)
    return sorted(matches, key=lambda match: depth[match.row.key])


def _differing(matches: list[Match]) -> list[Problem]:
    return [
        Problem(
            Wrong.OTHERWISE,
            (match.row.line,),
            Text(
                "{who} is “{ours}” in your file and “{theirs}” in the chart; yours stays",
                who=match.row.called,
                ours=match.post.title,
                theirs=match.row.title,
            ),
        )
        for match in matches
        if match.differs and match.post
    ]
