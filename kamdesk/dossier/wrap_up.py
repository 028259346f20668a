"""The debrief after a visit: what took place, who sat there, what was learnt and promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.chain.standing import Reading
from kamdesk.domain.chain.store import READING
from kamdesk.domain.promises.model import Promise, PromiseState
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Attendee, Fact, Visit, VisitState
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT, VisitStore
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.storage import Storage


class Settled(NamedTuple):
    """What became of an open promise."""

    promise: Promise
    state: PromiseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """All that is written down after one visit.

    ``base`` is the visit as it was planned, None for one nobody planned. ``attendees`` are those
    to be added or changed; whoever sat there before and is not named stays. ``stances`` are dated
    judgements, ``settled`` promises that were kept or not, ``following`` the next visit agreed, at
    which ``following_attendees`` will sit.
    """

    visit: Visit
    base: Visit | None = None
    attendees: tuple[Attendee, ...] = ()
    facts: tuple[Fact, ...] = ()
    promises: tuple[Promise, ...] = ()
    settled: tuple[Settled, ...] = ()
    stances: tuple[Reading, ...] = ()
    following: Visit | None = None
    following_attendees: tuple[Attendee, ...] = ()
    close: bool = False

    @property
    def closes(self) -> bool:
        """True when the visit is closed afterwards; one that was closed stays so."""
        return self.close or self.visit.state is VisitState.CLOSED

    def done(self, today: Day) -> "Debrief":
        """Return this debrief checked, its visit held or closed. Raises ``RuleBroken``."""
        held = self.visit.checked().held()
        if held.start is not None and held.start.day > today:
            raise RuleBroken(Text("A visit that lies ahead has not been held."), field="start")
        return replace(
            self,
            visit=held.closed() if self.closes else held,
            facts=tuple(fact.checked() for fact in self.facts),
            promises=tuple(promise.checked() for promise in self.promises),
            stances=tuple(stance.checked() for stance in self.stances),
            following=self.following.checked() if self.following else None,
        )


def wrap_up(storage: Storage, debrief: Debrief, *, seen: Seen | None = None) -> ChangeSet:
    """Save a debrief as one action: all of it or nothing.

    ``seen`` is the position at which the planned visit was read. Raises ``RuleBroken`` at the
    field: an empty fact, no next step and no reason for none, a visit that was dropped.
    """
    name = Text("Close visit") if debrief.close else Text("Log visit")
    with storage.change(name, seen=seen) as change:
        put_debrief(change, storage, debrief)
    return change.touched


def put_debrief(change: Change, storage: Storage, debrief: Debrief) -> None:
    """Write a debrief within a larger change. Raises ``RuleBroken`` at the field."""
    today = storage.clock.today()
    done = debrief.done(today)
    sat = {seat.id: seat for seat in VisitStore(storage.reader).attendees(done.visit.id)}
    change.put(VISIT, done.visit, base=done.base)
    for attendee in _once(done.attendees):
        if attendee != sat.get(attendee.id):
            change.put(ATTENDEE, attendee, base=sat.get(attendee.id))
    _write_down(change, done, today)


def _write_down(change: Change, done: Debrief, today: Day) -> None:
    for fact in done.facts:
        change.put(FACT, fact)
    for promise in done.promises:
        change.put(PROMISE, promise)
    for settled in done.settled:
        after = settled.promise.settled(settled.state, today)
        change.put(PROMISE, after, base=settled.promise)
    for stance in done.stances:
        change.put(READING, stance)
    if done.following:
        change.put(VISIT, done.following)
        for attendee in done.following_attendees:
            change.put(ATTENDEE, attendee)


def _once(attendees: Iterable[Attendee]) -> list[Attendee]:
    return list({attendee.id: attendee for attendee in attendees}.values())
