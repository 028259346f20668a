"""A visit that would be one too many is told before it is planned."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.invented import an_account

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.dossier.too_soon import one_too_many
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture
def account(desk: Workspace) -> AccountId:
    """Return a core customer: a visit every thirty days."""
    made = an_account(desk)
    core = replace(made, class_by_hand=AccountClass.CORE)
    desk.accounts.change(core, base=made, seen=desk.storage.position())
    return made.id


def met(desk: Workspace, account: AccountId, ago: int, **fields: object) -> None:
    """Put a visit into the file, held unless told otherwise."""
    new = desk.visits.new(account, Instant.at(TODAY - timedelta(days=ago), 10))
    fields = {"state": VisitState.HELD, "objective": "回顾", **fields}
    desk.visits.plan(replace(new, **fields))  # type: ignore[arg-type]


def said(desk: Workspace, account: AccountId, ahead: int = 3) -> str | None:
    """Return the warning about a visit so many days from now."""
    day = TODAY + timedelta(days=ahead)
    found = one_too_many(desk.storage.reader, account, day, today=TODAY)
    return found.plain if found is not None else None


def test_the_third_visit_in_a_month_of_a_core_customer_is_one_too_many(
    desk: Workspace, account: AccountId
) -> None:
    met(desk, account, 20)
    assert said(desk, account) is None
    met(desk, account, 5)
    assert said(desk, account) == "3 visits in 30 days, more than twice what the class asks"
    assert said(desk, account, ahead=26) is None


def test_planned_visits_count_and_dropped_ones_and_calls_do_not(
    desk: Workspace, account: AccountId
) -> None:
    met(desk, account, 5)
    met(desk, account, 4, kind=VisitKind.CALL)
    met(desk, account, -1, state=VisitState.DROPPED)
    assert said(desk, account) is None
    met(desk, account, -1, state=VisitState.PLANNED)
    assert said(desk, account) is not None


def test_an_agreement_on_at_most_says_so_at_the_second(desk: Workspace, account: AccountId) -> None:
    agreed = replace(desk.cadence.new_agreement(account, 60), at_most=True)
    desk.cadence.agree(agreed)
    assert said(desk, account) is None
    met(desk, account, 30)
    assert said(desk, account) == "2 visits in 60 days, more than agreed"


def test_nobody_without_a_class_is_visited_too_often(desk: Workspace) -> None:
    bare = an_account(desk, "无分层")
    for ago in (1, 2, 3, 4):
        met(desk, bare.id, ago)
    assert said(desk, bare.id) is None
