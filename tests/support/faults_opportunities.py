"""What a user does with opportunities: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from support.faults_seed import ACCOUNT, DAY, an_id

from kamdesk.core.money import Money
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.opportunities.service import Opportunities
from kamdesk.storage.storage import Storage

LINE_2: Final = Opportunity(
    id=an_id(900),  # type: ignore[arg-type]
    account=ACCOUNT.id,
    name="二号线状态监测",
    step=6,
    amount=Money(260_000_000),
    note="预算占位。" * 40,
)


def add(s: Storage) -> None:
    """Add an opportunity."""
    Opportunities(s).add(LINE_2)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "add an opportunity": lambda s: Opportunities(s).add(
        replace(LINE_2, id=an_id(901), name="备件框架")  # type: ignore[arg-type]
    ),
    "change an opportunity": lambda s: Opportunities(s).change(
        replace(LINE_2, name="三号线", note="改过。" * 40), base=LINE_2, seen=s.position()
    ),
    "win an opportunity": lambda s: Opportunities(s).settle(
        LINE_2.id, OpportunityState.WON, on=DAY, seen=s.position()
    ),
    "move an opportunity": lambda s: Opportunities(s).move(LINE_2.id, 7, seen=s.position()),
    "delete an opportunity": lambda s: Opportunities(s).drop(LINE_2.id),
}
"""What is done to an opportunity that is there."""
