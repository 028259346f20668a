"""An executive plan with what the customer's file says of the two it brings together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccessPlanId, AccountId, ColleagueId
from kamdesk.domain.access_plans.model import AccessPlan, AccessStep, PlanState
from kamdesk.domain.access_plans.store import AccessPlanStore
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.model import Person
from kamdesk.domain.team.model import Colleague
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.storage.database import Reader


@dataclass(frozen=True, kw_only=True)
class PlanSeen:
    """A plan with its steps and what the customer's file says of the two it brings together."""

    plan: AccessPlan
    steps: tuple[AccessStep, ...]
    person: Person
    file: CustomerFile

    @property
    def today(self) -> Day:
        """The day it was read."""
        return self.file.day

    @property
    def ours(self) -> Mapping[ColleagueId, Colleague]:
        """Our people by id."""
        return self.file.colleagues

    @property
    def peer(self) -> tuple[str, str]:
        """Name and post of our executive; empty where none is chosen."""
        found = self.ours.get(self.plan.colleague) if self.plan.colleague else None
        return (found.name, found.title) if found else ("", "")

    @property
    def open(self) -> bool:
        """True while the plan is followed."""
        return self.plan.state is PlanState.OPEN

    @property
    def core(self) -> bool:
        """True at a core customer, whose executives meet every half year."""
        return self.file.account.class_by_hand is AccountClass.CORE

    @cached_property
    def post(self) -> str:
        """The post of the one to meet; empty when none is known."""
        post = self.file.post_of.get(self.person.id)
        return post.title if post else ""

    @cached_property
    def since(self) -> Day | None:
        """Since when they hold their post."""
        held = [one for one in self.file.holdings if one.person == self.person.id]
        return max((one.since for one in held if one.since), default=None)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The deciding bodies they sit in."""
        return tuple(
            body.name
            for body in self.file.bodies
            if body.chair == self.person.id or self.person.id in self.file.members[body.id]
        )

    @cached_property
    def relation(self) -> int | None:
        """How well our executive knows them, 0 to 5; None: not said."""
        said = [
            reading.value
            for reading in self.file.readings
            if (reading.subject, reading.colleague) == (self.person.id, self.plan.colleague)
            and reading.what is What.COVERAGE
        ]
        return int(said[-1]) if said and said[-1] else None


def read_plan(reader: Reader, plan: AccessPlanId, *, at: Instant) -> PlanSeen | None:
    """Return a plan; None for one that is not there, or about somebody not to be shown."""
    found = AccessPlanStore(reader).find(plan)
    if found is None or AccountStore(reader).find(found.account) is None:
        return None
    return _seen(reader, found, read_file(reader, found.account, at=at))


def plans_of(reader: Reader, account: AccountId, *, at: Instant) -> list[PlanSeen]:
    """Return the plans of a customer that are not given up, oldest first."""
    file = read_file(reader, account, at=at)
    plans = AccessPlanStore(reader).of_account(account)
    found = [_seen(reader, one, file) for one in plans if one.state is not PlanState.DROPPED]
    return [one for one in found if one is not None]


def _seen(reader: Reader, plan: AccessPlan, file: CustomerFile) -> PlanSeen | None:
    person = file.people.get(plan.person)
    if person is None:
        return None
    steps = tuple(AccessPlanStore(reader).steps(plan.id))
    return PlanSeen(plan=plan, steps=steps, person=person, file=file)
