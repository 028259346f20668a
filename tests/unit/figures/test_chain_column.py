"""The map in a column of the screen."""

from dataclasses import replace

from reportlab.graphics.shapes import Drawing, Group, String
from support.paper_contents import a_crowded_brief, a_map

from kamdesk.figures.chain import Card, ChainMap
from kamdesk.figures.chain_column import SMALLEST, column_drawing
from kamdesk.figures.shapes import records


def words(group: Group | Drawing) -> str:
    parts = [
        words(shape) if isinstance(shape, Group) else shape.text
        for shape in group.contents
        if isinstance(shape, Group | String)
    ]
    return " · ".join(parts)


def test_cards_and_nothing_else_carry_ids() -> None:
    drawing = column_drawing(a_map(), width=710, language="en")
    assert {card.id for card in a_map().cards} == set(filter(None, records(drawing)))
    assert "not drawn" not in words(drawing)


def test_rather_fewer_people_than_small_cards_or_a_tower() -> None:
    crowd = a_crowded_brief().chain
    assert crowd is not None
    apart = tuple(replace(card, reports_to=None, group=None) for card in crowd.cards)
    for content in (crowd, replace(crowd, cards=apart)):
        drawing = column_drawing(content, width=710, language="en")
        assert drawing.width * SMALLEST <= 710
        assert "more not drawn" in words(drawing)


def test_places_given_by_hand_hold_where_there_is_room() -> None:
    def distance(x: float) -> float:
        cards = (Card(id="a", name="A", place=(90, 60)), Card(id="b", name="B", place=(x, 60)))
        drawing = column_drawing(ChainMap(cards=cards), width=710, language="en")
        ax, bx = (group.contents[0].x for group in drawing.contents[:2])
        return float(bx - ax)

    assert distance(500) == 410
    assert distance(2000) < 410


def test_few_people_are_not_blown_up() -> None:
    drawing = column_drawing(ChainMap(cards=(Card(id="a", name="A"),)), width=710, language="en")
    assert drawing.width == 710
