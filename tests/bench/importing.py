"""Importing 5,000 accounts, new and again, beside parsing in the child and the bare statements."""

import csv
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support.desks import KEY, SALT, a_desk

from kamdesk.storage.database import connect
from kamdesk.transfer.preview import read_table
from kamdesk.workspace import Workspace
from tests.bench.rows import Result, late, middle
from tests.bench.save import Recorder
from tests.bench.territory import copied, key_of

ROWS = 5000


def run(rounds: int) -> Iterator[Result]:
    timed = _Timed()
    with tempfile.TemporaryDirectory() as folder:
        path = _list(Path(folder, "list.csv"))
        for number in range(max(3, rounds // 3)):
            here, there = Path(folder, f"a{number}"), Path(folder, f"b{number}")
            for place in (here, there):
                place.mkdir()
                a_desk(place).close()
            timed.take(path, here, there, (KEY, SALT))
    yield from timed.results("S")


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    timed = _Timed()
    with copied(large) as here, copied(large) as there, tempfile.TemporaryDirectory() as folder:
        for number in range(max(3, rounds // 5)):
            path = _list(Path(folder, f"list{number}.csv"), number)
            timed.take(path, here, there, key_of(here))
    yield from timed.results("L")


class _Timed:
    """Times of imports into one workspace, and of their statements in its twin."""

    def __init__(self) -> None:
        self.new: list[float] = []
        self.again: list[float] = []
        self.parse: list[float] = []
        self.bare: list[float] = []

    def take(self, path: Path, here: Path, there: Path, key: tuple[str, str]) -> None:
        recorder = Recorder(connect(here / "kamdesk.db", *key))
        desk = Workspace(recorder, folder=here)
        recorder.said = []
        self.new.append(_clocked(lambda: desk.imports.take(desk.imports.look(path))))
        said = recorder.said
        self.again.append(_clocked(lambda: desk.imports.take(desk.imports.look(path))))
        self.parse.append(_clocked(lambda: read_table(path)))
        self.bare.append(_clocked(lambda: _replay(there, key, said)))
        desk.close()

    def results(self, scale: str) -> Iterator[Result]:
        yield from _results(scale, self.new, self.again, self.parse, self.bare)


def _results(
    scale: str, new: list[float], again: list[float], parse: list[float], bare: list[float]
) -> Iterator[Result]:
    yield Result(
        name="import 5,000 accounts (new)",
        scale=scale,
        ours=middle(new),
        p95=late(new),
        limit=middle(parse) + middle(bare),
        limit_is="parse in the child + the same statements",
        bar_ratio=2,
    )
    yield Result(
        name="the same file again",
        scale=scale,
        ours=middle(again),
        p95=late(again),
        limit=middle(parse),
        limit_is="parse in the child",
        bar_ratio=2,
    )


def _clocked(work: Any) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _replay(folder: Path, key: tuple[str, str], said: list[tuple[str, Any, bool]]) -> None:
    connection = connect(folder / "kamdesk.db", *key)
    for sql, values, many in said:
        if many:
            connection.executemany(sql, values)
        elif not sql.startswith("SELECT"):
            connection.execute(sql, values)
    connection.close()


def _list(path: Path, block: int = 0) -> Path:
    """Write a list of 5,000 firms; those of another block are others."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["代码", "客户名称", "简称", "行业", "地区"])
        for number in range(ROWS):
            name = f"{chr(0x4E2D + number % 3000)}{chr(0x534E + number % 2500)}第{number}"
            name += f"{'甲乙丙丁戊己庚辛壬癸'[block]}" if block else ""
            key = f"{600000 + block * 10_000 + number}.SH"
            writer.writerow([key, f"{name}有限公司", name, "制造业", "江苏"])
    return path
