"""Where cards stand."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.figures.layout.tree import Place, Seat, arranged

WIDE, HIGH = 523.0, 260.0


def apart(a: Place, b: Place) -> bool:
    return (
        a.x + a.width <= b.x + 0.01
        or b.x + b.width <= a.x + 0.01
        or a.y + a.height <= b.y + 0.01
        or b.y + b.height <= a.y + 0.01
    )


@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=16), st.integers(120, 400))
def test_any_bosses_at_all_give_cards_apart_and_within_the_room(bosses, height):
    seats = [Seat(str(at), None if boss is None else str(boss)) for at, boss in enumerate(bosses)]
    plan = arranged(seats, width=WIDE, height=height, talls=(38.5, 31.0))
    assert set(plan.places) == {seat.id for seat in seats}
    for place in plan.places.values():
        assert place.x >= 0
        assert place.x + place.width <= WIDE + 0.01
        assert place.y + place.height <= height + 0.01
    for a, b in combinations(plan.places.values(), 2):
        assert apart(a, b)


def test_a_report_stands_below_the_boss():
    plan = arranged(
        [Seat("boss", None), Seat("one", "boss"), Seat("two", "boss")], width=WIDE, height=HIGH
    )
    boss, one, two = (plan.places[id_] for id_ in ("boss", "one", "two"))
    assert boss.y + boss.height < one.y == two.y
    assert boss.x + boss.width / 2 == (one.x + two.x + two.width) / 2
    assert {joint.id for joint in plan.joints} == {"one", "two"}


def test_a_loop_is_cut_at_the_first_in_the_list():
    plan = arranged([Seat("a", "c"), Seat("b", "a"), Seat("c", "b")], width=WIDE, height=HIGH)
    assert {joint.id for joint in plan.joints} == {"b", "c"}
    assert plan.places["a"].y == 0


def test_who_reports_to_himself_or_to_a_stranger_stands_on_top():
    plan = arranged([Seat("a", "a"), Seat("b", "nobody")], width=WIDE, height=HIGH)
    assert not plan.joints
    assert plan.places["a"].y == plan.places["b"].y == 0


def test_nobody_and_one_alone():
    assert arranged([], width=WIDE, height=HIGH).places == {}
    (place,) = arranged([Seat("a", None)], width=WIDE, height=HIGH).places.values()
    assert place.x + place.width / 2 == WIDE / 2


def test_a_chain_of_sixteen_one_below_the_other_gets_flat_cards():
    seats = [Seat(str(at), str(at - 1) if at else None) for at in range(16)]
    plan = arranged(seats, width=WIDE, height=200)
    assert all(place.height < 15 for place in plan.places.values())
