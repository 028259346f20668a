"""The one road for writes: what becomes an op, in which scope, and what leaves no trace."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.desks import KEY, SALT
from support.invented import a_person, a_visit, an_account, contested, ops_of, wrote_nothing

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.domain.visits.store import FACT, VISIT
from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.change import Seen
from kamdesk.storage.database import connect
from kamdesk.storage.exchange import join
from kamdesk.storage.fold import Verb
from kamdesk.storage.inbox import fold_records
from kamdesk.storage.ops import LOCAL_SCOPE, Scope
from kamdesk.storage.withdrawing import withdraw
from kamdesk.workspace import Workspace

NOW = Seen(0)
TEST = Text("Test")


def test_a_new_record_is_one_op_with_all_it_says(desk: Workspace) -> None:
    account = an_account(desk)
    person = a_person(desk, account)
    assert ops_of(desk, person.id) == [
        (
            Scope(account.id, "internal"),
            Verb.SET,
            {"account": account.id, "name": ("张伟", "张", "伟")},
        )
    ]


def test_only_what_differs_from_the_base_is_written(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    desk.people.change(replace(person, note="喜欢钓鱼"), base=person, seen=NOW)
    assert ops_of(desk, person.id)[1][2] == {"note": "喜欢钓鱼"}


def test_a_group_is_written_whole(desk: Workspace) -> None:
    visit = a_visit(desk, an_account(desk))
    desk.visits.change(replace(visit, minutes=90), base=visit, seen=NOW)
    assert ops_of(desk, visit.id)[1][2] == {"time": (str(visit.start), 90)}


def test_what_somebody_else_changed_meanwhile_stays(desk: Workspace) -> None:
    seen = a_person(desk, an_account(desk))
    desk.people.change(replace(seen, note="mine"), base=seen, seen=NOW)
    desk.people.change(replace(seen, focus="theirs"), base=seen, seen=NOW)
    now = desk.people.ask.get(seen.id)
    assert (now.note, now.focus) == ("mine", "theirs")


def test_a_field_emptied_is_written_as_nothing(desk: Workspace) -> None:
    account = an_account(desk, short_name="华东")
    desk.accounts.change(replace(account, short_name=""), base=account, seen=NOW)
    assert ops_of(desk, account.id)[-1][2] == {"short_name": None}
    assert desk.accounts.ask.get(account.id).short_name == ""


def test_the_card_of_an_account_and_the_rest_are_two_ops(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.change(
        replace(account, city="上海", note="内部"), base=account, seen=desk.storage.position()
    )
    assert ops_of(desk, account.id)[1:] == [
        (Scope(account.id, "partner"), Verb.SET, {"place": (None, None, "上海")}),
        (Scope(account.id, "internal"), Verb.SET, {"note": "内部"}),
    ]


def test_that_an_account_was_deleted_is_told_to_all_who_read_a_part_of_it(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.drop(account.id)
    assert ops_of(desk, account.id)[1:] == [
        (Scope(account.id, "internal"), Verb.DELETE, {}),
        (Scope(account.id, "partner"), Verb.DELETE, {}),
    ]


def test_a_person_of_no_account_stays_on_this_device(desk: Workspace) -> None:
    person = a_person(desk)
    assert [scope for scope, _, _ in ops_of(desk, person.id)] == [LOCAL_SCOPE]


def test_a_person_who_gets_an_account_goes_there_whole(desk: Workspace) -> None:
    person, account = a_person(desk), an_account(desk)
    desk.people.change(replace(person, note="n"), base=person, seen=NOW)
    at = desk.people.ask.get(person.id)
    desk.people.change(replace(at, account=account.id), base=at, seen=NOW)
    scope, verb, cells = ops_of(desk, person.id)[-1]
    assert (scope, verb) == (Scope(account.id, "internal"), Verb.SET)
    assert set(cells) == {cell.name for cell in PERSON.cells}
    assert (cells["note"], cells["account"]) == ("n", account.id)


def test_who_goes_from_one_account_to_another_is_deleted_in_the_old_one(desk: Workspace) -> None:
    old, new = an_account(desk, "旧"), an_account(desk, "新")
    person = a_person(desk, old)
    desk.people.change(replace(person, account=new.id), base=person, seen=NOW)
    verbs = [(scope.account, verb) for scope, verb, _ in ops_of(desk, person.id)][1:]
    assert verbs == [(old.id, Verb.DELETE), (new.id, Verb.SET), (new.id, Verb.RESTORE)]
    assert desk.people.ask.of_account(new.id) == [replace(person, account=new.id)]
    assert not [line for line in desk.history.of("person", person.id) if line.cell == LIFE]


def test_its_sets_go_with_a_record(desk: Workspace) -> None:
    old, new = an_account(desk, "旧"), an_account(desk, "新")
    members = [a_person(desk, old, name).id for name in ("甲", "乙", "丙")]
    body = desk.chain.body(old.id, "采购委员会")
    desk.chain.add_body(body, members=tuple(members))
    kind = desk.storage.catalogue["body"]
    with desk.storage.change(TEST) as change:
        change.unlink(kind, body.id, "members", members[2])
    with desk.storage.change(TEST) as change:
        change.put(kind, replace(body, account=new.id), base=body)
    sets = {
        verb: set(cells["members"])
        for scope, verb, cells in ops_of(desk, body.id)
        if scope.account == new.id and "members" in cells
    }
    assert sets == {Verb.LINK: set(members[:2]), Verb.UNLINK: {members[2]}}
    assert set(desk.chain.ask.members(body.id)) == set(members[:2])


def test_a_visit_that_goes_to_another_account_leaves_the_first_unvisited(desk: Workspace) -> None:
    old, new = an_account(desk, "旧"), an_account(desk, "新")
    visit = a_visit(desk, old)
    desk.visits.change(replace(visit, account=new.id), base=visit, seen=NOW)
    planned = {line.name: bool(line.next_visit) for line in desk.accounts.ask.lines()}
    assert planned == {"旧": False, "新": True}


def test_many_are_put_as_one_by_one(tmp_path: Path, desk: Workspace) -> None:
    account = an_account(desk)
    people = [desk.people.new(name, account.id) for name in ("张伟", "李敏", "王芳")]
    people[1] = replace(people[1], note="x", account=None)
    again = [replace(person, id=desk.storage.new_id()) for person in people]
    with desk.storage.change(TEST) as change:
        change.put_all(PERSON, people)
    with desk.storage.change(TEST) as change:
        for person in again:
            change.put(PERSON, person)
    for one, other in zip(people, again, strict=True):
        assert ops_of(desk, one.id) == ops_of(desk, other.id)
        assert desk.people.ask.get(one.id) == replace(one, id=one.id)
        assert replace(desk.people.ask.get(other.id), id=one.id) == one


def known(account: Account) -> KnownAs:
    return KnownAs.of("crm", "1", "account", account.id, account.id, digest=b"1")


def test_a_linked_record_may_come_twice(desk: Workspace) -> None:
    account = an_account(desk)
    with desk.storage.change(TEST) as change:
        change.put_all(KNOWN_AS, [known(account)] * 2)
    with wrote_nothing(desk), desk.storage.change(TEST) as change:
        change.put_all(KNOWN_AS, [known(account)])
        change.put(KNOWN_AS, known(account))
    with desk.storage.change(TEST) as change:
        change.put_all(KNOWN_AS, [replace(known(account), digest=b"2")])
    assert desk.origins.of_record(account.id) == [("crm", "1")]
    assert ops_of(desk, known(account).id)[-1][2] == {"digest": b"2"}


def test_a_linked_record_that_is_there_keeps_what_the_new_one_does_not_say(
    desk: Workspace,
) -> None:
    visit = a_visit(desk, account := an_account(desk))
    person = a_person(desk, account)
    desk.visits.seat(Attendee.at(visit, person.id, Side.THEIRS, point="价格"))
    desk.visits.seat(Attendee.at(visit, person.id, Side.THEIRS, part="拍板"))
    (seat,) = desk.visits.ask.attendees(visit.id)
    assert (seat.point, seat.part) == ("价格", "拍板")


def test_a_linked_record_that_was_deleted_comes_back_as_the_new_one(desk: Workspace) -> None:
    visit = a_visit(desk, account := an_account(desk))
    seat = Attendee.at(visit, a_person(desk, account).id, Side.THEIRS, point="价格")
    desk.visits.seat(seat)
    desk.visits.unseat(seat)
    assert desk.visits.ask.attendees(visit.id) == []
    desk.visits.seat(replace(seat, point="", part="拍板"))
    assert desk.visits.ask.attendees(visit.id) == [replace(seat, point="", part="拍板")]


def test_sets_take_and_give(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("重点", "国企"))
    desk.accounts.tag(account.id, add=("国企",), remove=("重点",))
    assert desk.accounts.ask.tags(account.id) == ["国企"]
    with wrote_nothing(desk):
        desk.accounts.tag(account.id)


def test_what_is_dropped_can_be_restored(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.drop(account.id)
    assert desk.accounts.ask.find(account.id) is None
    with desk.storage.change(TEST) as change:
        change.restore(ACCOUNT, account.id)
    assert desk.accounts.ask.find(account.id) == account


def test_writing_to_a_deleted_record_brings_it_back_marked(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    desk.people.drop(person.id)
    desk.people.change(replace(person, note="n"), base=person, seen=NOW)
    assert desk.people.ask.find(person.id) == replace(person, note="n")
    assert contested(desk) == {(person.id, LIFE)}
    desk.people.drop(person.id)
    assert (desk.people.ask.find(person.id), contested(desk)) == (None, set())


def test_nothing_written_is_no_action(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    with wrote_nothing(desk):
        assert desk.people.change(person, base=person, seen=NOW).action is None
        with desk.storage.change(TEST) as change:
            change.put_all(FACT, ())
    assert not change.touched


def test_a_change_says_what_it_touched(desk: Workspace) -> None:
    account = an_account(desk)
    touched = desk.people.add(desk.people.new("张伟", account.id), title="总经理")
    assert touched.kinds == {"person", "post", "holding"}
    assert touched.action == desk.storage.reader.ask("SELECT max(id) FROM actions").value()


class Stop(BaseException):
    pass


@pytest.mark.parametrize("how", [ValueError("no"), Stop(), KeyboardInterrupt()])
def test_what_ends_badly_leaves_nothing(desk: Workspace, how: BaseException) -> None:
    person = a_person(desk)
    with wrote_nothing(desk):
        with pytest.raises(type(how)):
            _end_badly(desk, person, how)
        assert "day" not in desk.storage.dictionary._numbers
    desk.people.change(replace(person, note="y"), base=person, seen=NOW)
    assert desk.people.ask.get(person.id).note == "y"


def test_after_a_rollback_words_get_their_numbers_anew(desk: Workspace) -> None:
    account = an_account(desk)
    with pytest.raises(ValueError, match="no"):
        _end_badly(desk, a_person(desk), ValueError("no"))
    visit = a_visit(desk, account)  # takes the numbers the fact's cells had
    with desk.storage.change(TEST) as change:
        change.put(FACT, _fact(desk, account.id))
    assert set(ops_of(desk, visit.id)[0][2]) >= {"account", "time"}


def _end_badly(desk: Workspace, person: Person, how: BaseException) -> None:
    with desk.storage.change(TEST) as change:
        change.put(FACT, _fact(desk, desk.storage.new_id()))
        change.put(PERSON, replace(person, note="x"), base=person)
        raise how


def _fact(desk: Workspace, account: Id) -> Fact:
    return Fact(
        id=desk.storage.new_id(), account=AccountId(account), words="扩产", day=date(2026, 3, 1)
    )


def test_a_follower_that_fails_takes_all_back(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.storage.followers[0]), "follow", fail)
        with wrote_nothing(desk), pytest.raises(RuntimeError, match="no room"):
            an_account(desk)
    an_account(desk)


def test_the_same_record_cannot_be_made_twice(desk: Workspace) -> None:
    account = an_account(desk)
    with wrote_nothing(desk), pytest.raises(Exception, match="UNIQUE"):
        desk.accounts.add(account)


def test_a_change_within_a_change_is_refused(desk: Workspace) -> None:
    with pytest.raises(RuntimeError, match="open already"), desk.storage.change(TEST):
        an_account(desk)
    an_account(desk)


def test_who_only_reads_is_told_why_he_cannot_write(tmp_path: Path, desk: Workspace) -> None:
    other = Workspace(
        connect(tmp_path / "kamdesk.db", KEY, SALT, readonly=True), clock=desk.clock, readonly=True
    )
    with pytest.raises(StorageTrouble, match="KamDesk is open; close it or do this in the window"):
        an_account(other)
    other.close()


def test_an_action_is_named_as_it_was_said(desk: Workspace) -> None:
    name = Text(
        "{n} visit of {who}",
        "{n} visits of {who}",
        n=2,
        who=(Text("our side"), "李敏"),
        on=date.max,
    )
    with desk.storage.change(name) as change:
        change.put(VISIT, desk.visits.new(AccountId(desk.storage.new_id()), Instant(0)))
    step = desk.undo.next_undo()
    assert step
    assert step.name.plain == "2 visits of our side, 李敏"


def test_a_form_on_a_record_that_went_from_the_file_says_so_and_writes_nothing(
    desk: Workspace,
) -> None:
    person = a_person(desk, an_account(desk))
    lids = desk.storage.reader.ask("SELECT lid FROM op WHERE eid = ?", person.id).column()
    with desk.storage.transaction():
        withdraw(desk.storage, lids)
    with wrote_nothing(desk), pytest.raises(RuleBroken, match="no longer in the file"):
        desk.people.change(replace(person, note="喜欢钓鱼"), base=person, seen=NOW)
    with (
        wrote_nothing(desk),
        pytest.raises(RuleBroken, match="no longer in the file"),
        desk.storage.change(TEST) as change,
    ):
        change.link(ACCOUNT, Id(person.id), "tags", "a")


def test_a_record_that_came_in_part_is_written_to_where_its_ops_lie(desk: Workspace) -> None:
    """A page of the log may bring a change before the snapshot brings whose record it is."""
    account = an_account(desk)
    person = a_person(desk, account)
    join(desk.storage, 7)
    ask = desk.storage.reader.ask
    (lid,) = ask("SELECT lid FROM op WHERE eid = ?", person.id).column()
    part = desk.storage.dictionary.pack({"name": ("张伟", "张", "伟")})
    desk.storage.connection.execute("UPDATE op SET cells = ? WHERE lid = ?", (part, lid))
    with desk.storage.transaction():
        fold_records(desk.storage, [("person", Id(person.id))], lambda *_: None)
    with desk.storage.change(TEST) as change:
        change.write(PERSON, Id(person.id), {"note": "喜欢钓鱼"})
    assert ops_of(desk, person.id)[-1][0] == Scope(account.id, "internal")
