"""Patterns of visits: made of a week, laid out past holidays, absences and what is taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.invented import an_account

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import say
from kamdesk.domain.patterns.model import MOST_STOPS, Pattern
from kamdesk.domain.visits.model import Attendee, Firmness, Side, VisitKind, VisitState
from kamdesk.dossier.merging import Merging
from kamdesk.dossier.patterns import LaidVisit, apply, lay_out, stop_lines, stops_of_weeks
from kamdesk.workspace import Workspace

THIS, NEXT = date(2026, 3, 9), date(2026, 3, 16)


def visit(desk: Workspace, account: AccountId, day: date, hour: int, **more: object) -> None:
    """Plan a visit of mine."""
    planned = replace(desk.visits.new(account, Instant.at(day, hour)), **more)  # type: ignore[arg-type]
    desk.visits.plan(planned, Attendee.at(planned, desk.team.me, Side.OURS))


@pytest.fixture
def accounts(desk: Workspace) -> list[AccountId]:
    """Three customers, with a visit this Tuesday, Wednesday and Friday."""
    found = [an_account(desk, name).id for name in ("甲厂", "乙厂", "丙厂")]
    visit(desk, found[0], THIS + timedelta(days=1), 9, minutes=90)
    visit(desk, found[1], THIS + timedelta(days=2), 14, kind=VisitKind.VIDEO)
    visit(desk, found[2], THIS + timedelta(days=4), 10)
    visit(desk, found[2], THIS + timedelta(days=3), 10, state=VisitState.DROPPED)
    return found


def made(desk: Workspace, weeks: int = 2) -> Pattern:
    """Make a pattern of this week."""
    pattern = desk.patterns.new("苏州一圈", weeks=weeks)
    stops = stops_of_weeks(desk.storage, pattern.id, THIS, 1, desk.team.me)
    desk.patterns.make(pattern, stops)
    return pattern


def told(laid: list[LaidVisit]) -> list[tuple[str, str, str]]:
    """Return day, customer and why it is left out."""
    return [
        (one.day.isoformat(), one.line.account_name, say(one.because or "", "en")) for one in laid
    ]


def test_a_good_week_becomes_a_pattern(desk: Workspace, accounts: list[AccountId]) -> None:
    pattern = made(desk)
    stops = desk.patterns.ask.stops(pattern.id)
    assert [(one.week, one.weekday, one.begins, one.minutes, one.kind) for one in stops] == [
        (1, 1, 540, 90, "visit"),
        (1, 2, 840, 60, "video"),
        (1, 4, 600, 60, "visit"),
    ]
    assert [one.account for one in stops] == accounts


def test_a_visit_of_a_colleague_alone_is_not_mine(
    desk: Workspace, accounts: list[AccountId]
) -> None:
    other = desk.team.new("周工")
    desk.team.add(other)
    theirs = desk.visits.new(accounts[0], Instant.at(THIS, 9))
    desk.visits.plan(theirs, Attendee.at(theirs, other.id, Side.OURS))
    pattern = desk.patterns.new("x")
    assert len(stops_of_weeks(desk.storage, pattern.id, THIS, 1, desk.team.me)) == 3


def test_it_is_laid_out_in_one_action_that_can_be_undone(
    desk: Workspace, accounts: list[AccountId]
) -> None:
    pattern, me = made(desk), desk.team.me
    before = len(desk.visits.ask.lines())
    changes = apply(desk.storage, pattern, NEXT, 2, me)
    assert len(changes.of("visit")) == 6
    new = [desk.visits.ask.get(one) for one in changes.of("visit")]  # type: ignore[arg-type]
    assert {one.firmness for one in new} == {Firmness.LOOSE}
    days = sorted(one.start.day for one in new if one.start)
    assert days == [NEXT + timedelta(days=n + 14 * cycle) for cycle in range(2) for n in (1, 2, 4)]
    assert all(seat.who == me for one in new for seat in desk.visits.ask.attendees(one.id))
    desk.undo.undo()
    assert len(desk.visits.ask.lines()) == before


def test_holidays_absences_and_clashes_are_left_out_and_named(
    desk: Workspace, accounts: list[AccountId]
) -> None:
    pattern, me = made(desk, weeks=1), desk.team.me
    labour = date(2026, 4, 27)
    away = replace(desk.working_days.new(date(2026, 4, 28), me), words="培训", ends=600)
    desk.working_days.add(away)
    visit(desk, accounts[0], date(2026, 4, 29), 14, minutes=30)
    visit(desk, accounts[1], date(2026, 5, 6), 9)
    assert told(lay_out(desk.storage, pattern, labour, 2, me)) == [
        ("2026-04-28", "甲厂", "away: 培训"),
        ("2026-04-29", "乙厂", "a visit at 甲厂 is planned then"),
        ("2026-05-01", "丙厂", "no working day: Labour Day"),
        ("2026-05-05", "甲厂", "no working day: Labour Day"),
        ("2026-05-06", "乙厂", "another visit there is planned that day"),
        ("2026-05-08", "丙厂", ""),
    ]
    assert len(apply(desk.storage, pattern, labour, 2, me).of("visit")) == 1
    with pytest.raises(RuleBroken) as refused:
        apply(desk.storage, pattern, labour, 2, me)
    assert refused.value.field == "monday"


def test_what_is_past_or_at_a_deleted_customer_is_left_out(
    desk: Workspace, accounts: list[AccountId]
) -> None:
    pattern, me = made(desk, weeks=1), desk.team.me
    assert told(lay_out(desk.storage, pattern, THIS, 1, me))[0][2] == "this time is past"
    desk.accounts.drop(accounts[2])
    laid = told(lay_out(desk.storage, pattern, NEXT, 1, me))
    assert [why for *_, why in laid] == ["", "", "the customer was deleted"]


def test_any_day_of_a_week_names_it(desk: Workspace, accounts: list[AccountId]) -> None:
    pattern, me = made(desk), desk.team.me
    friday = NEXT + timedelta(days=4)
    assert lay_out(desk.storage, pattern, friday, 1, me) == lay_out(
        desk.storage, pattern, NEXT, 1, me
    )


def test_a_pattern_is_filled_changed_and_deleted(
    desk: Workspace, accounts: list[AccountId]
) -> None:
    pattern = made(desk)
    stop = replace(desk.patterns.new_stop(pattern.id, accounts[0]), week=2, weekday=3)
    desk.patterns.add_stop(stop)
    later = replace(stop, begins=15 * 60)
    desk.patterns.change_stop(later, base=stop, seen=desk.storage.position())
    assert desk.patterns.ask.stops(pattern.id)[-1] == later
    with pytest.raises(RuleBroken) as refused:
        desk.patterns.change(replace(pattern, weeks=1), base=pattern, seen=desk.storage.position())
    assert refused.value.field == "weeks"
    desk.patterns.drop_stop(stop.id)
    desk.patterns.change(
        replace(pattern, name="无锡", weeks=1), base=pattern, seen=desk.storage.position()
    )
    assert [(one.name, one.weeks) for one in desk.patterns.ask.all()] == [("无锡", 1)]
    desk.patterns.drop(desk.patterns.ask.all()[0])
    assert desk.patterns.ask.all() == []
    desk.undo.undo()
    assert len(stop_lines(desk.storage, desk.patterns.ask.all()[0].id)) == 3


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"week": 3}, "week"),
        ({"weekday": 7}, "weekday"),
        ({"begins": 1430}, "begins"),
        ({"minutes": 0}, "begins"),
    ],
)
def test_a_visit_out_of_the_cycle_is_refused_at_its_field(
    desk: Workspace, accounts: list[AccountId], fields: dict[str, int], at: str
) -> None:
    pattern = made(desk)
    stop = desk.patterns.new_stop(pattern.id, accounts[0])
    with pytest.raises(RuleBroken) as refused:
        desk.patterns.add_stop(replace(stop, **fields))  # type: ignore[arg-type]
    assert refused.value.field == at


def test_there_are_bounds(desk: Workspace, accounts: list[AccountId]) -> None:
    pattern = desk.patterns.new("大")
    many = [desk.patterns.new_stop(pattern.id, accounts[0]) for _ in range(MOST_STOPS + 1)]
    with pytest.raises(RuleBroken):
        desk.patterns.make(pattern, many)
    with pytest.raises(RuleBroken) as refused:
        desk.patterns.make(desk.patterns.new(" "))
    assert refused.value.field == "name"
    with pytest.raises(RuleBroken) as refused:
        lay_out(desk.storage, made(desk), NEXT, 27, desk.team.me)
    assert refused.value.field == "cycles"
    empty = desk.patterns.new("空")
    desk.patterns.make(empty)
    with pytest.raises(RuleBroken) as refused:
        lay_out(desk.storage, empty, NEXT, 1, desk.team.me)
    assert refused.value.field == "pattern"


def test_a_merged_customer_stays_in_the_pattern(desk: Workspace, accounts: list[AccountId]) -> None:
    pattern = made(desk)
    Merging(desk.storage).merge("account", accounts[0], accounts[1])
    lines = stop_lines(desk.storage, pattern.id)
    assert [one.account_name for one in lines] == ["甲厂", "甲厂", "丙厂"]
