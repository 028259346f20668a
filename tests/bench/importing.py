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

ROWS = 5000


def run(rounds: int) -> Iterator[Result]:
    new, again, parse, bare = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = _list(Path(folder, "list.csv"))
        for number in range(max(3, rounds // 3)):
            here, there = Path(folder, f"a{number}"), Path(folder, f"b{number}")
            here.mkdir()
            there.mkdir()
            a_desk(here).close()
            a_desk(there).close()
            recorder = Recorder(connect(here / "kamdesk.db", KEY, SALT))
            desk = Workspace(recorder, folder=here)
            recorder.said = []
            new.append(_clocked(lambda desk=desk: desk.imports.take(desk.imports.look(path))))
            said = recorder.said
            again.append(_clocked(lambda desk=desk: desk.imports.take(desk.imports.look(path))))
            parse.append(_clocked(lambda: read_table(path)))
            bare.append(_clocked(lambda there=there, said=said: _replay(there, said)))
            desk.close()
    yield Result(
        name="import 5,000 accounts (new)",
        scale="S",
        ours=middle(new),
        p95=late(new),
        limit=middle(parse) + middle(bare),
        limit_is="parse in the child + the same statements",
        bar_ratio=2,
    )
    yield Result(
        name="the same file again",
        scale="S",
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


def _replay(folder: Path, said: list[tuple[str, Any, bool]]) -> None:
    connection = connect(folder / "kamdesk.db", KEY, SALT)
    for sql, values, many in said:
        if many:
            connection.executemany(sql, values)
        elif not sql.startswith("SELECT"):
            connection.execute(sql, values)
    connection.close()


def _list(path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["代码", "客户名称", "简称", "行业", "地区"])
        for number in range(ROWS):
            name = f"{chr(0x4E2D + number % 3000)}{chr(0x534E + number % 2500)}第{number}"
            writer.writerow([f"{600000 + number}.SH", f"{name}有限公司", name, "制造业", "江苏"])
    return path
