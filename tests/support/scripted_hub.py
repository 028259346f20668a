"""A hub in memory that speaks the wire, lines to it with faults, and members with an engine."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from support.desks import MORNING, a_desk

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import Id, Ids
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.exchange import join
from kamdesk.sync.desk import Direct, Round
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire.chains import START, Link, chained
from kamdesk.sync.wire.checks import Checksum, of_record
from kamdesk.sync.wire.messages import (
    Access,
    Answer,
    Check,
    Clock,
    Done,
    Elsewhere,
    Exchange,
    Forked,
    Mark,
    Pull,
    Rejected,
    Scope,
    Settled,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.ops import pulled, pushes
from kamdesk.sync.wire.standing import Placed, standing

HOUSE = Scope(None, "house")


def both(account: Id) -> list[Scope]:
    return [Scope(account.hex(), "internal"), Scope(account.hex(), "partner")]


@dataclass
class Grant:
    user: int
    scope: Scope
    given: bool


@dataclass
class Writer:
    user: int
    last: int = 0
    chain: str = START
    rejected: dict[int, str] = field(default_factory=dict)


@dataclass
class MemoryHub:
    """One log of ops and grants; places count from 1."""

    clock: StoppedClock
    log: list[tuple[int, WireOp | Grant]] = field(default_factory=list)
    writers: dict[int, Writer] = field(default_factory=dict)
    epoch: int = 1
    asked: list[Exchange | SnapshotAsk] = field(default_factory=list)
    sums_off: set[Scope] = field(default_factory=set)
    stamp: int = 0

    # -- administration

    def grant(self, user: int, *scopes: Scope, given: bool = True) -> None:
        for scope in scopes:
            self._append(Grant(user, scope, given))

    def backup(self) -> Any:
        return deepcopy((self.log, self.writers))

    def restore(self, kept: Any) -> None:
        self.log, self.writers = deepcopy(kept)
        self.epoch += 1

    def ops(self) -> list[WireOp]:
        return [entry for _, entry in self.log if isinstance(entry, WireOp)]

    def _append(self, entry: WireOp | Grant) -> int:
        self.stamp += 1
        self.log.append((self.clock.now().ms * 1000 + self.stamp, entry))
        return len(self.log)

    def _rights(self, user: int, until: int | None = None) -> set[Scope]:
        held: set[Scope] = set()
        for _, entry in self.log[:until]:
            if isinstance(entry, Grant) and entry.user == user:
                (held.add if entry.given else held.discard)(entry.scope)
        return held

    # -- the wire

    def exchange(self, ask: Exchange) -> Answer:
        self.asked.append(ask)
        writer = self.writers[ask.dev]
        settled = self._settled(writer, ask)
        common = [m.seq for m in ask.marks if self._knows(m)]
        if ask.marks and (
            not common or common[0] != ask.marks[0].seq or ask.start - 1 > writer.last
        ):
            more = not common and len(ask.marks) == 1 and ask.marks[0].seq
            start = common[0] if common else None if more else 0
            return Elsewhere(settled=settled, epoch=self.epoch, start=start)
        scopes, every = ask.scopes, ask.ops
        covered = ask.start - 1 + len(every)
        overlap = [op for op in every if op.dseq <= writer.last]
        chain = chained(ask.chain, (Link(o.dseq, o.wall, o.kind, o.record) for o in overlap))
        if covered >= writer.last and chain != writer.chain:
            return Forked(settled=settled)
        fresh = [op for op in every if op.dseq > writer.last]
        now = self.clock.now().ms
        if any(op.wall > now + 300_000 for op in fresh):
            return Clock(settled=settled, now=now)
        leaving = [HOUSE if scope.audience == "local" else scope for scope in scopes]
        taken = [
            op._replace(
                scope=(scopes[push.scope].account and op.scope[0], scopes[push.scope].audience)
            )
            for push, op in zip(
                fresh,
                pulled(leaving, [Pull(1, ask.dev, *_fields(op)) for op in fresh]),
                strict=True,
            )
        ]
        known = {entry.scope[0] for entry in self.ops()}
        for op, push in zip(taken, fresh, strict=True):
            account = op.scope[0]
            if account and account not in known and op.scope[1] in ("internal", "partner"):
                known.add(account)
                self.grant(writer.user, *both(Id(account)))
            if Scope(account and account.hex(), op.scope[1]) in self._rights(writer.user):
                self._append(op)
            else:
                writer.rejected[op.dseq] = "no_right"
            writer.last = op.dseq
            link = Link(op.dseq, op.wall, op.kind, push.record)
            writer.chain = chained(writer.chain, [link])
        return self._page(ask, writer)

    def _settled(self, writer: Writer, ask: Exchange) -> Settled:
        rejected = [Rejected(n, why) for n, why in writer.rejected.items() if n >= ask.start]
        return Settled(last=writer.last, rejected=rejected)

    def _knows(self, mark: Mark) -> bool:
        return not mark.seq or (mark.seq <= len(self.log) and self.log[mark.seq - 1][0] == mark.at)

    def _mark(self, seq: int) -> Mark:
        return Mark(seq, self.log[seq - 1][0] if seq else 0)

    def _page(self, ask: Exchange, writer: Writer) -> Done:
        cursor = ask.marks[0].seq if ask.marks else 0
        head, rights = len(self.log), self._rights(writer.user)
        ops, own, at = [], [], cursor
        while at < head:
            seq, entry = at + 1, self.log[at][1]
            if isinstance(entry, WireOp):
                if len(ops) + len(own) >= ask.limit and not self._same_txn(at):
                    break
                if entry.dev == ask.dev:
                    own.append((entry.dseq, seq))
                elif Scope(entry.scope[0] and entry.scope[0].hex(), entry.scope[1]) in rights:
                    ops.append(entry._replace(seq=seq))
            at += 1
        before = self._rights(writer.user, ask.access)
        news = any(
            isinstance(e, Grant) and e.user == writer.user for _, e in self.log[ask.access :]
        )
        scopes, lines = _pulls(ops)
        every = [*scopes, *sorted((rights | before) - set(scopes), key=repr)]
        access = None
        if news:
            again = {
                e.scope
                for _, e in self.log[ask.access :]
                if isinstance(e, Grant) and e.user == writer.user and e.given
            }
            access = Access(
                at=head,
                gained=[
                    n for n, s in enumerate(every) if s in rights and s in again | rights - before
                ],
                lost=[n for n, s in enumerate(every) if s in before - rights],
                writes=[n for n, s in enumerate(every) if s in rights],
            )
        checks = [Check(n, *self._check(scope)) for n, scope in enumerate(every) if scope in rights]
        return Done(
            settled=self._settled(writer, ask),
            epoch=self.epoch,
            head=head,
            now=self.clock.now().ms,
            mark=self._mark(at),
            more=at < head,
            scopes=every,
            ops=lines,
            own=own,
            access=access,
            checks=checks if at == head else [],
        )

    def _same_txn(self, at: int) -> bool:
        one, other = self.log[at - 1][1], self.log[at][1]
        return (
            isinstance(one, WireOp)
            and isinstance(other, WireOp)
            and (one.dev, one.txn) == (other.dev, other.txn)
        )

    def _of(self, scopes: list[Scope]) -> dict[tuple[bytes, bytes], list[WireOp]]:
        found: dict[tuple[bytes, bytes], list[WireOp]] = {}
        for seq, (_, entry) in enumerate(self.log, 1):
            if isinstance(entry, WireOp):
                account = entry.scope[0]
                if Scope(account and account.hex(), entry.scope[1]) in scopes:
                    key = (account or b"", entry.record)
                    found.setdefault(key, []).append(entry._replace(seq=seq))
        return dict(sorted(found.items()))

    def _check(self, scope: Scope) -> tuple[int, str]:
        total = Checksum()
        for (_, record), ops in self._of([scope]).items():
            total = total.plus(of_record(ops[0].kind, record.hex(), standing(map(_placed, ops))))
        return total.cells + (scope in self.sums_off), total.word

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        self.asked.append(ask)
        ops: list[WireOp] = []
        after = ""
        for (account, record), some in self._of(ask.scopes).items():
            key = f"{account.hex()}{record.hex()}"
            if key <= ask.after:
                continue
            if len(ops) >= ask.limit:
                break
            ops += some if ask.past else _heads(some)
            after = key
        else:
            after = ""
        scopes, lines = _pulls(ops)
        at = ask.at if ask.after else len(self.log)
        return SnapshotPage(at=self._mark(at), after=after, scopes=scopes, ops=lines)

    def renumber(self, dev: int) -> int:
        new = max(self.writers) + 100
        self.writers[new] = Writer(self.writers[dev].user)
        return new


def _fields(op: Any) -> tuple[Any, ...]:
    return (
        op.dseq, op.wall, op.ctx, op.txn, op.scope, op.kind, op.record, op.verb, op.cells, op.name,
    )  # fmt: skip


def _pulls(ops: list[WireOp]) -> tuple[list[Scope], list[Pull]]:
    scopes, lines = pushes(ops)
    return scopes, [
        Pull(op.seq or 0, op.dev, *_fields(line)) for op, line in zip(ops, lines, strict=True)
    ]


def _placed(op: WireOp) -> Placed:
    return Placed(op.seq or 0, op.dev, op.ctx, op.verb, op.cells)


def _heads(ops: list[WireOp]) -> list[WireOp]:
    """Return the ops of a record that stand, each with only the cells it stands in."""
    kept: dict[int, WireOp] = {}
    for scope in {op.scope for op in ops}:
        here = [op for op in ops if op.scope == scope]
        stand = standing(map(_placed, here))
        for op in here:
            cells = {c: v for c, v in op.cells.items() if op.seq in stand.get("=" + c, [])}
            if op.verb in (Verb.LINK, Verb.UNLINK):
                cells = {
                    c: tuple(t for t in targets if op.seq in stand.get(_link(c, t), []))
                    for c, targets in op.cells.items()
                }
                cells = {c: targets for c, targets in cells.items() if targets}
            if cells or op.verb == Verb.ERASE or op.seq in stand.get("life", []):
                kept[op.seq or 0] = op._replace(cells=cells)
    return [kept[seq] for seq in sorted(kept)]


def _link(cell: str, target: Any) -> str:
    (name,) = standing([Placed(1, 1, 0, int(Verb.LINK), {cell: (target,)})])
    return name


class Line:
    """The post to a memory hub, through encoded messages; ``before`` and ``after`` may cut it."""

    def __init__(self, hub: MemoryHub) -> None:
        self.hub = hub
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.twist: Callable[[Answer], Answer] = lambda answer: answer

    def exchange(self, ask: Exchange) -> Answer:
        self.before()
        answer = self.hub.exchange(read(said(ask), Exchange))
        self.after()
        return read_answer(said(self.twist(answer)))

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        self.before()
        page = self.hub.snapshot(read(said(ask), SnapshotAsk))
        self.after()
        return read(said(page), SnapshotPage)

    def renumber(self, dev: int) -> int:
        return self.hub.renumber(dev)

    def lacking(self, hashes: list[str]) -> list[str]:
        return []

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        return size

    def get_part(self, sha256: str, offset: int) -> bytes:
        return b""


def cut() -> None:
    raise HubTrouble(Cause.OFFLINE, Text("There is no network."))


class Member:
    """A workspace joined to a memory hub as a user, with a clock of its own."""

    def __init__(self, folder: Path, hub: MemoryHub, dev: int, *, name: str = "") -> None:
        folder.mkdir()
        self.folder, self.hub, self.dev = folder, hub, dev
        self.workspace = a_desk(folder, name=name)
        self.storage = self.workspace.storage
        self.clock = StoppedClock(MORNING.plus(minutes=dev))
        self.storage.clock = self.clock  # type: ignore[misc]
        self.storage.ids = Ids(self.clock, Random(dev).getrandbits)  # type: ignore[misc]
        join(self.storage, dev)
        self.storage.remember(team.HUB_URL, "https://hub.example")
        hub.writers[dev] = Writer(user=dev)
        hub.grant(dev, HOUSE)
        self.line = Line(hub)
        self.engine = Engine(Direct(self.storage), self.line)

    def round(self) -> Round:
        return self.engine.round()

    def anew(self) -> None:
        """Go on with a fresh engine, as after a restart of the program."""
        self.engine = Engine(Direct(self.storage), self.line)


def settle(*members: Member) -> None:
    """Let all exchange until each has seen everything."""
    for member in (*members, *members, *members):
        member.round()
