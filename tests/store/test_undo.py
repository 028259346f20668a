"""Undo and redo: a stack of snapshots, whatever was done, also after closing and by halves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from support.desks import KEY, SALT
from support.invented import (
    a_person,
    a_visit,
    an_account,
    contested,
    somebody_else_writes,
    tables_of,
)

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.people.model import Channel, Person
from kamdesk.domain.people.store import PERSON, WAY
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.storage import undo
from kamdesk.storage.catalogue import LIFE, Catalogue
from kamdesk.storage.change import Seen
from kamdesk.storage.database import connect
from kamdesk.workspace import KINDS, Workspace

NOW = Seen(0)


def noted(desk: Workspace, person: Person, note: str) -> None:
    now = desk.people.ask.get(person.id)
    desk.people.change(replace(now, note=note), base=now, seen=NOW)


def note_of(desk: Workspace, person: Person) -> str:
    return desk.people.ask.get(person.id).note


class Doings:
    """Does something by chance, by the services alone."""

    def __init__(self, desk: Workspace, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self.accounts = [an_account(desk, name) for name in ("甲", "乙")]
        self.people = [a_person(desk, account) for account in self.accounts]
        self.visit = a_visit(desk, self.accounts[0])

    def _person(self) -> Person:
        return self.desk.people.ask.get(self.chance.choice(self.people).id)

    def add(self) -> None:
        person = self.desk.people.new("新人", self.chance.choice(self.accounts).id)
        way = self.desk.people.way(person, Channel.MOBILE, "138 0000 0000")
        self.desk.people.add(person, title="处长", ways=(way,))
        self.people.append(person)

    def note(self) -> None:
        noted(self.desk, self._person(), self.chance.choice(["", "a", "b", "c"]))

    def move(self) -> None:
        person, account = self._person(), self.chance.choice([None, *self.accounts])
        changed = replace(person, account=account.id if account else None, focus="价格")
        self.desk.people.change(changed, base=person, seen=NOW)

    def drop(self) -> None:
        self.desk.people.drop(self._person().id)

    def tag(self) -> None:
        add, remove = self.chance.sample("xyz", 2)
        account = self.chance.choice(self.accounts).id
        self.desk.accounts.tag(account, add=(add,), remove=(remove,))

    def seat(self) -> None:
        points = ("", "价格", "交期")
        self.desk.visits.seat(
            Attendee.at(
                self.visit, self._person().id, Side.THEIRS, point=self.chance.choice(points)
            )
        )

    def unseat(self) -> None:
        seats = self.desk.visits.ask.attendees(self.visit.id)
        if seats:
            self.desk.visits.unseat(self.chance.choice(seats))

    def several(self) -> None:
        with self.desk.storage.change(Text("Several")) as change:
            for person in self.chance.sample(self.people, 2):
                now = self.desk.people.ask.get(person.id)
                change.put(PERSON, replace(now, note=self.chance.choice("uvw")), base=now)
            change.drop(PERSON, self.chance.choice(self.people).id)

    def restore_a_value(self) -> None:
        person = self._person()
        lines = [x for x in self.desk.history.of("person", person.id) if x.cell != LIFE]
        line = self.chance.choice(lines)
        self.desk.history.restore("person", person.id, line.cell, line.lid, seen=NOW)

    def something(self) -> None:
        doings: list[Callable[[], None]] = [
            self.add,
            self.note,
            self.note,
            self.move,
            self.drop,
            self.tag,
            self.seat,
            self.unseat,
            self.several,
            self.restore_a_value,
        ]
        self.chance.choice(doings)()


def records_of(desk: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """What undo must bring back: everything that lives (what is deleted is deleted)."""
    tables = tables_of(desk)
    del tables["contested"]
    for kind in desk.storage.catalogue.kinds:
        tables[kind.table] = [row for row in tables[kind.table] if not row[1]]
    return tables


@pytest.mark.parametrize("seed", range(40))
def test_undo_and_redo_go_through_snapshots(desk: Workspace, seed: int) -> None:
    chance = Random(seed)
    doings = Doings(desk, chance)
    snapshots, at = [records_of(desk)], 0
    for _ in range(30):
        pick = chance.random()
        if pick < 0.45:
            before = desk.undo.next_undo()
            doings.something()
            if desk.undo.next_undo() != before:
                at += 1
                snapshots[at:] = [records_of(desk)]
        elif pick < 0.75 and at:
            assert desk.undo.undo().left == ()
            at -= 1
        elif at + 1 < len(snapshots):
            assert desk.undo.redo().left == ()
            at += 1
        assert records_of(desk) == snapshots[at]
    while at:
        desk.undo.undo()
        at -= 1
        assert records_of(desk) == snapshots[at]


def test_undo_survives_closing(desk: Workspace, tmp_path: Path) -> None:
    person = a_person(desk, an_account(desk))
    for note in "abc":
        noted(desk, person, note)
    desk.undo.undo()
    again = Workspace(connect(tmp_path / "kamdesk.db", KEY, SALT), clock=desk.clock)
    step = again.undo.next_redo()
    assert step
    assert step.name == Text("Change person")
    again.undo.undo()
    assert note_of(again, person) == "a"
    again.undo.redo()
    again.undo.redo()
    assert note_of(again, person) == "c"
    again.close()


def test_without_anything_done_there_is_nothing_to_undo(desk: Workspace) -> None:
    while desk.undo.next_undo():
        desk.undo.undo()
    with pytest.raises(RuleBroken, match="nothing to undo"):
        desk.undo.undo()
    while desk.undo.next_redo():
        desk.undo.redo()
    with pytest.raises(RuleBroken, match="nothing to do again"):
        desk.undo.redo()


def test_undo_and_redo_say_what_they_did(desk: Workspace) -> None:
    a_person(desk, an_account(desk))
    assert desk.undo.undo().reverted == 1
    names = [row[0] for row in desk.storage.reader.ask("SELECT said FROM actions")]
    assert "Add person" in names[-1]
    assert desk.undo.redo().kinds == {"person"}


def test_a_new_action_clears_what_could_be_done_again(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    noted(desk, person, "a")
    desk.undo.undo()
    noted(desk, person, "b")
    assert desk.undo.next_redo() is None
    desk.undo.undo()
    assert note_of(desk, person) == ""


def test_the_last_hundred_can_be_undone(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert undo.KEPT == 100
    monkeypatch.setattr(undo, "KEPT", 20)  # as a hundred, but sooner
    person = a_person(desk, an_account(desk))
    for n in range(25):
        noted(desk, person, str(n))
    for _ in range(3):  # there and back again: the way back must not get shorter
        undone = 0
        while desk.undo.next_undo():
            desk.undo.undo()
            undone += 1
        assert (undone, note_of(desk, person)) == (20, "4")
        while desk.undo.next_redo():
            desk.undo.redo()
        assert note_of(desk, person) == "24"


def test_an_import_is_undone_record_by_record(desk: Workspace) -> None:
    account = an_account(desk)
    before = records_of(desk)
    people = [desk.people.new(f"人{n}", account.id) for n in range(1000)]
    with desk.storage.change(Text("Import {n} person", "Import {n} people", n=1000)) as change:
        change.put_all(PERSON, people)
    after = records_of(desk)
    step = desk.undo.next_undo()
    assert step
    assert step.name.plain == "Import 1000 people"
    assert desk.undo.undo().reverted == 1000
    assert records_of(desk) == before
    desk.undo.redo()
    assert records_of(desk) == after


def test_what_others_changed_since_stays_and_is_named(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    now = replace(person, note="mine", focus="mine", their_task="mine")
    desk.people.change(now, base=person, seen=NOW)
    somebody_else_writes(desk, PERSON, person.id, {"note": "theirs"})
    undone = desk.undo.undo()
    assert undone.left == (("person", person.id, "note"),)
    after = desk.people.ask.get(person.id)
    assert (after.note, after.focus, after.their_task) == ("theirs", "", "")
    desk.undo.redo()
    after = desk.people.ask.get(person.id)
    assert (after.note, after.focus, after.their_task) == ("theirs", "mine", "mine")


def test_an_undo_that_could_do_nothing_is_done_all_the_same(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    noted(desk, person, "a")
    noted(desk, person, "b")
    somebody_else_writes(desk, PERSON, person.id, {"note": "theirs"})
    for _ in range(2):
        assert desk.undo.undo().left == (("person", person.id, "note"),)
    assert note_of(desk, person) == "theirs"
    step = desk.undo.next_undo()
    assert step
    assert step.name == Text("Add person")


def test_what_others_made_cannot_be_undone(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    before = desk.undo.next_undo()
    somebody_else_writes(desk, PERSON, person.id, {"note": "theirs"})
    assert desk.undo.next_undo() == before


def test_a_record_others_wrote_to_is_not_undone_away(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    somebody_else_writes(desk, PERSON, person.id, {"note": "theirs"})
    assert desk.undo.undo().left == (("person", person.id, "note"),)
    assert desk.people.ask.find(person.id) == replace(person, note="theirs")


def test_a_record_others_deleted_is_not_woken(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    noted(desk, person, "a")
    somebody_else_writes(desk, PERSON, person.id, None)
    assert desk.undo.undo().left == (("person", person.id, LIFE),)
    assert desk.people.ask.find(person.id) is None
    assert desk.undo.undo().left == ()  # it was to be deleted, and is
    assert desk.people.ask.find(person.id) is None


def test_bringing_back_what_was_deleted_keeps_what_it_said(desk: Workspace) -> None:
    visit = a_visit(desk, account := an_account(desk))
    seat = Attendee.at(visit, a_person(desk, account).id, Side.THEIRS, point="价格")
    desk.visits.seat(seat)
    desk.visits.unseat(seat)
    desk.visits.seat(replace(seat, point="交期"))
    desk.undo.undo()
    assert desk.visits.ask.attendees(visit.id) == []
    desk.undo.undo()
    assert desk.visits.ask.attendees(visit.id) == [seat]
    assert contested(desk) == set()


def test_a_visit_is_undone_field_by_field(desk: Workspace) -> None:
    visit = a_visit(desk, an_account(desk))
    changed = replace(visit, minutes=90, objective="见总工", next_step_by=date(2026, 4, 1))
    desk.visits.change(changed, base=visit, seen=NOW)
    desk.undo.undo()
    assert desk.visits.ask.get(visit.id) == visit
    desk.undo.redo()
    now: Visit = desk.visits.ask.get(visit.id)
    assert now == changed


def test_undo_of_a_link_leaves_links_made_since(desk: Workspace) -> None:
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("重点",))
    somebody_else_writes(desk, desk.storage.catalogue["account"], account.id, {"tags": ["国企"]})
    desk.undo.undo()
    assert desk.accounts.ask.tags(account.id) == ["国企"]


def test_undo_of_a_person_met_before_the_firm_is_known(desk: Workspace) -> None:
    person = a_person(desk)
    account = an_account(desk)
    desk.people.change(replace(person, account=account.id), base=person, seen=NOW)
    desk.undo.undo()
    assert desk.people.ask.get(PersonId(person.id)) == person
    desk.undo.redo()
    assert desk.people.ask.of_account(account.id) == [replace(person, account=account.id)]


def test_kinds_of_a_newer_program_are_left_and_counted(desk: Workspace) -> None:
    person = a_person(desk)
    way = desk.people.way(person, Channel.MOBILE, "138")
    with desk.storage.change(Text("Both")) as change:
        change.put(PERSON, replace(person, note="neu"), base=person)
        change.put(WAY, way)
    older = Catalogue(kind for kind in KINDS if kind is not WAY)
    desk.storage.catalogue, newer = older, desk.storage.catalogue  # type: ignore[misc]
    try:
        done = desk.undo.undo()
        again = desk.undo.redo()
    finally:
        desk.storage.catalogue = newer  # type: ignore[misc]
    assert (done.reverted, done.strangers, again.strangers) == (1, 1, 0)
    assert [text.plain for text in undo.words_of_left(done)] == [
        "1 record of a kind that only a newer KamDesk knows was left as it is."
    ]
    assert note_of(desk, person) == "neu"
    assert desk.people.ask.ways(person.id) == [way]
