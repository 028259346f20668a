"""A proposal written into the week: one action, undone as one; visits put back, pinned, agreed."""

from datetime import date

import pytest
from support.week_day import a_customer, a_visit_at, at_home, named, on, the_week

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.visits.model import Firmness, Side, VisitState
from kamdesk.domain.week.model import Bond, DayPlan, LeftOut, Obstacle, Placed, Proposal
from kamdesk.domain.week.planning import first
from kamdesk.dossier import week_plan
from kamdesk.dossier.week_told import told
from kamdesk.workspace import Workspace


def visits(desk: Workspace) -> list[tuple[str, str, Firmness]]:
    """Return the week's visits as they stand: customer, time, how firmly."""
    return [
        (
            item.name,
            f"{item.day:%a} {(item.begins or 0) // 60}",
            desk.visits.ask.get(item.visit).firmness,
        )
        for day in the_week(desk).days
        for item in day.items
    ]


def a_proposal(days: dict[int, list[Placed]], *left: bytes) -> Proposal:
    return Proposal(
        days=tuple(DayPlan(stops=tuple(days.get(n, ()))) for n in range(5)),
        left_out=tuple(LeftOut(key=key, obstacle=Obstacle.NO_ROOM) for key in left),
        value=0.0,
        marginal={},
    )


def test_what_is_accepted_is_planned_loose_with_me_and_undone_as_one(desk: Workspace) -> None:
    at_home(desk)
    for name in ("华东重工", "远洲"):
        a_customer(desk, name, seen_days_ago=40)
    read = the_week(desk)
    proposal = first(read.problem)
    week_plan.accept(desk.storage, read, proposal)
    assert {(name, firm) for name, _, firm in visits(desk)} == {
        ("华东重工", Firmness.LOOSE),
        ("远洲", Firmness.LOOSE),
    }
    after = the_week(desk)
    assert after.due == ()
    item = named(after)["远洲"]
    visit = desk.visits.ask.get(item.visit)
    assert (visit.objective, visit.topic, visit.site is not None) == ("", "", True)
    (mine,) = desk.visits.ask.attendees(visit.id)
    assert (mine.who, mine.side) == (desk.team.me, Side.OURS)
    lines = [line for day in told(after).days for line in day.lines]
    assert [line.begins for line in lines] == [
        one.begins for day in proposal.days for one in day.stops
    ]
    desk.undo.undo()
    assert visits(desk) == []
    assert len(the_week(desk).due) == 2


def test_who_is_due_at_the_customer_is_seated(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    person = desk.people.new("李敏", account.id)
    desk.people.add(person)
    desk.cadence.agree(desk.cadence.new_agreement(account.id, 7, person=person.id))
    desk.clock.move(days=8)
    monday = date(2026, 3, 23)
    read = the_week(desk, monday)
    week_plan.accept(desk.storage, read, first(read.problem))
    (item,) = (item for day in the_week(desk, monday).days for item in day.items)
    seats = desk.visits.ask.attendees(item.visit)
    assert [(seat.who, seat.side) for seat in seats] == [
        (person.id, Side.THEIRS),
        (desk.team.me, Side.OURS),
    ]


def test_loose_visits_move_fixed_ones_do_not(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    loose = a_visit_at(desk, account, on(0, 9), firmness=Firmness.LOOSE)
    agreed = a_visit_at(desk, account, on(1, 9))
    read = the_week(desk)
    proposal = a_proposal({3: [Placed(loose.id, 840, 900, 0)], 4: [Placed(agreed.id, 840, 900, 0)]})
    week_plan.accept(desk.storage, read, proposal)
    assert visits(desk) == [
        ("华东重工", "Tue 9", Firmness.AGREED),
        ("华东重工", "Thu 14", Firmness.LOOSE),
    ]


def test_what_the_user_pinned_is_pinned(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    loose = a_visit_at(desk, a_customer(desk, "远洲", of=None), on(0, 9), firmness=Firmness.LOOSE)
    read = the_week(desk)
    proposal = a_proposal(
        {0: [Placed(loose.id, 540, 600, 0)], 2: [Placed(account.id, 600, 660, 0)]}
    )
    week_plan.accept(desk.storage, read, proposal, pins={account.id, loose.id})
    assert [firm for *_, firm in visits(desk)] == [Firmness.PINNED, Firmness.PINNED]


def test_a_loose_visit_that_is_left_out_is_put_back(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    bare = a_visit_at(desk, account, on(0, 9), firmness=Firmness.LOOSE)
    prepared = a_visit_at(desk, account, on(1, 9), firmness=Firmness.LOOSE, objective="定下日期")
    week_plan.accept(desk.storage, the_week(desk), a_proposal({}, bare.id, prepared.id))
    assert visits(desk) == []
    assert desk.visits.ask.find(bare.id) is None
    assert desk.visits.ask.get(prepared.id).state is VisitState.DROPPED
    assert [item.name for item in the_week(desk).due] == ["华东重工"]


def test_nothing_new_is_refused_and_leaves_no_action(desk: Workspace) -> None:
    read = the_week(desk)
    before = desk.undo.next_undo()
    with pytest.raises(RuleBroken, match="already as proposed"):
        week_plan.accept(desk.storage, read, a_proposal({}))
    assert desk.undo.next_undo() == before


def test_a_visit_changed_meanwhile_is_refused_by_name(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    loose = a_visit_at(desk, account, on(0, 9), firmness=Firmness.LOOSE)
    read = the_week(desk)
    desk.visits.drop(loose.id, seen=desk.storage.position())
    with pytest.raises(RuleBroken, match="华东重工 was changed meanwhile"):
        week_plan.accept(desk.storage, read, a_proposal({2: [Placed(loose.id, 600, 660, 0)]}))


def test_a_pinned_visit_is_freed_agreed_and_put_back_each_in_one_step(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    visit = a_visit_at(desk, account, on(0, 9), firmness=Firmness.PINNED)
    storage = desk.storage

    def bond() -> Bond:
        return named(the_week(desk))["华东重工"].bond

    assert bond() is Bond.PINNED
    week_plan.unpin(storage, visit.id, seen=storage.position())
    assert bond() is Bond.LOOSE
    week_plan.make_firm(storage, visit.id, seen=storage.position())
    assert bond() is Bond.FIXED
    week_plan.put_back(storage, visit.id, seen=storage.position())
    assert bond() is Bond.FREE
    desk.undo.undo()
    assert bond() is Bond.FIXED


def test_a_visit_that_took_place_is_not_unpinned(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    held = a_visit_at(desk, account, desk.clock.now().plus(days=-1), state=VisitState.HELD)
    with pytest.raises(RuleBroken, match="Only a planned visit"):
        week_plan.unpin(desk.storage, held.id, seen=desk.storage.position())


def test_a_proposal_is_not_written_twice(desk: Workspace) -> None:
    at_home(desk)
    a_customer(desk, "华东重工", seen_days_ago=40)
    read = the_week(desk)
    proposal = first(read.problem)
    week_plan.accept(desk.storage, read, proposal)
    with pytest.raises(RuleBroken, match="华东重工 was planned meanwhile"):
        week_plan.accept(desk.storage, read, proposal)
    assert len(visits(desk)) == 1


def test_nothing_is_planned_at_a_customer_who_is_gone_meanwhile(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    a_customer(desk, "远洲", seen_days_ago=40)
    read = the_week(desk)
    desk.accounts.drop(account.id)
    with pytest.raises(RuleBroken, match="华东重工 is gone meanwhile"):
        week_plan.accept(desk.storage, read, first(read.problem))
    assert visits(desk) == []


def test_nothing_is_planned_for_a_time_that_is_over(desk: Workspace) -> None:
    at_home(desk)
    a_customer(desk, "华东重工", seen_days_ago=40)
    read = the_week(desk)
    desk.clock.move(days=8)
    with pytest.raises(RuleBroken, match="The time proposed for 华东重工 is over"):
        week_plan.accept(desk.storage, read, first(read.problem))
    assert visits(desk) == []
    week_plan.accept(desk.storage, (again := the_week(desk)), first(again.problem))
    assert len(visits(desk)) == 1
