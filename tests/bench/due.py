"""The due list: of one's own customers, of one that changed, of everybody, beside its bare rows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kamdesk.core.clock import read_day
from kamdesk.dossier.due import due_list
from kamdesk.storage.database import Reader, Rows
from tests.bench.rows import Result, late, middle, timed
from tests.bench.territory import DAY, made, opened


class _Noted(Reader):
    """Asks like a reader, and notes what it was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.asked: list[tuple[Any, ...]] = []

    def ask(self, sql: str, *values: object) -> Rows:
        self.asked.append((sql, *values))
        return self._reader.ask(sql, *values)


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(made(Path(folder, "territory")), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    yield from _of(large, "L", min(rounds, 5))


def _of(place: Path, scale: str, rounds: int) -> Iterator[Result]:
    desk = opened(place)
    reader, today, me = desk.storage.reader, read_day(DAY), desk.team.me
    assert today is not None
    changed = due_list(reader, today=today, me=me, most=1)[0].account
    mine = timed(lambda: due_list(reader, today=today, me=me, most=50), rounds)
    one = timed(lambda: due_list(reader, today=today, account=changed), rounds)
    noted = _Noted(reader)
    due_list(noted, today=today)
    bare = timed(lambda: [reader.ask(*asked) for asked in noted.asked], rounds, warm=1)
    everybody = timed(lambda: due_list(reader, today=today), rounds, warm=1)
    desk.close()
    yield Result(name="due list, my customers", scale=scale, ours=middle(mine), p95=late(mine),
                 bar_ms=50)  # fmt: skip
    yield Result(name="due list, one customer changed", scale=scale, ours=middle(one),
                 p95=late(one), bar_ms=20)  # fmt: skip
    yield Result(
        name="due list, everybody from scratch",
        scale=scale,
        ours=middle(everybody),
        p95=late(everybody),
        limit=middle(bare),
        limit_is="its rows, read and dropped",
        bar_ratio=4 if scale == "L" else None,
        bar_ms=3000,
    )
