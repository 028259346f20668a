"""Days to the minute against a checker that reckons otherwise: random ones, and bent ones."""

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.week_checker import can_be_done, faults
from support.weeks import key, odd_week

from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.model import ANYWHERE, Bond, DayPlan, Problem, Stop, Window, WorkDay
from kamdesk.domain.week.planning import day_plan
from kamdesk.domain.week.road import Road

DAYS = int(os.environ.get("KAMDESK_RANDOM_DAYS", "10000"))
"""So many random days are judged; 100,000 when somebody asks for it."""


def ordered(chance: random.Random, problem: Problem) -> list[Stop]:
    return chance.sample(problem.stops, chance.randint(0, len(problem.stops)))


def test_every_planned_day_holds_and_no_day_is_refused_that_could_be_done() -> None:
    chance = random.Random(1)
    went = 0
    for number in range(DAYS):
        problem = odd_week(chance, days=1, size=5, plain=True)
        order = ordered(chance, problem)
        plan = day_plan(problem, 0, [stop.key for stop in order])
        could = can_be_done(problem, 0, problem.days[0], order)
        assert (plan is not None) == could, (number, problem, order)
        if plan is not None:
            went += 1
            assert faults(problem, 0, plan) == [], (number, problem, plan)
            assert [one.key for one in plan.stops] == [stop.key for stop in order]
    assert DAYS / 8 < went < DAYS * 7 / 8, "both kinds must be common"


def test_room_for_one_more_is_found_where_it_costs_least() -> None:
    chance = random.Random(2)
    found = 0
    for number in range(DAYS // 3):
        problem = odd_week(chance, days=1, size=5)
        ground = Ground(problem)
        field = ground.fields[0]
        free = [n for n in ground.free if chance.random() < 0.8]
        road = Road(field, field.base)
        for new in free:
            tries = [
                Road(field, (*road.order[:index], new, *road.order[index:]))
                for index in range(len(road.order) + 1)
            ]
            drives = [one.drive - road.drive for one in tries if one.goes and field.begins[new]]
            room = road.room(new)
            assert (room is None) == (not drives), (number, problem, new)
            if room is not None:
                found += 1
                extra, index = room
                assert extra == min(drives), (number, problem, new)
                assert tries[index].goes
                assert tries[index].drive == road.drive + extra
                road = tries[index]
    assert found > DAYS / 3


def a_day(*stops: Stop, work: WorkDay | None = None, way: int = 30) -> Problem:
    places = 4
    travel = tuple(tuple(0 if a == b else way for b in range(places)) for a in range(places))
    return Problem(days=(work or WorkDay(),), stops=stops, travel=travel)


def a_stop(number: int, *windows: tuple[int, int], minutes: int = 60, place: int = 1) -> Stop:
    its = tuple(Window(*window) for window in windows or ((510, 1110),))
    return Stop(key=key(number), place=place, minutes=minutes, windows=(its,), prize=100.0)


def test_visits_begin_on_the_quarter_where_that_costs_nothing() -> None:
    problem = a_day(a_stop(1), a_stop(2, place=2), a_stop(3, (1000, 1061), place=3))
    plan = day_plan(problem, 0, [key(1), key(2), key(3)])
    assert plan is not None
    assert [one.begins for one in plan.stops] == [540, 630, 1000]  # 1005 would end too late
    assert plan.leaves == 510
    assert plan.lunch == Window(690, 750)
    assert plan.returns == 1000 + 60 + 30


def test_one_leaves_so_that_nobody_waits_at_the_gate() -> None:
    plan = day_plan(a_day(a_stop(1, (840, 960))), 0, [key(1)])
    assert plan is not None
    assert (plan.leaves, plan.stops[0].begins, plan.returns) == (810, 840, 930)


def test_one_may_drive_before_a_call_as_well_as_after_it() -> None:
    call = a_stop(1, (600, 615), minutes=15, place=ANYWHERE)
    visit = a_stop(2, (620, 690), minutes=60, place=2)
    plan = day_plan(a_day(call, visit), 0, [key(1), key(2)])
    assert plan is not None
    assert [(one.begins, one.drive) for one in plan.stops] == [(600, 0), (620, 30)]
    assert plan.leaves is not None
    assert plan.leaves <= 570


def test_what_stands_in_the_evening_makes_the_day_longer() -> None:
    dinner = replace(a_stop(1, (1140, 1230), minutes=90), bond=Bond.FIXED)
    plan = day_plan(a_day(dinner), 0, [key(1)])
    assert plan is not None
    assert plan.returns == 1260


def test_a_meeting_over_noon_takes_the_lunch_break() -> None:
    meeting = replace(a_stop(1, (660, 840), minutes=180, place=ANYWHERE), bond=Bond.FIXED)
    plan = day_plan(a_day(meeting, a_stop(2)), 0, [key(1), key(2)])
    assert plan is not None
    assert plan.lunch is None
    assert [one.begins for one in plan.stops] == [660, 840]  # the way is driven before it


def test_a_day_whose_appointments_collide_is_shown_as_it_is_and_takes_nothing_more() -> None:
    one = replace(a_stop(1, (600, 660)), bond=Bond.FIXED)
    other = replace(a_stop(2, (630, 690), place=2), bond=Bond.FIXED)
    problem = a_day(one, other, a_stop(3, place=3))
    plan = day_plan(problem, 0, [key(1), key(2)])
    assert plan is not None
    assert [stop.begins for stop in plan.stops] == [600, 630]
    assert faults(problem, 0, plan) == []
    assert day_plan(problem, 0, [key(1), key(2), key(3)]) is None


def test_an_absence_is_cut_to_the_day_and_shown_whole() -> None:
    leave = replace(a_stop(1, (720, 1440), minutes=720, place=ANYWHERE), bond=Bond.FIXED)
    problem = a_day(leave, a_stop(2))
    plan = day_plan(problem, 0, [key(2), key(1)])
    assert plan is not None
    assert [(one.begins, one.ends) for one in plan.stops] == [(540, 600), (720, 1440)]
    assert faults(problem, 0, plan) == []


def test_what_lies_outside_the_hours_and_anywhere_is_in_nobodys_way() -> None:
    call = replace(a_stop(1, (1200, 1230), minutes=30, place=ANYWHERE), bond=Bond.FIXED)
    plan = day_plan(a_day(call, a_stop(2)), 0, [key(2), key(1)])
    assert plan is not None
    assert [one.begins for one in plan.stops] == [540, 1200]
    assert plan.lunch is None  # back by 10:30: lunch is had at home
    assert plan.returns == 630


def bent(plan: DayPlan, index: int, **changes: int) -> DayPlan:
    stops = list(plan.stops)
    stops[index] = stops[index]._replace(**changes)
    return replace(plan, stops=tuple(stops))


BENDS: dict[str, Callable[[DayPlan], DayPlan]] = {
    "two things at once": lambda p: bent(p, 1, begins=570, ends=630),
    "no time for the way": lambda p: bent(p, 1, begins=615, ends=675),
    "not the drive it is": lambda p: bent(p, 1, drive=29),
    "not as long as it is": lambda p: bent(p, 1, ends=p.stops[1].ends - 1),
    "outside its windows": lambda p: bent(p, 2, begins=999, ends=1059),
    "no lunch": lambda p: replace(p, lunch=None),
    "lunch at another time": lambda p: replace(p, lunch=Window(790, 850)),
    "a lunch nobody asked for": lambda p: replace(p, lunch=Window(700, 730)),
    "out longer than the day": lambda p: replace(p, returns=1111),
    "no time for the way back": lambda p: replace(p, returns=1080),
    "not the way back it is": lambda p: replace(p, drive_back=0),
    "no way from and to home": lambda p: replace(p, leaves=None),
    "what stands is not there": lambda p: replace(p, stops=p.stops[:2]),
    "one stop twice": lambda p: replace(p, stops=(*p.stops, p.stops[0])),
}


@pytest.mark.parametrize("fault", BENDS)
def test_the_checker_sees_what_is_bent(fault: str) -> None:
    last = replace(a_stop(3, (1000, 1060), place=3), bond=Bond.FIXED)
    problem = a_day(a_stop(1), a_stop(2, place=2), last)
    plan = day_plan(problem, 0, [key(1), key(2), key(3)])
    assert plan is not None
    assert faults(problem, 0, plan) == []
    assert fault in faults(problem, 0, BENDS[fault](plan))
