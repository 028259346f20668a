"""The command line as tests use it: run in this process, or as a program of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from support.desks import MORNING

from kamdesk.cli.program import program
from kamdesk.cli.secret import keyring
from kamdesk.cli.session import OpenWindow, Session, no_window
from kamdesk.core.clock import Clock, StoppedClock
from kamdesk.storage.creating import create
from kamdesk.storage.key_file import Cost
from kamdesk.workspace import Workspace, open_workspace

PASSPHRASE = "lamp-river-42"
CHEAP = Cost(memory=8192, rounds=1, lanes=1)


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What was printed as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """What was printed, line by line."""
        return self.out.splitlines()


@dataclass
class CommandLine:
    """A user's machine in a folder: settings, workspace, environment."""

    home: Path
    clock: Clock = field(default_factory=lambda: StoppedClock(MORNING))
    given: dict[str, str] = field(default_factory=dict)
    open_window: OpenWindow = no_window

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return self.home / "workspace"

    def environment(self) -> dict[str, str]:
        """Return what the program finds in its environment: nothing of this machine's user."""
        places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
        return {
            **{name: str(self.home / name.lower()) for name in (*places, "HOME", "APPDATA")},
            "LOCALAPPDATA": str(self.home / "local"),
            "KAMDESK_WORKSPACE": str(self.workspace),
            "KAMDESK_PASSPHRASE": PASSPHRASE,
            "DBUS_SESSION_BUS_ADDRESS": "",
            "LC_ALL": "C.UTF-8",
            **self.given,
        }

    def run(self, *words: object, typed: str = "") -> Done:
        """Run a command in this process."""
        session = Session(clock=self.clock, open_window=self.open_window)
        result = CliRunner().invoke(
            program,
            [str(word) for word in words],
            obj=session,
            env=self.environment(),
            input=typed,
            catch_exceptions=False,
        )
        return Done(result.exit_code, result.stdout, result.stderr)

    def ask(self, *words: object) -> Any:
        """Run a command that succeeds and return what it printed as JSON."""
        done = self.run(*words, "--json")
        assert (done.status, done.err) == (0, ""), done
        return done.data

    def do(self, *words: object) -> Done:
        """Run a command that succeeds."""
        done = self.run(*words)
        assert (done.status, done.err) == (0, ""), done
        return done

    def refused(self, *words: object, typed: str = "") -> str:
        """Run a command that is refused in one line, and return that line."""
        done = self.run(*words, typed=typed)
        assert done.status == 1, done
        assert len(done.err.splitlines()) == 1, done.err
        return done.err.strip()

    def program(self, *words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
        """Run the real program in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "kamdesk", *map(str, words)],
            env={**self.kept(), **self.environment()},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
            **more,
        )

    def kept(self) -> Mapping[str, str]:
        """Return what a child process needs of this machine."""
        names = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR", "TEMP")
        here = str(Path(__file__).resolve().parents[2])
        return {"PYTHONPATH": here, **{n: os.environ[n] for n in names if n in os.environ}}

    def desk(self) -> Workspace:
        """Return the workspace opened for writing; the caller closes it."""
        return open_workspace(
            self.workspace, passphrase=lambda: PASSPHRASE, keys=keyring({}), clock=self.clock
        )

    def made(self, fill: Callable[[Workspace], None] | None = None) -> "CommandLine":
        """Make the workspace, with a passphrase that is quick to try, and fill it."""
        create(self.workspace, PASSPHRASE, keys=keyring({}), cost=CHEAP)
        desk = self.desk()
        try:
            desk.team.i_am(desk.team.new("林晓彤"))
            if fill:
                fill(desk)
        finally:
            desk.close()
        return self


def a_territory(desk: Workspace) -> None:
    """Fill a workspace with two customers, three people of theirs and one colleague more."""
    grid = desk.accounts.new("华东电网有限公司")
    grid = replace(grid, short_name="华东电网", number="KA-001", city="上海", industry="电力")
    desk.accounts.add(grid, tags=("重点",))
    steel = replace(desk.accounts.new("北方钢铁集团"), number="KA-002", city="沈阳")
    desk.accounts.add(steel)
    for name, title, account in (
        ("王建国", "信息中心主任", grid),
        ("李敏", "采购经理", grid),
        ("王芳", "厂长", steel),
    ):
        desk.people.add(desk.people.new(name, account.id), title=title)
    desk.team.add(desk.team.new("陈浩"))
