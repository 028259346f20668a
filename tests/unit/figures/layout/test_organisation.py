"""The organisation view: where cards, boxes and lines lie."""

from dataclasses import replace
from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.organisations import an_organisation, bosses_of
from support.plans import on_each_other, through_cards

from kamdesk.figures.chain import Box, Card, ChainMap, Tie
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.pins import meet
from kamdesk.figures.layout.plan import Plan, Sizes, at_origin, tie_key

SIZES = Sizes()


def card(id_: str, boss: str | None = None, **more) -> Card:
    return Card(id=id_, name=id_, reports_to=boss, **more)


def moved(plan: Plan, before: Plan) -> list[float]:
    return [
        abs(plan.places[id_].x - old.x) + abs(plan.places[id_].y - old.y)
        for id_, old in before.places.items()
    ]


def laid_out(*cards: Card, ties: tuple[Tie, ...] = (), boxes: tuple[Box, ...] = ()) -> Plan:
    return organised(ChainMap(cards=cards, ties=ties, boxes=boxes), SIZES)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 14)), min_size=1, max_size=14),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=16),
    st.lists(st.sampled_from((None, "a", "b")), min_size=14, max_size=14),
    st.lists(
        st.one_of(st.none(), st.tuples(st.floats(-500, 500), st.floats(-500, 500))),
        min_size=14,
        max_size=14,
    ),
)
def test_any_people_at_all_stand_apart_and_are_joined(bosses, ties, groups, pins):
    content = ChainMap(
        cards=tuple(
            card(str(at), None if boss is None else str(boss), group=groups[at], place=pins[at])
            for at, boss in enumerate(bosses)
        ),
        ties=tuple(Tie(source=str(a), target=str(b)) for a, b in ties),
        boxes=(Box(id="a", name="A"), Box(id="b", name="B", outside=True)),
    )
    plan = organised(content, SIZES)
    assert set(plan.places) == {one.id for one in content.cards}
    unpinned = {one.id for one in content.cards if one.place is None}
    for (one, a), (other, b) in combinations(plan.places.items(), 2):
        assert not meet(a, b) or not unpinned & {one, other}
    known = {one.id for one in content.cards}
    assert set(plan.routes) == {
        tie_key(tie)
        for tie in content.ties
        if tie.source != tie.target and {tie.source, tie.target} <= known
    }
    right, bottom = plan.left + plan.width, plan.top + plan.height
    for x, y in [point for route in plan.routes.values() for point in route.points]:
        assert plan.left <= x <= right
        assert plan.top <= y <= bottom


@pytest.mark.parametrize("departments", [False, True])
@pytest.mark.parametrize("people", [5, 12, 25, 50])
def test_no_line_runs_on_another_or_over_a_card(people, departments):
    content = an_organisation(people, seed=people, departments=departments)
    plan = organised(content, SIZES)
    assert len(plan.routes) == len(content.ties)
    assert not on_each_other(plan, bosses_of(content))
    assert not through_cards(plan, bosses_of(content))


@pytest.mark.parametrize("people", [12, 25])
def test_the_same_map_is_always_laid_out_alike(people):
    content = an_organisation(people, departments=True)
    assert organised(content, SIZES) == organised(content, SIZES)


def test_boxes_hold_their_own_people_and_nobody_else():
    content = an_organisation(25, seed=3, departments=True)
    plan = organised(content, SIZES)
    assert set(plan.boxes) == {box.id for box in content.boxes}
    for one, other in combinations(plan.boxes.values(), 2):
        assert not meet(one, other)
    for person in content.cards:
        place = plan.places[person.id]
        for group, box in plan.boxes.items():
            inside = (
                box.x < place.x
                and box.y < place.y
                and place.x + place.width < box.x + box.width
                and place.y + place.height < box.y + box.height
            )
            assert inside == (group == person.group)
            assert inside or not meet(place, box)


def test_a_department_with_two_bosses_is_one_box():
    plan = laid_out(
        card("head"),
        card("chief", "head", group="tech"),
        card("engineer", "chief", group="tech"),
        card("buyer", "head"),
        card("lent out", "buyer", group="tech"),
        boxes=(Box(id="tech", name="Technology"),),
    )
    assert len(plan.boxes) == 1
    assert not meet(plan.boxes["tech"], plan.places["buyer"])
    assert {joint.id for joint in plan.joints} == {"chief", "engineer", "buyer", "lent out"}


def test_whoever_reports_to_nobody_stands_beside_the_tree_in_a_column():
    plan = laid_out(
        card("head"),
        *(card(f"report {at}", "head") for at in range(4)),
        *(card(f"alone {at}") for at in range(3)),
        card("designer", group="institute"),
        boxes=(Box(id="institute", name="Institute", outside=True),),
    )
    tree = [plan.places[id_] for id_ in ("head", *(f"report {at}" for at in range(4)))]
    right = max(place.x + place.width for place in tree)
    beside = [plan.places[f"alone {at}"] for at in range(3)]
    assert all(place.x > right for place in [*beside, plan.places["designer"]])
    assert len({place.x for place in beside}) == 1


def test_people_without_any_boss_fill_the_screen_not_a_strip():
    plan = laid_out(*(card(str(at)) for at in range(16)))
    assert 0.5 < plan.width / plan.height < 4


@pytest.mark.parametrize("departments", [False, True])
@pytest.mark.parametrize("people", [8, 12, 25, 50])
def test_one_more_person_moves_hardly_anybody(people, departments):
    content = an_organisation(people, seed=people, departments=departments)
    before = organised(content, SIZES)
    assert organised(content, SIZES, before=before).places == before.places
    for boss in content.cards[:: max(1, people // 5)]:
        more = replace(content, cards=(*content.cards, card("new", boss.id, group=boss.group)))
        after = organised(more, SIZES, before=before)
        assert median(moved(after, before)) == 0
        assert not on_each_other(after, bosses_of(more))


def test_who_leaves_moves_hardly_anybody():
    content = an_organisation(25)
    before = organised(content, SIZES)
    fewer = replace(content, cards=content.cards[:-1])
    after = organised(fewer, SIZES, before=before)
    gone = content.cards[-1].id
    assert all(after.places[id_] == place for id_, place in before.places.items() if id_ != gone)


def test_a_pinned_card_stands_where_it_was_put_with_its_people():
    free = laid_out(card("head"), card("one", "head"), card("two", "head"), card("below", "two"))
    pinned = laid_out(
        card("head"),
        card("one", "head"),
        card("two", "head", place=(900.0, 400.0)),
        card("below", "two"),
    )
    place = pinned.places["two"]
    assert (place.x + place.width / 2, place.y + place.height / 2) == (900.0, 400.0)
    for axis in ("x", "y"):
        apart = [
            getattr(plan.places["below"], axis) - getattr(plan.places["two"], axis)
            for plan in (free, pinned)
        ]
        assert apart[0] == pytest.approx(apart[1])
    assert pinned.places["head"] == free.places["head"]


def test_a_pin_to_the_left_of_everything_reaches_beyond_the_origin():
    plan = laid_out(card("head"), card("far", "head", place=(-300.0, -80.0)))
    assert plan.left < -300 < plan.left + plan.width
    moved_plan = at_origin(plan)
    assert (moved_plan.left, moved_plan.top) == (0.0, 0.0)
    assert all(place.x >= 0 and place.y >= 0 for place in moved_plan.places.values())


def test_a_member_put_among_strangers_stands_outside_the_box():
    plan = laid_out(
        card("head"),
        card("chief", "head", group="tech"),
        card("engineer", "chief", group="tech"),
        card("buyer", "head"),
        card("clerk", "buyer", group="tech", place=(3000.0, 0.0)),
        card("guest", place=(1500.0, 60.0)),
        boxes=(Box(id="tech", name="Technology"),),
    )
    assert not meet(plan.boxes["tech"], plan.places["guest"])


def test_a_narrow_width_is_kept_by_stacking():
    content = an_organisation(18, seed=2)
    assert organised(content, SIZES).width > 560
    assert organised(content, SIZES, width=500).width <= 500


def test_an_empty_map_has_an_empty_plan():
    assert organised(ChainMap(), SIZES) == Plan(places={})
