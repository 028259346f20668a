"""Devices that speak to a hub by its messages alone, without a workspace behind them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kamdesk.core.wire_op import Verb
from kamdesk.hub import invites, people
from kamdesk.hub.devices import Device, known
from kamdesk.hub.hub import Hub
from kamdesk.sync.wire.chains import Link, chained
from kamdesk.sync.wire.messages import (
    Answer,
    Done,
    Exchange,
    Mark,
    Pull,
    Push,
    Raw,
    Scope,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)

HOUSE = Scope(None, "house")


def account(n: int) -> str:
    """Return the id of the n-th account."""
    return f"{n:032x}"


def record(n: int) -> str:
    """Return the id of the n-th record."""
    return f"{n + 0xABC000:032x}"


def tenant_of(hub: Hub) -> int:
    """Make a tenant."""
    with hub.turn(0) as turn:
        return people.add_tenant(turn, "North")


@dataclass
class Asker:
    """A device: it numbers its ops, and remembers what the hub told it."""

    hub: Hub
    device: Device
    token: str
    start: int = 1
    chain: str = ""
    epoch: int = 0
    access: int = 0
    mark: Mark | None = None
    made: list[tuple[Scope, Push]] = field(default_factory=list)

    def write(
        self,
        scope: Scope,
        n: int,
        cells: Mapping[str, Any] | bytes,
        *,
        verb: int = Verb.SET,
        ctx: int | None = None,
        txn: int | None = None,
        wall: int | None = None,
        kind: str = "visit",
    ) -> Push:
        """Write an op; it is pushed with the next question."""
        dseq = self.start + len(self.made)
        seen = self.mark.seq if self.mark else 0
        op = Push(
            dseq,
            self.hub.clock.now().ms if wall is None else wall,
            seen if ctx is None else ctx,
            dseq if txn is None else txn,
            0,
            kind,
            record(n),
            int(verb),
            Raw(
                cells
                if isinstance(cells, bytes)
                else json.dumps(cells, ensure_ascii=False).encode()
            ),
            "Do it",
        )
        self.made.append((scope, op))
        return op

    def question(self, **changes: Any) -> Exchange:
        """Return what it would ask now."""
        scopes = list(dict.fromkeys(scope for scope, _ in self.made))
        ops = [
            Push(op.dseq, op.wall, op.ctx, op.txn, scopes.index(scope), op.kind, op.record,
                 op.verb, op.cells, op.name)
            for scope, op in self.made
        ]  # fmt: skip
        asked: dict[str, Any] = {
            "proto": 2,
            "epoch": self.epoch,
            "dev": self.device.dev,
            "start": self.start,
            "chain": self.chain,
            "marks": [self.mark] if self.mark else [],
            "access": self.access,
            "scopes": scopes,
            "ops": ops,
        }
        return read(said(Exchange(**{**asked, **changes})), Exchange)

    def ask(self, **changes: Any) -> Answer:
        """Ask, over the wire's own words, without taking the answer."""
        return read_answer(said(self.hub.exchange(self.device, self.question(**changes))))

    def exchange(self, **changes: Any) -> Done:
        """Ask and take the answer, which is to be a page."""
        answer = self.ask(**changes)
        assert isinstance(answer, Done), answer
        settled = [op for _, op in self.made if op.dseq <= answer.settled.last]
        self.chain = chained(
            self.chain, (Link(op.dseq, op.wall, op.kind, op.record) for op in settled)
        )
        self.start += len(settled)
        self.made = self.made[len(settled) :]
        self.epoch, self.mark = answer.epoch, answer.mark
        if answer.access:
            self.access = answer.access.at
        return answer

    def settle(self) -> Done:
        """Hear of its rights, stand at the end of the log, and return that answer."""
        self.exchange()
        return self.exchange()

    def snapshot(self, scopes: list[Scope], **ask: Any) -> SnapshotPage:
        """Ask for a page of a snapshot."""
        page = self.hub.snapshot(self.device, SnapshotAsk(proto=2, scopes=scopes, **ask))
        return read(said(page), SnapshotPage)

    def pages(self, scopes: list[Scope], *, limit: int, past: bool = False) -> list[Pull]:
        """Return all ops of a snapshot, page by page."""
        page = self.snapshot(scopes, limit=limit, past=past)
        found, at = list(page.ops), page.at.seq
        while page.after:
            page = self.snapshot(scopes, limit=limit, past=past, after=page.after, at=at)
            found += page.ops
        return found


def joined(hub: Hub, tenant: int, login: str, role: str = "member") -> Asker:
    """Add a user with a device."""
    with hub.turn(tenant, "root") as turn:
        user = people.add_user(turn, login, login.title(), role)
    return another(hub, tenant, user.id)


def another(hub: Hub, tenant: int, user: str) -> Asker:
    """Let one more device of a user in."""
    with hub.turn(tenant, "root") as turn:
        enrolled = invites.enrol(turn, invites.make(turn, user), "laptop")
        assert enrolled is not None
        device = known(turn.connection, enrolled.token)
    assert device is not None
    return Asker(hub, device, enrolled.token)


def cells_of(op: Pull) -> Any:
    """Return an op's cells as JSON says them."""
    return json.loads(bytes(op.cells))
