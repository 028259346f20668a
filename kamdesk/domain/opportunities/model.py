"""An opportunity: what may be sold to a customer, how far it is on nine steps, worth what, by when.

Rules only.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, OpportunityId
from kamdesk.core.money import Money
from kamdesk.core.text.clean import LONGEST_NAME, NAME_TOO_LONG
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text

STEPS: Final = range(1, 10)
"""The nine sales steps (``field_book.md`` 6.2)."""

STEP_WORDS: Final = {
    1: Text("gather information"),
    2: Text("screen"),
    3: Text("design the offer"),
    4: Text("introduce us"),
    5: Text("dig for needs"),
    6: Text("meet key persons one to one"),
    7: Text("prove value, hold off rivals"),
    8: Text("sign"),
    9: Text("serve"),
}


class OpportunityState(StrEnum):
    """Whether it is still open."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


OPPORTUNITY_STATE_WORDS: Final = {
    OpportunityState.OPEN: Text("open"),
    OpportunityState.WON: Text("deal won"),
    OpportunityState.LOST: Text("deal lost"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A chance to sell something. ``amount`` is what the customer would pay, None: not known.

    ``expected`` is the day of the signing as we expect it. It is open ``since`` a day, and was won
    or lost on ``settled_on``.
    """

    id: OpportunityId
    account: AccountId
    name: str
    step: int = 1
    amount: Money | None = None
    expected: Day | None = None
    state: OpportunityState = OpportunityState.OPEN
    settled_on: Day | None = None
    since: Day | None = None
    note: str = ""

    @property
    def amount_minor(self) -> int | None:
        """The amount in minor units."""
        return self.amount.minor if self.amount else None

    @property
    def currency(self) -> str:
        """The currency of the amount; empty without one."""
        return self.amount.currency if self.amount else ""

    def checked(self) -> "Opportunity":
        """Return this opportunity with texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=("note",))
        if not neat.name:
            raise RuleBroken(Text("Give the opportunity a name."), field="name")
        if len(neat.name) > LONGEST_NAME:
            raise RuleBroken(NAME_TOO_LONG, field="name")
        if neat.step not in STEPS:
            raise RuleBroken(Text("There are nine steps: write 1 to 9."), field="step")
        if neat.amount is not None and neat.amount.minor < 0:
            raise RuleBroken(Text("An amount is nothing or more."), field="amount")
        return neat

    def settled(self, state: OpportunityState, on: Day) -> "Opportunity":
        """Return it won or lost on a day, or open again."""
        if state is OpportunityState.OPEN:
            return replace(self, state=state, settled_on=None)
        return replace(self, state=state, settled_on=on)

    def open_on(self, day: Day) -> bool:
        """True when it was open on a day."""
        begun = self.since is None or self.since <= day
        if self.state is OpportunityState.OPEN:
            return begun
        return begun and self.settled_on is not None and day < self.settled_on
