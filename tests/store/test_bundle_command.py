"""Bundles at the command line."""

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from support.carried import mended, whole
from support.commands import CommandLine, a_territory

from kamdesk.storage import key_file
from kamdesk.storage.key_file import Cost


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that is quick to try also where ``init`` makes the workspace."""
    monkeypatch.setattr(key_file, "Cost", lambda **_: Cost(memory=8192, rounds=1, lanes=1))


@pytest.fixture
def ours(tmp_path: Path) -> CommandLine:
    """A machine with a small territory."""
    (tmp_path / "ours").mkdir()
    return CommandLine(tmp_path / "ours").made(a_territory)


@pytest.fixture
def bundle(ours: CommandLine, tmp_path: Path) -> Path:
    """Its bundle."""
    ours.do("export", tmp_path / "all.zip")
    return tmp_path / "all.zip"


def another(tmp_path: Path) -> CommandLine:
    (tmp_path / "another").mkdir()
    return CommandLine(tmp_path / "another")


def test_export_says_what_it_holds_and_that_it_is_open(ours: CommandLine, tmp_path: Path) -> None:
    done = ours.do("export", tmp_path / "all.zip")
    assert "holds the whole workspace: " in done.lines[0]
    assert "not encrypted" in done.out
    assert "private" in done.out
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "all.zip").stat().st_mode) == 0o600
    told = ours.ask("export", tmp_path / "all.ZIP")
    assert told["records"]["account"] == 2
    assert told["changes"] > 5


def test_two_exports_are_the_same_bytes(ours: CommandLine, bundle: Path, tmp_path: Path) -> None:
    ours.do("export", tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_a_new_workspace_from_a_bundle(ours: CommandLine, bundle: Path, tmp_path: Path) -> None:
    line = another(tmp_path)
    told = line.ask("init", line.workspace, "--from", bundle)
    assert told["me"] == "林晓彤"
    line.do("export", tmp_path / "theirs.zip")
    assert (tmp_path / "theirs.zip").read_bytes() == bundle.read_bytes()
    one, other = ours.desk(), line.desk()
    assert whole(one) == whole(other)
    for desk in (one, other):
        desk.close()


def test_init_refused_leaves_nothing(bundle: Path, tmp_path: Path) -> None:
    line = another(tmp_path)
    broken = mended(bundle, tmp_path / "bad.zip", lambda parts: parts.pop("bundle.json") and None)
    assert "no KamDesk bundle" in line.refused("init", line.workspace, "--from", broken)
    assert not line.workspace.exists()
    assert "There is no file" in line.refused("init", line.workspace, "--from", tmp_path / "x.zip")
    assert not line.workspace.exists()
    line.workspace.mkdir()
    (line.workspace / "mine.txt").write_text("mine")
    line.refused("init", line.workspace, "--from", broken)
    assert [path.name for path in line.workspace.iterdir()] == ["mine.txt"]
    assert line.run("init", line.workspace, "--from", bundle, "--name", "X").status == 2


def test_import_into_a_fresh_workspace(bundle: Path, tmp_path: Path) -> None:
    line = another(tmp_path).made()
    look = line.do("import", bundle, "--dry-run")
    assert "Nothing was written" in look.out
    assert line.ask("accounts") == []
    told = line.ask("import", bundle)
    assert told["new"] == told["rows"] > 5
    assert "The whole workspace" in told["remarks"][0]
    assert len(line.ask("accounts")) == 2


def test_import_adds_reports_and_undoes(ours: CommandLine, bundle: Path, tmp_path: Path) -> None:
    line = another(tmp_path).made(
        lambda desk: desk.accounts.add(desk.accounts.new("西南电网")) and None
    )
    told = line.ask("import", bundle, "--report", tmp_path / "report.json")
    assert told["conflicts"] == 0
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["new"] == told["new"]
    assert len(line.ask("accounts")) == 3
    desk = line.desk()
    grid = next(one for one in desk.accounts.ask.everything() if one.number == "KA-001")
    desk.accounts.change(replace(grid, city="杭州"), base=grid, seen=desk.storage.position())
    desk.close()
    done = line.do("import", bundle)
    assert "in conflict 1" in done.out
    assert "row 1: records/account.jsonl: “华东电网有限公司” differs in place" in done.out
    done = line.do("import", bundle, "--theirs")
    assert "updated 1" in done.out
    done = line.do("undo")
    assert "Import bundle all.zip" in done.out


def test_what_goes_together_and_what_does_not(
    ours: CommandLine, bundle: Path, tmp_path: Path
) -> None:
    assert ours.run("export", tmp_path / "a.zip", "--what", "people").status == 2
    assert ours.run("export", tmp_path / "a.zip", "--account", "KA-001").status == 2
    assert ours.run("import", bundle, "--as", "people").status == 2
    assert ours.run("import", bundle, "--sheet", "1").status == 2
    (ours.workspace / "backups").mkdir(exist_ok=True)
    said = ours.refused("export", ours.workspace / "backups" / "a.zip")
    assert "part of a workspace" in said
    assert ours.do("export", tmp_path / "people.csv", "--what", "people").status == 0


def test_a_bundle_is_known_by_what_it_is(ours: CommandLine, bundle: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "everything.kamdesk"
    renamed.write_bytes(bundle.read_bytes())
    told = ours.ask("import", renamed)
    assert told["same"] == told["rows"] > 5


def test_in_chinese(ours: CommandLine, tmp_path: Path) -> None:
    done = ours.run("export", tmp_path / "全部.zip", "--lang", "zh")
    assert done.status == 0
    assert "全部.zip" in done.out
