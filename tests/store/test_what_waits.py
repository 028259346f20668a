"""What waits for the user record by record, what stood before, and what came together by itself."""

from dataclasses import replace

import pytest
from support.two_desks import Desk, Pair, edit, settle, the_account, the_person, the_visit

from kamdesk.core.wording import Text
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.store import VISIT
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.came_together import CameTogether, came_together, came_together_in
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.sync.apart.conflicts import settle as decide
from kamdesk.sync.apart.merge import sentences, together
from kamdesk.sync.apart.waiting import waiting
from kamdesk.sync.sharing import Sign, in_conflict, shared, signs_of


def storage(desk: Desk) -> Storage:
    return desk.workspace.storage


def decided(pair: Pair) -> None:
    """Leave nothing open: the fixture compares both desks at the end."""
    every = conflicts(storage(pair[0]))
    decide(storage(pair[0]), [(one, one.sides[0].value) for one in every])
    settle(*pair)
    assert waiting(storage(pair[0])) == []


def test_fields_stand_under_their_record_with_what_both_had_seen(pair: Pair) -> None:
    one, other = pair
    edit(one, focus="was")
    settle(*pair)
    edit(one, focus="mine", department="a")
    edit(other, focus="theirs", department="b")
    settle(*pair)
    (record,) = waiting(storage(one))
    assert (record.kind, record.record) == ("person", the_person(one).id)
    assert record.account == the_account(one).id
    by_cell = {field.conflict.cell: field for field in record.fields}
    assert by_cell["focus"].before
    assert by_cell["focus"].before.value == "was"
    assert by_cell["department"].before is None or not by_cell["department"].before.value
    assert in_conflict(storage(one), record.record) == 2
    decided(pair)


def test_a_value_written_with_a_visit_names_it(pair: Pair) -> None:
    one, other = pair
    visit, person = the_visit(one).id, the_person(one).id
    with storage(one).change(Text("Close the visit"), seen=storage(one).position()) as change:
        change.write(VISIT, visit, {"outcome": "agreed"})
        change.write(PERSON, person, {"focus": "mine"})
    edit(other, focus="theirs")
    settle(*pair)
    for desk in pair:
        (record,) = waiting(storage(desk))
        sides = {side.value: side.visit for side in record.fields[0].conflict.sides}
        assert sides == {"mine": visit, "theirs": None}
    decided(pair)


def test_a_sentence_changed_by_both_stands_twice_to_start_from(pair: Pair) -> None:
    one, other = pair
    edit(one, note="一。二。三。")
    settle(*pair)
    edit(one, note="一。贰。三。")
    edit(other, note="一。弌。三。")
    settle(*pair)
    (record,) = waiting(storage(one))
    assert sorted(sentences(record.fields[0].together or "")) == sorted(
        ["一。", "贰。", "弌。", "三。"]
    )
    decided(pair)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "said"),
    [
        ("A one. B two.", "A one. B mine.", "A one. B theirs.", "A one. B mine. B theirs."),
        ("x", "mine", "theirs", "mine\ntheirs"),
        ("一。", "一。二。", "一。", "一。二。"),
        ("甲。乙。", "甲。丙。", "甲。丙。丁。", "甲。丙。丁。"),
    ],
)
def test_two_texts_become_one_and_nothing_is_lost(
    base: str, mine: str, theirs: str, said: str
) -> None:
    assert together(base, mine, theirs) == said


def test_what_came_together_is_counted_by_how(pair: Pair) -> None:
    one, other = pair
    edit(one, focus="a", department="same")
    edit(other, birthday="5-1", department="same")
    settle(*pair)
    assert came_together_in(storage(one), "person", the_person(one).id) == CameTogether(2, 0, 1)
    assert came_together(storage(one)) == CameTogether(2, 0, 1)
    assert came_together(storage(other)).every == 3


def test_decisions_of_a_record_are_one_action(pair: Pair) -> None:
    one, other = pair
    edit(one, focus="a", department="b")
    edit(other, focus="c", department="d")
    settle(*pair)
    every = conflicts(storage(one))
    decide(storage(one), [(conflict, "agreed") for conflict in every])
    assert (the_person(one).focus, the_person(one).department) == ("agreed", "agreed")
    one.workspace.undo.undo()
    assert (the_person(one).focus, the_person(one).department) == ("c", "d")


def test_a_record_is_unsent_until_it_is_pushed(pair: Pair) -> None:
    one, _ = pair
    person = the_person(one)
    assert signs_of(storage(one), [person.id]) == {}
    one.workspace.people.change(
        replace(person, focus="new"), base=person, seen=storage(one).position()
    )
    assert signs_of(storage(one), [person.id]) == {person.id: [Sign.UNSENT]}
    one.push()
    assert signs_of(storage(one), [person.id]) == {}
    assert shared(storage(one)) is None
