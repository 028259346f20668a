"""What a user does with visits: plan, move, hold, close, drop; note what was learnt."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, Id, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import Attendee, Fact, Visit
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT, VisitStore
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.storage import Storage


class Visits:
    """Plan, move, hold, close and drop visits."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = VisitStore(storage.reader)

    def new(self, account: AccountId, start: Instant | None = None) -> Visit:
        """Return a visit not yet saved."""
        return Visit(id=VisitId(self._storage.new_id()), account=account, start=start)

    def plan(self, visit: Visit, *attendees: Attendee) -> ChangeSet:
        """Save a new visit with who will sit there. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Plan visit")) as change:
            self.put_new(change, visit, *attendees)
        return change.touched

    def log(self, visit: Visit, *attendees: Attendee) -> ChangeSet:
        """Save a contact that took place and needs no writing up, with who was there.

        Raises ``RuleBroken`` at the field, also without a next step or a reason for none.
        """
        with self._storage.change(Text("Note a contact")) as change:
            self.put_new(change, visit.closed(), *attendees)
        return change.touched

    def put_new(self, change: Change, visit: Visit, *attendees: Attendee) -> None:
        """Write a new visit within a larger change."""
        change.put(VISIT, visit.checked())
        for attendee in attendees:
            change.put(ATTENDEE, attendee)

    def change(self, visit: Visit, *, base: Visit, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        return self._put(Text("Change visit"), visit.checked(), base, seen)

    def move(
        self, visit: VisitId, start: Instant, *, minutes: int | None = None, seen: Seen
    ) -> ChangeSet:
        """Move a visit to another time, perhaps of another length."""
        before = self.ask.get(visit)
        return self._put(Text("Move visit"), before.moved(start, minutes=minutes), before, seen)

    def hold(self, visit: VisitId, *, seen: Seen) -> ChangeSet:
        """Say that a visit took place."""
        before = self.ask.get(visit)
        return self._put(Text("Hold visit"), before.held(), before, seen)

    def close(self, visit: VisitId, *, seen: Seen) -> ChangeSet:
        """Close a held visit. Raises ``RuleBroken`` without a next step or a reason for none."""
        before = self.ask.get(visit)
        return self._put(Text("Close visit"), before.closed(), before, seen)

    def drop(self, visit: VisitId, *, seen: Seen) -> ChangeSet:
        """Say that a planned visit will not take place."""
        before = self.ask.get(visit)
        return self._put(Text("Drop visit"), before.dropped(), before, seen)

    def plan_again(self, visit: VisitId, *, seen: Seen) -> ChangeSet:
        """Plan a visit once more that was dropped."""
        before = self.ask.get(visit)
        return self._put(Text("Plan visit again"), before.planned_again(), before, seen)

    def seat(self, *attendees: Attendee) -> ChangeSet:
        """Add people or colleagues to a visit."""
        with self._storage.change(Text("Add to the visit")) as change:
            for attendee in attendees:
                change.put(ATTENDEE, attendee)
        return change.touched

    def unseat(self, attendee: Attendee) -> ChangeSet:
        """Take somebody off a visit."""
        with self._storage.change(Text("Take off the visit")) as change:
            change.drop(ATTENDEE, attendee.id)
        return change.touched

    def change_seat(self, attendee: Attendee, *, base: Attendee, seen: Seen) -> ChangeSet:
        """Save a changed point or part of an attendee."""
        with self._storage.change(Text("Change attendee"), seen=seen) as change:
            change.put(ATTENDEE, replace(attendee, id=base.id), base=base)
        return change.touched

    def note(self, *facts: Fact) -> ChangeSet:
        """Save what was learnt."""
        with self._storage.change(Text("Note what was learnt")) as change:
            for fact in facts:
                change.put(FACT, fact.checked())
        return change.touched

    def new_fact(self, visit: Visit, words: str) -> Fact:
        """Return something learnt at a visit, not yet saved; its day is the visit's."""
        day = visit.start.day if visit.start else self._storage.clock.today()
        return Fact(
            id=self._storage.new_id(),
            account=visit.account,
            words=words,
            day=day,
            visit=visit.id,
        )

    def keep_here(self, fact: Id, here: bool) -> ChangeSet:
        """Let a note stay on this computer from now on, or go out as all others do.

        One the team has already is deleted there; the team's history keeps it.
        """
        name = Text("Keep on this computer only") if here else Text("Share with the team")
        with self._storage.change(name) as change:
            change.write(FACT, fact, {"here": 1 if here else None}, there=True)
        return change.touched

    def forget_fact(self, fact: Id) -> ChangeSet:
        """Take back something noted as learnt."""
        with self._storage.change(Text("Take back what was noted")) as change:
            change.drop(FACT, fact)
        return change.touched

    def _put(self, name: Text, visit: Visit, base: Visit, seen: Seen) -> ChangeSet:
        with self._storage.change(name, seen=seen) as change:
            change.put(VISIT, visit, base=base)
        return change.touched
