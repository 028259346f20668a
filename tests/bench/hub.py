"""The exchange at a real hub over HTTP on loopback: changes a second, bytes, round trip, load.

A change is one cell. The hub is a process of its own on PostgreSQL (which waits for the disk) or
SQLite, with everything switched on: tokens, rights, checks, packing, strict reading.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from support.desks import a_desk
from support.hub_made import Made, made
from support.hub_running import Caller, HubProcess, a_place
from support.postgres import Postgres, programs

from kamdesk.core.wire_op import WireOp
from kamdesk.storage.exchange import join, receive, unsent
from kamdesk.sync.steps.pulling import steps
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.bodies import pack
from kamdesk.sync.wire.chains import START, Link, chained
from kamdesk.sync.wire.messages import (
    LARGEST_PAGE,
    PROTO,
    Done,
    Exchange,
    Mark,
    read_answer,
    said,
)
from kamdesk.sync.wire.ops import pulled, pushes
from tests.bench import beside, first_sync, load
from tests.bench.rows import Result, late, middle
from tests.bench.territory import copied, opened

AT_LEAST = 30_000


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        ops = territory(Path(folder))
        yield from _bytes(ops)
        yield from _measured("SQLite", Path(folder), lambda _: "", ops, rounds)
        if programs() is not None:
            server = Postgres.made(durable=True)
            try:
                fresh = partial(_fresh, server)
                yield from _measured("PostgreSQL", Path(folder), fresh, ops, rounds)
            finally:
                server.remove()
    yield from beside.run()


def _fresh(server: Postgres, turn: int) -> str:
    return server.url(f"exchange{turn}", fresh=True)


def run_minutes(minutes: float) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from first_sync.run(territory(Path(folder)))
    yield from load.run(minutes)


def territory(folder: Path) -> list[WireOp]:
    """Return the demo territory as one desk would push it."""
    from tests.bench.territory import made as make

    with copied(make(folder / "demo")) as here:
        desk = opened(here)
        join(desk.storage, 1)
        ops = unsent(desk.storage, limit=10**9)
        desk.close()
    return ops


def _bytes(ops: Sequence[WireOp]) -> Iterator[Result]:
    for name, size in (("a page of 5,000", LARGEST_PAGE), ("an exchange of 20", 20)):
        pages = [ops[at : at + size] for at in range(0, len(ops), size)][-400:]
        sent, cells = 0, 0
        for page in pages:
            scopes, lines = pushes(page)
            body = said(_asking(1, page[0].dseq, "0" * 32, Mark(9, 9), scopes=scopes, ops=lines))
            sent += len(pack(body, "gzip")[0])
            cells += sum(len(op.cells) for op in page)
        each = sent / cells
        yield Result(name=f"bytes a change, {name}", scale="S", ours=each, p95=each, bar_ms=60)


def _measured(
    which: str,
    folder: Path,
    url: Callable[[int], str],
    ops: Sequence[WireOp],
    rounds: int,
) -> Iterator[Result]:
    accounts = sorted({op.scope[0].hex() for op in ops if op.scope[0]})
    runs = []
    for turn in range(max(1, rounds // 5)):
        place = a_place(folder / f"{which}{turn}", url(turn))
        team = made(place.database, accounts)
        hub = HubProcess(place)
        hub.start()
        try:
            runs.append(asyncio.run(_exchanged(hub, team, ops)))
        finally:
            hub.stop()
    cells = sum(len(op.cells) for op in ops)
    for way, count in product(("push", "pull", "pull and take in"), (cells, len(ops))):
        rates = [count / run.seconds[way] for run in runs]
        likened = which == "SQLite" and count == cells and way != "pull"
        yield Result(
            name=f"{way}, {which}: {'changes' if count == cells else 'ops'} a second",
            scale="S",
            ours=middle(rates),
            p95=min(rates),
            at_least=AT_LEAST if count == cells else None,
            **(beside.rate(way) if likened else {}),
        )
    for name, times, bar in (
        ("one change there and back", [took for run in runs for took in run.one], 15),
        ("nothing new", [took for run in runs for took in run.none], 2),
    ):
        yield Result(
            name=f"{name}, {which}",
            scale="S",
            ours=middle(times),
            p95=late(times),
            bar_ms=bar,
        )


@dataclass(frozen=True)
class _Run:
    """Seconds each way took with the whole territory; milliseconds of one change and of none."""

    seconds: dict[str, float]
    one: list[float]
    none: list[float]


def _taken_in(ops: Sequence[WireOp], folder: Path) -> float:
    """Return the seconds a desk takes to take ops into its file: log, tables, search, checks."""
    folder = folder / "reader"
    folder.mkdir()
    desk = a_desk(folder, name="")
    desk.storage.connection.execute("PRAGMA synchronous = FULL")
    join(desk.storage, 2)
    begun = time.perf_counter()
    for step in steps(ops):
        receive(desk.storage, step, step[-1].seq or 0)
    took = time.perf_counter() - begun
    desk.close()
    return took


async def _exchanged(hub: HubProcess, team: Made, ops: Sequence[WireOp]) -> _Run:
    writer, reader = Desk(hub, *team.writer), Desk(hub, *team.reader)
    await writer.hear()
    await reader.hear()
    begun = time.perf_counter()
    await writer.push(ops)
    push = time.perf_counter() - begun
    begun = time.perf_counter()
    came = await reader.hear()
    pull = time.perf_counter() - begun
    assert len(came) == len(ops), f"{len(came)} of {len(ops)} came"
    taken = pull + _taken_in(came, hub.at.folder)
    await writer.hear()
    one, none = [], []
    for _ in range(100):
        begun = time.perf_counter()
        await writer.push([ops[0]._replace(dseq=writer.last + 1)])
        one.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        await writer.hear()
        none.append((time.perf_counter() - begun) * 1000)
    return _Run({"push": push, "pull": pull, "pull and take in": taken}, one, none)


class Desk:
    """What a desk does at the line, without its file: packs, sends, reads, holds to the rules."""

    def __init__(self, hub: HubProcess, dev: int, token: str) -> None:
        self._caller, self._dev, self._token = Caller(hub.host, hub.port), dev, token
        self._mark, self._access, self._chain, self.last = Mark(0, 0), 0, START, 0

    async def push(self, ops: Sequence[WireOp]) -> None:
        """Send ops in pages; the hub has taken all of them then."""
        for page in _pages(ops):
            numbered = [
                op._replace(dev=self._dev, dseq=self.last + n, ctx=self._mark.seq)
                for n, op in enumerate(page, 1)
            ]
            scopes, lines = pushes(numbered)
            ask = self._asking(scopes=scopes, ops=lines)
            done = await self._said(ask)
            assert not done.settled.rejected, done.settled.rejected[:3]
            links = [Link(op.dseq, op.wall, op.kind, op.record.hex()) for op in numbered]
            self._chain, self.last = chained(self._chain, links), done.settled.last

    async def hear(self) -> list[WireOp]:
        """Hear all there is; return the ops that came."""
        came: list[WireOp] = []
        while True:
            done = await self._said(self._asking())
            came += pulled(done.scopes, done.ops)
            if not done.more:
                return came

    def _asking(self, **more: object) -> Exchange:
        return _asking(self._dev, self.last + 1, self._chain, self._mark, self._access, **more)

    async def _said(self, ask: Exchange) -> Done:
        body, coding = pack(said(ask), "gzip")
        answer = read_answer(await self._caller.ask(routes.SYNC, self._token, body, coding))
        assert isinstance(answer, Done), answer
        self._mark = answer.mark
        self._access = answer.access.at if answer.access else self._access
        return answer


def _asking(
    dev: int, start: int, chain: str, mark: Mark, access: int = 0, **more: object
) -> Exchange:
    return Exchange(
        proto=PROTO,
        epoch=1,
        dev=dev,
        start=start,
        chain=chain,
        marks=[mark],
        access=access,
        **more,  # type: ignore[arg-type]
    )


def _pages(ops: Sequence[WireOp], most: int = LARGEST_PAGE) -> Iterator[Sequence[WireOp]]:
    """Yield pages that part no action."""
    first = 0
    while first < len(ops):
        end = min(first + most, len(ops))
        while end < len(ops) and end > first + 1 and ops[end].txn == ops[end - 1].txn:
            end -= 1
        yield ops[first:end]
        first = end
