"""What was written apart is listed with who, when and in which action, and can be settled."""

from dataclasses import replace

import pytest
from support.two_desks import Pair, edit, settle, the_account, the_person, the_visit

from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LIFE
from kamdesk.sync.apart.conflicts import LIVES, Conflict, conflicts, merged_text, resolve


def apart(pair: Pair, **fields: tuple[str, str]) -> list[Conflict]:
    """Let both desks write to the person without seeing the other; return what the first lists."""
    for side, desk in enumerate(pair):
        edit(desk, **{field: texts[side] for field, texts in fields.items()})
    settle(*pair)
    return conflicts(pair[0].workspace.storage)


def test_nothing_written_apart_is_no_conflict(pair: Pair) -> None:
    assert conflicts(pair[0].workspace.storage) == []


def test_each_side_says_what_when_by_whom_and_in_which_action(pair: Pair) -> None:
    one, other = pair
    (conflict,) = apart(pair, focus=("mine", "theirs"))
    assert (conflict.kind, conflict.record, conflict.cell) == (
        "person",
        the_person(one).id,
        "focus",
    )
    mine, theirs = sorted(conflict.sides, key=lambda side: not side.mine)
    assert (mine.value, mine.shown, mine.at) == ("mine", False, one.clock.now())
    assert (theirs.value, theirs.shown, theirs.at) == ("theirs", True, other.clock.now())
    assert {mine.action, theirs.action} == {Text("Change person")}
    assert mine.by == one.workspace.team.me


def test_each_field_is_a_conflict_of_its_own(pair: Pair) -> None:
    found = apart(pair, focus=("a", "b"), department=("c", "d"), note=("e", "e"))
    assert [conflict.cell for conflict in found] == ["department", "focus"]


def test_settling_is_an_action_that_can_be_undone(pair: Pair) -> None:
    (conflict,) = apart(pair, focus=("mine", "theirs"))
    desk = pair[0].workspace
    resolve(desk.storage, conflict, "a third")
    step = desk.undo.next_undo()
    assert step
    assert step.name == Text("Settle a conflict")
    desk.undo.undo()
    assert the_person(pair[0]).focus == "theirs"


def test_what_came_since_the_list_was_read_stays_in_conflict(pair: Pair) -> None:
    one, other = pair
    (conflict,) = apart(pair, focus=("mine", "theirs"))
    edit(other, focus="newer")
    other.push()
    one.pull()
    resolve(one.workspace.storage, conflict, "mine")
    (still,) = conflicts(one.workspace.storage)
    assert {side.value for side in still.sides} == {"mine", "newer"}
    resolve(one.workspace.storage, still, "newer")


def test_both_settle_alike_and_it_is_settled(pair: Pair) -> None:
    apart(pair, focus=("mine", "theirs"))
    for desk in pair:
        (conflict,) = conflicts(desk.workspace.storage)
        resolve(desk.workspace.storage, conflict, "agreed")
    settle(*pair)
    assert [conflicts(desk.workspace.storage) for desk in pair] == [[], []]


@pytest.mark.parametrize(("kept", "people"), [(None, 0), (LIVES, 1)])
def test_a_delete_against_an_edit_is_settled_either_way(
    pair: Pair, kept: str | None, people: int
) -> None:
    one, other = pair
    person = edit(one, note="news")
    other.workspace.people.drop(person.id)
    settle(*pair)
    (conflict,) = conflicts(one.workspace.storage)
    assert conflict.cell == LIFE
    assert {(side.value, side.mine) for side in conflict.sides} == {(None, False), (LIVES, True)}
    resolve(one.workspace.storage, conflict, kept)
    settle(*pair)
    for desk in pair:
        assert conflicts(desk.workspace.storage) == []
        assert len(desk.workspace.people.ask.everybody()) == people


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("壹。\n二。", "一。\n贰。", "壹。\n贰。"),
        ("壹。\n二。", "弌。\n二。", None),
        ("一。\n二。\n三。", "一。", "一。\n三。"),
    ],
)
def test_a_long_text_is_merged_on_the_last_both_had_seen(
    pair: Pair, mine: str, theirs: str, merged: str | None
) -> None:
    one, _ = pair
    edit(one, note="一。\n二。")
    settle(*pair)
    (conflict,) = apart(pair, note=(mine, theirs))
    proposals = {merged_text(desk.workspace.storage, conflict) for desk in pair}
    assert proposals == {merged}
    resolve(one.workspace.storage, conflict, merged or mine)


def test_only_long_texts_are_merged(pair: Pair) -> None:
    (conflict,) = apart(pair, department=("一。", "二。"))
    assert merged_text(pair[0].workspace.storage, conflict) is None


def test_a_text_written_apart_from_nothing_is_for_the_user(pair: Pair) -> None:
    (conflict,) = apart(pair, note=("一。", "二。"))
    assert merged_text(pair[0].workspace.storage, conflict) is None


def test_a_group_is_in_conflict_whole(pair: Pair) -> None:
    for desk, minutes in zip(pair, (30, 90), strict=True):
        visit = the_visit(desk)
        seen = desk.workspace.storage.position()
        desk.workspace.visits.change(replace(visit, minutes=minutes), base=visit, seen=seen)
    settle(*pair)
    (conflict,) = conflicts(pair[0].workspace.storage)
    start = str(the_visit(pair[0]).start)
    assert {side.value for side in conflict.sides} == {(start, 30), (start, 90)}
    resolve(pair[0].workspace.storage, conflict, (start, 30))
    assert the_visit(pair[0]).minutes == 30
    assert the_visit(pair[0]).account == the_account(pair[0]).id
