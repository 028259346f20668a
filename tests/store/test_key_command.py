"""kamdesk key: passphrase, recovery code and key are changed, and the sheet is private."""

import stat
from pathlib import Path

import pypdfium2
import pytest
from support.commands import PASSPHRASE, CommandLine

from kamdesk.storage import key_file
from kamdesk.storage.backups import Why
from kamdesk.storage.lock import Lock

NEW = "another-river-43"


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path, given={"KAMDESK_NEW_PASSPHRASE": NEW}).made()


def opens(line: CommandLine, secret: str) -> bool:
    line.given["KAMDESK_PASSPHRASE"] = secret
    return line.run("accounts").status == 0


def said_on(sheet: Path) -> str:
    return pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()


def test_a_new_passphrase_replaces_the_one_before(line: CommandLine) -> None:
    done = line.do("key", "passphrase")
    assert "The new passphrase counts from now on" in done.out
    assert NEW not in done.out
    assert not opens(line, PASSPHRASE)
    assert opens(line, NEW)


def test_a_new_code_is_on_its_sheet_and_opens_the_workspace(
    line: CommandLine, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.pdf"
    code = line.run("key", "code", "-o", sheet, "--lang", "zh", "--json").data["recovery_code"]
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert all(group in said_on(sheet) for group in code.split("-"))
    assert opens(line, code)


def test_a_new_key_comes_with_a_backup_and_a_new_code(line: CommandLine, tmp_path: Path) -> None:
    before = key_file.read(line.workspace)
    done = line.do("key", "renew", "-o", tmp_path / "sheet.pdf")
    after = key_file.read(line.workspace)
    assert before.salt != after.salt
    assert before.check != after.check
    code = next(word for word in done.out.split() if word.count("-") == 8)
    assert code.split("-")[0] in said_on(tmp_path / "sheet.pdf")
    assert len(list((line.workspace / "backups").glob(f"*-{Why.REKEY}.db"))) == 1
    assert opens(line, PASSPHRASE)
    assert opens(line, code)
    line.do("check")


def test_what_is_refused_changes_nothing(line: CommandLine, tmp_path: Path) -> None:
    before = (line.workspace / "key.json").read_bytes()
    sheet = tmp_path / "sheet.pdf"
    held = Lock(line.workspace)
    assert "KamDesk is open" in line.refused("key", "renew", "-o", sheet)
    held.release()
    for verb in ("passphrase", "code", "renew"):
        line.given["KAMDESK_PASSPHRASE"] = "not this one"
        assert "does not open this workspace" in line.refused("key", verb)
    line.given["KAMDESK_PASSPHRASE"] = PASSPHRASE
    line.given["KAMDESK_NEW_PASSPHRASE"] = "short"
    assert "at least 8" in line.refused("key", "passphrase")
    assert line.run("key", "code", "-o", tmp_path / "sheet.txt").status == 2
    assert (line.workspace / "key.json").read_bytes() == before
    assert not sheet.exists()


def test_init_writes_the_sheet_of_the_workspace_it_made(tmp_path: Path) -> None:
    line, sheet = CommandLine(tmp_path), tmp_path / "sheet.pdf"
    made = line.run("init", line.workspace, "--sheet", sheet, "--json").data
    assert made["sheet"] == str(sheet)
    said = said_on(sheet)
    assert all(group in said for group in made["recovery_code"].split("-"))
    assert key_file.read(line.workspace).workspace[:8] in said
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
