"""Writes judged visits into the workspace: on their own days, with who sat there and wrote them."""

from dataclasses import replace
from typing import Any, cast

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, Id, PersonId, PromiseId, VisitId
from kamdesk.core.text.names import family_name, given_name
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import MINUTES, Attendee, Side, Visit, VisitKind
from kamdesk.domain.visits.store import ATTENDEE, VISIT, VisitStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import VisitCandidate
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.judge_visits import VisitJudgement, start_of, state_of
from kamdesk.transfer.known_visits import VisitsHere, bare_name

_OWN = ("topic", "place", "objective", "said", "outcome", "next_step", "no_next_step_because")
_ELSEWHERE = frozenset({"people", "our_promises", "their_promises"})


class VisitTaker:
    """One import of visits, within one change."""

    def __init__(self, storage: Storage, change: Change, here: VisitsHere) -> None:
        self._storage, self._change, self._here = storage, change, here
        self._store = VisitStore(storage.reader)
        now = storage.clock.now()
        self._today, self._zone = now.day, now.zone
        self._accounts: dict[str, Account] = {}
        self._people: dict[tuple[AccountId, str], Person] = {}
        self._new: list[Visit] = []
        self._changed: list[tuple[Visit, Visit]] = []
        self._attendees: dict[Id, Attendee] = {}
        self._promises: list[Promise] = []
        self._keys: list[KnownAs] = []

    def take(self, judgement: Judgement) -> None:
        """Note what a judged row brings; ``finish`` writes it."""
        if not isinstance(judgement, VisitJudgement):
            return
        row = cast(VisitCandidate, judgement.candidate)
        if judgement.verdict is Verdict.NEW:
            visit = self._made(row, judgement.account or self._account(row.account))
            self._new.append(visit)
            self._promise(visit, row, row.our_promises, row.their_promises)
        else:
            visit = self._updated(judgement)
            ours, theirs = (
                cast("tuple[str, ...]", judgement.changes[name].after)
                if name in judgement.changes
                else ()
                for name in ("our_promises", "their_promises")
            )
            self._promise(visit, row, ours, theirs)
        self._seat(visit, row)
        if row.key:
            self._keys.append(
                KnownAs.of(*row.key, "visit", Id(visit.id), visit.account, digest=row.digest)
            )

    def finish(self) -> None:
        """Write everything noted."""
        self._change.put_all(ACCOUNT, self._accounts.values())
        self._change.put_all(PERSON, self._people.values())
        self._change.put_all(VISIT, self._new)
        for before, after in self._changed:
            self._change.put(VISIT, after, base=before)
        self._change.put_all(ATTENDEE, self._attendees.values())
        self._change.put_all(PROMISE, self._promises)
        new = {visit.id for visit in self._new}
        self._change.put_all(KNOWN_AS, [key for key in self._keys if key.record in new])
        for key in self._keys:
            if key.record not in new:
                self._change.put(KNOWN_AS, key)

    def _made(self, row: VisitCandidate, account: AccountId) -> Visit:
        minutes = row.minutes if row.minutes in MINUTES else None
        visit = Visit(
            id=VisitId(self._storage.new_id()),
            account=account,
            start=start_of(row, self._zone),
            minutes=min(minutes or 60, 7 * 1440),
            kind=row.kind or VisitKind.VISIT,
            state=state_of(row, self._today),
            next_step_by=read_day(row.next_step_by),
            **{name: getattr(row, name) for name in _OWN},
        )
        return self._signed(visit, row).checked()

    def _updated(self, judgement: VisitJudgement) -> Visit:
        before = self._store.get(VisitId(judgement.record or Id(b"")))
        changed: dict[str, Any] = {
            name: change.after
            for name, change in judgement.changes.items()
            if name not in _ELSEWHERE
        }
        after = replace(before, **changed).checked()
        if after != before:
            self._changed.append((before, after))
        return after

    def _signed(self, visit: Visit, row: VisitCandidate) -> Visit:
        """Sign what was said with its author and companions who are no colleagues known here."""
        ours = dict.fromkeys(filter(None, (row.author, *map(bare_name, row.colleagues))))
        unknown = [name for name in ours if self._here.colleague(name) is None]
        if not unknown:
            return visit
        signature = f"— {', '.join(unknown)}"
        return replace(visit, said="\n".join(filter(None, (visit.said, signature))))

    def _seat(self, visit: Visit, row: VisitCandidate) -> None:
        """Seat who is not seated yet; the author takes notes."""
        seats = [Attendee.at(visit, who, side) for who, side in self._at_table(visit, row)]
        if row.author and (author := self._here.colleague(row.author)):
            seats.insert(0, Attendee.at(visit, author, Side.OURS, part="notes"))
        there = self._here.at_table(visit.id)
        for seat in seats:
            if seat.who not in there:
                self._attendees.setdefault(seat.id, seat)

    def _at_table(self, visit: Visit, row: VisitCandidate) -> list[tuple[Id, Side]]:
        found: list[tuple[Id, Side]] = []
        for seat in (self._here.seat(visit.account, word) for word in row.people):
            if seat.who is not None:
                found.append((seat.who, seat.side))
            elif seat.new:
                found.append((self._person(visit.account, seat.name), Side.THEIRS))
        ours = (self._here.colleague(bare_name(name)) for name in row.colleagues)
        return [*found, *((colleague, Side.OURS) for colleague in ours if colleague)]

    def _person(self, account: AccountId, name: str) -> PersonId:
        at = (account, normal_name(name))
        if at not in self._people:
            self._people[at] = Person(
                id=PersonId(self._storage.new_id()),
                name=name,
                account=account,
                family_name=family_name(name),
                given_name=given_name(name),
            ).checked()
        return self._people[at].id

    def _account(self, name: str) -> AccountId:
        plain = normal_name(name)
        if plain not in self._accounts:
            account = AccountId(self._storage.new_id())
            self._accounts[plain] = Account(id=account, name=name).checked()
        return self._accounts[plain].id

    def _promise(
        self, visit: Visit, row: VisitCandidate, ours: tuple[str, ...], theirs: tuple[str, ...]
    ) -> None:
        for side, many in ((PromiseSide.OURS, ours), (PromiseSide.THEIRS, theirs)):
            for words in many:
                self._promises.append(
                    Promise(
                        id=PromiseId(self._storage.new_id()),
                        account=visit.account,
                        side=side,
                        words=words,
                        due=read_day(row.promised_by),
                        visit=visit.id,
                    ).checked()
                )
