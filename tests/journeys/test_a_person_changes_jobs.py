"""A person changes jobs, from the command line; two records are made one."""

from pathlib import Path

import pytest
from support.commands import CommandLine


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path)
    made.ask("init", made.workspace, "--name", "林晓彤")
    (tmp_path / "customers.csv").write_text(
        "客户名称,客户编号\n华东电网有限公司,KA-7\n瑞坪矿业有限公司,KA-8\n", "utf-8"
    )
    (tmp_path / "people.csv").write_text(
        "姓名,公司,职务,手机,邮箱\n王建国,华东电网有限公司,主任,13912345678,wjg@hd.example\n",
        "utf-8",
    )
    made.ask("import", tmp_path / "customers.csv")
    made.ask("import", tmp_path / "people.csv")
    return made


def test_a_person_changes_jobs(kamdesk: CommandLine) -> None:
    looked = kamdesk.ask("person", "moved", "王建国", "KA-8", "--look")
    assert (looked["done"], looked["new"]) == (False, None)
    moved = kamdesk.ask(
        *("person", "moved", "王建国", "KA-8", "--post", "副总", "--last-day", "2026-03-10"),
    )
    there = kamdesk.ask("people", "--account", "KA-8")
    assert [(one["name"], one["post"], one["phone"]) for one in there] == [
        ("王建国", "副总", "13912345678")
    ]
    assert there[0]["id"] == moved["new"]
    here = kamdesk.ask("people", "--account", "KA-7")
    assert [(one["id"], one["post"]) for one in here] == [(moved["left"], "")]
    kamdesk.do("undo")
    assert kamdesk.ask("people", "--account", "KA-8") == []
    kamdesk.do("person", "leave", moved["left"])
    kamdesk.do("check")


def test_two_records_are_made_one_and_the_old_id_leads_on(kamdesk: CommandLine) -> None:
    every = kamdesk.ask("people", "--account", "KA-7")
    kept = kamdesk.ask("merge", "KA-7", "KA-8")
    assert [one["number"] for one in kamdesk.ask("accounts")] == ["KA-7"]
    assert kamdesk.ask("show", kept["merged"])["id"] == kept["kept"]
    kamdesk.do("undo")
    assert len(kamdesk.ask("accounts")) == 2
    assert kamdesk.ask("people", "--account", "KA-7") == every
    kamdesk.do("check")
