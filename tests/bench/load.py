"""A team of 1,300 devices at one hub, open loop, while hub and PostgreSQL are killed by turns.

Exchanges begin when they are due, whether or not those before have ended; each pushes an action of
20 ops and takes what is new. At the end a ledger that believes nothing the hub says of itself
judges what every device holds.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random

from support.hub_load import Ledger, LoadDevice, Verdict, places
from support.hub_made import crews
from support.hub_running import Caller, HubProcess, Unanswered, a_place
from support.postgres import Postgres, programs

from kamdesk.hub.schema import engine_for
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.bodies import pack
from kamdesk.sync.wire.messages import read_answer, said
from tests.bench.rows import Result, middle

GROUPS, DEVICES = 325, 4
A_SECOND, OPS = 40, 20
KILLED_EVERY = 20.0
SEED = 7


@dataclass
class Run:
    """What one run saw. Times are milliseconds from when an exchange was due."""

    calm: list[float] = field(default_factory=list)
    """Of exchanges that met no kill."""
    met: list[float] = field(default_factory=list)
    """Of those due or under way while hub or PostgreSQL were down: until they were answered."""
    down: list[tuple[float, float]] = field(default_factory=list)
    """From each kill until the hub could answer again, in seconds of the clock."""
    verdict: Verdict = field(default_factory=Verdict)
    crowded: int = 0
    """Exchanges that were due while every device still waited for an answer."""
    ops: int = 0
    seconds: float = 0.0


def run(minutes: float) -> Iterator[Result]:
    if programs() is None:
        sys.stderr.write("no PostgreSQL on this machine: the load is not measured\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres.made(durable=True)
        try:
            place = a_place(Path(folder, "hub"), server.url("load", fresh=True))
            seats = crews(place.database, GROUPS, partners=DEVICES - 1)
            devices = [
                LoadDevice(
                    *crew.seat,
                    writes=[(bytes.fromhex(one), said_to) for one in crew.accounts
                            for said_to in ("internal", "partner")[not crew.internal :]],
                    reads=[(bytes.fromhex(one), said_to) for one in crew.accounts
                           for said_to in ("internal", "partner")[not crew.internal :]],
                    seed=number,
                )
                for number, crew in enumerate(seats)
            ]  # fmt: skip
            hub = HubProcess(place)
            hub.start()
            try:
                found = asyncio.run(_Load(hub, server, devices).run(minutes * 60))
            finally:
                hub.stop()
        finally:
            server.remove()
    yield from _rows(found, minutes)


class _Load:
    def __init__(self, hub: HubProcess, server: Postgres, devices: list[LoadDevice]) -> None:
        self._hub, self._server, self._ledger = hub, server, Ledger(devices)
        self._chance = Random(SEED)
        self._idle = list(devices)
        self._found = Run()
        self._lines: list[Caller] = []
        self._over = asyncio.Event()
        self._done: list[tuple[float, float]] = []
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, seconds: float) -> Run:
        killer = asyncio.create_task(self._kill())
        begun = time.perf_counter()
        for number in range(int(seconds * A_SECOND)):
            due = begun + number / A_SECOND
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if not self._idle:
                self._found.crowded += 1
                continue
            at = self._chance.randrange(len(self._idle))
            self._idle[at], self._idle[-1] = self._idle[-1], self._idle[at]
            task = asyncio.create_task(self._exchange(self._idle.pop(), due))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        self._found.seconds = time.perf_counter() - begun
        self._over.set()
        await asyncio.gather(killer, *self._under_way)
        for due, done in self._done:
            met = any(due < up and down < done for down, up in self._found.down)
            (self._found.met if met else self._found.calm).append((done - due) * 1000)
        for device in self._ledger.devices:  # everybody hears the rest
            await self._round(device)
        engine = engine_for(self._hub.at.database)
        self._found.verdict = self._ledger.judge(places(engine))
        engine.dispose()
        self._found.ops = self._found.verdict.judged
        return self._found

    async def _exchange(self, device: LoadDevice, due: float) -> None:
        device.write(OPS, time.time_ns() // 1_000_000)
        await self._round(device)
        self._done.append((due, time.perf_counter()))
        self._idle.append(device)

    async def _round(self, device: LoadDevice) -> None:
        """Exchange until all is said and heard."""
        pages = 0
        while not pages or device.busy:
            line = self._lines.pop() if self._lines else Caller(self._hub.host, self._hub.port)
            body, coding = pack(said(device.ask()), "gzip")
            try:
                came = await line.ask(routes.SYNC, device.token, body, coding)
                device.hear(read_answer(came))
                pages += 1
                self._lines.append(line)
            except Unanswered:
                await asyncio.sleep(self._chance.uniform(0.3, 1.5))

    async def _kill(self) -> None:
        for kill in cycle((self._kill_hub, self._kill_server)):
            with suppress(TimeoutError):
                async with asyncio.timeout(KILLED_EVERY):
                    await self._over.wait()
                    return
            self._found.down.append(await asyncio.to_thread(kill))

    def _kill_hub(self) -> tuple[float, float]:
        begun = time.perf_counter()
        self._hub.kill()
        self._hub.start()
        return begun, time.perf_counter()

    def _kill_server(self) -> tuple[float, float]:
        begun = time.perf_counter()
        self._server.stop(crash=True)
        self._server.start()
        return begun, time.perf_counter()


def _rows(found: Run, minutes: float) -> Iterator[Result]:
    verdict = found.verdict
    scale = f"{minutes:g}min"
    times = sorted(found.calm)
    late = times[min(len(times) - 1, round(0.99 * (len(times) - 1)))]
    yield Result(
        name="load, 40 × 20 ops/s: exchange (p99)", scale=scale, ours=middle(times), p95=late,
        bar_ms=500,
    )  # fmt: skip
    wrong = verdict.lost, verdict.double, verdict.skipped, verdict.foreign
    for name, count in (
        ("lost, double, skipped, foreign", sum(wrong)),
        ("changed, refused, odd", verdict.changed + verdict.refused + verdict.odd),
        ("due while everybody waited", found.crowded),
    ):
        yield Result(
            name=f"load: {name}", scale=scale, ours=count, p95=count, limit_is=f"{found.ops} ops",
            bar_ms=0.5,
        )  # fmt: skip
    down = [(up - begun) * 1000 for begun, up in found.down]
    if down:
        yield Result(
            name=f"load: down after each of {len(down)} kills", scale=scale,
            ours=middle(down), p95=max(down),
        )  # fmt: skip
    if found.met:
        yield Result(
            name=f"load: {len(found.met)} exchanges that met a kill", scale=scale,
            ours=middle(found.met), p95=max(found.met),
        )  # fmt: skip
