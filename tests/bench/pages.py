"""What pages ask of the file: opening it, a customer, whole lists, what is due; cold and warm."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from support.asked import statements

from kamdesk.desktop.account.reading import read_account
from kamdesk.workspace import Workspace
from tests.bench.rows import Result, late, middle, timed
from tests.bench.territory import made, opened


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(made(Path(folder, "territory")), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    yield from _of(large, "L", rounds)


def _of(place: Path, scale: str, rounds: int) -> Iterator[Result]:
    opened(place).close()
    times = timed(lambda: opened(place).close(), rounds)
    yield Result(
        name="open the file (passphrase)", scale=scale, ours=middle(times), p95=late(times)
    )
    desk = opened(place)
    try:
        yield from _customers(desk, scale, rounds)
        today = desk.clock.today()
        asked: list[tuple[str, Callable[[], object], float | None]] = [
            ("list of customers: asked", desk.accounts.ask.lines, None),
            ("list of people: asked", desk.people.ask.lines, None),
            ("newest visits: asked", desk.visits.ask.lines, None),
            ("what is due, from scratch", lambda: desk.promises.ask.due(by=today, of=None), 3000),
        ]
        for name, ask, bar in asked:
            times = timed(ask, max(3, rounds // 3), warm=1)
            yield Result(name=name, scale=scale, ours=middle(times), p95=late(times), bar_ms=bar)
    finally:
        desk.close()


def _customers(desk: Workspace, scale: str, rounds: int) -> Iterator[Result]:
    """Customers not looked at before, in any order; then their bare statements, as cold."""
    ids = desk.storage.reader.ask("SELECT id FROM accounts").column()
    random.Random(2).shuffle(ids)
    wanted = (ids * rounds)[: rounds * 3]
    read_account(desk, wanted[0])
    whole = [_clocked(lambda a=account: read_account(desk, a)) for account in wanted]
    said = [statements(desk, lambda a=account: read_account(desk, a)) for account in wanted]
    execute = desk.storage.connection.execute
    execute("PRAGMA shrink_memory")
    bare = [_clocked(lambda s=of_one: [execute(sql).fetchall() for sql in s]) for of_one in said]
    yield Result(
        name="a customer's page: read",
        scale=scale,
        ours=middle(whole),
        p95=late(whole),
        limit=middle(bare),
        limit_is="its bare statements",
    )
    yield Result(
        name="a customer's page: bare statements",
        scale=scale,
        ours=middle(bare),
        p95=late(bare),
        bar_ms=5,
    )


def _clocked(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
