"""What a user does with a planned week: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from support.faults_seed import ACCOUNT, DAY, an_id

from kamdesk.core.clock import Instant
from kamdesk.domain.visits.model import Attendee, Firmness, Side, Visit
from kamdesk.domain.visits.service import Visits
from kamdesk.domain.week.model import Bond, DayPlan, LeftOut, Obstacle, Placed, Proposal
from kamdesk.dossier import week_plan
from kamdesk.dossier.week_read import WeekDay, WeekItem, WeekRead, What
from kamdesk.storage.storage import Storage

_LATER: Final = DAY + timedelta(days=7)
LOOSE: Final = Visit(
    id=an_id(930),  # type: ignore[arg-type]
    account=ACCOUNT.id,
    start=Instant.at(_LATER, 9),
    firmness=Firmness.LOOSE,
)
LEFT: Final = replace(LOOSE, id=an_id(931), objective="定下日期。" * 40)  # type: ignore[arg-type]
PINNED: Final = replace(
    LOOSE,
    id=an_id(933),  # type: ignore[arg-type]
    start=Instant.at(_LATER + timedelta(days=14), 9),
    firmness=Firmness.PINNED,
)


def begin(s: Storage) -> None:
    """Plan two loose visits, one of them with somebody, and a pinned one later on."""
    Visits(s).plan(LOOSE, Attendee.at(LOOSE, an_id(932), Side.THEIRS))
    Visits(s).plan(LEFT)
    Visits(s).plan(PINNED)


def _item(visit: Visit | None) -> WeekItem:
    return WeekItem(
        key=visit.id if visit else ACCOUNT.id,
        what=What.VISIT if visit else What.DUE,
        name=ACCOUNT.name,
        account=ACCOUNT.id,
        visit=visit.id if visit else None,
        people=(an_id(932),),  # type: ignore[arg-type]
        bond=Bond.LOOSE if visit else Bond.FREE,
    )


def _accept(s: Storage) -> object:
    """Take a proposal that plans, moves and leaves out."""
    day = WeekDay(day=_LATER, at=0, items=(_item(LOOSE), _item(LEFT)))
    now = Instant.at(DAY, 8)
    read = WeekRead(monday=_LATER, now=now, days=(day,), due=(_item(None),))
    plan = DayPlan(stops=(Placed(LOOSE.id, 600, 660, 20), Placed(ACCOUNT.id, 840, 900, 20)))
    left = LeftOut(key=LEFT.id, obstacle=Obstacle.NO_ROOM)
    proposal = Proposal(days=(plan,), left_out=(left,), value=0.0, marginal={})
    return week_plan.accept(s, read, proposal)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "accept a week": _accept,
    "put a visit back": lambda s: week_plan.put_back(s, LOOSE.id, seen=s.position()),
    "unpin a visit": lambda s: week_plan.unpin(s, PINNED.id, seen=s.position()),
    "agree a visit": lambda s: week_plan.make_firm(s, LOOSE.id, seen=s.position()),
}
"""What is done where two loose visits stand in a week, a pinned one later."""
