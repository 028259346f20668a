"""The five commands of the README: a hub, two laptops; apart they write, and meet losing nothing.

The commands are read from the README and run by a shell, as a reader pastes them; only port and
folders are the test's own.
"""

import os
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from support.commands import CHEAP, PASSPHRASE, CommandLine
from support.desks import untruths
from support.hubs import BOTH
from support.invented import contested, tables_of
from support.postgres import fresh_database

from kamdesk.cli.secret import keyring
from kamdesk.core.clock import Clock, Day, Instant, SystemClock
from kamdesk.core.ids import AccountId, Id
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.storage.rekeying import change_passphrase
from kamdesk.sync.wire import routes
from kamdesk.workspace import Workspace, open_workspace

README = Path(__file__).resolve().parents[2] / "README.md"
TITLE = "## Two laptops and a hub in five commands"
BEFORE = "He reads on Mondays. He travels on Fridays. He asks for figures."
KEPT, GONE, OTHER = "陈立新", "李敏", "王芳"
YEAR = 365 * 24 * 60


@dataclass
class Ahead:
    """A clock that is wrong by some minutes."""

    minutes: int = 0

    def now(self) -> Instant:
        """Return what it shows."""
        return SystemClock().now().plus(minutes=self.minutes)

    def today(self) -> Day:
        """Return the day it shows."""
        return self.now().day


@dataclass
class Laptop:
    """A workspace on a machine, used as the window and the command line use it."""

    machine: CommandLine
    folder: Path
    clock: Clock
    customer: AccountId

    def opened(self) -> Workspace:
        """Return the workspace opened; the caller closes it."""
        return open_workspace(
            self.folder, passphrase=lambda: PASSPHRASE, keys=keyring({}), clock=self.clock
        )

    def ask(self, *words: object) -> Any:
        """Run a command on the workspace."""
        return replace(self.machine, clock=self.clock).ask("--workspace", self.folder, *words)

    def sync(self) -> Any:
        """Exchange once."""
        return self.ask("sync")

    def change(self, **said: Any) -> None:
        """Change fields of the customer."""
        desk = self.opened()
        account = desk.accounts.ask.get(self.customer)
        position = desk.storage.position()
        desk.accounts.change(replace(account, **said), base=account, seen=position)
        desk.close()

    def change_person(self, name: str, **said: Any) -> None:
        """Change fields of one of the customer's people."""
        person = self.people()[name]
        desk = self.opened()
        position = desk.storage.position()
        desk.people.change(replace(person, **said), base=person, seen=position)
        desk.close()

    def delete_person(self, name: str) -> None:
        """Delete a person as a user does."""
        person = self.people()[name]
        desk = self.opened()
        desk.people.drop(person.id)
        desk.close()

    def people(self) -> dict[str, Person]:
        """Return the customer's people by name."""
        desk = self.opened()
        everybody = desk.people.ask.everybody()
        desk.close()
        return {one.name: one for one in everybody if one.account == self.customer}

    def account(self) -> Account:
        """Return the customer."""
        desk = self.opened()
        found = desk.accounts.ask.get(self.customer)
        desk.close()
        return found

    def stands(self) -> tuple[Any, set[Any]]:
        """Return all records, and what is in review; its tables are what its log says."""
        desk = self.opened()
        assert untruths(desk) == []
        found = tables_of(desk), contested(desk)
        desk.close()
        return found


def five_commands() -> list[str]:
    """Return the commands of the README as a reader finds them."""
    section = README.read_text("utf-8").split(TITLE)[1].split("\n## ")[0]
    first = section.split("\n\n    ", 1)[1].split("\n\n")[0]
    return [line.strip() for line in first.splitlines()]


def export_of_postgres() -> str:
    """Return what the README sets for PostgreSQL."""
    (line,) = (
        line.strip()
        for line in README.read_text("utf-8").splitlines()
        if line.startswith("    export KAMDESK_HUB_DATABASE=")
    )
    return line


@dataclass
class Shell:
    """A reader's shell, in which ``kamdesk`` is this one."""

    home: Path
    environment: dict[str, str]
    port: int

    def words(self, command: str) -> list[str]:
        """Return a command for the shell, with the port of this test."""
        return ["bash", "-c", command.replace("8443", str(self.port))]

    def run(self, command: str) -> str:
        """Run a command that succeeds."""
        done = subprocess.run(
            self.words(command), env=self.environment, capture_output=True, text=True,
            encoding="utf-8", timeout=120, check=False, stdin=subprocess.DEVNULL, cwd=self.home,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), (command, done.stderr)
        return done.stdout

    def begun(self, command: str) -> "subprocess.Popen[bytes]":
        """Begin a command that stays, as in a terminal of its own; wait until the hub answers."""
        log = (self.home / "hub.log").open("wb")
        with log:
            process = subprocess.Popen(
                self.words(f"exec {command}"), env=self.environment, stdout=log, stderr=log
            )
        until = time.monotonic() + 60
        while not self._healthy():
            assert process.poll() is None, (self.home / "hub.log").read_text("utf-8")
            assert time.monotonic() < until
            time.sleep(0.05)
        return process

    def _healthy(self) -> bool:
        unproved = ssl._create_unverified_context()  # noqa: S323  (only asked whether it is up)
        line = HTTPSConnection("127.0.0.1", self.port, timeout=5, context=unproved)
        try:
            line.request("GET", routes.HUB)
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


def a_shell(home: Path) -> Shell:
    """Return a shell on a machine of its own."""
    machine = CommandLine(home)
    folder = home / "bin"
    folder.mkdir()
    (folder / "kamdesk").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kamdesk "$@"\n'
    )
    (folder / "kamdesk").chmod(0o755)
    environment = {**machine.kept(), **machine.environment(), "HOME": str(home)}
    environment["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
    environment.pop("KAMDESK_WORKSPACE")
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Shell(home, environment, free.getsockname()[1])


def _quick_to_open(folder: Path) -> None:
    """Let a passphrase be quick to try: opening is not what is tested here."""
    desk = open_workspace(folder, passphrase=lambda: PASSPHRASE, keys=keyring({}))
    assert desk.opened is not None
    change_passphrase(desk.opened, secret=PASSPHRASE, new=PASSPHRASE, cost=CHEAP)
    desk.close()


@dataclass
class Two:
    """Two laptops of one team."""

    lin: Laptop
    chen: Laptop

    def meet(self) -> None:
        """Let both exchange until neither has anything to say."""
        for _ in range(2):
            self.lin.sync()
            self.chen.sync()
        settled = [one.sync() for one in (self.lin, self.chen)]
        assert [(one["pushed"], one["pulled"]) for one in settled] == [(0, 0), (0, 0)]

    def level(self) -> set[Any]:
        """Return what is in review: the same on both, as is everything else."""
        one, other = self.lin.stands(), self.chen.stands()
        assert one == other
        return one[1]


@pytest.fixture(scope="module", params=BOTH)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CommandLine, Path]]:
    """The README's five commands, run once for each database; gives the machine."""
    home = tmp_path_factory.mktemp("readme")
    shell = a_shell(home)
    if request.param == "postgres":
        name, _ = export_of_postgres().removeprefix("export ").split("=", 1)
        shell.environment[name] = fresh_database(request.getfixturevalue("postgres"))
    make, serve, *join = five_commands()
    shell.run(make)
    hub = shell.begun(serve)
    try:
        for command in join:
            shell.run(command)
        for folder in ("lin", "chen"):
            _quick_to_open(home / folder)
        yield CommandLine(home), home
    finally:
        hub.send_signal(signal.SIGTERM)
        assert hub.wait(20) == 0


@pytest.fixture
def two(made: tuple[CommandLine, Path], request: pytest.FixtureRequest) -> Two:
    """Both laptops level, with a customer of three people whom both have seen.

    The parameter is by how many minutes the second laptop's clock is wrong.
    """
    machine, home = made
    wrong = Ahead(getattr(request, "param", 0))
    lin = Laptop(machine, home / "lin", SystemClock(), AccountId(Id(b"")))
    desk = lin.opened()
    account = desk.accounts.new("澜川精密轴承有限公司")
    desk.accounts.add(account)
    for name in (KEPT, GONE, OTHER):
        desk.people.add(replace(desk.people.new(name, account.id), note=BEFORE))
    desk.close()
    lin.customer = account.id
    found = Two(lin, Laptop(machine, home / "chen", wrong, account.id))
    found.meet()
    return found


def test_the_readme_has_five_commands_and_one_line_for_postgres() -> None:
    commands = five_commands()
    assert len(commands) == 5
    assert all(line.startswith("kamdesk ") for line in commands)
    assert export_of_postgres().startswith("export KAMDESK_HUB_DATABASE=postgresql+psycopg://")


@pytest.mark.parametrize("two", [0, YEAR, -YEAR], indirect=True)
def test_written_apart_nothing_is_lost_whatever_a_clock_says(two: Two) -> None:
    lin, chen = two.lin, two.chen
    ids = {name: one.id for name, one in lin.people().items()}

    lin.change(phone="021 5555 0101")  # different fields of one record: Anki keeps one
    chen.change(website="lanchuan.example")
    lin.change_person(KEPT, focus="Delivery dates")  # the same field
    chen.change_person(KEPT, focus="Cash flow")
    lin.change_person(OTHER, note=BEFORE.replace("Mondays", "Tuesdays"))  # other sentences
    chen.change_person(OTHER, note=BEFORE.replace("figures", "drawings"))
    lin.delete_person(GONE)  # against an edit it had not seen
    chen.change_person(GONE, note=BEFORE + " He is back in May.")
    two.meet()

    assert two.level() == {(ids[KEPT], "focus"), (ids[GONE], "life")}
    both = BEFORE.replace("Mondays", "Tuesdays").replace("figures", "drawings")
    for laptop in (lin, chen):
        account, people = laptop.account(), laptop.people()
        assert (account.phone, account.website) == ("021 5555 0101", "lanchuan.example")
        assert people[OTHER].note == both
        assert people[GONE].note.endswith("He is back in May.")
        (focus,) = [one for one in laptop.ask("conflicts") if one["cell"] == "focus"]
        assert {focus["mine"], focus["theirs"]} == {"Delivery dates", "Cash flow"}
        assert laptop.ask("quarantine") == []

    for one in lin.ask("conflicts"):  # one decides, and it is decided on both
        lin.ask("conflicts", "take", one["id"], "theirs")
    two.meet()
    assert two.level() == set()
    assert chen.people()[KEPT].focus == "Cash flow"
    assert GONE in chen.people()


def test_control_what_sends_whole_records_loses_a_field(two: Two) -> None:
    """Sent whole, as Anki does, the record of who comes second takes the other's field away."""
    lin, chen = two.lin, two.chen
    before = chen.account()
    lin.change(phone="021 5555 0202")
    two.meet()
    chen.change(phone=before.phone, website="lanchuan.example")
    two.meet()
    two.level()
    assert lin.account().phone != "021 5555 0202"
