"""What a user does with people: add, change, seat in a post, see leave, note what they need."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from kamdesk.core.basis import Basis as StandsOn
from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, HoldingId, Id, NeedId, PersonId, PostId
from kamdesk.core.text.names import family_name, given_name
from kamdesk.core.wording import Text
from kamdesk.domain.people.model import Basis, Channel, Holding, Need, Person, Post, Way
from kamdesk.domain.people.posts import HOLDING, POST
from kamdesk.domain.people.reporting import ReportingLines
from kamdesk.domain.people.store import NEED, PERSON, WAY, PersonStore
from kamdesk.storage.basis import given
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.storage import Storage

_BARE: Final[Mapping[str, StandsOn]] = MappingProxyType({})


class People:
    """The verbs and questions of people and their posts."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = PersonStore(storage.reader)
        self.lines: Final = ReportingLines(storage)

    def new(self, name: str, account: AccountId | None) -> Person:
        """Return a person not yet saved; family and given name are proposed from the name."""
        return Person(
            id=PersonId(self._storage.new_id()),
            name=name,
            account=account,
            family_name=family_name(name),
            given_name=given_name(name),
        )

    def add(
        self,
        person: Person,
        *,
        title: str = "",
        ways: tuple[Way, ...] = (),
        boss: PersonId | None = None,
    ) -> ChangeSet:
        """Save a new person, with post and ways of contact. Raises ``RuleBroken``.

        With ``boss`` the post reports to the one that person holds.
        """
        with self._storage.change(Text("Add person")) as change:
            self.put_new(change, person, title=title, ways=ways, boss=boss)
        return change.touched

    def put_new(
        self,
        change: Change,
        person: Person,
        *,
        title: str = "",
        ways: tuple[Way, ...] = (),
        boss: PersonId | None = None,
        since: Day | None = None,
    ) -> None:
        """Write a new person within a larger change."""
        checked = person.checked()
        above = self.post_held(boss) if boss else None
        if boss and not title:
            raise RuleBroken(
                Text("Say the post too: posts report to posts, people come and go."), field="title"
            )
        if boss and above is None:
            raise RuleBroken(
                Text("That person holds no post yet, so nothing can report to it."),
                field="reports_to",
            )
        change.put(PERSON, checked)
        for way in ways:
            change.put(WAY, way.checked())
        if title:
            self._seat(change, checked, title, since=since, above=above)

    def post_held(self, person: PersonId) -> PostId | None:
        """Return the post a person holds now, the latest taken; None when there is none."""
        held = [one.post for one in self.ask.held_by(person) if one.until is None]
        return held[-1] if held else None

    def change(
        self,
        person: Person,
        *,
        base: Person,
        seen: Seen,
        bases: Mapping[str, StandsOn] = _BARE,
    ) -> ChangeSet:
        """Save what the user changed of ``base``, with what it stands on, by cell.

        Raises ``RuleBroken`` at the field, ``LookupError`` for a cell that takes no basis.
        """
        checked = person.checked()
        parts = given(PERSON, checked, bases, self._storage.clock.today())
        with self._storage.change(Text("Change person"), seen=seen) as change:
            change.put(PERSON, checked, base=base, bases=parts)
            if base.account is None and person.account is not None:
                self.bring_along(change, person.id, person.account)
        return change.touched

    def bring_along(self, change: Change, person: PersonId, account: AccountId) -> None:
        """Move what hangs on a person without customer into the customer's file."""
        for way in self.ask.ways(person):
            change.put(WAY, replace(way, account=account), base=way)
        for need in self.ask.needs_of(person):
            change.put(NEED, replace(need, account=account), base=need)
        for holding in self.ask.held_by(person):
            if holding.account is None:
                post = self.ask.post(holding.post)
                change.put(POST, replace(post, account=account), base=post)
                change.put(HOLDING, replace(holding, account=account), base=holding)

    def restrict(self, person: PersonId, because: str) -> ChangeSet:
        """Show a person nowhere any more until released. Raises ``RuleBroken`` without a reason."""
        if not because.strip():
            raise RuleBroken(
                Text("Say why: “contests what we hold”, “wants no contact” …"),
                field="restricted_because",
            )
        return self._state(
            Text("Restrict a person"), person, restricted=True, restricted_because=because
        )

    def release(self, person: PersonId) -> ChangeSet:
        """Show a person again."""
        return self._state(
            Text("Release a person"), person, restricted=False, restricted_because=""
        )

    def state_basis(
        self,
        person: PersonId,
        basis: Basis,
        *,
        source: str = "",
        collected_on: Day | None = None,
        told_on: Day | None = None,
    ) -> ChangeSet:
        """Say on what ground a person is kept, where the data came from, when they were told.

        What is left out stays as it was.
        """
        given = {"source": source, "collected_on": collected_on, "told_on": told_on}
        said = {name: value for name, value in given.items() if value}
        return self._state(Text("State the ground for a person"), person, basis=basis, **said)

    def keep(self, person: PersonId, until: Day) -> ChangeSet:
        """Say until when a person is kept; then the review asks again."""
        return self._state(Text("Keep a person"), person, keep_until=until)

    def _state(self, name: Text, person: PersonId, **fields: Any) -> ChangeSet:
        before = self.ask.get(person)
        with self._storage.change(name) as change:
            change.put(PERSON, replace(before, **fields).checked(), base=before)
        return change.touched

    def drop(self, person: PersonId) -> ChangeSet:
        """Delete a person; can be restored."""
        with self._storage.change(Text("Delete person")) as change:
            change.drop(PERSON, person)
        return change.touched

    def way(self, person: Person, channel: Channel, value: str) -> Way:
        """Return a way of contact not yet saved."""
        return Way(
            id=self._storage.new_id(),
            account=person.account,
            person=person.id,
            channel=channel,
            value=value,
        )

    def reach(self, way: Way, *, base: Way | None = None) -> ChangeSet:
        """Save a way of contact."""
        with self._storage.change(Text("Change contact details")) as change:
            change.put(WAY, way.checked(), base=base)
        return change.touched

    def drop_way(self, way: Id) -> ChangeSet:
        """Delete a way of contact."""
        with self._storage.change(Text("Delete contact details")) as change:
            change.drop(WAY, way)
        return change.touched

    def add_post(
        self,
        account: AccountId,
        title: str,
        *,
        department: str = "",
        reports_to: PostId | None = None,
    ) -> Post:
        """Save a new post and return it. Raises ``RuleBroken`` at the field."""
        post = Post(
            id=PostId(self._storage.new_id()),
            account=account,
            title=title,
            department=department,
            reports_to=reports_to,
        ).checked()
        with self._storage.change(Text("Add post")) as change:
            change.put(POST, post)
        return post

    def report_to(
        self,
        post: PostId,
        boss: PostId | None,
        *,
        on: Day | None = None,
        visit: Id | None = None,
        sureness: str = "",
        note: str = "",
    ) -> ChangeSet:
        """Say to which post a post reports from a day on (None: today); before, all stays.

        Raises ``RuleBroken`` for a circle, naming who is in it.
        """
        with self._storage.change(Text("Change reporting line")) as change:
            self.lines.put(
                change, post, boss, on=self._day(on), visit=visit, sureness=sureness, note=note
            )
        return change.touched

    def post_on(self, change: Change, person: Person, day: Day) -> PostId:
        """Return the post somebody holds on a day, within a larger change.

        Where none is known, they hold one whose title nobody knows yet, since nobody knows when.
        """
        held = [one.post for one in self.ask.held_by(person.id) if one.stands_on(day)]
        if held:
            return held[-1]
        post = Post(
            id=PostId(self._storage.new_id()),
            account=person.account,
            title="",
            department=person.department,
        )
        change.put(POST, post)
        self.hold(change, person, post.id)
        return post.id

    def hold(
        self, change: Change, person: Person, post: PostId, *, since: Day | None = None
    ) -> None:
        """Let a person hold a post from a day on, within a larger change."""
        holding = Holding(
            id=HoldingId(self._storage.new_id()),
            account=person.account,
            post=post,
            person=person.id,
            since=since,
        )
        change.put(HOLDING, holding)

    def take_post(
        self,
        person: Person,
        title: str,
        *,
        since: Day | None = None,
        boss: PersonId | None = None,
    ) -> ChangeSet:
        """Let a person hold the post of this title from a day on; earlier posts end then.

        A post they hold whose title nobody knew is named instead. With ``boss`` it reports to the
        post that person holds.
        """
        above = self.post_held(boss) if boss else None
        with self._storage.change(Text("Change post")) as change:
            held = self.post_held(person.id)
            before = self.ask.post(held) if held else None
            if before is not None and not before.title:
                change.put(POST, replace(before, title=title).checked(), base=before)
                if above is not None:
                    self.lines.put(change, before.id, above, on=self._day(since))
            else:
                self.end_posts(change, person.id, since)
                self._seat(change, person, title, since=since, above=above)
        return change.touched

    def date_holding(self, holding: Holding, *, base: Holding) -> ChangeSet:
        """Say from when to when a post was held. Raises ``RuleBroken`` when it ends before."""
        if holding.since and holding.until and holding.until < holding.since:
            raise RuleBroken(Text("It cannot end before it begins."), field="until")
        with self._storage.change(Text("Change post")) as change:
            change.put(HOLDING, holding, base=base)
        return change.touched

    def leave(self, person: PersonId, *, last_day: Day | None) -> ChangeSet:
        """Let a person leave their posts; the posts stay and are vacant."""
        with self._storage.change(Text("Person leaves")) as change:
            self.end_posts(change, person, last_day)
        return change.touched

    def need(self, person: Person, words: str) -> Need:
        """Return a need not yet saved."""
        return Need(
            id=NeedId(self._storage.new_id()),
            account=person.account,
            person=person.id,
            words=words,
        )

    def put_need(self, need: Need, *, base: Need | None = None) -> ChangeSet:
        """Save a need. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Note a need")) as change:
            change.put(NEED, need.checked(), base=base)
        return change.touched

    def end_posts(self, change: Change, person: PersonId, last: Day | None) -> None:
        """Let a person's posts end on their last day (None: today), within a larger change."""
        ends = last or self._storage.clock.today()
        for holding in self.ask.held_by(person):
            if holding.until is None or holding.until > ends:
                change.put(HOLDING, replace(holding, until=ends), base=holding)

    def _seat(
        self,
        change: Change,
        person: Person,
        title: str,
        *,
        since: Day | None,
        above: PostId | None = None,
    ) -> None:
        post = self._vacant(person.account, title) if person.account else None
        if post is None:
            post = Post(
                id=PostId(self._storage.new_id()),
                account=person.account,
                title=title,
                department=person.department,
                reports_to=above,
            ).checked()
            change.put(POST, post)
        elif above is not None and post.reports_to is None:
            self.lines.put(change, post.id, above, on=self._day(since))
        self.hold(change, person, post.id, since=since)

    def _day(self, since: Day | None) -> Day:
        return since or self._storage.clock.today()

    def _vacant(self, account: AccountId, title: str) -> Post | None:
        return next(
            (
                post
                for post in self.ask.titled(account, title)
                if all(held.until is not None for held in self.ask.holdings_of(post.id))
            ),
            None,
        )
