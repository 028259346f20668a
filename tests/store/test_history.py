"""Who changed what from what to what, and any value brought back."""

from dataclasses import replace

import pytest
from support.invented import a_person, a_visit, an_account

from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.change import Seen
from kamdesk.workspace import Workspace

NOW = Seen(0)


def steps(desk: Workspace, kind: str, record: bytes, cell: str) -> list[tuple[object, object]]:
    """The values of a cell, from and to, oldest first."""
    lines = desk.history.of(kind, record)  # type: ignore[arg-type]
    return [(line.before, line.after) for line in lines[::-1] if line.cell == cell]


def test_each_value_is_told_with_the_one_before(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    for note in ("a", "", "b"):
        now = desk.people.ask.get(person.id)
        desk.people.change(replace(now, note=note), base=now, seen=NOW)
    assert steps(desk, "person", person.id, "note") == [(None, "a"), ("a", None), (None, "b")]


def test_it_says_in_which_action_when_and_by_whom(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    at = desk.clock.now()
    desk.clock.move(days=1)  # type: ignore[attr-defined]
    desk.people.change(replace(person, note="a"), base=person, seen=NOW)
    newest, *_, oldest = desk.history.of("person", person.id)
    assert (newest.name, newest.at, newest.by) == (
        Text("Change person"),
        at.plus(days=1),
        desk.team.me,
    )
    assert (oldest.name, oldest.at) == (Text("Add person"), at)


def test_a_group_is_told_whole(desk: Workspace) -> None:
    visit = a_visit(desk, an_account(desk))
    desk.visits.change(replace(visit, minutes=90), base=visit, seen=NOW)
    start = str(visit.start)
    assert steps(desk, "visit", visit.id, "time")[-1] == ((start, 60), (start, 90))


def test_deleting_and_restoring_is_told_once(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.drop(account.id)
    desk.undo.undo()
    assert steps(desk, "account", account.id, LIFE) == [(True, None), (None, True)]


def test_sets_are_told_as_they_were(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("重点", "国企"))
    desk.accounts.tag(account.id, remove=("重点",))
    assert steps(desk, "account", account.id, "tags") == [
        (None, ("重点", "国企")),
        (("重点", "国企"), ("国企",)),
    ]


def test_what_was_said_again_in_another_account_is_no_news(desk: Workspace) -> None:
    old, new = an_account(desk, "旧"), an_account(desk, "新")
    person = a_person(desk, old)
    desk.people.change(replace(person, account=new.id), base=person, seen=NOW)
    newest = [line.cell for line in desk.history.of("person", person.id) if line.action == 5]
    assert newest == ["account"]


def test_any_value_can_be_brought_back_and_that_undone(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    for note in ("a", "b", "c"):
        now = desk.people.ask.get(person.id)
        desk.people.change(replace(now, note=note), base=now, seen=NOW)
    line = next(line for line in desk.history.of("person", person.id) if line.after == "a")
    desk.history.restore("person", person.id, "note", line.lid, seen=NOW)
    assert desk.people.ask.get(person.id).note == "a"
    assert desk.history.of("person", person.id)[0].name == Text("Bring a value back")
    desk.undo.undo()
    assert desk.people.ask.get(person.id).note == "c"


def test_a_set_is_brought_back_whole(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("甲", "乙"))
    desk.accounts.tag(account.id, add=("丙",), remove=("甲",))
    line = desk.history.of("account", account.id)[-2]
    assert line.after == ("甲", "乙")
    desk.history.restore("account", account.id, "tags", line.lid, seen=NOW)
    assert set(desk.accounts.ask.tags(account.id)) == {"甲", "乙"}


def test_the_account_a_person_had_is_brought_back_with_all_of_the_person(desk: Workspace) -> None:
    old, new = an_account(desk, "旧"), an_account(desk, "新")
    person = a_person(desk, old)
    moved = replace(person, account=new.id, note="n")
    desk.people.change(moved, base=person, seen=NOW)
    line = desk.history.of("person", person.id)[-1]
    assert line.cell in {cell.name for cell in PERSON.cells}
    first = next(x for x in desk.history.of("person", person.id)[::-1] if x.cell == "account")
    desk.history.restore("person", person.id, "account", first.lid, seen=NOW)
    assert desk.people.ask.of_account(old.id) == [replace(moved, account=old.id)]


def test_what_never_was_cannot_be_brought_back(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.drop(account.id)
    gone = desk.history.of("account", account.id)[0]
    for cell, lid in (("name", 10_000), (LIFE, gone.lid)):
        with pytest.raises(LookupError):
            desk.history.restore("account", account.id, cell, lid, seen=NOW)


def test_two_values_in_one_action_are_both_told(desk: Workspace) -> None:
    account = an_account(desk)
    with desk.storage.change(Text("Test")) as change:
        for note in ("a", "b"):
            change.write(ACCOUNT, account.id, {"note": note})
    assert steps(desk, "account", account.id, "note") == [(None, "a"), ("a", "b")]
