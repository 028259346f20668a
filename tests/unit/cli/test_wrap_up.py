"""A debrief is one action: all of it is saved, or nothing."""

from dataclasses import replace

import pytest
from support.commands import a_territory

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit, VisitState
from kamdesk.dossier.wrap_up import Debrief, Settled, wrap_up
from kamdesk.workspace import Workspace


@pytest.fixture
def planned(desk: Workspace) -> Visit:
    a_territory(desk)
    (account,) = desk.accounts.ask.by_number("KA-001")
    visit = desk.visits.new(account, desk.clock.now())
    desk.visits.plan(visit)
    return visit


def _fact(desk: Workspace, visit: Visit, words: str) -> Fact:
    return Fact(
        id=desk.storage.new_id(),
        account=visit.account,
        words=words,
        day=desk.clock.today(),
        visit=visit.id,
    )


def _actions(desk: Workspace) -> int:
    return int(desk.storage.reader.ask("SELECT count(*) FROM actions").value())


def test_all_of_a_debrief_is_one_action_and_one_undo(desk: Workspace, planned: Visit) -> None:
    (wang,) = desk.people.ask.named("王建国")
    chain = desk.chain.open_map(planned.account)
    kept = desk.promises.new(planned.account, PromiseSide.THEIRS, "名单")
    desk.promises.make(kept)
    before = _actions(desk)
    debrief = Debrief(
        visit=replace(planned, said="三月立项", next_step="演示"),
        base=planned,
        attendees=(Attendee.at(planned, wang, Side.THEIRS),),
        facts=(_fact(desk, planned, "预算已批"),),
        promises=(
            replace(desk.promises.new(planned.account, PromiseSide.OURS, "报价"), visit=planned.id),
        ),
        settled=(Settled(kept, PromiseState.KEPT),),
        stances=(desk.chain.reading(chain, wang, What.STANCE, "1", on=desk.clock.today()),),
        following=desk.visits.new(planned.account, desk.clock.now().plus(days=14)),
        close=True,
    )
    touched = wrap_up(desk.storage, debrief)
    assert _actions(desk) == before + 1
    assert touched.kinds == {"visit", "attendee", "fact", "promise", "reading"}
    assert desk.visits.ask.get(planned.id).state is VisitState.CLOSED
    assert desk.promises.ask.get(kept.id).state is PromiseState.KEPT
    desk.undo.undo()
    assert desk.visits.ask.get(planned.id) == planned
    assert desk.visits.ask.facts_of(planned.id) == []
    assert desk.promises.ask.get(kept.id).state is PromiseState.OPEN


def test_what_cannot_stand_saves_nothing(desk: Workspace, planned: Visit) -> None:
    before = _actions(desk)
    with pytest.raises(RuleBroken, match="Agree a next step"):
        wrap_up(
            desk.storage,
            Debrief(visit=planned, base=planned, facts=(_fact(desk, planned, "x"),), close=True),
        )
    with pytest.raises(RuleBroken, match="Say what was learnt"):
        wrap_up(
            desk.storage,
            Debrief(visit=planned, base=planned, facts=(_fact(desk, planned, " "),)),
        )
    assert _actions(desk) == before


def test_a_visit_that_lies_ahead_was_not_held(desk: Workspace, planned: Visit) -> None:
    ahead = replace(planned, start=desk.clock.now().plus(days=1))
    with pytest.raises(RuleBroken, match="lies ahead"):
        wrap_up(desk.storage, Debrief(visit=ahead, base=planned))


def test_a_dropped_visit_is_not_logged(desk: Workspace, planned: Visit) -> None:
    desk.visits.drop(planned.id, seen=desk.storage.position())
    dropped = desk.visits.ask.get(planned.id)
    with pytest.raises(RuleBroken, match="dropped"):
        wrap_up(desk.storage, Debrief(visit=dropped, base=dropped))


def test_a_closed_visit_stays_closed_when_more_is_written_down(
    desk: Workspace, planned: Visit
) -> None:
    wrap_up(
        desk.storage,
        Debrief(visit=replace(planned, next_step="演示"), base=planned, close=True),
    )
    closed = desk.visits.ask.get(planned.id)
    wrap_up(
        desk.storage,
        Debrief(visit=closed, base=closed, facts=(_fact(desk, planned, "later"),)),
    )
    assert desk.visits.ask.get(planned.id).state is VisitState.CLOSED


def test_a_seat_that_was_planned_is_not_written_again(desk: Workspace, planned: Visit) -> None:
    (wang,) = desk.people.ask.named("王建国")
    seat = Attendee.at(planned, wang, Side.THEIRS)
    desk.visits.seat(seat)
    touched = wrap_up(desk.storage, Debrief(visit=planned, base=planned, attendees=(seat, seat)))
    assert touched.kinds == {"visit"}
    wrap_up(
        desk.storage,
        Debrief(
            visit=desk.visits.ask.get(planned.id),
            base=desk.visits.ask.get(planned.id),
            attendees=(replace(seat, absent=True),),
        ),
    )
    assert [one.absent for one in desk.visits.ask.attendees(planned.id)] == [True]
