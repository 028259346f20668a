"""Own fields: values are cells of their records, in log, undo, history, search, bundle, erasure."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.desks import a_desk, untruths

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.privacy import Mode, Privacy
from kamdesk.domain.own_fields.model import Of, OwnField, Sort
from kamdesk.domain.people.model import Person
from kamdesk.storage.concerning import stored
from kamdesk.storage.own_values import cell_of
from kamdesk.storage.past import left_of_erased
from kamdesk.storage.reconciling import reconcile
from kamdesk.storage.replay import differences, rebuild
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.transfer.bundle.writer import write_bundle
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


def a_field(desk: Workspace, name: str = "ERP", sort: Sort = Sort.TEXT, **more: object) -> OwnField:
    of_kind = more.pop("of_kind", Of.ACCOUNT)
    field = replace(desk.own_fields.new(name, of_kind, sort), **more)  # type: ignore[arg-type]
    desk.own_fields.add(field)
    return field


def a_customer(desk: Workspace, name: str = "澜川") -> AccountId:
    account = desk.accounts.new(name)
    desk.accounts.add(account)
    return account.id


def value(desk: Workspace, record: Id, field: OwnField) -> str | None:
    return desk.own_fields.ask.of_record(record).get(field.id)


@pytest.mark.parametrize(
    ("sort", "typed", "taken"),
    [
        (Sort.TEXT, "  SAP  ", "SAP"),
        (Sort.NUMBER, "1,200.50", "1200.5"),
        (Sort.NUMBER, "\u22123", "-3"),
        (Sort.NUMBER, "１２", "12"),
        (Sort.NUMBER, "0", "0"),
        (Sort.DAY, "2025-06-30", "2025-06-30"),
        (Sort.DAY, "3月18日", "2026-03-18"),
        (Sort.CHOICE, "sap", "SAP"),
        (Sort.YES_NO, "是", "yes"),
        (Sort.YES_NO, "No", "no"),
        (Sort.YES_NO, " ", ""),
    ],
)
def test_what_is_typed_is_taken_in_one_form(sort: Sort, typed: str, taken: str) -> None:
    field = OwnField(id=bytes(16), name="x", of_kind=Of.ACCOUNT, sort=sort, choices=("SAP", "Kd"))
    assert field.taken(typed, today=TODAY) == taken


@pytest.mark.parametrize(
    ("sort", "typed"),
    [
        (Sort.NUMBER, "many"),
        (Sort.NUMBER, "1e999"),
        (Sort.NUMBER, "nan"),
        (Sort.DAY, "soon"),
        (Sort.DAY, "call them on 3月18日"),
        (Sort.CHOICE, "Oracle"),
        (Sort.YES_NO, "maybe"),
    ],
)
def test_what_a_field_cannot_take_is_refused_in_words(sort: Sort, typed: str) -> None:
    field = OwnField(id=bytes(16), name="x", of_kind=Of.ACCOUNT, sort=sort, choices=("SAP", "Kd"))
    with pytest.raises(RuleBroken) as refused:
        field.taken(typed, today=TODAY)
    assert refused.value.field == "value"


def test_values_sort_by_what_they_mean_and_strangers_say_nothing() -> None:
    number = OwnField(id=bytes(16), name="n", of_kind=Of.ACCOUNT, sort=Sort.NUMBER)
    assert sorted(["10", "9", "-1"], key=number.ordered) == ["-1", "9", "10"]
    assert number.ordered("many") is None
    choice = replace(number, sort=Sort.CHOICE, choices=("low", "high"))
    assert sorted(["old", "high", "low"], key=choice.ordered) == ["low", "high", "old"]


def test_a_value_is_written_undone_restored_and_found(desk: Workspace) -> None:
    field, account = a_field(desk), a_customer(desk)
    desk.own_fields.write(account, field, "金蝶云星空")
    desk.own_fields.write(account, field, "用友")
    assert value(desk, account, field) == "用友"
    assert desk.undo.next_undo().name.plain == "Change “ERP”"  # type: ignore[union-attr]
    desk.undo.undo()
    assert value(desk, account, field) == "金蝶云星空"
    assert [hit.id for hit in desk.search.find("云星空")] == [account]
    assert desk.search.find("云星空", mode=Mode.ROOM) == []
    desk.undo.redo()
    lines = [line for line in desk.history.of("account", account) if line.cell != "name"]
    assert [(line.before, line.after) for line in lines[:1]] == [("金蝶云星空", "用友")]
    cell = cell_of(field.id)
    first = [line for line in lines if line.cell == cell][-1]
    desk.history.restore("account", account, cell, first.lid, seen=desk.storage.position())
    assert value(desk, account, field) == "金蝶云星空"
    desk.own_fields.write(account, field, "")
    assert value(desk, account, field) is None
    assert desk.search.find("云星空") == []


def test_the_same_value_again_writes_nothing(desk: Workspace) -> None:
    field, account = a_field(desk, "Lines", Sort.NUMBER), a_customer(desk)
    desk.own_fields.write(account, field, "12")
    assert not desk.own_fields.write(account, field, "12.0")


def test_a_retired_field_keeps_its_values_and_comes_back(desk: Workspace) -> None:
    field, account = a_field(desk), a_customer(desk)
    desk.own_fields.write(account, field, "SAP")
    desk.own_fields.retire(field)
    assert desk.own_fields.ask.fields(Of.ACCOUNT) == []
    assert desk.own_fields.ask.of_all(Of.ACCOUNT) == {}
    with pytest.raises(RuleBroken, match="retired"):
        desk.own_fields.add(desk.own_fields.new("erp", Of.ACCOUNT))
    desk.own_fields.retire(desk.own_fields.ask.get(field.id), back=True)
    assert desk.own_fields.ask.of_all(Of.ACCOUNT) == {account: {field.id: "SAP"}}


def test_fields_are_renamed_and_ordered_but_take_what_they_took(desk: Workspace) -> None:
    one, two, three = (a_field(desk, name) for name in ("one", "two", "three"))
    desk.own_fields.move(three, -1)
    assert [field.name for field in desk.own_fields.ask.fields()] == ["one", "three", "two"]
    desk.own_fields.move(desk.own_fields.ask.get(one.id), 5)
    assert [field.name for field in desk.own_fields.ask.fields()] == ["three", "two", "one"]
    two = desk.own_fields.ask.get(two.id)
    desk.own_fields.change(replace(two, name="ERP"), base=two)
    assert desk.own_fields.ask.get(two.id).name == "ERP"
    for wrong, field in (
        ({"name": "one"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"sort": Sort.NUMBER}, "sort"),
    ):
        with pytest.raises(RuleBroken) as refused:
            desk.own_fields.change(replace(two, **wrong), base=two)
        assert refused.value.field == field
    with pytest.raises(RuleBroken):
        desk.own_fields.add(replace(desk.own_fields.new("c", Of.ACCOUNT, Sort.CHOICE)))


def test_the_tables_are_rebuilt_from_the_log_and_a_lost_row_is_told(desk: Workspace) -> None:
    field, account = a_field(desk), a_customer(desk)
    desk.own_fields.write(account, field, "SAP")
    desk.storage.connection.execute("DELETE FROM own_values")
    assert any("own fields differ" in line for line in differences(desk.storage))
    rebuild(desk.storage)
    assert value(desk, account, field) == "SAP"
    desk.storage.connection.execute("INSERT INTO own_values VALUES (?, ?, 'x')", (b"9" * 16,) * 2)
    assert any("of no record" in line for line in differences(desk.storage))
    rebuild(desk.storage)


@pytest.mark.parametrize("lost", [True, False])
def test_rows_and_log_come_together_after_a_loss(desk: Workspace, lost: bool) -> None:
    field, account = a_field(desk), a_customer(desk)
    desk.own_fields.write(account, field, "SAP")
    desk.storage.connection.execute("DELETE FROM own_values")
    reconcile(desk.storage, lost={"own_values": lost})
    assert value(desk, account, field) == ("SAP" if lost else None)
    desk.storage.connection.execute(
        "INSERT OR REPLACE INTO own_values VALUES (?, ?, 'Oracle')", (account, field.id)
    )
    reconcile(desk.storage, lost={})
    assert value(desk, account, field) == "Oracle"
    for follower in desk.storage.followers:
        follower.rebuild(desk.storage.connection)


def test_everything_leaves_in_a_bundle_and_comes_back(desk: Workspace, tmp_path: Path) -> None:
    field, account = a_field(desk, privacy=Privacy.BUSINESS), a_customer(desk)
    desk.own_fields.write(account, field, "SAP")
    bundle = tmp_path / "all.zip"
    write_bundle(desk.storage, bundle)
    for name in ("", "另一个人"):  # a fresh workspace, and one that holds something
        folder = tmp_path / f"there{len(name)}"
        folder.mkdir()
        there = a_desk(folder, name=name)
        if name:
            a_customer(there, "北屏重工")
        there.bundles.take(bundle)
        assert value(there, account, field) == "SAP"
        assert there.own_fields.ask.get(field.id) == field
        assert untruths(there) == []
        there.close()


def test_a_person_who_moves_to_another_customer_takes_the_values_along(desk: Workspace) -> None:
    field = a_field(desk, "Hobby", of_kind=Of.PERSON)
    first, second = a_customer(desk, "甲"), a_customer(desk, "乙")
    person: Person = desk.people.new("李敏", first)
    desk.people.add(person)
    desk.own_fields.write(person.id, field, "羽毛球")
    desk.people.change(replace(person, account=second), base=person, seen=desk.storage.position())
    assert value(desk, person.id, field) == "羽毛球"
    assert differences(desk.storage) == []


def test_an_erased_person_leaves_no_value(desk: Workspace) -> None:
    field = a_field(desk, "Hobby", of_kind=Of.PERSON)
    account = a_customer(desk)
    person = desk.people.new("李敏", account)
    desk.people.add(person)
    desk.own_fields.write(person.id, field, "羽毛球")
    assert (
        stored(desk.storage, desk.storage.catalogue["person"], person.id).cells[  # type: ignore[union-attr]
            cell_of(field.id)
        ]
        == "羽毛球"
    )
    other = a_field(desk, "Contact")
    desk.own_fields.write(account, other, "ask 李敏 first")
    desk.rights.erase(person.id, notes=True)
    assert value(desk, person.id, field) is None
    assert value(desk, account, other) == "ask [erased] first"
    assert left_of_erased(desk.storage) == []
    assert conflicts(desk.storage) == []


def test_the_command_line_lists_shows_and_exports_them(tmp_path: Path) -> None:
    def fill(desk: Workspace) -> None:
        number, text = a_field(desk, "Machines", Sort.NUMBER), a_field(desk, "ERP \x1b[2J")
        account = a_customer(desk)
        desk.own_fields.write(account, number, "12.5")
        desk.own_fields.write(account, text, "=SAP")

    kamdesk = CommandLine(tmp_path).made(fill)
    assert kamdesk.ask("accounts")[0]["own"]["Machines"] == "12.5"
    assert kamdesk.ask("show", "澜川")["own"]["Machines"] == "12.5"
    shown = kamdesk.do("show", "澜川").out
    assert "Machines" in shown
    assert "\x1b" not in shown
    target = tmp_path / "out.csv"
    kamdesk.do("export", target)
    titles, row, *_ = target.read_text("utf-8-sig").splitlines()
    assert titles.split(",")[-2] == "Machines"
    assert row.split(",")[-2] == "12.5"
    assert not row.split(",")[-1].startswith("=")
