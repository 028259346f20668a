"""Saving a visit (3 attendees, 3 promises), durable, beside the same statements replayed."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from support.desks import KEY, SALT, a_desk

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.storage.database import connect
from kamdesk.workspace import Workspace
from tests.bench.rows import Result, late, middle
from tests.bench.territory import copied, key_of


class Recorder:
    """Stands before a connection and writes down what it is told to do."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.said: list[tuple[str, Any, bool]] = []

    def execute(self, sql: str, values: Any = ()) -> Any:
        self.said.append((sql, values, False))
        return self._connection.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        ready = list(values)
        self.said.append((sql, ready, True))
        return self._connection.executemany(sql, ready)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        here, there = Path(folder, "a"), Path(folder, "b")
        here.mkdir()
        _furnish(a_desk(here)).close()
        shutil.copytree(here, there)
        yield _of(here, there, (KEY, SALT), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    with copied(large) as here, copied(large) as there:
        yield _of(here, there, key_of(here), "L", rounds)


def _of(here: Path, there: Path, key: tuple[str, str], scale: str, rounds: int) -> Result:
    ours, said = _saves(here, key, rounds)
    limit = _replays(there, key, said)
    return Result(
        name="save a visit",
        scale=scale,
        ours=middle(ours),
        p95=late(ours),
        limit=middle(limit),
        limit_is="same statements replayed, one transaction",
        bar_ratio=1.8,
    )


def _furnish(desk: Workspace) -> Workspace:
    for number in range(20):
        account = desk.accounts.new(f"试验客户{number}")
        desk.accounts.add(account)
        for person in range(4):
            desk.people.add(desk.people.new(f"王建{person}", account.id), title=f"经理{person}")
    return desk


def _saves(
    folder: Path, key: tuple[str, str], rounds: int
) -> tuple[list[float], list[list[tuple[str, Any, bool]]]]:
    recorder = Recorder(connect(folder / "kamdesk.db", *key))
    desk = Workspace(recorder, folder=folder)
    account = desk.accounts.ask.lines()[7].id
    people = [person.id for person in desk.people.ask.of_account(account)][:3]
    times, said = [], []
    for number in range(rounds + 3):
        visit = replace(
            desk.visits.new(account, Instant(1_773_300_000_000 + number * 3_600_000)),
            topic="二号产线状态监测",
            objective="请陈总同意把二号产线试点推进到预算立项",
            said="沈总认可算法，但要求说明阈值来源；开放三台磨床六周数据。",
        )
        seats = [Attendee.at(visit, who, Side.THEIRS, point="先讲结论") for who in people]
        promises = [
            replace(desk.promises.new(account, PromiseSide.OURS, f"提供模型 {n}"), visit=visit.id)
            for n in range(3)
        ]
        recorder.said = []
        started = time.perf_counter()
        with desk.storage.change(Text("Log visit")) as change:
            desk.visits.put_new(change, visit, *seats)
            for promise in promises:
                change.put(PROMISE, promise.checked())
        times.append((time.perf_counter() - started) * 1000)
        said.append(recorder.said)
    desk.close()
    return times[3:], said


def _replays(
    folder: Path, key: tuple[str, str], said: list[list[tuple[str, Any, bool]]]
) -> list[float]:
    connection = connect(folder / "kamdesk.db", *key)
    times = []
    for statements in said:
        started = time.perf_counter()
        for sql, values, many in statements:
            if many:
                connection.executemany(sql, values)
            elif sql.startswith("SELECT"):
                connection.execute(sql, values).fetchall()
            else:
                connection.execute(sql, values)
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return times[3:]
