"""Two desks that exchange by turns: the same in the end, and nothing lost in silence."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import KEY, SALT, untruths
from support.invented import a_person, an_account, contested, tables_of
from support.schedules import same
from support.two_desks import Desk, Hub, Pair, edit, settle, the_account, the_person, the_visit

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.storage import fold
from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.database import connect
from kamdesk.storage.exchange import (
    Forked,
    acknowledge,
    join,
    offer,
    receive,
    unsent,
)
from kamdesk.storage.fold import Verb
from kamdesk.sync.apart.conflicts import conflicts, resolve
from kamdesk.workspace import Workspace


def test_what_one_wrote_the_other_has(pair: Pair) -> None:
    one, other = pair
    assert the_person(other).name == "张伟"
    assert other.workspace.accounts.ask.lines() == one.workspace.accounts.ask.lines()


def test_different_fields_of_one_record_are_both_kept(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    edit(other, focus="theirs")
    settle(*pair)
    for desk in pair:
        assert (the_person(desk).note, the_person(desk).focus) == ("mine", "theirs")
        assert conflicts(desk.workspace.storage) == []


def test_the_same_field_is_a_conflict_on_both_until_one_resolves_it(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    edit(other, note="theirs")
    settle(*pair)
    for desk in pair:
        assert the_person(desk).note == "theirs"  # the later by wall
        (conflict,) = conflicts(desk.workspace.storage)
        assert (conflict.kind, conflict.cell) == ("person", "note")
        assert sorted(str(side.value) for side in conflict.sides) == ["mine", "theirs"]
    resolve(other.workspace.storage, conflict, "both")
    assert conflicts(other.workspace.storage) == []
    settle(*pair)
    for desk in pair:
        assert the_person(desk).note == "both"
        assert conflicts(desk.workspace.storage) == []


def test_the_same_value_written_apart_is_no_conflict(pair: Pair) -> None:
    for desk in pair:
        edit(desk, note="same")
    settle(*pair)
    assert [conflicts(desk.workspace.storage) for desk in pair] == [[], []]


def test_who_had_seen_it_wins_though_the_clock_is_behind(pair: Pair) -> None:
    one, other = pair
    other.clock.move(days=365)
    edit(other, note="first")
    settle(*pair)
    edit(one, note="second")
    settle(*pair)
    for desk in pair:
        assert the_person(desk).note == "second"
        assert conflicts(desk.workspace.storage) == []


def test_a_form_kept_open_over_a_pull_had_not_seen_what_came(pair: Pair) -> None:
    one, other = pair
    form, seen = the_person(one), one.workspace.storage.position()
    edit(other, note="theirs", focus="theirs")
    other.push()
    one.pull()
    one.workspace.people.change(replace(form, note="mine"), base=form, seen=seen)
    assert contested(one.workspace) == {(form.id, "note")}
    assert the_person(one).focus == "theirs"
    settle(*pair)
    assert contested(other.workspace) == {(form.id, "note")}


def test_a_lost_reply_does_not_leave_a_conflict_behind(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    one.push(lost_reply=True)
    other.pull()
    edit(other, note="theirs, after mine")
    other.push()
    storage = one.workspace.storage
    foreign = [op for op in one.hub.log[storage.position() :] if op.dev != one.dev]
    receive(storage, foreign, len(one.hub.log))
    assert contested(one.workspace)  # it does not know yet that the other had seen it
    one.push()
    assert not contested(one.workspace)
    assert the_person(one).note == "theirs, after mine"


def test_a_link_added_beats_an_unseen_remove(pair: Pair) -> None:
    one, other = pair
    one.workspace.accounts.tag(the_account(one).id, add=("重点", "国企"))
    settle(*pair)
    one.workspace.accounts.tag(the_account(one).id, remove=("重点", "国企"))
    other.workspace.accounts.tag(the_account(other).id, remove=("重点",))
    other.workspace.accounts.tag(the_account(other).id, add=("重点",))
    settle(*pair)
    for desk in pair:
        assert desk.workspace.accounts.ask.tags(the_account(desk).id) == ["重点"]


def test_a_delete_against_an_unseen_edit_keeps_the_record_for_review(pair: Pair) -> None:
    one, other = pair
    person = edit(one, note="news")
    other.workspace.people.drop(person.id)
    settle(*pair)
    for desk in pair:
        assert the_person(desk).note == "news"
        (conflict,) = conflicts(desk.workspace.storage)
        assert (conflict.record, conflict.cell) == (person.id, LIFE)
    resolve(one.workspace.storage, conflict, None)
    settle(*pair)
    for desk in pair:
        assert desk.workspace.people.ask.everybody() == []
        assert conflicts(desk.workspace.storage) == []


def test_a_delete_after_seen_hides_and_double_is_nothing(pair: Pair) -> None:
    for desk in pair:
        desk.workspace.people.drop(the_person(desk).id)
    settle(*pair)
    for desk in pair:
        assert desk.workspace.people.ask.everybody() == []
        assert conflicts(desk.workspace.storage) == []


def test_the_same_seat_taken_on_both_sides_is_one(pair: Pair) -> None:
    one, other = pair
    for desk, point in ((one, "价格"), (other, "交期")):
        seat = Attendee.at(the_visit(desk), the_person(desk).id, Side.THEIRS, point=point)
        desk.workspace.visits.seat(seat)
    settle(*pair)
    for desk in pair:
        assert len(desk.workspace.visits.ask.attendees(the_visit(desk).id)) == 1
        (conflict,) = conflicts(desk.workspace.storage)
        assert conflict.cell == "point"


def test_undo_of_what_the_other_built_upon_leaves_it(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine", focus="mine")
    settle(*pair)
    edit(other, note="theirs")
    settle(*pair)
    undone = one.workspace.undo.undo()
    assert [cell for _, _, cell in undone.left] == ["note"]
    settle(*pair)
    for desk in pair:
        assert (the_person(desk).note, the_person(desk).focus) == ("theirs", "")


def test_undo_is_of_own_actions_only(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    settle(*pair)
    assert other.workspace.undo.next_undo() is None
    with pytest.raises(RuleBroken):
        other.workspace.undo.undo()


def test_history_names_who_did_it_and_what(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    settle(*pair)
    line = other.workspace.history.of("person", the_person(other).id)[0]
    assert (line.name, line.after) == (Text("Change person"), "mine")
    assert line.by == one.workspace.team.me


def test_a_customers_words_do_not_travel_in_the_name_of_an_action(pair: Pair) -> None:
    one, other = pair
    with one.workspace.storage.change(Text("Meet {who}", who="李敏")) as change:
        change.put(PERSON, replace(the_person(one), note="n"), base=the_person(one))
    settle(*pair)
    line = other.workspace.history.of("person", the_person(other).id)[0]
    assert line.name.plain == "Meet …"


def test_a_person_of_no_account_never_leaves(pair: Pair) -> None:
    one, other = pair
    person = a_person(one.workspace, None, "李敏")
    assert unsent(one.workspace.storage) == []
    one.workspace.people.change(
        replace(person, account=the_account(one).id),
        base=person,
        seen=one.workspace.storage.position(),
    )
    settle(*pair)
    assert {p.name for p in other.workspace.people.ask.everybody()} == {"张伟", "李敏"}
    same(*pair)


def test_a_person_taken_from_the_account_goes_from_the_others_desks(pair: Pair) -> None:
    one, other = pair
    edit(one, account=None)
    settle(*pair)
    assert other.workspace.people.ask.everybody() == []
    assert the_person(one).account is None
    one.workspace.undo.undo()
    settle(*pair)
    assert the_person(other) == the_person(one)


def test_what_a_newer_program_says_is_kept_and_passed_over(pair: Pair) -> None:
    one, _ = pair
    edit(one, note="mine")
    one.push()
    (op,) = [op for op in one.hub.log if op.dev == 1 and op.verb == Verb.SET][-1:]
    newer = [
        op._replace(dev=9, dseq=1, kind="mood", cells={"colour": "red"}),
        op._replace(dev=9, dseq=2, cells={"aura": ("a", ("b", 1)), "focus": "known"}),
        op._replace(dev=9, dseq=3, verb=99, cells={"note": "?"}),
        op._replace(dev=9, dseq=4, verb=Verb.LINK, cells={"aura": (("a",), 1, "x")}),
        op._replace(dev=9, dseq=5, cells={"name": "not a group", "their_task": ("a", "b")}),
    ]
    for late in newer:
        one.hub.log.append(late._replace(seq=len(one.hub.log) + 1, ctx=len(one.hub.log)))
    settle(*pair)
    for desk in pair:
        assert (the_person(desk).focus, the_person(desk).note) == ("known", "mine")
        assert the_person(desk).their_task == ""
        assert (
            desk.workspace.storage.reader.ask("SELECT count(*) FROM op WHERE dev = 9").value() == 5
        )


def test_a_second_workspace_fed_the_whole_log_equals_the_first(
    tmp_path: Path, hub: Hub, pair: Pair
) -> None:
    one, other = pair
    edit(one, note="mine")
    edit(other, note="theirs")
    one.workspace.accounts.drop(the_account(one).id)
    settle(*pair)
    third = Desk(tmp_path / "3", hub, 3)
    third.pull(most=2)
    third.pull()
    same(one, other, third)
    third.workspace.close()


def test_accounts_are_offered_one_by_one(tmp_path: Path, hub: Hub) -> None:
    one = Desk(tmp_path / "1", hub, 1, name="林晓彤", accounts=())
    other = Desk(tmp_path / "2", hub, 2)
    first, second = (an_account(one.workspace, name) for name in ("甲", "乙"))
    person = a_person(one.workspace, second)
    now = replace(person, account=first.id, note="moved")
    position = one.workspace.storage.position()
    one.workspace.people.change(now, base=person, seen=position)
    settle(one, other)
    assert other.workspace.accounts.ask.count() == 0
    assert len(other.workspace.team.ask.everybody()) == 1
    offer(one.workspace.storage, [first.id])
    settle(one, other)
    assert other.workspace.people.ask.everybody() == [now]
    offer(one.workspace.storage, [second.id])  # its older ops must not undo the newer ones
    an_account(one.workspace, "丙")
    edit(one, focus="later")
    settle(one, other)
    assert the_person(other) == the_person(one) == replace(now, focus="later")
    assert {a.name for a in other.workspace.accounts.ask.everything()} == {"甲", "乙"}
    for desk in (one, other):
        assert untruths(desk.workspace) == []
        desk.workspace.close()


def test_what_was_received_is_answered_without_offering_it(tmp_path: Path, hub: Hub) -> None:
    one = Desk(tmp_path / "1", hub, 1)
    other = Desk(tmp_path / "2", hub, 2, accounts=())
    an_account(one.workspace)
    settle(one, other)
    account = the_account(other)
    other.workspace.accounts.change(
        replace(account, note="n"), base=account, seen=other.workspace.storage.position()
    )
    settle(one, other)
    assert the_account(one).note == "n"
    same(one, other)
    for desk in (one, other):
        desk.workspace.close()


def test_numbers_are_given_in_order_without_gaps(pair: Pair) -> None:
    one, _ = pair
    person = a_person(one.workspace, None, "李敏")
    edit(one, note="a")
    ops = unsent(one.workspace.storage)
    before = one.hub.log[-1]
    edit(one, note="b")
    assert [op.cells for op in unsent(one.workspace.storage)][-2:] == [{"note": "a"}, {"note": "b"}]
    mine = [op.dseq for op in one.hub.log if op.dev == 1] + [ops[0].dseq]
    assert mine == list(range(1, len(mine) + 1))
    assert before.seq == len(one.hub.log)
    seated = replace(person, account=the_account(one).id)
    one.workspace.people.change(seated, base=person, seen=one.workspace.storage.position())


def test_joining_keeps_what_was_written_before(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    desk.people.drop(person.id)
    before = tables_of(desk)
    join(desk.storage, 7)
    assert tables_of(desk) == before
    assert {(op.dev, op.ctx) for op in unsent(desk.storage)} == {(7, 0)}
    assert desk.undo.undo().reverted == 1
    with pytest.raises(ValueError, match="joins once"):
        join(desk.storage, 8)


def test_who_only_reads_notices_that_the_file_joined(desk: Workspace, tmp_path: Path) -> None:
    person = a_person(desk, an_account(desk))
    reading = Workspace(connect(tmp_path / "kamdesk.db", KEY, SALT, readonly=True), readonly=True)
    assert reading.storage.log.own == 0
    join(desk.storage, 7)
    desk.people.drop(person.id)
    assert reading.storage.log.own == 7
    assert fold.fold(reading.storage.log.of_record("person", person.id)).gone
    reading.close()


def test_what_comes_is_checked(pair: Pair) -> None:
    one, _ = pair
    storage = one.workspace.storage
    position, op = storage.position(), one.hub.log[-1]
    with pytest.raises(ValueError, match="without a place"):
        receive(storage, [op._replace(dev=5, seq=None)], position)
    with pytest.raises(ValueError, match="without a place"):
        receive(storage, [op._replace(dev=5, seq=position + 1)], position)
    with pytest.raises(ValueError, match="never goes back"):
        receive(storage, [], position - 1)
    with pytest.raises(Forked):
        receive(storage, [op._replace(dev=1, dseq=999, seq=position + 1)], position + 1)
    with pytest.raises(Forked):
        acknowledge(storage, {1: 999})
    assert storage.position() == position


def test_nothing_is_taken_in_when_one_op_fails(pair: Pair) -> None:
    one, _ = pair
    storage = one.workspace.storage
    op = one.hub.log[0]
    before = tables_of(one.workspace)
    twice = [op._replace(dev=8, dseq=n, seq=storage.position() + 1) for n in (1, 2)]
    with pytest.raises(Exception, match="UNIQUE"):
        receive(storage, twice, storage.position() + 1)
    assert tables_of(one.workspace) == before
