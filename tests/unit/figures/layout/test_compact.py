"""A map that can be taken in at a glance: tight, of the shape wished for, ties short."""

from itertools import combinations, pairwise

import pytest
from support.organisations import an_organisation, bosses_of
from support.plans import on_each_other, through_cards

from kamdesk.figures.chain import Box, Card, CardKind, ChainMap, Tie, TieKind
from kamdesk.figures.layout.labels import label_places
from kamdesk.figures.layout.layered import layered
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.pins import meet
from kamdesk.figures.layout.plan import Plan, Sizes
from kamdesk.figures.layout.tree import Place

SCREEN = Sizes((177.0, 53.0), 34.0, 68.0, 15.3, 20.4, 8.5, 18.7, 10.2)


def card(id_: str, boss: str | None = None, group: str | None = None, **more) -> Card:
    return Card(id=id_, name=id_, reports_to=boss, group=group, **more)


def tie(source: str, target: str, kind: TieKind = TieKind.INFLUENCE) -> Tie:
    return Tie(id=f"{source}-{target}", source=source, target=target, kind=kind)


@pytest.fixture(scope="module")
def plant() -> ChainMap:
    """A plant with four departments, a group company, an institute and a committee."""
    return ChainMap(
        cards=(
            card("chief", None, "office", decides=True),
            card("assistant", "chief", "office"),
            card("finance", "chief", "money"),
            card("lawyer", "finance", "money"),
            card("buyer", "finance"),
            card("it", "finance"),
            card("engineer", "chief", "tech"),
            card("process", "engineer", "tech"),
            card("line 1", "engineer", "shop"),
            card("line 2", "engineer", "shop"),
            card("maintenance", "engineer"),
            card("quality", "engineer"),
            card("nobody yet", "chief", kind=CardKind.VACANT),
            card("partner", None, "group"),
            card("institute", None, "institute", kind=CardKind.OUTSIDE),
            card("committee", kind=CardKind.BODY, decides=True),
        ),
        ties=(
            tie("partner", "chief"),
            tie("engineer", "chief"),
            tie("finance", "chief"),
            tie("committee", "chief"),
            tie("chief", "committee", TieKind.LEADS),
            tie("line 2", "engineer"),
            tie("institute", "engineer"),
            tie("buyer", "finance"),
            tie("it", "finance"),
            tie("quality", "engineer"),
            tie("line 2", "partner", TieKind.CLOSE),
            tie("line 1", "maintenance"),
        ),
        boxes=(
            Box(id="office", name="总经办"),
            Box(id="money", name="财务部"),
            Box(id="tech", name="技术中心"),
            Box(id="shop", name="生产部"),
            Box(id="group", name="外方股东亚太总部", outside=True),
            Box(id="institute", name="江陵工业设计院", outside=True),
        ),
    )


@pytest.fixture(scope="module")
def plan(plant: ChainMap) -> Plan:
    return organised(plant, SCREEN, width=926)


def test_sixteen_cards_are_seen_at_once(plan, plant):
    assert plan.width <= 1000
    assert plan.height <= 600
    assert not on_each_other(plan, bosses_of(plant))
    assert not through_cards(plan, bosses_of(plant))


def test_reports_of_other_departments_stand_right_under_their_boss(plan):
    at = plan.places
    assert at["lawyer"].x == at["buyer"].x == at["it"].x
    heights = sorted(at[id_].y for id_ in ("finance", "lawyer", "buyer", "it"))
    assert all(low - high < 1.8 * SCREEN.card[1] for high, low in pairwise(heights))


def test_who_decides_together_stands_beside_the_decider_and_ties_are_short(plan):
    assert abs(plan.places["committee"].y - plan.places["chief"].y) < SCREEN.card[1]
    length = sum(
        abs(a[0] - b[0]) + abs(a[1] - b[1])
        for route in plan.routes.values()
        for a, b in pairwise(route.points)
    )
    assert length < 12 * 300


def test_no_line_runs_through_the_name_of_a_box(plan, plant):
    names = label_places(plant.boxes, plan.boxes, SCREEN)
    assert len(names) == len(plant.boxes)
    crossed = Plan(places=dict(enumerate(names)), routes=plan.routes)
    assert not through_cards(crossed, {})


def test_a_long_name_is_taken_as_wide_as_it_is_written():
    frames = {"a": Place(0, 0, 300, 90), "b": Place(0, 0, 300, 90)}
    boxes = (Box(id="a", name="生产部"), Box(id="b", name="外方股东亚太总部", outside=True))
    short, long = label_places(boxes, frames, SCREEN)
    assert short.width < 60
    assert 130 < long.width < 300


@pytest.mark.parametrize("seed", [1, 4])
def test_the_shape_follows_the_wish(seed):
    content = an_organisation(25, seed=seed, departments=True)
    upright, across = (organised(content, Sizes(), aspect=aspect) for aspect in (0.6, 4.0))
    assert upright.width / upright.height < across.width / across.height


def test_a_management_with_branches_of_its_own_is_one_box_in_rows():
    names = ("sales", "works", "money")
    plan = organised(
        ChainMap(
            cards=(
                card("head", None, "board"),
                *(card(name, "head", "board") for name in names),
                *(card(f"{name} {at}", name) for name in names for at in range(3)),
            ),
            boxes=(Box(id="board", name="Board"),),
        ),
        SCREEN,
    )
    assert len({plan.places[name].y for name in names}) == 1
    for name in names:
        assert all(plan.places[f"{name} {at}"].y > plan.places[name].y for at in range(3))
        assert not any(meet(plan.boxes["board"], plan.places[f"{name} {at}"]) for at in range(3))


def test_rows_by_influence_wider_than_the_screen_are_parted(plant):
    wide, narrow = layered(plant, SCREEN), layered(plant, SCREEN, width=926)
    assert narrow.width < 0.8 * wide.width
    for one, other in combinations(narrow.places.values(), 2):
        assert not meet(one, other)
    assert not through_cards(narrow, bosses_of(plant))
    for line in plant.ties:
        if line.kind is TieKind.INFLUENCE and line.target == "engineer":
            assert narrow.places[line.source].y > narrow.places["engineer"].y
    again = layered(plant, SCREEN, width=926, before=narrow)
    assert {id_: place.y for id_, place in again.places.items()} == {
        id_: place.y for id_, place in narrow.places.items()
    }
