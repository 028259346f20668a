"""Writing the answers of a debrief into the file: one action, whatever it brought."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId, PersonId, PromiseId, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Map
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.standing import Reading, What
from kamdesk.domain.chain.store import MAP, ChainStore
from kamdesk.domain.people.service import People
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.domain.promises.store import PROMISE, PromiseStore
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit, VisitState
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.debrief import Answers, Item
from kamdesk.dossier.wrap_up import Debrief, put_debrief
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answers about one visit.

    ``visit`` is as it was read when the debrief began; ``planned`` is false for one that nobody
    planned and that is not in the file yet.
    """

    visit: Visit
    planned: bool
    answers: Answers


MEANWHILE: Final = "meanwhile"
"""The field a refusal names when somebody else wrote the visit up in the meantime."""
_TOLD: Final = ("state", "reached", "outcome", "next_step", "next_step_by", "no_next_step_because")


def write_report(storage: Storage, report: Report, *, seen: Seen | None = None) -> ChangeSet:
    """Close the visit with all that was answered, as one action: all of it or nothing.

    Raises ``RuleBroken``: at ``next_step`` without one and without a reason; at ``meanwhile`` when
    the visit was written up elsewhere since it was read, deleted or dropped.
    """
    current = _current(storage, report)
    base = current if report.planned else None
    again = current.state is VisitState.CLOSED
    name = Text("Add to a closed visit") if again else Text("Close visit")
    with storage.change(name, seen=seen) as change:
        writing = _Writing(storage, change, report, current)
        put_debrief(change, storage, writing.debrief(base))
    return change.touched


def _current(storage: Storage, report: Report) -> Visit:
    if not report.planned:
        return report.visit
    current = VisitStore(storage.reader).find(report.visit.id)
    if current is None:
        raise RuleBroken(
            Text("This visit was deleted meanwhile. Undo that (Ctrl+Z), then finish here."),
            field=MEANWHILE,
        )
    if current.state is VisitState.DROPPED:
        raise RuleBroken(
            Text("This visit was dropped meanwhile. Undo that (Ctrl+Z), then finish here."),
            field=MEANWHILE,
        )
    if any(getattr(current, name) != getattr(report.visit, name) for name in _TOLD):
        raise RuleBroken(
            Text(
                "This visit was written up elsewhere meanwhile: {what}. Ctrl+Enter once more adds"
                " yours to it.",
                what=current.outcome or current.next_step or current.no_next_step_because or "–",
            ),
            field=MEANWHILE,
        )
    return current


class _Writing:
    """Turns answers into records, newcomers first: the others may name them."""

    def __init__(self, storage: Storage, change: Change, report: Report, current: Visit) -> None:
        self._storage, self._change, self._visit = storage, change, current
        self._answers = report.answers
        self._day = current.start.day if current.start else storage.clock.today()
        self._people = People(storage)
        self._ids = self._add_newcomers()
        self._maps: dict[AccountId, Map] = {}

    def debrief(self, base: Visit | None) -> Debrief:
        """Return what is to be written about the visit."""
        following = self._following()
        return Debrief(
            visit=self._closed(),
            base=base,
            attendees=tuple(self._attendees()),
            facts=tuple(self._facts()),
            promises=tuple(self._promises()),
            stances=tuple(self._stances()),
            following=following,
            following_attendees=tuple(self._meeting_again(following)) if following else (),
            close=True,
        )

    def _add_newcomers(self) -> Mapping[str, Id]:
        """Add those not in the file; one whom another window has just seated here is the same."""
        seats = VisitStore(self._storage.reader).attendees(self._visit.id)
        people = (self._people.ask.find(seat.who) for seat in seats)
        seated = {person.name: person.id for person in people if person is not None}
        made: dict[str, Id] = {}
        for one in self._answers.newcomers:
            if one.name in seated:
                made[one.key] = seated[one.name]
                continue
            person = replace(
                self._people.new(one.name, self._visit.account),
                department=one.department,
                collected_on=self._day,
            )
            self._people.put_new(self._change, person, title=one.title)
            made[one.key] = person.id
        return made

    def _id(self, key: str) -> Id:
        return self._ids.get(key) or Id(bytes.fromhex(key))

    def _account_of(self, key: str) -> AccountId:
        """Return whose file it belongs in: that of the person's own customer."""
        person = None if key in self._ids or not key else self._people.ask.find(self._id(key))
        return person.account if person and person.account else self._visit.account

    def _closed(self) -> Visit:
        visit, told = self._visit, self._answers
        if told.outcome and told.outcome not in visit.outcome.split("; "):
            outcome = "; ".join(filter(None, (visit.outcome, told.outcome)))
            visit = replace(visit, outcome=outcome)
        visit = replace(visit, reached=told.reached or visit.reached)
        if told.next_step or told.because:
            visit = replace(
                visit,
                next_step=told.next_step,
                next_step_by=told.next_by,
                no_next_step_because=told.because,
            )
        return visit

    def _following(self) -> Visit | None:
        """Return the visit the next step is, at the hour of this one and as long."""
        told, visit = self._answers, self._visit
        if not (told.plans and told.next_by):
            return None
        now = visit.start or self._storage.clock.now()
        start = Instant.at(told.next_by, now.local.hour, now.local.minute, zone=now.zone)
        return Visit(
            id=VisitId(self._storage.new_id()),
            account=visit.account,
            site=visit.site,
            place=visit.place,
            start=start,
            minutes=visit.minutes,
            kind=visit.kind,
            objective=told.next_step,
            map=visit.map,
        )

    def _meeting_again(self, following: Visit) -> Iterator[Attendee]:
        """Yield those who sat here and will sit there."""
        for one in self._answers.seated:
            if not one.absent:
                side = Side.OURS if one.ours else Side.THEIRS
                yield Attendee.at(following, self._id(one.who), side)

    def _attendees(self) -> Iterator[Attendee]:
        before = {
            seat.who: seat for seat in VisitStore(self._storage.reader).attendees(self._visit.id)
        }
        for one in self._answers.seated:
            who, side = self._id(one.who), Side.OURS if one.ours else Side.THEIRS
            seat = before.get(who) or Attendee.at(self._visit, who, side)
            yield replace(seat, absent=one.absent)

    def _sides(self) -> tuple[tuple[PromiseSide, tuple[Item, ...]], ...]:
        told = self._answers
        return (PromiseSide.OURS, told.ours), (PromiseSide.THEIRS, told.theirs)

    def _promises(self) -> Iterator[Promise]:
        """Yield the promises that are not in the file from this very visit."""
        known = {
            (one.side, one.words, one.colleague, one.person)
            for one in PromiseStore(self._storage.reader).of_visit(self._visit.id)
        }
        for side, items in self._sides():
            for item in items:
                one = self._promise(side, item)
                if one and (one.side, one.words, one.colleague, one.person) not in known:
                    yield one

    def _promise(self, side: PromiseSide, item: Item) -> Promise | None:
        """Return a new promise; None for one handed over, which is written at once."""
        who = self._id(item.who) if item.who else None
        theirs = bool(item.who) and self._is_person(item.who)
        person = PersonId(who) if who and theirs else None
        colleague = ColleagueId(who) if who and not theirs else None
        if item.instead:
            open_one = PromiseId(Id(bytes.fromhex(item.instead)))
            before = PromiseStore(self._storage.reader).get(open_one)
            due = item.day or before.due
            after = replace(before, due=due, colleague=colleague, person=person)
            self._change.put(PROMISE, after.checked(), base=before)
            return None
        return Promise(
            id=PromiseId(self._storage.new_id()),
            account=self._account_of(item.who),
            side=side,
            words=item.words,
            due=item.day,
            visit=self._visit.id,
            colleague=colleague,
            person=person,
        )

    def _is_person(self, key: str) -> bool:
        return key in self._ids or self._people.ask.find(self._id(key)) is not None

    def _facts(self) -> Iterator[Fact]:
        facts = VisitStore(self._storage.reader).facts_of(self._visit.id)
        known = {(fact.words, fact.about) for fact in facts}
        for item in self._answers.learnt:
            about = self._id(item.who) if item.who else None
            if (item.words, about) in known:
                continue
            yield Fact(
                id=self._storage.new_id(),
                account=self._account_of(item.who),
                words=item.words,
                day=self._day,
                visit=self._visit.id,
                about=about,
                here=item.here,
            )

    def _stances(self) -> Iterator[Reading]:
        for turn in self._answers.turns:
            person = self._id(turn.who)
            chain = self._map(self._account_of(turn.who))
            self._seat(chain, person, turn.name)
            yield Reading(
                id=self._storage.new_id(),
                account=chain.account,
                map=chain.id,
                subject=person,
                what=What.STANCE,
                value="" if turn.after is None else str(turn.after),
                valid_from=self._day,
                source=self._visit.id,
                sureness=turn.sureness,
                note=turn.note,
            )

    def _map(self, account: AccountId) -> Map:
        """Return the map the visit is about, else the customer's first, made when there is none."""
        if account not in self._maps:
            maps = ChainStore(self._storage.reader).maps(account)
            chosen = [one for one in maps if one.id == self._visit.map] or maps[:1]
            if not chosen:
                chosen = [Map(id=MapId(self._storage.new_id()), account=account)]
                self._change.put(MAP, chosen[0])
            self._maps[account] = chosen[0]
        return self._maps[account]

    def _seat(self, chain: Map, person: Id, name: str) -> None:
        seats = Chain(self._storage).seats
        seats.put(self._change, chain, PersonId(person), on=self._day, label=name)
