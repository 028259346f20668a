"""kamdesk backup: beside the open window too, into the workspace's folder or elsewhere."""

from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(a_territory)


def test_a_backup_is_made_and_listed(line: CommandLine) -> None:
    assert "There is no backup" in line.do("backup", "--list").out
    made = Path(line.ask("backup")["backup"])
    assert made.parent == line.workspace / "backups"
    assert Path(line.ask("backup", "--list")[0]["backup"]) == made
    listed = line.do("backup", "--list").out
    assert made.name in listed
    assert "made by hand" in listed


def test_a_backup_is_made_beside_the_open_window(line: CommandLine) -> None:
    desk = line.desk()
    try:
        desk.storage.remember("late", 1)
        assert "was made, opened and counted" in line.do("backup").out
    finally:
        desk.close()


def test_elsewhere_nothing_is_written_over(line: CommandLine, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "kept.db").write_text("mine")
    assert "No backup could be made" in line.refused("backup", stick / "kept.db")
    assert (stick / "kept.db").read_text() == "mine"
    line.do("backup", stick / "desk.db")
    line.do("backup", stick)
    assert len(list(stick.glob("*.key.json"))) == 2
    assert line.run("backup", stick / "desk.txt").status == 2
    assert line.run("backup", "--list", stick / "desk.db").status == 2


def test_an_import_makes_one_first_unless_there_is_a_fresh_one(
    line: CommandLine, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("客户名称,城市\n澜川精密轴承有限公司,无锡\n", "utf-8")
    line.do("import", table, "--as", "accounts", "--dry-run")
    assert line.ask("backup", "--list") == []
    for _ in range(2):
        line.do("import", table, "--as", "accounts")
        assert [one["why"] for one in line.ask("backup", "--list")] == ["before-import"]


def test_an_import_that_cannot_be_backed_up_changes_nothing(
    line: CommandLine, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("客户名称,城市\n澜川精密轴承有限公司,无锡\n", "utf-8")
    (line.workspace / "backups").write_text("in the way")
    assert "No backup could be made" in line.refused("import", table, "--as", "accounts")
    assert len(line.ask("accounts")) == 2
