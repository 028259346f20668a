"""How long ways take: by rule, by what was corrected, by both."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken
from kamdesk.core.spot import Spot, kilometres
from kamdesk.domain.travel.model import Habits, LearntLeg
from kamdesk.domain.travel.roads import Travel

HOME = Spot(31.30, 120.60)
SPOTS = st.builds(Spot, st.floats(30.0, 33.0), st.floats(119.0, 122.0))


def east(km: float) -> Spot:
    """A spot so far east of home as the crow flies."""
    return Spot(HOME.lat, HOME.lon + km / 95.02)


def leg(one: Spot, other: Spot, minutes: int) -> LearntLeg:
    return LearntLeg.between(one, other, kilometres=kilometres(one, other), minutes=minutes)


@pytest.mark.parametrize(
    ("crow", "minutes"), [(0.0, 10), (5.0, 25), (20.0, 45), (60.0, 85), (150.0, 160)]
)
def test_the_rule_is_road_factor_speed_and_gate_in_fives(crow: float, minutes: int) -> None:
    assert Travel().minutes(HOME, east(crow)) == minutes


def test_a_longer_way_never_takes_less() -> None:
    took = [Travel().minutes(HOME, east(km / 4)) for km in range(800)]
    assert all(first <= then for first, then in pairwise(took))


@given(st.lists(SPOTS, min_size=1, max_size=12))
def test_the_matrix_is_what_single_ways_say(spots: list[Spot]) -> None:
    travel = Travel(Habits(), [leg(HOME, spots[0], 55)])
    found = travel.matrix([HOME, *spots])
    every = [HOME, *spots]
    for a, row in enumerate(found):
        for b, minutes in enumerate(row):
            assert minutes == (0 if a == b else found[b][a])
            assert a == b or abs(minutes - travel.minutes(every[a], every[b])) <= 5


def test_a_corrected_way_takes_what_was_said_in_both_directions_and_nearby() -> None:
    office = east(30)
    travel = Travel(Habits(), [leg(HOME, office, 55)])
    assert travel.minutes(HOME, office) == travel.minutes(office, HOME) == 55
    assert travel.minutes(Spot(HOME.lat + 0.002, HOME.lon), office) == 55
    assert travel.minutes(HOME, east(60)) == Travel().minutes(HOME, east(60))


def test_five_corrections_that_agree_stretch_all_ways() -> None:
    slow = [
        leg(HOME, east(20 + 5 * n), 2 * Travel().minutes(HOME, east(20 + 5 * n))) for n in range(5)
    ]
    assert Travel(Habits(), slow[:4]).learnt_said is None
    taught = Travel(Habits(), slow)
    assert taught.stretch == 1.8
    assert taught.learnt_said is not None
    assert taught.learnt_said.plain == (
        "5 corrected ways agree: driving takes 80 % longer than by the rule."
    )
    assert taught.minutes(HOME, east(100)) > 1.7 * (Travel().minutes(HOME, east(100)) - 8)


def test_corrections_that_disagree_stretch_nothing() -> None:
    ways = [east(20 + 5 * n) for n in range(8)]
    mixed = [
        leg(HOME, way, Travel().minutes(HOME, way) + (20 if n % 2 else -20))
        for n, way in enumerate(ways)
    ]
    assert Travel(Habits(), mixed).stretch == 1.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends", 300),
        ("starts", -1),
        ("lunch_latest", 600),
        ("road_percent", 99),
        ("speed_town", 0),
        ("weekdays", ""),
        ("gate_minutes", 61),
    ],
)
def test_habits_that_cannot_be_are_refused_at_the_field(field: str, value: object) -> None:
    with pytest.raises(RuleBroken) as broken:
        Habits(**{field: value}).checked()  # type: ignore[arg-type]
    assert broken.value.field == field


@pytest.mark.parametrize("minutes", [0, -5, 1201])
def test_a_way_takes_some_minutes(minutes: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        leg(HOME, east(5), minutes)
    assert broken.value.field == "minutes"
