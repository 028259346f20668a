"""The polite chart: names, posts, departments, whoever and however many they are."""

import pytest
from reportlab.graphics.shapes import String

from kamdesk.figures.organisation import Member, organisation_drawing
from kamdesk.figures.shapes import RecordGroup, records


def members(count: int, departments: int = 3) -> list[Member]:
    return [
        Member(
            id=f"{n:04x}",
            name=f"Name {n}",
            post="Head of something",
            department=f"Department {n % departments}" if departments else "",
            boss=f"{(n - 1) // 4:04x}" if n else None,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 12, 60, 61, 300])
def test_everybody_is_on_it_once_and_only_people_are_pointed_at(count):
    shown = organisation_drawing(members(count), width=760, height=500)
    assert sorted(records(shown)) == [member.id for member in members(count)]
    assert shown.width > 0
    assert shown.height > 0


def test_two_of_a_department_stand_in_its_box_one_alone_does_not():
    people = [*members(4, 2), Member(id="ffff", name="Alone", department="Legal", boss="0000")]
    shown = organisation_drawing(people, width=760, height=500)
    loose = [shape.text for shape in shown.contents if isinstance(shape, String)]
    assert loose == ["Department 0", "Department 1"]


def test_nothing_is_on_a_card_but_name_and_post():
    shown = organisation_drawing(members(3), width=760, height=500)
    card = next(one for one in shown.contents if isinstance(one, RecordGroup))
    words = [shape.text for shape in card.contents if isinstance(shape, String)]
    assert words == ["Name 0", "Head of something"]
    assert len(card.contents) == 3


def test_a_loop_of_bosses_is_drawn_all_the_same():
    ring = [Member(id=str(n), name=str(n), boss=str((n + 1) % 3)) for n in range(3)]
    assert sorted(records(organisation_drawing(ring, width=300, height=300))) == ["0", "1", "2"]
