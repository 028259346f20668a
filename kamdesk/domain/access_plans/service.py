"""What a user does with executive engagement plans: begin, write, tick off steps, close."""

from collections.abc import Sequence
from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccessPlanId, AccessStepId, AccountId, ColleagueId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import AccessPlan, AccessStep, PlanState
from kamdesk.domain.access_plans.store import ACCESS_PLAN, ACCESS_STEP, AccessPlanStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class AccessPlans:
    """Plans to bring executives together."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = AccessPlanStore(storage.reader)

    def new(
        self, account: AccountId, person: PersonId, colleague: ColleagueId | None = None
    ) -> AccessPlan:
        """Return a plan not yet saved."""
        made = AccessPlanId(self._storage.new_id())
        return AccessPlan(id=made, account=account, person=person, colleague=colleague)

    def begin(self, plan: AccessPlan, steps: Sequence[str]) -> ChangeSet:
        """Save a new plan with its first steps as one action. Raises ``RuleBroken``."""
        with self._storage.change(Text("Begin an executive plan")) as change:
            change.put(ACCESS_PLAN, plan.checked())
            for what in steps:
                change.put(ACCESS_STEP, self.step(plan, what).checked())
        return change.touched

    def change(self, plan: AccessPlan, *, base: AccessPlan, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        return self._put(Text("Change the executive plan"), plan.checked(), base, seen)

    def close(self, plan: AccessPlan, *, on: Day, core: bool, seen: Seen) -> ChangeSet:
        """Close a plan; see ``AccessPlan.closed``. Raises ``RuleBroken`` at the field."""
        closed = plan.closed(on, core=core)
        return self._put(Text("Close the executive plan"), closed, plan, seen)

    def give_up(self, plan: AccessPlan, *, on: Day, seen: Seen) -> ChangeSet:
        """Say that a plan is not followed any more."""
        dropped = replace(plan, state=PlanState.DROPPED, closed_on=on)
        return self._put(Text("Give the executive plan up"), dropped, plan, seen)

    def reopen(self, plan: AccessPlan, *, seen: Seen) -> ChangeSet:
        """Go on with a plan that was closed or given up."""
        again = replace(plan, state=PlanState.OPEN, closed_on=None)
        return self._put(Text("Go on with the executive plan"), again, plan, seen)

    def drop(self, plan: AccessPlanId) -> ChangeSet:
        """Delete a plan with its steps; it can be restored."""
        with self._storage.change(Text("Delete the executive plan")) as change:
            for step in self.ask.steps(plan):
                change.drop(ACCESS_STEP, step.id)
            change.drop(ACCESS_PLAN, plan)
        return change.touched

    def step(self, plan: AccessPlan, what: str) -> AccessStep:
        """Return a step not yet saved."""
        return AccessStep(
            id=AccessStepId(self._storage.new_id()),
            account=plan.account,
            plan=plan.id,
            person=plan.person,
            what=what,
        )

    def put_step(self, step: AccessStep, *, base: AccessStep | None = None) -> ChangeSet:
        """Save a step, new or changed. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Change a step of the executive plan")) as change:
            change.put(ACCESS_STEP, step.checked(), base=base)
        return change.touched

    def drop_step(self, step: AccessStepId) -> ChangeSet:
        """Delete a step; it can be restored."""
        with self._storage.change(Text("Delete a step of the executive plan")) as change:
            change.drop(ACCESS_STEP, step)
        return change.touched

    def _put(self, name: Text, plan: AccessPlan, base: AccessPlan, seen: Seen) -> ChangeSet:
        with self._storage.change(name, seen=seen) as change:
            change.put(ACCESS_PLAN, plan, base=base)
        return change.touched
