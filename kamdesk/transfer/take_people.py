"""Writes judged people into the workspace: with post, ways of contact and the key they came by."""

from collections import defaultdict
from dataclasses import replace
from typing import Any, cast

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, HoldingId, Id, PersonId, PostId
from kamdesk.core.text.names import family_name, given_name
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Channel, Holding, Person, Post, Way
from kamdesk.domain.people.posts import HOLDING, POST
from kamdesk.domain.people.service import People
from kamdesk.domain.people.store import PERSON, WAY
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import PersonCandidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.known import KnownRecords
from kamdesk.transfer.own_columns import OwnTaker

_WAYS = {
    "mobile": Channel.MOBILE,
    "phone": Channel.PHONE,
    "email": Channel.EMAIL,
    "wechat": Channel.WECHAT,
}
_OWN = (
    "honorific",
    "form_of_address",
    "department",
    "birthday",
    "focus",
    "note",
)
_DAYS = ("collected_on", "told_on", "keep_until")


class PersonTaker:
    """One import of people, within one change."""

    def __init__(self, storage: Storage, change: Change, accounts: KnownRecords) -> None:
        self._storage, self._change, self._accounts = storage, change, accounts
        self._people = People(storage)
        self._store = self._people.ask
        self._ids: dict[int, PersonId] = {}
        self._new: dict[PersonId, Person] = {}
        self._latest: dict[PersonId, Person] = {}
        self._changed: list[tuple[Person, Person]] = []
        self._ways: list[Way] = []
        self._posts: list[Post] = []
        self._holdings: list[Holding] = []
        self._keys: list[KnownAs] = []
        self._attached: list[tuple[PersonId, AccountId]] = []
        self._own = OwnTaker(storage.reader, ImportKind.PEOPLE)
        self._vacant: dict[AccountId, dict[str, list[PostId]]] = {}

    def take(self, judgement: Judgement) -> None:
        """Note what a judged row brings; ``finish`` writes it."""
        row = cast(PersonCandidate, judgement.candidate)
        if judgement.verdict is Verdict.NEW:
            self._make(row)
        elif judgement.verdict is Verdict.UPDATE:
            self._update(row, judgement)

    def finish(self) -> None:
        """Write everything noted."""
        self._change.put_all(PERSON, self._new.values())
        for before, after in self._changed:
            self._change.put(PERSON, after, base=before)
        for record, cells in self._own.noted:
            self._change.write(PERSON, record, cells)
        for person, account in self._attached:
            self._people.bring_along(self._change, person, account)
        self._change.put_all(WAY, self._ways)
        self._change.put_all(POST, self._posts)
        self._change.put_all(HOLDING, self._holdings)
        self._change.put_all(KNOWN_AS, [key for key in self._keys if key.record in self._new])
        for key in self._keys:
            if key.record not in self._new:
                self._change.put(KNOWN_AS, key)

    def _make(self, row: PersonCandidate) -> None:
        person = Person(
            id=PersonId(self._storage.new_id()),
            name=row.name,
            account=self._account(row),
            family_name=row.family_name or family_name(row.name),
            given_name=row.given_name or given_name(row.name),
            **{name: getattr(row, name) for name in _OWN},
            basis=row.basis,
            collected_on=read_day(row.collected_on),
            told_on=read_day(row.told_on),
            keep_until=read_day(row.keep_until),
            source=row.data_source,
        ).checked()
        self._ids[row.row] = person.id
        self._new[person.id] = person
        self._own.note(person.id, row.own)
        for field, channel in _WAYS.items():
            self._reach(person, channel, getattr(row, field))
        self._seat(person, row.post)
        self._learn(person, row)

    def _update(self, row: PersonCandidate, judgement: Judgement) -> None:
        found = PersonId(judgement.record or self._ids[judgement.same_row or 0])
        self._ids[row.row] = found
        fresh = self._new.get(found)
        before = fresh or self._latest.get(found) or self._store.get(found)
        given = judgement.changes
        self._own.note(found, [pair for pair in row.own if pair[0] in given])
        changed: dict[str, Any] = {name: given[name].after for name in _OWN if name in given}
        for name in ("name", "family_name", "given_name", "basis"):
            if name in given:
                changed[name] = given[name].after
        if "data_source" in given:
            changed["source"] = given["data_source"].after
        for name in _DAYS:
            if name in given:
                changed[name] = read_day(str(given[name].after))
        if "account" in given and before.account is None:
            changed["account"] = self._account(row)
        after = replace(before, **changed).checked() if changed else before
        if fresh:
            self._new[found] = after
        elif after != before:
            self._changed.append((before, after))
            self._latest[found] = after
            if before.account is None and after.account is not None:
                self._attached.append((found, after.account))
        for field, channel in _WAYS.items():
            if field in given:
                self._reach(after, channel, getattr(row, field))
        if "post" in given:
            self._seat(after, row.post)
        self._learn(after, row)

    def _account(self, row: PersonCandidate) -> AccountId | None:
        found: list[int] = []
        if row.account_key:
            found = self._accounts.by_key((row.source, row.account_key))
        if not found and row.account:
            found = self._accounts.by_name(normal_name(row.account))
        ids = {self._accounts[place].id for place in found}
        only = ids.pop() if len(ids) == 1 else None
        return AccountId(only) if only else None

    def _reach(self, person: Person, channel: Channel, value: str) -> None:
        if value:
            self._ways.append(
                Way(
                    id=self._storage.new_id(),
                    account=person.account,
                    person=person.id,
                    channel=channel,
                    value=value,
                ).checked()
            )

    def _seat(self, person: Person, title: str) -> None:
        if not title:
            return
        free = self._free(person.account)[title] if person.account else []
        if free:
            post = free.pop()
        else:
            post = PostId(self._storage.new_id())
            self._posts.append(
                Post(
                    id=post, account=person.account, title=title, department=person.department
                ).checked()
            )
        self._holdings.append(
            Holding(
                id=HoldingId(self._storage.new_id()),
                account=person.account,
                post=post,
                person=person.id,
            )
        )

    def _free(self, account: AccountId) -> dict[str, list[PostId]]:
        if account not in self._vacant:
            held = {h.post for h in self._store.holdings(account) if h.until is None}
            free: dict[str, list[PostId]] = defaultdict(list)
            for post in self._store.posts(account):
                if post.id not in held:
                    free[post.title].append(post.id)
            self._vacant[account] = free
        return self._vacant[account]

    def _learn(self, person: Person, row: PersonCandidate) -> None:
        if row.key:
            known = KnownAs.of(*row.key, "person", Id(person.id), person.account, digest=row.digest)
            self._keys.append(known)
