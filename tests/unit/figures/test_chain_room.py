"""The decision-chain map in the little room of a brief."""

from dataclasses import replace
from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Drawing, Group, String
from support.paper_contents import a_crowded_brief, a_map

from kamdesk.figures.chain import Card, CardKind, ChainMap, Tie, TieKind, without_opinions
from kamdesk.figures.chain_room import chain_drawing, plan_in_room
from kamdesk.figures.layout.plan import tie_key
from kamdesk.figures.shapes import records

LEADS = TieKind.LEADS


def words(group: Group | Drawing) -> list[str]:
    found = []
    for shape in group.contents:
        if isinstance(shape, Group):
            found += words(shape)
        elif isinstance(shape, String):
            found.append(shape.text)
    return found


def drawn(content: ChainMap, height: float = 280.0) -> Drawing:
    return chain_drawing(content, width=523, height=height, language="en")


def test_every_card_and_every_line_carries_its_record():
    content = a_map()
    ids = records(drawn(content))
    assert {card.id for card in content.cards} <= set(ids)
    assert {"p3", "up:p3"} <= set(ids)  # the card and the line from the boss


def test_names_are_whole_and_the_legend_says_only_what_is_there():
    said = words(drawn(a_map()))
    for card in a_map().cards:
        assert card.name in said or card.kind is CardKind.GHOST
    assert {"champion", "opponent", "unknown", "way in", "not met", "at odds"} <= set(said)
    assert "outside party" not in said


def test_a_long_name_takes_two_lines_before_it_is_cut():
    card = Card(id="a", name="Oluwaseun Adebayo-Whitcombe-Featherstone", post="Director")
    said = words(drawn(ChainMap(cards=(card,))))
    assert said[1:3] == ["Oluwaseun Adebayo-", "Whitcombe-Featherstone"]


def test_too_many_are_counted_in_the_legend():
    crowded = a_crowded_brief().chain
    assert crowded is not None
    shown = drawn(crowded)
    assert "+24 more not drawn" in words(shown)
    assert len({card.id for card in crowded.cards} & set(records(shown))) == 16


def test_without_opinions_no_ball_no_bar_no_word_of_stance():
    said = words(drawn(without_opinions(a_map())))
    assert not {"champion", "doubtful", "influence 1–5", "way in", "?"} & set(said)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 16])
def test_any_number_of_people_fits_the_room(count):
    cards = tuple(Card(id=str(at), name=f"Name {at}") for at in range(count))
    shown = drawn(ChainMap(cards=cards), height=200)
    assert 0 < shown.height <= 200


def test_ties_run_over_no_card():
    crowd = tuple(Card(id=str(at), name="N", reports_to=str(at // 3)) for at in range(1, 17))
    ties = tuple(Tie(id=f"t{at}", source=str(at), target=str(17 - at)) for at in range(1, 8))
    for content in (a_map(), ChainMap(cards=crowd, ties=ties)):
        plan = plan_in_room(content, width=523, height=230, language="en")
        assert plan.routes.keys() == {tie_key(tie) for tie in content.ties if tie.kind is not LEADS}
        for route in plan.routes.values():
            for (x1, y1), (x2, y2) in pairwise(route.points):
                for card in plan.places.values():
                    beside = max(x1, x2) <= card.x or card.x + card.width <= min(x1, x2)
                    apart = max(y1, y2) <= card.y or card.y + card.height <= min(y1, y2)
                    assert beside or apart


def test_a_plan_made_before_is_taken_where_it_is_low_enough():
    content = a_map()
    plan = plan_in_room(content, width=523, height=330, language="en")

    def with_plan(height: float) -> Drawing:
        return chain_drawing(content, width=523, height=height, language="en", plan=plan)

    assert with_plan(330).height == with_plan(900).height == drawn(content, 330).height
    assert with_plan(180).height == drawn(content, 180).height <= 180


def test_everything_stands_in_the_drawing():
    shown = drawn(replace(a_map(), way_in=("p1",)))
    for text in _strings(shown):
        assert -1 <= text.x <= 523
        assert -1 <= text.y <= shown.height


def _strings(group: Group | Drawing) -> list[String]:
    found = []
    for shape in group.contents:
        if isinstance(shape, Group):
            found += _strings(shape)
        elif isinstance(shape, String):
            found.append(shape)
    return found
