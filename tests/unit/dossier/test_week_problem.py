"""A week as a problem: what is held can be met one after the other, what may move has its times."""

import random
from dataclasses import replace
from datetime import date

import pytest

from kamdesk.core.spot import Spot
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.roads import Travel
from kamdesk.domain.visits.model import VisitKind
from kamdesk.domain.week.model import ANYWHERE, Bond, Window
from kamdesk.domain.week.planning import day_plan
from kamdesk.dossier.week_held import Frame
from kamdesk.dossier.week_problem import RECEIVED, Laid, laid, places_of, travel_of
from kamdesk.dossier.week_read import Away, Place, WeekItem, What

HOME, NEAR, FAR = Spot(31.30, 120.60), Spot(31.32, 120.70), Spot(39.90, 116.40)
AWAY = Spot(34.26, 117.20)
"""Some five hours by car."""
HABITS = Habits(home_lat=HOME.lat, home_lon=HOME.lon)
HALF = Spot(31.95, 120.60)
"""Less than two hours by car."""
DAY = date(2026, 3, 16)


def item(name: str, begins: int | None = None, minutes: int = 60, **fields) -> WeekItem:
    """Return a visit near home; one without a time is due."""
    bond = Bond.FREE if begins is None else Bond.FIXED
    spot = fields.pop("spot", NEAR)
    return WeekItem(
        **{
            "key": name.encode(),
            "what": What.VISIT,
            "name": name,
            "day": DAY,
            "begins": begins,
            "minutes": minutes,
            "bond": bond,
            "place": Place(spot=spot, sure=True),
        }
        | fields
    )


def a_week(frames: list[Frame], *movable: WeekItem, habits: Habits = HABITS) -> Laid:
    items = [*(one for frame in frames for one in frame.held), *movable]
    places, at = places_of(habits.home, items)
    return laid(frames, movable, at=at, travel=travel_of(places, Travel(habits)), habits=habits)


def test_what_overlaps_is_named_and_left_out_so_that_the_rest_can_be_planned() -> None:
    held = [item("one", 600), item("two", 630), item("three", 840)]
    week = a_week([Frame(weekday=0, opens=True, held=held)])
    assert week.clashes == {b"two"}
    assert [stop.key for stop in week.problem.stops] == [b"one", b"three"]
    assert day_plan(week.problem, 0, [b"one", b"three"]) is not None


def test_what_is_too_far_away_is_named_and_met_where_one_is() -> None:
    week = a_week(
        [Frame(weekday=0, opens=True, held=[item("here", 600), item("far", 700, spot=FAR)])]
    )
    assert week.clashes == {b"far"}
    assert [stop.place for stop in week.problem.stops] == [1, ANYWHERE]
    assert day_plan(week.problem, 0, [b"here", b"far"]) is not None


def test_a_day_reaches_as_far_as_what_is_agreed() -> None:
    early, late = item("early", 450), item("late", 1140)
    week = a_week([Frame(weekday=0, opens=True, held=[early, late])])
    day = week.problem.days[0]
    assert not week.clashes
    assert day.starts < 450
    assert day.ends > 1200
    assert day_plan(week.problem, 0, [b"early", b"late"]) is not None


def test_one_has_slept_where_no_morning_leads_to_and_stays_where_no_evening_leads_back() -> None:
    week = a_week([Frame(weekday=0, opens=True, held=[item("far", 570, spot=FAR)])])
    (day,) = week.problem.days
    assert not week.clashes
    assert (day.from_place, day.to_place) == (1, 1)
    plan = day_plan(week.problem, 0, [b"far"])
    assert plan is not None
    assert plan.drive == 0


def test_one_sleeps_in_the_evening_where_the_next_morning_begins() -> None:
    away = item("away", 540, spot=AWAY)
    days = a_week(
        [
            Frame(weekday=2, opens=True, held=[item("near", 900)]),
            Frame(weekday=3, opens=True, held=[away]),
            Frame(weekday=4, opens=True, held=[item("late", 1200, spot=AWAY)]),
            Frame(weekday=5, opens=False, held=[item("home", 660)]),
        ]
    ).problem.days
    slept = [(day.from_place, day.to_place) for day in days]
    assert slept == [(0, 2), (2, 0), (0, 3), (3, 0)]
    assert days[0].ends > 960 + 240
    apart = [Frame(weekday=0, opens=True), Frame(weekday=2, opens=True, held=[away])]
    assert a_week(apart).problem.days[0].to_place == 0


def test_lunch_falls_out_where_nothing_is_left_of_noon() -> None:
    noon = item("noon", 680, 180)
    assert a_week([Frame(weekday=0, opens=True, held=[noon])]).problem.days[0].lunch is None
    morning = item("morning", 570)
    assert a_week([Frame(weekday=0, opens=True, held=[morning])]).problem.days[0].lunch


def test_one_eats_after_a_drive_where_there_is_no_time_before_it() -> None:
    call = item("call", 600, spot=None)
    week = a_week([Frame(weekday=0, opens=True, held=[call, item("far", 840, spot=HALF)])])
    (day,) = week.problem.days
    assert not week.clashes
    assert 90 < week.problem.travel[0][1] <= 120
    assert day.lunch
    plan = day_plan(week.problem, 0, [b"call", b"far"])
    assert plan is not None
    assert plan.lunch is not None
    assert plan.lunch.opens >= 660 + week.problem.travel[0][1]


def test_an_absence_blocks_its_time_anywhere() -> None:
    training = Away(540, 720, "培训", key=b"away")
    week = a_week([Frame(weekday=2, opens=True, away=[training])], item("due"))
    block, due = week.problem.stops
    assert (block.key, block.place, block.bond) == (b"away", ANYWHERE, Bond.FIXED)
    assert block.windows == ((Window(540, 720),),)
    assert due.windows == (RECEIVED,)


def test_before_an_afternoon_off_one_is_home_again() -> None:
    leave = Away(780, 1080, "休假", key=b"away")
    morning, late, long = item("morning", 600), item("late", 840), item("long", 750)
    week = a_week([Frame(weekday=4, opens=True, held=[morning, long, late], away=[leave])])
    assert week.clashes == {b"late", b"long"}
    assert [stop.key for stop in week.problem.stops] == [b"morning"]
    plan = day_plan(week.problem, 0, [b"morning"])
    assert plan is not None
    assert plan.returns is not None
    assert plan.returns <= week.problem.days[0].ends == 780
    dinner = a_week([Frame(weekday=4, opens=True, held=[item("dinner", 1140)], away=[leave])])
    assert not dinner.clashes


def test_a_closed_day_takes_what_is_fixed_and_nothing_new() -> None:
    week = a_week([Frame(weekday=5, opens=False, held=[item("fair", 600)])], item("due"))
    assert [stop.windows for stop in week.problem.stops] == [((Window(600, 660),),), ((),)]


@pytest.mark.parametrize(
    ("hours", "weekday", "windows"),
    [
        ("", 0, RECEIVED),
        ("周二至周四 9:00-11:30", 1, (Window(540, 690),)),
        ("周二至周四 9:00-11:30", 0, ()),
        ("电话预约", 0, RECEIVED),
    ],
)
def test_customers_receive_when_their_file_says(hours, weekday, windows) -> None:
    week = a_week([Frame(weekday=weekday, opens=True)], item("due", hours=hours))
    assert week.problem.stops[0].windows == (windows,)


def test_a_call_is_made_anywhere() -> None:
    call = item("call", kind=VisitKind.CALL, spot=None)
    assert a_week([Frame(weekday=0, opens=True)], call).problem.stops[0].place == ANYWHERE


def test_of_today_only_the_rest_is_left() -> None:
    frame = Frame(weekday=0, opens=True, not_before=900, last_at=1)
    week = a_week([frame], item("due"))
    day = week.problem.days[0]
    assert (day.starts, day.from_place, day.lunch) == (900, 1, None)
    assert week.problem.stops[0].windows == ((Window(900, 1050),),)


def test_a_home_nobody_knows_costs_no_way() -> None:
    nowhere = replace(HABITS, home_lat=None)
    week = a_week([Frame(weekday=0, opens=True)], item("due"), habits=nowhere)
    assert week.problem.travel == ((0, 0), (0, 0))


def test_customers_known_by_their_town_alone_are_a_way_apart() -> None:
    vague = Place(spot=NEAR, sure=False)
    one, other = (item(name, place=vague) for name in ("one", "other"))
    places, at = places_of(HOME, [one, other])
    travel = travel_of(places, Travel(HABITS))
    assert travel[at[b"one"]][at[b"other"]] == 20
    assert travel[at[b"one"]][at[b"one"]] == 0


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_held_the_day_that_is_left_can_be_run(seed: int) -> None:
    chance = random.Random(seed)
    held = sorted(
        (
            item(
                f"{n}",
                chance.randrange(0, 1380, 5),
                chance.choice((15, 30, 60, 90, 240)),
                spot=chance.choice((NEAR, HOME, FAR, Spot(31.2, 121.4), None)),
                bond=chance.choice((Bond.FIXED, Bond.PINNED)),
            )
            for n in range(chance.randrange(1, 9))
        ),
        key=lambda one: one.begins or 0,
    )
    away = [Away(720, 840, "会", key=b"away")] if chance.random() < 0.3 else []
    frame = Frame(
        weekday=chance.randrange(7),
        opens=True,
        held=held,
        away=away,
        not_before=chance.choice((0, 0, 600)),
    )
    held = [one for one in held if one.begins >= frame.not_before]
    week = a_week([replace(frame, held=held)])
    stops = sorted(week.problem.stops, key=lambda stop: stop.windows[0][0])
    if stops:
        assert day_plan(week.problem, 0, [stop.key for stop in stops]) is not None
