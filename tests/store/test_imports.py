"""A foreign list becomes customers and people: once, as one action, and undone as one."""

from datetime import date
from pathlib import Path

import pytest

from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text, say
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Decision, Verdict
from kamdesk.transfer.known_here import known_accounts
from kamdesk.transfer.report import ImportReport
from kamdesk.workspace import Workspace

ACCOUNTS = """编号,客户名称,简称,行业,城市,地址,负责人,标签,上级单位,统一社会信用代码
C-1,澜川控股集团,澜川控股,制造业,无锡,锡士路 1 号,吴启明,华东;核心,,91350100M000100Y43
C-2,澜川精密轴承有限公司,澜川轴承,制造业,无锡,,吴启明,华东,澜川控股集团,
C-3,,没有名字,,,,,,,
"""
PEOPLE = """姓名,职务,公司,手机,邮箱
陈立新,总经理,澜川精密轴承有限公司,138 0013 8000,chen@lanchuan.example
周工,设备主管,不认识的公司,,zhou@else.example
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def taken(desk: Workspace, path: Path, kind: ImportKind | None = None) -> ImportReport:
    shown = desk.imports.look(path, kind=kind)
    desk.imports.take(shown)
    return shown.report


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    return put(tmp_path, "accounts.csv", ACCOUNTS), put(tmp_path, "people.csv", PEOPLE)


def test_looking_writes_nothing(desk: Workspace, lists) -> None:
    before = desk.storage.reader.ask("SELECT max(lid) FROM op").value()
    report = desk.imports.look(lists[0]).report
    assert (report.rows, report.new, len(report.rejected)) == (3, 2, 1)
    assert report.rejected[0].row == 4
    assert desk.storage.reader.ask("SELECT max(lid) FROM op").value() == before
    assert desk.accounts.ask.count() == 0


def test_a_list_of_customers_comes_with_group_site_owner_tags_and_key(desk, lists) -> None:
    taken(desk, lists[0])
    group, part = (
        desk.accounts.ask.get(desk.accounts.ask.by_name(n)[0])
        for n in ("澜川控股集团", "澜川精密轴承有限公司")
    )
    assert part.group_parent == group.id
    assert desk.accounts.ask.sites(group.id)[0].address == "锡士路 1 号"
    assert desk.team.ask.get(part.owner).name == "吴启明"
    assert desk.accounts.ask.tags(group.id) == ["华东", "核心"]
    assert [key for _, key in desk.origins.of_record(group.id)] == ["C-1"]


def test_the_same_list_again_changes_nothing(desk, lists) -> None:
    taken(desk, lists[0])
    taken(desk, lists[1])
    last = desk.storage.reader.ask("SELECT max(lid) FROM op").value()
    for path, rows in zip(lists, (2, 2), strict=True):
        report = taken(desk, path)
        assert (report.new, report.updated, report.same) == (0, 0, rows)
    assert desk.storage.reader.ask("SELECT max(lid) FROM op").value() == last


def test_people_find_their_customer_and_the_others_lose_nothing(desk, lists) -> None:
    taken(desk, lists[0])
    report = taken(desk, lists[1])
    chen, zhou = (desk.people.ask.get(desk.people.ask.named(n)[0]) for n in ("陈立新", "周工"))
    assert chen.account == desk.accounts.ask.by_name("澜川轴承")[0]
    assert (chen.family_name, chen.given_name) == ("陈", "立新")
    assert zhou.account is None
    assert zhou.note == "不认识的公司"
    assert "no customer here" in say(report.warnings[0].reason, "en")
    lines = {line.name: line for line in desk.people.ask.lines()}
    assert lines["陈立新"].post == "总经理"
    assert lines["周工"].post == "设备主管"
    assert lines["陈立新"].phone


def test_a_person_takes_everything_along_when_the_firm_becomes_known(desk, lists, tmp_path) -> None:
    taken(desk, lists[1])
    taken(desk, put(tmp_path, "more.csv", "客户名称,行业\n不认识的公司,贸易\n"))
    report = taken(desk, lists[1])
    assert report.updated == 1
    zhou = desk.people.ask.get(desk.people.ask.named("周工")[0])
    assert zhou.account == desk.accounts.ask.by_name("不认识的公司")[0]
    assert [way.account for way in desk.people.ask.ways(zhou.id)] == [zhou.account]
    assert [post.title for post in desk.people.ask.posts(zhou.account)] == ["设备主管"]


def test_an_import_is_one_action_and_its_undo_leaves_an_empty_desk_with_history(
    desk, lists
) -> None:
    taken(desk, lists[0])
    account = desk.accounts.ask.by_name("澜川控股集团")[0]
    assert say(desk.undo.next_undo().name, "en") == "Import of accounts.csv"
    desk.undo.undo()
    assert desk.accounts.ask.count() == 0
    assert desk.history.of("account", account)
    report = taken(desk, lists[0])
    assert report.new == 2


def test_a_changed_list_changes_only_what_it_says(desk, lists, tmp_path) -> None:
    taken(desk, lists[0])
    changed = "编号,客户名称,简称,城市\nC-2,澜川精密轴承股份有限公司,澜川轴承,苏州\n"
    mapped = 'kind = "accounts"\nkey = "编号"\n[columns]\n"客户名称" = "name"\n"城市" = "city"\n'
    source = desk.origins.of_record(desk.accounts.ask.by_name("澜川轴承")[0])[0][0]
    shown = desk.imports.look(
        put(tmp_path, "changed.csv", changed), map_text=f'source = "{source}"\n' + mapped
    )
    assert shown.report.updated + shown.report.conflicts == 1
    desk.imports.take(shown)
    account = desk.accounts.ask.get(desk.accounts.ask.by_name("澜川轴承")[0])
    if shown.report.updated:
        assert (account.name, account.city) == ("澜川精密轴承股份有限公司", "苏州")
    assert account.industry == "制造业"


def test_stopping_changes_nothing(desk, lists) -> None:
    shown = desk.imports.look(lists[0])
    with pytest.raises(Cancelled):
        desk.imports.take(shown, stopped=lambda: True)
    assert desk.accounts.ask.count() == 0
    told: list[tuple[int, int]] = []
    desk.imports.take(shown, steps=lambda done, every: told.append((done, every)))
    assert told[-1] == (2, 2)


@pytest.mark.parametrize("name", ["nothing.csv", "folder"])
def test_what_cannot_be_read_is_refused_by_name(desk, tmp_path, name) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(RuleBroken, match=name):
        desk.imports.look(tmp_path / name)


def test_groups_in_a_circle_are_told_and_the_same_list_again_changes_nothing(
    desk: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "groups.csv"
    path.write_text(
        "客户名称,母公司\n甲公司,乙公司\n乙公司,丙公司\n丙公司,甲公司\n丁公司,丁公司\n戊公司,己公司\n"
        "Zellaro,  ＺＥＬＬＡＲＯ Holding\nZellaro Holding,\n",
        "utf-8",
    )
    report = taken(desk, path)
    assert (report.new, report.rejected) == (7, ())
    assert [(one.row, one.field) for one in report.warnings] == [
        (row, "group_parent") for row in (4, 5, 6)
    ]
    above = {
        one.name: desk.accounts.ask.get(one.group_parent).name
        for one in desk.accounts.ask.everything()
        if one.group_parent
    }
    assert above == {"甲公司": "乙公司", "乙公司": "丙公司", "Zellaro": "Zellaro Holding"}
    again = taken(desk, path)
    assert (again.new, again.updated, again.same) == (0, 0, 7)
    desk.accounts.add(desk.accounts.new("己公司"))
    assert taken(desk, path).updated == 1  # its group is known now


@pytest.mark.parametrize("heading", ["客户名称", "姓名"])
def test_a_name_too_long_rejects_its_row_and_not_the_file(
    desk: Workspace, tmp_path: Path, heading: str
) -> None:
    path = put(tmp_path, "long.csv", f"{heading},手机\n{'长' * 401},\n王建国,13800138000\n")
    report = taken(desk, path)
    assert (report.new, [(one.row, one.field) for one in report.rejected]) == (1, [(2, "name")])


def test_a_cell_that_cannot_be_read_does_not_make_its_column_left_over(
    desk: Workspace, tmp_path: Path
) -> None:
    path = put(tmp_path, "odd.csv", "客户名称,员工人数,星座\n甲公司,-5,狮子座\n")
    report = desk.imports.look(path).report
    assert report.left_over == ("星座",)
    assert [(one.row, one.field) for one in report.warnings] == [(2, "employees")]


def test_a_row_refused_while_it_is_written_is_named_and_nothing_is_kept(
    desk: Workspace, lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kamdesk.transfer import take_accounts

    shown = desk.imports.look(lists[0])
    monkeypatch.setattr(
        take_accounts.AccountTaker,
        "_learn",
        lambda *_: (_ for _ in ()).throw(RuleBroken(Text("x"))),
    )
    with pytest.raises(RuleBroken, match=r"“accounts.csv” cannot be imported: row 2: x"):
        desk.imports.take(shown)
    assert desk.accounts.ask.count() == 0


def test_a_list_is_mapped_as_it_was_before_and_the_mapping_can_be_forgotten(
    desk: Workspace, tmp_path: Path
) -> None:
    path = put(tmp_path, "odd.csv", "谁,干什么\n澜川,轴承\n")
    own = 'kind = "accounts"\n[columns]\n"谁" = "name"\n"干什么" = "industry"\n'
    first = desk.imports.look(path, map_text=own)
    assert first.mapped_before is None
    desk.imports.take(first)
    later = put(tmp_path, "later.csv", "谁,干什么\n芦汀,纺织\n")
    again = desk.imports.look(later)
    assert again.mapped_before == desk.clock.now()
    assert [one.field for one in again.mapping.columns] == ["name", "industry"]
    desk.list_mappings.forget(again.table.headings.fingerprint)
    with pytest.raises(RuleBroken, match="Say which one holds the name"):
        desk.imports.look(later)


def test_a_note_grows_and_is_never_written_over(desk: Workspace, tmp_path: Path) -> None:
    taken(desk, put(tmp_path, "a.csv", "客户名称,备注\n澜川,老客户\n"))
    account = desk.accounts.ask.by_name("澜川")[0]
    mine = desk.accounts.ask.get(account)
    assert mine.note == "老客户"
    report = taken(desk, put(tmp_path, "b.csv", "客户名称,备注\n澜川,要双语\n"))
    assert (report.updated, desk.accounts.ask.get(account).note) == (1, "老客户\n要双语")
    assert taken(desk, put(tmp_path, "b.csv", "客户名称,备注\n澜川,要双语\n")).same == 1


def test_what_may_be_one_is_decided_by_hand(desk: Workspace, tmp_path: Path) -> None:
    taken(desk, put(tmp_path, "a.csv", "客户名称\n澜川精密轴承有限公司\n"))
    known = desk.accounts.ask.by_name("澜川精密轴承有限公司")[0]
    table = desk.imports.read(
        put(tmp_path, "b.csv", "客户名称,城市\n澜川精密轴承股份有限公司,无锡\n")
    )
    open_still = desk.imports.preview(table).judgements[0]
    assert (open_still.verdict, open_still.perhaps[0].record) == (Verdict.NEW, known)
    linked = desk.imports.preview(table, decisions={2: Decision(record=known)})
    desk.imports.take(linked)
    account = desk.accounts.ask.get(known)
    assert (account.name, account.city) == ("澜川精密轴承有限公司", "无锡")
    assert account.other_names == ("澜川精密轴承股份有限公司",)
    assert desk.imports.preview(table).report.same == 1
    assert desk.accounts.ask.count() == 1


def test_a_conflict_decided_to_be_new_leaves_the_key_where_it_was(
    desk: Workspace, tmp_path: Path
) -> None:
    taken(desk, put(tmp_path, "a.csv", "编号,客户名称\nC-1,澜川轴承\n"))
    table = desk.imports.read(put(tmp_path, "b.csv", "编号,客户名称\nC-1,芦汀纺织\n"))
    assert desk.imports.preview(table).judgements[0].verdict is Verdict.CONFLICT
    desk.imports.take(desk.imports.preview(table, decisions={2: Decision()}))
    first, second = (desk.accounts.ask.by_name(name)[0] for name in ("澜川轴承", "芦汀纺织"))
    assert [key for _, key in desk.origins.of_record(first)] == ["C-1"]
    assert desk.origins.of_record(second) == []


def test_another_number_and_post_of_somebody_known_are_added_once(
    desk: Workspace, lists, tmp_path: Path
) -> None:
    taken(desk, lists[0])
    taken(desk, lists[1])
    more = "姓名,职务,公司,手机\n陈立新,董事长,澜川精密轴承有限公司,139 0000 0000\n"
    assert taken(desk, put(tmp_path, "more.csv", more)).updated == 1
    before = desk.storage.reader.ask("SELECT max(lid) FROM op").value()
    assert taken(desk, put(tmp_path, "more.csv", more)).same == 1
    assert taken(desk, lists[1]).same == 2
    assert desk.storage.reader.ask("SELECT max(lid) FROM op").value() == before


def test_the_first_signing_comes_in_changes_and_is_exported_again(desk, tmp_path: Path) -> None:
    head = "客户名称,客户等级,首次签约日期\n"
    taken(desk, put(tmp_path, "one.csv", head + "澜川,核心,2025/3/2\n另一家,核心,\n"))
    first = {account.name: account.first_signed for account in desk.accounts.ask.everything()}
    assert first == {"澜川": date(2025, 3, 2), "另一家": None}
    report = taken(desk, put(tmp_path, "two.csv", head + "澜川,核心,2026年1月5日\n另一家,核心,\n"))
    assert (report.updated, report.same) == (1, 1)
    known = {one.name: one.values["first_signed"] for one in known_accounts(desk.storage.reader)}
    assert known == {"澜川": "2026-01-05", "另一家": ""}
