"""The influence view: rows, their order, columns."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.organisations import an_organisation
from support.plans import on_each_other, through_cards

from kamdesk.figures.chain import Card, ChainMap, Tie, TieKind
from kamdesk.figures.layout.layered import layered
from kamdesk.figures.layout.pins import meet
from kamdesk.figures.layout.plan import Plan, Sizes
from kamdesk.figures.layout.row_order import crossings, ordered
from kamdesk.figures.layout.rows import Edge, downward, rows

SIZES = Sizes()
PAIRS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda ends: ends[0] != ends[1]),
    max_size=10,
)


def drawn(people: str, *ties: str, deciders: str = "") -> Plan:
    return layered(
        ChainMap(
            cards=tuple(Card(id=one, name=one, decides=one in deciders) for one in people),
            ties=tuple(Tie(id=tie, source=tie[0], target=tie[1]) for tie in ties),
        ),
        SIZES,
    )


@given(PAIRS)
def test_no_cycle_is_left_and_every_edge_keeps_its_ends(pairs):
    turned = downward(6, pairs)
    assert [set(ends) for ends in turned] == [set(ends) for ends in pairs]
    row = rows(6, [Edge(*ends) for ends in turned])
    assert all(row[upper] < row[lower] for upper, lower in turned)


@settings(max_examples=25, deadline=None)
@given(PAIRS)
def test_rows_have_the_least_length_there_is(pairs):
    edges = sorted(set(downward(6, pairs)))
    row = rows(6, [Edge(*ends) for ends in edges])
    found = sum(row[lower] - row[upper] for upper, lower in edges)
    used = sorted({end for ends in edges for end in ends})
    best = min(
        (
            sum(at[lower] - at[upper] for upper, lower in edges)
            for spots in product(range(len(used)), repeat=len(used))
            for at in [dict(zip(used, spots, strict=True))]
            if all(at[upper] < at[lower] for upper, lower in edges)
        ),
        default=0,
    )
    assert found == best


def test_an_order_without_crossings_is_found():
    up = {0: [], 1: [], 2: [], 3: [2], 4: [1], 5: [0]}
    down = {0: [5], 1: [4], 2: [3], 3: [], 4: [], 5: []}
    start = [[0, 1, 2], [3, 4, 5]]
    assert crossings(start, up) == 3
    assert crossings(ordered(start, up, down), up) == 0


def test_influence_flows_up_and_the_decider_stands_alone_on_top():
    plan = drawn("abcd", "ab", "bc", "db", "ca", deciders="c")
    y = {id_: place.y for id_, place in plan.places.items()}
    assert y["c"] < min(y["a"], y["b"], y["d"])
    assert y["b"] < y["d"]
    assert plan.routes["ab"].points[0][1] > plan.routes["ab"].points[-1][1]


def test_a_decider_whom_nobody_influences_is_still_on_top():
    plan = drawn("abc", "ab", deciders="c")
    assert plan.places["c"].y < plan.places["b"].y < plan.places["a"].y


def test_reports_stand_below_their_boss_unless_told_otherwise():
    cards = (Card(id="a", name="A", reports_to="b"), Card(id="b", name="B"))
    plan = layered(ChainMap(cards=cards), SIZES)
    assert plan.places["b"].y < plan.places["a"].y
    assert [joint.id for joint in plan.joints] == ["a"]
    flat = layered(ChainMap(cards=cards), SIZES, hierarchy=False)
    assert flat.places["a"].y == flat.places["b"].y
    assert not flat.joints


def test_a_report_who_is_tied_to_his_boss_has_one_line():
    cards = (Card(id="a", name="A", reports_to="b"), Card(id="b", name="B"))
    for source, target in ("ab", "ba"):
        ties = (Tie(id="t", source=source, target=target),)
        plan = layered(ChainMap(cards=cards, ties=ties), SIZES)
        assert list(plan.routes) == ["t"]
        assert not plan.joints


def test_who_is_at_odds_stands_beside_not_below():
    cards = (Card(id="a", name="A", decides=True), Card(id="b", name="B"), Card(id="c", name="C"))
    ties = (
        Tie(id="1", source="b", target="a"),
        Tie(id="2", source="c", target="a"),
        Tie(id="3", source="b", target="c", kind=TieKind.AT_ODDS),
        Tie(id="4", source="c", target="b", kind=TieKind.CLOSE),
    )
    plan = layered(ChainMap(cards=cards, ties=ties), SIZES)
    assert plan.places["b"].y == plan.places["c"].y
    (x1, y1), (x2, y2) = plan.routes["3"].points
    assert y1 == y2 != plan.routes["4"].points[0][1]
    assert {x1, x2} == {plan.places["b"].x + 104.0, plan.places["c"].x} or {x1, x2} == {
        plan.places["c"].x + 104.0,
        plan.places["b"].x,
    }


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.sets(st.integers(0, 5)), st.sampled_from(list(TieKind)))
def test_any_ties_at_all_give_cards_apart_and_lines_beside_them(pairs, deciders, kind):
    content = ChainMap(
        cards=tuple(Card(id=str(at), name="", decides=at in deciders) for at in range(6)),
        ties=tuple(
            Tie(
                id=str(number),
                source=str(a),
                target=str(b),
                kind=TieKind.INFLUENCE if number % 2 else kind,
            )
            for number, (a, b) in enumerate(pairs)
        ),
    )
    plan = layered(content, SIZES)
    assert not any(meet(a, b) for a, b in combinations(plan.places.values(), 2))
    assert set(plan.routes) == {tie.id for tie in content.ties}
    assert not through_cards(plan, {})
    assert not on_each_other(plan, {})
    for tie in content.ties:
        points = plan.routes[tie.id].points
        for (x, y), id_ in ((points[0], tie.source), (points[-1], tie.target)):
            place = plan.places[id_]
            on_side = x in (place.x, place.x + place.width) and place.y < y < place.y + 31
            on_edge = y in (place.y, place.y + place.height) and place.x < x < place.x + 104
            assert on_side or on_edge


@pytest.mark.parametrize("people", [12, 25])
def test_one_more_person_leaves_neighbours_in_their_order(people):
    content = an_organisation(people)
    before = layered(content, SIZES)
    more = replace(
        content,
        cards=(*content.cards, Card(id="new", name="new", reports_to="0")),
    )
    after = layered(more, SIZES, before=before)
    again = layered(content, SIZES, before=before)
    assert {id_: place.y for id_, place in again.places.items()} == {
        id_: place.y for id_, place in before.places.items()
    }
    left_of = [
        (one, other)
        for one, other in combinations(before.places, 2)
        if before.places[one].y == before.places[other].y
        and before.places[one].x < before.places[other].x
    ]
    for id_, place in before.places.items():
        assert after.places[id_].y == place.y
    assert all(after.places[one].x < after.places[other].x for one, other in left_of)


def test_who_comes_to_decide_moves_to_the_top_all_the_same():
    content = an_organisation(12)
    before = layered(content, SIZES)
    cards = tuple(replace(card, decides=card.id == "7") for card in content.cards)
    after = layered(replace(content, cards=cards), SIZES, before=before)
    assert min(after.places, key=lambda id_: after.places[id_].y) == "7"


def test_the_same_map_is_always_laid_out_alike():
    content = an_organisation(25)
    assert layered(content, SIZES) == layered(content, SIZES)


def test_an_empty_map_has_an_empty_plan():
    assert layered(ChainMap(), SIZES) == Plan(places={})
