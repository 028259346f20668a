"""No customer's word lies in clear anywhere on the laptop, not even after a sudden death."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.canaries import (
    CHINESE,
    CUSTOMER,
    ELSEWHERE,
    PERSON,
    SECRETS,
    WORDS,
    cells_without_a_word,
    forms,
    plant,
    traces,
)
from support.canary_day import COMMANDS as DAY
from support.canary_day import INVITATION
from support.commands import CommandLine
from support.desks import a_desk

from kamdesk.cli.program import COMMANDS, program

ROOT = Path(__file__).resolve().parents[2]
HEADS = "客户编号,客户名称,简称,电话,备注\n"


REFUSED = {
    "import {lists}/broken.xlsx",
    "show pinebarrow-draft",
    f"join {INVITATION} --share {CUSTOMER}",
    f"conflicts take {PERSON} mine",
    f"conflicts write {PERSON} {CHINESE[7]}",
    "quarantine hand {lists}/out/handed.json",
    "quarantine export {lists}/out/refused.json",
    "quarantine take-in {lists}/list.csv",
    "quarantine drop 1",
    "sync",
    "hub serve --hub {home}/none",
}


class Day:
    """A home with nothing in it, what is given in and out beside it, and the day lived there."""

    def __init__(self, folder: Path, *end: str) -> None:
        self.home, self.lists = folder / "home", folder / "lists"
        (self.lists / "out").mkdir(parents=True)
        self.home.mkdir(mode=0o700)
        temporary = self.home / "temporary"
        temporary.mkdir(mode=0o700)
        (self.lists / "list.csv").write_text(
            f"{HEADS}{','.join(WORDS[5:10])}\n2,{ELSEWHERE},,,\n", "utf-8"
        )
        (self.lists / "list.toml").write_text(
            f'kind = "accounts"\nsource = "{WORDS[11]}"\nkey = "客户编号"\n[columns]\n'
            '"客户名称" = "name"\n"简称" = "short_name"\n"电话" = "phone"\n"备注" = "industry"\n',
            "utf-8",
        )
        (self.lists / "long.csv").write_text(
            HEADS + "".join(f"K{n},{WORDS[n % 30]}{n},x,1,y\n" for n in range(900)), "utf-8"
        )
        (self.lists / "chart.csv").write_text(
            f"name,post,reports to\n{WORDS[1]},Head,\n{WORDS[2]},Clerk,{WORDS[1]}\n", "utf-8"
        )
        days = "".join(f"2028-01-{day:02d},off,{WORDS[9]}\n" for day in range(1, 8))
        (self.lists / "holidays.csv").write_text(days, "utf-8")
        (self.lists / "own.ics").write_text(
            f"BEGIN:VCALENDAR\nX-WR-CALNAME:{CHINESE[8]}\nBEGIN:VEVENT\nUID:{WORDS[3]}\n"
            f"SUMMARY:{WORDS[4]}\nLOCATION:{WORDS[6]}\nDTSTART:20260312T010000Z\nEND:VEVENT\n"
            "END:VCALENDAR\n",
            "utf-8",
        )
        (self.lists / "broken.xlsx").write_bytes(b"PK\x03\x04" + CUSTOMER.encode())
        machine = CommandLine(self.home)
        runtime = self.home / "xdg_runtime_dir"
        runtime.mkdir(mode=0o700)
        self.done = subprocess.run(
            [sys.executable, "-m", "support.canary_day", self.home, self.lists, *end],
            env={
                **machine.kept(),
                **machine.environment(),
                "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
                "KAMDESK_PASSPHRASE": SECRETS[0],
                "KAMDESK_NEW_PASSPHRASE": SECRETS[1],
                "XDG_CACHE_HOME": str(self.home / "xdg_cache_home"),
                "TMPDIR": str(temporary),
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            timeout=240,
            umask=0,
            check=False,
        )

    @property
    def told(self) -> dict[str, Any]:
        """What the day told at its end."""
        found: dict[str, Any] = json.loads((self.lists / "told.json").read_text("utf-8"))
        return found


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The whole day, once."""
    day = Day(tmp_path_factory.mktemp("day"))
    assert day.done.returncode == 0, day.done.stderr.decode()[-3000:]
    return day


def test_every_command_is_in_the_day() -> None:
    named = set()
    for name in COMMANDS:
        command = program.get_command(None, name)  # type: ignore[arg-type]
        named |= {f"{name} {sub}" for sub in getattr(command, "commands", {})} or {name}
    assert set(DAY) == named


def test_every_cell_has_its_word(day: Day) -> None:
    assert len(set(WORDS)) == 40
    assert day.told["bare"] == []


def test_a_cell_without_a_word_is_noticed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    assert "account.name" in cells_without_a_word(desk)
    plant(desk)
    assert {one.split(".")[0] for one in cells_without_a_word(desk)} == {"known_as"}
    desk.close()


def test_the_commands_of_the_day_were_not_idle(day: Day) -> None:
    ended = day.told["commands"]
    failed = {row for row, status in ended.items() if status}
    assert failed == REFUSED, sorted(failed ^ REFUSED)
    assert any((day.home / "workspace" / "backups").iterdir())
    assert len(day.told["codes"]) == 3
    assert day.told["window"]["paper"] > 10_000


def test_no_word_lies_in_clear_in_the_home_of_that_day(day: Day) -> None:
    assert traces(day.home, words=(*WORDS, *day.told["codes"])) == []


def test_the_lists_and_papers_given_out_are_the_control(day: Day) -> None:
    assert len({one.split(": ")[1] for one in traces(day.lists)}) > 20


def test_children_are_started_without_a_word(day: Day) -> None:
    assert day.told["spoken"] == []
    assert day.told["new shared"] == []


def test_log_and_crash_notes_tell_what_went_wrong_all_the_same(day: Day) -> None:
    logs = sorted(day.home.rglob("*.log")) + sorted(day.home.rglob("crash-*.txt"))
    written = "".join(path.read_text("utf-8") for path in logs)
    assert "builtins.ValueError" in written
    assert "builtins.RuntimeError" in written
    assert "command accounts" in written
    assert len(list(day.home.rglob("crash-*.txt"))) == 2


def test_all_that_was_made_is_readable_by_us_alone(day: Day) -> None:
    if os.name == "posix":
        open_to_others = [
            f"{path.relative_to(day.home)} {path.lstat().st_mode & 0o777:o}"
            for path in day.home.rglob("*")
            if not path.is_symlink() and path.stat().st_mode & 0o077
        ]
        assert open_to_others == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("end", ["in an import", "in a save"])
def test_no_word_lies_in_clear_after_a_sudden_death(tmp_path: Path, end: str) -> None:
    day = Day(tmp_path, *end.split())
    assert day.done.returncode == -signal.SIGKILL, day.done.stderr.decode()[-3000:]
    assert traces(day.home) == []
    machine = CommandLine(day.home, given={"KAMDESK_PASSPHRASE": SECRETS[0]})
    assert CUSTOMER in {one["name"] for one in machine.ask("accounts")}
    assert traces(day.home) == []


@pytest.mark.parametrize("place", ["log", "table", "name", "wide", "packed"])
def test_a_leak_is_found(tmp_path: Path, place: str) -> None:
    """The control: a line of a log, a plain database, a file's name, other codes."""
    if place == "log":
        (tmp_path / "kamdesk.log").write_text(f"saved {CUSTOMER}\n", "utf-8")
    elif place == "table":
        plain = sqlite3.connect(tmp_path / "plain.db")
        with plain:
            plain.execute("CREATE TABLE accounts (name TEXT)")
            plain.execute("INSERT INTO accounts VALUES (?)", (CUSTOMER,))
        plain.close()
    elif place == "name":
        (tmp_path / f"{CUSTOMER}.pdf").write_bytes(b"x")
    else:
        found = CUSTOMER.encode("utf-16-le") if place == "wide" else forms(CUSTOMER)[-2]
        (tmp_path / "window.dat").write_bytes(b"x" + found + b"x")
    assert [one.split(": ")[1] for one in traces(tmp_path)] == [CUSTOMER]
