"""What a user does with opportunities: add, change, win, lose, open again, delete."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, OpportunityId
from kamdesk.core.wording import Text
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.opportunities.store import OPPORTUNITY, OpportunityStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Opportunities:
    """The verbs and questions of opportunities."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = OpportunityStore(storage.reader)

    def new(self, account: AccountId, name: str) -> Opportunity:
        """Return an opportunity not yet saved, open since today."""
        return Opportunity(
            id=OpportunityId(self._storage.new_id()),
            account=account,
            name=name,
            since=self._storage.clock.today(),
        )

    def add(self, opportunity: Opportunity) -> ChangeSet:
        """Save a new opportunity. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Add opportunity")) as change:
            change.put(OPPORTUNITY, opportunity.checked())
        return change.touched

    def change(self, opportunity: Opportunity, *, base: Opportunity, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Change opportunity"), seen=seen) as change:
            change.put(OPPORTUNITY, opportunity.checked(), base=base)
        return change.touched

    def settle(
        self, opportunity: OpportunityId, state: OpportunityState, *, on: Day, seen: Seen
    ) -> ChangeSet:
        """Say that it was won or lost on a day, or is open again.

        Raises ``RuleBroken`` for a day before it began.
        """
        before = self.ask.get(opportunity)
        if before.since is not None and on < before.since:
            raise RuleBroken(Text("That day is before it began."), field="settled_on")
        names = {
            OpportunityState.OPEN: Text("Open an opportunity again"),
            OpportunityState.WON: Text("Win an opportunity"),
            OpportunityState.LOST: Text("Lose an opportunity"),
        }
        with self._storage.change(names[state], seen=seen) as change:
            change.put(OPPORTUNITY, before.settled(state, on), base=before)
        return change.touched

    def move(self, opportunity: OpportunityId, step: int, *, seen: Seen) -> ChangeSet:
        """Say on which of the nine steps it is. Raises ``RuleBroken`` at ``step``."""
        before = self.ask.get(opportunity)
        with self._storage.change(Text("Move an opportunity"), seen=seen) as change:
            change.put(OPPORTUNITY, replace(before, step=step).checked(), base=before)
        return change.touched

    def drop(self, opportunity: OpportunityId) -> ChangeSet:
        """Delete an opportunity; can be restored."""
        with self._storage.change(Text("Delete opportunity")) as change:
            change.drop(OPPORTUNITY, opportunity)
        return change.touched
