"""Devices that write and exchange as desks do, and a ledger that knows what each of them must hold.

The ledger believes nothing the hub says of itself: every op is known from when it was made, an op
counts from the hub's word that it is settled on, and each device's own list of what came in is
compared with it at the end. Ops are known by one number; what they say follows from it.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID
from zlib import crc32

from sqlalchemy import Engine, select

from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.hub.schema import OP
from kamdesk.sync.wire.chains import START, Link, chained
from kamdesk.sync.wire.messages import PROTO, Answer, Done, Exchange, Expect, Mark
from kamdesk.sync.wire.ops import pulled, pushes

KIND = "fact"
BITS = 32
WORDS = ("交期可以谈", "价格要看量", "下季度定型", "竞品也在报价", "技术评审已过", "预算未批")


def code_of(dev: int, dseq: int) -> int:
    """Return the one number an op is known by in the ledger."""
    return (dev << BITS) | dseq


def text_of(dev: int, dseq: int) -> str:
    """Return what an op says: it follows from its number, so the ledger need not keep it."""
    word = WORDS[crc32(b"%d.%d" % (dev, dseq)) % len(WORDS)]
    return f"{word} {dev}.{dseq}.{crc32(b'%d:%d' % (dseq, dev)):08x}"


Where = tuple[bytes | None, str]


@dataclass(kw_only=True)
class Verdict:
    """What went wrong, in ops; all naught when nothing did."""

    lost: int = 0
    """Settled by the hub's word, and yet without a place its writer heard of, or not in the log."""
    double: int = 0
    """Came to a device twice, or stands in the log twice."""
    skipped: int = 0
    """Settled, of a scope the device reads, and never came to it."""
    foreign: int = 0
    """Came to a device that may not read it."""
    changed: int = 0
    """Came saying something else than was written, or was never written at all."""
    refused: int = 0
    """Rejected by the hub, though the device may write there."""
    odd: int = 0
    """Answers no desk should get: a fork, another log, a clock that is wrong."""
    judged: int = 0
    """How many ops the verdict is about."""

    @property
    def clean(self) -> bool:
        """True when nothing went wrong and there was something to judge."""
        wrong = self.lost, self.double, self.skipped, self.foreign, self.changed
        return self.judged > 0 and not any((*wrong, self.refused, self.odd))


class LoadDevice:
    """A device of a user: it writes to ``writes``, and may hold what stands in ``reads``."""

    def __init__(
        self, dev: int, token: str, writes: Sequence[Where], reads: Sequence[Where], seed: int
    ) -> None:
        self.dev, self.token, self.writes = dev, token, list(writes)
        self.reads = frozenset(reads)
        self._chance = Random(seed)
        self._records: list[tuple[Where, bytes]] = []
        self._written: list[WireOp] = []
        self._start, self._chain = 1, START
        self._dseq = self._txn = 0
        self._mark, self._access, self._epoch = Mark(0, 0), 0, 1
        self.wrote: dict[Where, array[int]] = {}
        self.came = array("Q")
        self.placed: set[int] = set()
        self.settled = self.foreign = self.changed = self.refused = self.odd = 0
        self.more = False

    @property
    def busy(self) -> bool:
        """True while it has something unsent, or has not heard all."""
        return bool(self._written) or self.more

    def write(self, count: int, now: int) -> None:
        """Make an action of ``count`` ops; ``now`` in milliseconds."""
        self._txn += 1
        where = self._chance.choice(self.writes)
        for _ in range(count):
            self._dseq += 1
            known = [record for scope, record in self._records if scope == where]
            fresh = not known or self._chance.random() < 0.5
            record = self._fresh(now) if fresh else self._chance.choice(known)
            if fresh:
                self._records = [*self._records[-20:], (where, record)]
            cells = {"text": text_of(self.dev, self._dseq), "on": "2026-03-12", "kind": "said"}
            if fresh:
                cells |= {"account": where[0], "source": None}
            self._written.append(
                WireOp(
                    dev=self.dev,
                    dseq=self._dseq,
                    wall=now,
                    ctx=self._mark.seq,
                    txn=self._txn,
                    scope=where,
                    kind=KIND,
                    record=record,
                    verb=Verb.SET,
                    cells=cells,
                    name="Add {n} facts",
                )
            )
            self.wrote.setdefault(where, array("Q")).append(code_of(self.dev, self._dseq))

    def ask(self, *, limit: int = 5000) -> Exchange:
        """Return what it says next."""
        scopes, ops = pushes(self._written)
        return Exchange(
            proto=PROTO,
            epoch=self._epoch,
            dev=self.dev,
            start=self._start,
            chain=self._chain,
            marks=[self._mark],
            access=self._access,
            scopes=scopes,
            ops=ops,
            limit=limit,
        )

    def hear(self, answer: Answer) -> None:
        """Take in an answer, as a desk does: what is settled first."""
        last = answer.settled.last
        self.refused += len(answer.settled.rejected)
        if last >= self._start:
            taken = [op for op in self._written if op.dseq <= last]
            links = [Link(op.dseq, op.wall, op.kind, op.record.hex()) for op in taken]
            self._chain, self._start = chained(self._chain, links), last + 1
            self._written = self._written[len(taken) :]
            self.settled = last
        if isinstance(answer, Expect):
            self.more = True
        elif isinstance(answer, Done):
            self._take(answer)
        else:
            self.odd += 1

    def _take(self, done: Done) -> None:
        new = not self._access  # it hears its rights first, then what it may read
        self._mark, self._epoch, self.more = done.mark, done.epoch, done.more or new
        self._access = done.access.at if done.access else self._access
        for op in pulled(done.scopes, done.ops):
            self.came.append(code_of(op.dev, op.dseq))
            self.foreign += op.scope not in self.reads
            self.changed += op.cells.get("text") != text_of(op.dev, op.dseq)
        self.placed.update(dseq for dseq, _ in done.own)

    def _fresh(self, now: int) -> bytes:
        bits = self._chance.getrandbits(74)
        value = now << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | (bits & (1 << 62) - 1)
        return UUID(int=value).bytes


@dataclass
class Ledger:
    """All devices of a run."""

    devices: list[LoadDevice] = field(default_factory=list)

    def judge(self, log: Counter[int]) -> Verdict:
        """Return what went wrong; to be asked when every device has heard all there is.

        ``log`` is what the database itself holds (``places``).
        """
        found = Verdict(double=sum(count - 1 for count in log.values()))
        settled: dict[Where, set[int]] = {}
        made: set[int] = set()
        for device in self.devices:
            found.refused += device.refused
            found.odd += device.odd
            found.foreign += device.foreign
            found.changed += device.changed
            found.lost += sum(
                n not in device.placed or code_of(device.dev, n) not in log
                for n in range(1, device.settled + 1)
            )
            found.judged += device.settled
            for where, codes in device.wrote.items():
                done = {code for code in codes if code & (1 << BITS) - 1 <= device.settled}
                settled.setdefault(where, set()).update(done)
                made.update(codes)
        for device in self.devices:
            came = Counter(device.came)
            found.double += sum(count - 1 for count in came.values())
            found.changed += sum(code not in made for code in came)
            for where in device.reads:
                own = device.wrote.get(where, ())
                due = settled.get(where, set()).difference(own)
                found.skipped += len(due.difference(came))
        return found


def places(engine: Engine) -> Counter[int]:
    """Return which ops of devices a hub's log holds, and how often."""
    with engine.connect() as connection:
        rows = connection.execute(select(OP.c.dev, OP.c.dseq).where(OP.c.dev > 0))
        return Counter(code_of(dev, dseq) for dev, dseq in rows)
