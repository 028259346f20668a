"""Desks at a real hub in the same process, over a line with faults, and customers with files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TypeVar

from support.desks import MORNING, a_desk, untruths
from support.in_process import InProcess, Line

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import AccountId, Ids
from kamdesk.domain.files.model import Incoming, KeptFile
from kamdesk.hub import devices, invites, people
from kamdesk.hub.hub import Hub
from kamdesk.storage.storage import Storage
from kamdesk.sync import joining
from kamdesk.sync.engine import Engine
from kamdesk.sync.joining import Host
from kamdesk.workspace import Workspace

T = TypeVar("T")
PAPER = os.urandom(1_700_000)


class DeskAtHub:
    """A desk at a hub, over a line with faults; its ids come from ``chance`` where given."""

    def __init__(
        self, folder: Path, hub: Hub, tenant: int, user: str, chance: Random | None = None
    ) -> None:
        folder.mkdir()
        self.clock = StoppedClock(MORNING)
        ids = Ids(self.clock, chance.getrandbits) if chance else None
        self.workspace: Workspace = a_desk(folder, name="林晓彤", clock=self.clock, ids=ids)
        with hub.turn(tenant) as turn:
            enrolled = invites.enrol(turn, invites.make(turn, user), "desk")
        assert enrolled is not None
        host = Host(url="https://hub.example.cn", name="Probe", fingerprint="")
        joining.settle_in(self.storage, host, enrolled, token=enrolled.token, accounts=None)

        def device() -> devices.Device | None:
            with hub.engine.connect() as connection:
                return devices.known(connection, enrolled.token)

        self.line = Line()
        self.post = InProcess(lambda: hub, device, self.line)
        self.engine = Engine(self, self.post)

    @property
    def storage(self) -> Storage:
        return self.workspace.storage

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run a step."""
        return step(self.storage)

    def round(self) -> None:
        self.engine.round()

    def unsent(self) -> int:
        settled = self.storage.number("settled")
        return self.storage.number("dseq") - settled


def new_team(hub: Hub) -> tuple[int, str]:
    """Return a new tenant of a hub and its one user."""
    with hub.turn(0) as turn:
        tenant = people.add_tenant(turn, "Probe")
    with hub.turn(tenant) as turn:
        return tenant, people.add_user(turn, "lin", "林晓彤").id


def two_desks(folder: Path, hub: Hub) -> Iterator[tuple[DeskAtHub, DeskAtHub]]:
    """Two desks of one user, level with the hub; at the end their tables agree with their logs."""
    tenant, user = new_team(hub)
    one, two = (DeskAtHub(folder / name, hub, tenant, user) for name in "ab")
    for desk in (one, two):
        desk.round()
    yield one, two
    for desk in (one, two):
        assert untruths(desk.workspace) == []
        desk.workspace.close()


def customer(desk: DeskAtHub, name: str = "北辰电气") -> AccountId:
    made = desk.workspace.accounts.new(name)
    desk.workspace.accounts.add(made)
    return made.id


def keep(desk: DeskAtHub, account: AccountId, data: bytes = PAPER) -> None:
    desk.workspace.files.keep(account, given=[Incoming(name="报价.pdf", data=data)])


def the_file(desk: DeskAtHub, account: AccountId) -> KeptFile:
    return desk.workspace.files.ask.of_account(account)[0]
