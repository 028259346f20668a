"""Own fields in imports: columns of their name go there, or by hand; twice changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Verdict
from kamdesk.workspace import Workspace

LIST = '客户名称,Machines,ERP,备注二\n甲公司,"1,200",sap,x\n乙公司,many,Oracle,y\n'


def fields(desk: Workspace) -> None:
    for name, sort, choices in (
        ("Machines", Sort.NUMBER, ()),
        ("ERP", Sort.CHOICE, ("SAP", "Kingdee")),
    ):
        field = replace(desk.own_fields.new(name, Of.ACCOUNT, sort), choices=choices)
        desk.own_fields.add(field)
    desk.own_fields.add(desk.own_fields.new("Hobby", Of.PERSON))


def held(desk: Workspace, name: str) -> dict[str, str]:
    (account,) = desk.accounts.ask.by_name(name)
    values = desk.own_fields.ask.of_record(account)
    return {desk.own_fields.ask.get(field).name: value for field, value in values.items()}


def test_columns_named_like_own_fields_go_into_them(desk: Workspace, tmp_path: Path) -> None:
    fields(desk)
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    shown = desk.imports.look(path)
    going = {one.heading: one.field for one in shown.mapping.columns}
    assert (going["Machines"], going["ERP"]) == ("own:Machines", "own:ERP")
    reasons = [problem.reason.plain for j in shown.judgements for problem in j.candidate.problems]
    assert reasons[0] == "Write a number, like 12 or 3.5."
    assert reasons[1].startswith("“Oracle” is not on the list")
    desk.imports.take(shown)
    assert held(desk, "甲公司") == {"Machines": "1200", "ERP": "SAP"}
    assert held(desk, "乙公司") == {}
    again = desk.imports.look(path)
    assert {j.verdict for j in again.judgements} <= {Verdict.SAME}
    path.write_text(LIST.replace("1,200", "1300"), "utf-8")
    changed = desk.imports.look(path).judgements[0]
    assert changed.verdict is Verdict.UPDATE
    assert {n: (c.before, c.after) for n, c in changed.changes.items()} == {
        "own:Machines": ("1200", "1300")
    }
    desk.imports.take(desk.imports.look(path))
    assert held(desk, "甲公司")["Machines"] == "1300"
    desk.undo.undo()
    assert held(desk, "甲公司")["Machines"] == "1200"


def test_a_column_is_sent_there_by_hand_and_remembered(desk: Workspace, tmp_path: Path) -> None:
    fields(desk)
    path = tmp_path / "list.csv"
    path.write_text("客户名称,机台\n甲公司,7\n", "utf-8")
    table = desk.imports.read(path)
    mapping = desk.imports.preview(table).mapping.put("机台", "own:Machines")
    desk.imports.take(desk.imports.preview(table, mapping=mapping))
    assert held(desk, "甲公司") == {"Machines": "7"}
    path.write_text("客户名称,机台\n甲公司,8\n", "utf-8")
    shown = desk.imports.preview(desk.imports.read(path))
    assert shown.mapped_before is not None
    assert shown.judgements[0].changes["own:Machines"].after == "8"
    gone = desk.own_fields.ask.fields(Of.ACCOUNT)[0]
    desk.own_fields.retire(gone)
    left = desk.imports.preview(desk.imports.read(path)).judgements[0]
    assert left.verdict is Verdict.SAME
    assert left.candidate.leftovers == (("机台", "8"),)


def test_people_bring_theirs_too(desk: Workspace, tmp_path: Path) -> None:
    fields(desk)
    path = tmp_path / "people.csv"
    path.write_text("姓名,客户,手机,Hobby\n李敏,甲公司,13800001111,羽毛球\n", "utf-8")
    desk.accounts.add(desk.accounts.new("甲公司"))
    desk.imports.take(desk.imports.look(path, kind=ImportKind.PEOPLE))
    (person,) = desk.people.ask.everybody()
    assert list(desk.own_fields.ask.of_record(person.id).values()) == ["羽毛球"]
    path.write_text("姓名,客户,手机,Hobby\n李敏,甲公司,13800001111,钓鱼\n", "utf-8")
    desk.imports.take(desk.imports.look(path, kind=ImportKind.PEOPLE))
    assert list(desk.own_fields.ask.of_record(person.id).values()) == ["钓鱼"]


def test_a_written_mapping_names_them_and_is_refused_where_there_is_none(
    desk: Workspace, tmp_path: Path
) -> None:
    fields(desk)
    path = tmp_path / "list.csv"
    path.write_text("客户名称,机台\n甲公司,7\n", "utf-8")
    written = 'kind = "accounts"\n[columns]\n"客户名称" = "name"\n"机台" = "own:Machines"\n'
    desk.imports.take(desk.imports.look(path, map_text=written))
    assert held(desk, "甲公司") == {"Machines": "7"}
    again = desk.imports.look(path, map_text=written)
    assert [one.verdict for one in again.judgements] == [Verdict.SAME]
    with pytest.raises(RuleBroken) as refused:
        desk.imports.look(path, map_text=written.replace("Machines", "Machinery"))
    assert refused.value.said.plain == ("Mapping file, line 4: There is no field “own:Machinery”.")
