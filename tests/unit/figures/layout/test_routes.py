"""Ties find their way through the gaps, side by side."""

from itertools import pairwise

import pytest
from support.plans import crossings, on_each_other, through_cards

from kamdesk.figures.layout.plan import Plan, Sizes
from kamdesk.figures.layout.routes import Line, routed
from kamdesk.figures.layout.tree import Joint, Place

SIZES = Sizes()


def grid(columns: int, rows: int) -> dict[str, Place]:
    return {
        f"{column}{row}": Place(20 + column * 124.0, 20 + row * 51.0, 104.0, 31.0)
        for column in range(columns)
        for row in range(rows)
    }


def plan_of(places, *ends, joints=(), labels=()) -> Plan:
    lines = [Line(f"{number}", one, other) for number, (one, other) in enumerate(ends)]
    routes = routed(places, lines, joints, labels, SIZES)
    return Plan(places=places, routes=routes, joints=tuple(joint for _boss, joint in joints))


def test_neighbours_are_joined_by_one_straight_line():
    plan = plan_of(grid(2, 1), ("00", "10"))
    (start, end) = plan.routes["0"].points
    assert start[1] == end[1]
    assert (start[0], end[0]) == (124.0, 144.0)


def test_every_way_is_right_angled_and_ends_at_its_cards():
    plan = plan_of(grid(3, 3), ("00", "22"), ("20", "02"), ("11", "00"))
    for key, (source, target) in {"0": ("00", "22"), "1": ("20", "02"), "2": ("11", "00")}.items():
        points = plan.routes[key].points
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
        for (x, y), id_ in ((points[0], source), (points[-1], target)):
            card = plan.places[id_]
            on_side = x in (card.x, card.x + card.width) and card.y < y < card.y + card.height
            on_edge = y in (card.y, card.y + card.height) and card.x < x < card.x + card.width
            assert on_side or on_edge
    assert not through_cards(plan, {})


def test_ten_ties_of_one_card_have_ten_ports_and_never_touch():
    others = [f"{column}{row}" for column in range(4) for row in range(3)]
    plan = plan_of(grid(4, 3), *(("00", other) for other in others if other != "00"))
    assert not on_each_other(plan, {})
    assert not through_cards(plan, {})
    assert len({route.points[0] for route in plan.routes.values()}) == 11


def test_many_lines_in_a_narrow_gap_move_together():
    ends = [(f"0{row}", f"1{row + 4}") for row in range(8)]
    plan = plan_of(grid(2, 12), *ends)
    assert not on_each_other(plan, {})
    assert not through_cards(plan, {})


def test_lines_that_run_together_cross_at_most_where_they_must():
    plan = plan_of(grid(2, 6), ("00", "13"), ("01", "14"), ("02", "15"))
    assert crossings(plan, {}) == 0


@pytest.mark.parametrize("ends", [("00", "12"), ("12", "00")])
def test_two_ties_between_the_same_cards_stay_apart_all_the_way(ends):
    plan = plan_of(grid(3, 3), ends, ends[::-1], ends)
    assert crossings(plan, {}) == 0
    assert not on_each_other(plan, {})


def test_no_line_lies_on_the_hierarchy_nor_runs_through_a_label():
    places = grid(3, 3)
    spine = Joint("12", ((134.0, 30.0), (134.0, 200.0)))
    label = Place(144.0, 71.0 - 18, 90.0, 16.0)
    ends = (("00", "02"), ("10", "12"), ("00", "22"), ("11", "10"))
    plan = plan_of(places, *ends, joints=[("boss", spine)], labels=[label])
    assert not on_each_other(plan, {"12": "boss"})
    assert not through_cards(Plan(places={"label": label}, routes=plan.routes), {})


def test_notes_stand_on_their_line_and_off_cards():
    plan = plan_of(grid(3, 3), ("00", "22"), ("20", "02"))
    for route in plan.routes.values():
        x, y = route.label
        assert any(
            min(a[0], b[0]) <= x <= max(a[0], b[0]) and min(a[1], b[1]) <= y <= max(a[1], b[1])
            for a, b in pairwise(route.points)
        )
        assert not any(
            card.x < x < card.x + card.width and card.y < y < card.y + card.height
            for card in plan.places.values()
        )
