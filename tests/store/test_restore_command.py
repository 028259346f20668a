"""kamdesk restore, and what check says of a damaged, a restored and an erased workspace."""

import os
import shutil
from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory

from kamdesk.storage import restoring

PAGE = 4096


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(a_territory)


def gnaw(line: CommandLine, page: int = 40) -> None:
    path = line.workspace / "kamdesk.db"
    raw = bytearray(path.read_bytes())
    raw[page * PAGE + 900] ^= 4
    path.write_bytes(raw)


def test_a_workspace_is_brought_back_and_says_so(line: CommandLine) -> None:
    backup = line.ask("backup")["backup"]
    desk = line.desk()
    desk.accounts.add(desk.accounts.new("新客户"))
    desk.close()
    done = line.do("restore", backup, line.workspace).out
    assert "The backup is back" in done
    assert "2 customers, 3 people" in done
    aside = line.ask("check")["put_aside"]
    assert len(aside) == 1
    assert "was put aside" in done
    checked = line.do("check").out
    assert "The workspace is whole: 2 customers" in checked
    assert "It was brought back from a backup on" in checked
    assert aside[0] in checked
    assert "The only backup is of" in checked


def test_a_backup_becomes_a_workspace_of_its_own(line: CommandLine, tmp_path: Path) -> None:
    backup = line.ask("backup", tmp_path / "desk.db")["backup"]
    told = line.ask("restore", backup, tmp_path / "new")
    assert (told["accounts"], told["people"], told["aside"]) == (2, 3, None)
    assert line.ask("check", "--workspace", tmp_path / "new")["ok"]


def test_while_the_window_is_open_nothing_is_brought_back(line: CommandLine) -> None:
    backup = line.ask("backup")["backup"]
    desk = line.desk()
    try:
        assert "KamDesk is open" in line.refused("restore", backup, line.workspace)
    finally:
        desk.close()


def test_check_names_the_way_out_of_damage_and_the_way_works(
    line: CommandLine, tmp_path: Path
) -> None:
    backup = line.ask("backup")["backup"]
    gnaw(line)
    said = line.refused("check")
    assert f"kamdesk restore {backup} {line.workspace}" in said
    assert f"kamdesk check --workspace {line.workspace} --salvage NEWDIR" in said
    told = line.run("check", "--json")
    assert told.status == 1
    assert told.data == {"ok": False, "damaged": True, "newest_good_backup": backup}
    saved = line.do("check", "--salvage", tmp_path / "saved").out
    assert "customers" in saved
    assert "could not be read: 1 of" in saved
    assert "was not touched" in saved
    again = line.do("check", "--workspace", tmp_path / "saved").out
    assert "The workspace is whole: 2 customers, 3 people" in again
    assert "It was saved from a damaged file on" in again
    line.do("restore", backup, line.workspace)
    assert line.ask("check")["ok"]


def test_salvage_tells_its_counts_as_data(line: CommandLine, tmp_path: Path) -> None:
    told = line.ask("check", "--salvage", tmp_path / "saved")
    assert {one["kind"]: (one["saved"], one["lost"]) for one in told["kinds"]}["person"] == (3, 0)
    assert (told["broken"], told["ops_lost"]) == (0, 0)
    assert line.run("check", "--rebuild", "--salvage", tmp_path / "more").status == 2


def test_check_works_where_nothing_may_be_written(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(os.listdir(line.workspace))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    told = line.ask("check")
    assert told["ok"]
    assert told["checked_pages"]
    assert sorted(os.listdir(line.workspace)) == before
    gnaw(line)
    assert "is damaged" in line.refused("check")


def test_check_says_that_somebody_was_erased_and_finds_what_is_left(line: CommandLine) -> None:
    desk = line.desk()
    person = desk.storage.reader.ask("SELECT id FROM people WHERE name = '王芳'").value()
    desk.rights.erase(person)
    desk.close()
    told = line.do("check").out
    assert "erased for good" in told
    assert line.ask("check")["erased"] >= 1
    desk = line.desk()
    desk.storage.connection.execute("INSERT INTO people (id) VALUES (?)", (person,))
    desk.close()
    assert any(
        "erased, still in its table" in one for one in line.run("check", "--json").data["findings"]
    )


def test_an_erased_person_does_not_come_back_with_a_backup(
    line: CommandLine, tmp_path: Path
) -> None:
    backup = Path(line.ask("backup")["backup"])
    stick = tmp_path / "stick"
    stick.mkdir()
    for one in (backup, backup.with_suffix(".key.json")):
        shutil.copy(one, stick / one.name)
    desk = line.desk()
    person = desk.storage.reader.ask("SELECT id FROM people WHERE name = '王芳'").value()
    desk.rights.erase(person)
    desk.close()
    line.do("restore", stick / backup.name, line.workspace)
    assert line.ask("check")["ok"]
    desk = line.desk()
    ask = desk.storage.reader.ask
    assert ask("SELECT count(*) FROM people WHERE id = ?", person).value() == 0
    assert ask("SELECT count(*) FROM op WHERE eid = ? AND verb != 7", person).value() == 0
    desk.close()


@pytest.mark.parametrize("leveled", [True, False])
def test_without_the_list_beside_it_the_person_would_come_back(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch, leveled: bool
) -> None:
    """Where a crash left no list the file itself has it; control: without either they are back."""
    if not leveled:
        monkeypatch.setattr(restoring, "_level_list", lambda *_: None)
    backup = Path(line.ask("backup")["backup"])
    desk = line.desk()
    person = desk.storage.reader.ask("SELECT id FROM people WHERE name = '王芳'").value()
    desk.rights.erase(person)
    desk.close()
    (line.workspace / "erased").unlink()
    line.do("restore", backup, line.workspace)
    desk = line.desk()
    found = desk.storage.reader.ask("SELECT count(*) FROM people WHERE id = ?", person).value()
    assert found == (0 if leveled else 1)
    desk.close()
