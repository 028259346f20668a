"""Which customer is meant: the one whose file one is in, else the one met next today."""

from typing import TYPE_CHECKING

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, Id, PersonId, VisitId
from kamdesk.desktop.pages import Route
from kamdesk.domain.visits.model import VisitState

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def whose(desk: "Workspace", route: Route | None) -> AccountId | None:
    """Return the customer a route leads into; without one that of the visit next today."""
    record = route.record if route else None
    found = _of_record(desk, record) if record is not None and len(record) == 16 else None
    return found or _met_next(desk)


def _of_record(desk: "Workspace", record: bytes) -> AccountId | None:
    account = desk.accounts.ask.find(AccountId(Id(record)))
    if account is not None:
        return account.id
    visit = desk.visits.ask.find(VisitId(Id(record)))
    if visit is not None:
        return visit.account
    person = desk.people.ask.find(PersonId(Id(record)))
    return person.account if person is not None else None


def _met_next(desk: "Workspace") -> AccountId | None:
    now = desk.clock.now()
    morning = Instant.at(now.day, 0, zone=now.zone)
    today = [
        line
        for line in desk.visits.ask.between(morning, morning.plus(days=1))
        if line.state is VisitState.PLANNED and line.start
    ]
    going_on = [
        line for line in today if line.start and line.start.plus(minutes=line.minutes) > now
    ]
    return next((line.account for line in [*going_on, *today[::-1]]), None)
