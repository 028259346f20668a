"""A hub in memory that numbers ops, and desks that exchange through it by turns."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from support.desks import MORNING, a_desk

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import Id, Ids
from kamdesk.core.wire_op import WireOp
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.domain.visits.model import Visit
from kamdesk.storage.exchange import acknowledge, join, receive, unsent
from kamdesk.sync.ops_as_text import as_text, from_text
from kamdesk.workspace import Workspace


@dataclass
class Hub:
    """Gives each op its place in one log; a repeated push gets the same answer."""

    log: list[WireOp] = field(default_factory=list)
    places: dict[tuple[int, int], int] = field(default_factory=dict)

    def push(self, text: str) -> dict[int, int]:
        """Accept ops; return their places by ``dseq``."""
        ops = from_text(text)
        for op in ops:
            if (op.dev, op.dseq) not in self.places:
                self.log.append(op._replace(seq=len(self.log) + 1))
                self.places[op.dev, op.dseq] = len(self.log)
        return {op.dseq: self.places[op.dev, op.dseq] for op in ops}

    def pull(self, position: int, most: int = 10_000) -> tuple[str, int]:
        """Return the ops after a position, own ones too, and the new position."""
        ops = self.log[position : position + most]
        return as_text(ops), position + len(ops)


Pair = tuple["Desk", "Desk"]


class Desk:
    """A workspace with a device number and a clock of its own that exchanges with a hub."""

    def __init__(
        self,
        folder: Path,
        hub: Hub,
        dev: int,
        *,
        name: str = "",
        chance: Random | None = None,
        accounts: Sequence[Id] | None = None,
    ) -> None:
        folder.mkdir()
        self.workspace: Workspace = a_desk(folder, name=name)
        self.hub, self.dev = hub, dev
        self.chance = chance or Random(dev)
        clock = StoppedClock(MORNING.plus(minutes=dev))
        self.workspace.storage.clock = self.clock = clock  # type: ignore[misc]
        self.workspace.storage.ids = Ids(clock, self.chance.getrandbits)  # type: ignore[misc]
        join(self.workspace.storage, dev, accounts)

    def push(self, *, lost_reply: bool = False, most: int = 5000) -> None:
        """Send what is unsent; with a lost reply the hub has it and this desk does not know."""
        ops = unsent(self.workspace.storage, limit=most)
        places = self.hub.push(as_text(ops))
        if not lost_reply:
            acknowledge(self.workspace.storage, places)

    def pull(self, *, most: int = 10_000) -> None:
        """Take in what the hub has, in a shuffled order within the page, some of it twice."""
        storage = self.workspace.storage
        text, position = self.hub.pull(storage.position(), most)
        ops = from_text(text)
        ops += self.chance.sample(ops, len(ops) // 4)
        self.chance.shuffle(ops)
        receive(storage, ops, position)

    def exchange(self) -> None:
        """Push, then pull."""
        self.push()
        self.pull()


def settle(*desks: Desk) -> None:
    """Let all desks exchange until each has seen everything."""
    for desk in (*desks, *desks):
        desk.exchange()


def the_account(desk: Desk) -> Account:
    return desk.workspace.accounts.ask.everything()[0]


def the_person(desk: Desk) -> Person:
    return desk.workspace.people.ask.everybody()[0]


def the_visit(desk: Desk) -> Visit:
    return desk.workspace.visits.ask.whole(the_account(desk).id)[0]


def edit(desk: Desk, **fields: Any) -> Person:
    now = the_person(desk)
    desk.workspace.people.change(
        replace(now, **fields), base=now, seen=desk.workspace.storage.position()
    )
    return now
