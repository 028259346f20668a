"""No customer's word lies in clear anywhere on the laptop, not even after a sudden death."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import PASSPHRASE, CommandLine

WORDS = ("墨鹭川阀门", "Kestrelwick", "昆仑石榴备忘", "quietmagnolia", "+86 154 0371 2214")
DYING = """
import os, signal, sys
from pathlib import Path
from kamdesk.cli.secret import keyring
from kamdesk.workspace import open_workspace
desk = open_workspace(Path(sys.argv[1]), passphrase=lambda: sys.argv[2], keys=keyring({}))
account = desk.accounts.new("墨鹭川阀门有限公司")
desk.accounts.add(account)
with desk.storage.change(desk.undo.next_undo().name) as change:
    desk.people.put_new(change, desk.people.new("quietmagnolia", account.id))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def traces(folder: Path) -> list[str]:
    """Return which files below ``folder`` hold one of the words, in any common encoding."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found += [
            f"{path.name}: {word}"
            for word in WORDS
            if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "gb18030"))
        ]
    return found


def used(kamdesk: CommandLine, lists: Path) -> None:
    """Bring the words into every corner the program has today."""
    lists.mkdir()
    path = lists / "list.csv"
    path.write_text(
        "客户名称,简称,电话,备注\n墨鹭川阀门有限公司,Kestrelwick,+86 154 0371 2214,昆仑石榴备忘\n",
        encoding="utf-8",
    )
    kamdesk.do("import", path)
    words = ("--account", "Kestrelwick", "--said", "昆仑石榴备忘", "--no-next-step-because")
    kamdesk.do("visit", "log", *words, "quietmagnolia")
    kamdesk.do("search", "昆仑石榴")
    kamdesk.do("brief", "--account", "Kestrelwick", "-o", lists / "brief.pdf")
    kamdesk.do("history", "Kestrelwick")
    kamdesk.do("undo")
    kamdesk.refused("show", "墨鹭川阀门无此人")


def test_no_word_of_a_customer_stands_in_clear(tmp_path: Path) -> None:
    home = tmp_path / "home"
    kamdesk = CommandLine(home).made()
    used(kamdesk, tmp_path / "lists")
    assert traces(home) == []
    assert traces(tmp_path / "lists")  # the list itself is the control


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_no_word_stands_in_clear_after_a_sudden_death(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path / "home").made()
    temporary = tmp_path / "home" / "temporary"
    temporary.mkdir()
    died = subprocess.run(
        [sys.executable, "-c", DYING, kamdesk.workspace, PASSPHRASE],
        env={**kamdesk.kept(), **kamdesk.environment(), "TMPDIR": str(temporary)},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert any(path.name.endswith("-wal") for path in kamdesk.workspace.iterdir())
    assert traces(tmp_path) == []
    assert kamdesk.ask("accounts")[0]["name"] == "墨鹭川阀门有限公司"
    assert kamdesk.ask("people") == []


def test_the_scan_finds_a_word_in_a_plain_database(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    with plain:
        plain.execute("CREATE TABLE accounts (name TEXT)")
        plain.execute("INSERT INTO accounts VALUES (?)", (WORDS[0],))
    plain.close()
    assert traces(tmp_path) == [f"plain.db: {WORDS[0]}"]


def test_what_is_ours_alone_is_readable_by_us_alone(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path / "home").made()
    if os.name == "posix":
        assert kamdesk.workspace.stat().st_mode & 0o777 == 0o700
        for path in kamdesk.workspace.rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path.name
