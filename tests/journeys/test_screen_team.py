"""A team in a real window: joined by an invitation, offline, a conflict decided, shut out."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.commands import CHEAP
from support.screen import NEEDS_SCREEN, SECRET, Screen, until

from kamdesk.core.clock import SystemClock
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.sync.told import Told, told
from kamdesk.workspace import Workspace, open_workspace

OURS, HERS, HIS = "Lanchuan Bearings", "Lanchuan Precision", "Lanchuan Group"

pytestmark = NEEDS_SCREEN


@contextmanager
def opened(folder: Path, screen: Screen, *, readonly: bool = False) -> Iterator[Workspace]:
    """Open a workspace beside the window, as the window has it."""
    desk = open_workspace(
        folder,
        readonly=readonly,
        passphrase=lambda: SECRET,
        keys=KeyRing(Nowhere()),
        clock=SystemClock(screen.environment["TZ"]),
    )
    try:
        yield desk
    finally:
        desk.close()


def made(folder: Path, screen: Screen, me: str, *accounts: str) -> Path:
    """Make a workspace of a colleague, with customers."""
    create(folder, SECRET, keys=KeyRing(Nowhere()), cost=CHEAP)
    with opened(folder, screen) as desk:
        desk.team.i_am(desk.team.new(me))
        for name in accounts:
            desk.accounts.add(desk.accounts.new(name))
    return folder


def stands(folder: Path, screen: Screen) -> Told:
    """Return how the exchange stands, by the file."""
    with opened(folder, screen, readonly=True) as desk:
        return told(desk.storage)


def name_of(folder: Path, screen: Screen) -> str:
    """Return the name of the only customer."""
    with opened(folder, screen, readonly=True) as desk:
        return desk.accounts.ask.everything()[0].name


class TheHub:
    """``kamdesk hub`` on loopback: its folder, its commands, its process."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._at = free.getsockname()
        at = f"127.0.0.1:{self._at[1]}"
        self._words = ["--hub", str(folder)]
        self._environment = screen.environment
        self._process: subprocess.Popen[bytes] | None = None
        self.invitation: str = self.do(
            "init", "--name", "East", "--url", f"https://{at}", "--listen", at, "--admin", "lin"
        )["invitation"]["code"]

    def do(self, *words: str) -> Any:
        """Run one of its commands; return its JSON."""
        order = [sys.executable, "-m", "kamdesk", "hub", *words, *self._words, "--json"]
        done = subprocess.run(
            order, env=self._environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    def start(self) -> None:
        """Let it serve."""
        order = [sys.executable, "-m", "kamdesk", "hub", "serve", *self._words]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(order, env=self._environment, stdout=quiet, stderr=quiet)

    @property
    def answers(self) -> bool:
        """True when it can be reached."""
        try:
            socket.create_connection(self._at, timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Pull its plug: told to end it would wait for who is connected."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None


@pytest.fixture
def hub(tmp_path: Path, screen: Screen) -> Iterator[TheHub]:
    made = TheHub(tmp_path / "hub", screen)
    made.start()
    yield made
    made.stop()


def test_a_team_is_joined_a_conflict_decided_and_a_lost_laptop_shut_out(
    screen: Screen, tmp_path: Path, hub: TheHub
) -> None:
    lin = made(tmp_path / "lin", screen, "Lin Xiaotong", OURS)
    wu = made(tmp_path / "wu", screen, "Wu Qiming")
    running = screen.unlock(lin)
    screen.key("ctrl+shift+x")
    screen.shows("Exchange – KamDesk")
    screen.changes("j")
    screen.type(hub.invitation)
    screen.changes("ctrl+Return")
    screen.still(0.6)
    screen.key("Down", "Down", "Down")  # all customers
    screen.changes("ctrl+Return")
    until(lambda: stands(lin, screen).sent > 0 and not stands(lin, screen).unsent, "all is sent")
    screen.still()
    invited = hub.do("user", "add", "wu", "--name", "Wu Qiming")["invitation"]
    with opened(lin, screen, readonly=True) as desk:
        account = desk.accounts.ask.everything()[0].id
    hub.do("grant", "wu", account.hex())
    screen.ask(wu, "join", invited["code"])
    assert screen.ask(wu, "sync")["conflicts"] == 0
    assert name_of(wu, screen) == OURS

    hub.stop()
    with opened(wu, screen) as desk:  # each writes without seeing the other's
        one = desk.accounts.ask.everything()[0]
        desk.accounts.change(replace(one, name=HIS), base=one, seen=desk.storage.position())
    screen.key("alt+2")
    screen.shows("Customers – KamDesk")
    screen.key("Return")
    screen.still(0.5)
    screen.changes("ctrl+Tab")
    screen.changes("e")
    screen.key("ctrl+a")
    screen.type(HERS)
    screen.changes("Return")
    until(lambda: name_of(lin, screen) == HERS, "the name is saved")
    until(lambda: stands(lin, screen).trouble is not None, "there is no contact")
    assert stands(lin, screen).unsent == 1
    screen.key("ctrl+shift+x")
    screen.shows("Exchange – KamDesk")
    hub.start()
    until(lambda: hub.answers, "the hub is there again")
    assert screen.ask(wu, "sync")["pushed"] == 1
    screen.changes("x")
    until(lambda: stands(lin, screen).conflicts == 1, "the conflict")
    screen.still(0.5)
    screen.key("d")
    screen.shows("Waits for you – KamDesk")
    screen.changes("2")
    screen.changes("ctrl+Return")
    until(lambda: not stands(lin, screen).unsent, "the decision is sent")
    screen.ask(wu, "sync")
    for folder in (lin, wu):
        assert (stands(folder, screen).conflicts, name_of(folder, screen)) == (0, HIS)
    hers = next(one["id"] for one in hub.do("devices") if one["login"] == "lin")
    hub.do("revoke-device", str(hers))
    screen.key("ctrl+shift+s")
    until(lambda: not stands(lin, screen).joined, "the computer is shut out")
    screen.still(0.5)
    screen.changes("Return")  # on with what is one's own
    screen.close(running)
    assert screen.ask(lin, "accounts") == []
