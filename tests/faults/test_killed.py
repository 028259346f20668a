"""The real program killed at random moments: what it said was done is done, and nothing is half.

Ten kills by default, and ``--all`` takes a hundred and more.
"""

import json
import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from support.commands import CommandLine, a_territory
from support.desks import untruths
from support.faults_saver import topic

from kamdesk.storage import backups
from kamdesk.workspace import Workspace

ROOT = Path(__file__).parents[2]
COMMANDS, MANY_COMMANDS = 6, 120
SAVERS, MANY_SAVERS = 4, 100

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")


class Seen(NamedTuple):
    """What a workspace shows: topics of visits, number of customers, number of facts."""

    topics: frozenset[str]
    customers: int
    facts: int


def seen(desk: Workspace) -> Seen:
    ask = desk.storage.reader.ask
    topics = ask("SELECT topic FROM visits WHERE NOT gone").column()
    assert len(set(topics)) == len(topics)
    facts = ask("SELECT count(*) FROM facts WHERE NOT gone").value()
    return Seen(frozenset(topics), desk.accounts.ask.count(), facts)


def looked_at(line: CommandLine) -> Seen:
    """Open the workspace, which must be true, and return what it shows."""
    desk = line.desk()
    try:
        assert desk.storage.reader.ask("PRAGMA integrity_check").column() == ["ok"]
        assert untruths(desk) == []
        return seen(desk)
    finally:
        desk.close()


class Steps:
    """The commands, each with what the workspace shows when it was done."""

    def __init__(self, line: CommandLine) -> None:
        self.line, self.number = line, 0
        self.past = [looked_at(line)]

    def next(self, command: str) -> tuple[list[str], Seen]:
        """Return the words of the next command, and what is seen afterwards."""
        self.number += 1
        now, about = self.past[-1], topic(self.number)
        if command == "visit":
            words = ["visit", "log", "华东电网", "--topic", about, "--at", "2024-03-12 07:00"]
            words += [
                "--fact",
                f"{about}：1",
                "--fact",
                f"{about}：2",
                "--said",
                "他们认可。" * 200,
            ]
            return [*words, "--json"], Seen(now.topics | {about}, now.customers, now.facts + 2)
        if command == "import":
            path = self.line.home / f"{self.number}.csv"
            rows = [f"新客户{self.number}号{n}有限公司,上海" for n in range(40)]
            path.write_text("\n".join(["客户名称,城市", *rows]), "utf-8")
            return ["import", str(path), "--json"], now._replace(customers=now.customers + 40)
        if command == "undo" and len(self.past) > 1:
            return ["undo", "--json"], self.past[-2]
        return ["backup", "--json"], now

    def took_place(self, command: str, after: Seen) -> None:
        """Note what is seen now."""
        if command == "undo" and len(self.past) > 1:
            self.past.pop()
        elif after != self.past[-1]:
            self.past.append(after)


def killed_after(line: CommandLine, words: list[str], seconds: float | None) -> tuple[bool, int]:
    """Run the program; return whether it said that it was done, and how it ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kamdesk", *words],
        env={**line.kept(), **line.environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if seconds is not None:
        time.sleep(seconds)
        process.kill()
    out, err = process.communicate(timeout=60)
    assert process.returncode in (0, -9), err.decode()
    try:
        return bool(json.loads(out)), process.returncode
    except ValueError:
        return False, process.returncode


@pytest.mark.slow
def test_commands_killed_at_any_moment_did_what_they_said(
    tmp_path: Path,
    pytestconfig: pytest.Config,
    record_property: Callable[[str, object], None],
) -> None:
    line = CommandLine(tmp_path).made(a_territory)
    chances, steps = random.Random("killed"), Steps(line)
    commands, lasts, ended = ["visit", "import", "backup", "undo"], {}, []
    for command in commands:  # each once in peace: how long it takes
        words, after = steps.next(command)
        begin = time.monotonic()
        assert killed_after(line, words, None) == (True, 0)
        lasts[command] = time.monotonic() - begin
        assert looked_at(line) == after
        steps.took_place(command, after)
    kills = MANY_COMMANDS if pytestconfig.getoption("--all") else COMMANDS
    for _ in range(kills):
        command = chances.choice(commands)
        words, after = steps.next(command)
        before = steps.past[-1]
        said, status = killed_after(line, words, chances.uniform(0.4, 1.1) * lasts[command])
        now = looked_at(line)
        assert now in (before, after)
        assert now == after or not said
        if now == after:
            steps.took_place(command, after)
        assert all(one.looks_whole for one in backups.found(line.workspace))
        ended.append(status)
    record_property("faults", ("commands killed", kills, ended.count(-9), 0))
    assert -9 in ended


def saver(line: CommandLine, first: int, *how: str) -> tuple[set[int], str]:
    """Let a process save for a while and kill it; return what it said it saved."""
    process = subprocess.Popen(
        [sys.executable, "-m", "support.faults_saver", str(line.workspace), str(first), *how],
        env={
            **line.kept(),
            **line.environment(),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert select.select([process.stdout], [], [], 60)[0]
    time.sleep(random.Random(first).uniform(0, 0.3))
    process.kill()
    out, err = process.communicate(timeout=60)
    whole = out.decode().split("\n")[:-1]
    return {int(number) for number in whole}, err.decode()


@pytest.mark.slow
def test_saves_that_were_acknowledged_outlive_a_kill(
    tmp_path: Path,
    pytestconfig: pytest.Config,
    record_property: Callable[[str, object], None],
) -> None:
    line, first, saved = CommandLine(tmp_path).made(a_territory), 1, set[str]()
    kills = MANY_SAVERS if pytestconfig.getoption("--all") else SAVERS
    for _ in range(kills):
        said, err = saver(line, first)
        assert (bool(said), err) == (True, "")
        saved |= {topic(number) for number in said}
        now = looked_at(line)
        assert now.topics >= saved
        assert len(now.topics - saved) <= 1  # the one it was at
        assert now.facts == 2 * len(now.topics)
        saved, first = set(now.topics), max(said) + 2
    record_property("faults", (f"saves killed ({len(saved)} acknowledged)", kills, kills, 0))


def test_a_saver_that_speaks_too_early_is_found_out(tmp_path: Path) -> None:
    line, first, saved = CommandLine(tmp_path).made(a_territory), 1, set[str]()
    for _ in range(20):
        said, _ = saver(line, first, "early")
        saved |= {topic(number) for number in said}
        if not looked_at(line).topics >= saved:
            return
        first = max(said) + 1
    pytest.fail("twenty kills, and none between the word and the deed")
