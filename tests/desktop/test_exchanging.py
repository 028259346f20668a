"""The exchange behind the window: steps at the writing desk, pages that follow, a quick end."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support.desks import a_desk

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.at_the_desk import StepsAtTheDesk
from kamdesk.desktop.exchanging import Exchanging, Standing, exchanging_of
from kamdesk.desktop.workbench import Workbench
from kamdesk.storage import team
from kamdesk.storage.exchange import join
from kamdesk.sync.post import HungUp
from kamdesk.sync.running import Stopped
from kamdesk.workspace import Workspace

PATIENCE = 20


class Rounds:
    """Rounds that do at the desk what a test gave them, then hold a poll until they are cut."""

    def __init__(self, works: list[Callable[[StepsAtTheDesk], object]]) -> None:
        self.works, self.closed = works, False
        self.threads: set[str] = set()
        self.waits: list[int] = []
        self._cut = threading.Event()
        self.steps: StepsAtTheDesk
        self.done: Callable[[object], None]

    def make(self, steps: StepsAtTheDesk, _workspace: str, done: Any, _removed: Any) -> "Rounds":
        self.steps, self.done = steps, done
        return self

    def round(self, wait: int) -> bool:
        self.waits.append(wait)
        self.threads.add(threading.current_thread().name)
        if self.works:
            self.works.pop(0)(self.steps)
            self.done("a round")
            return True
        assert self._cut.wait(PATIENCE)
        self._cut.clear()
        raise HungUp

    def hang_up(self, *, for_good: bool = False) -> None:
        self._cut.set()

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _no_scatter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamdesk.sync.running.SCATTER", 0.0)
    monkeypatch.setattr("kamdesk.sync.pace.SOON", 0.0)
    monkeypatch.setattr("kamdesk.sync.pace.LEAST", 0.0)


def a_team_desk(folder: Path) -> None:
    """Make a workspace that has joined a hub."""
    desk = a_desk(folder)
    desk.storage.remember(team.HUB_URL, "https://hub.example")
    join(desk.storage, 7, [])
    desk.close()


def bench_on(folder: Path) -> "Workbench[Workspace]":
    from support.desks import KEY, SALT

    from kamdesk.storage.database import connect

    def opened(readonly: bool) -> Workspace:
        connection = connect(folder / "kamdesk.db", KEY, SALT, readonly=readonly)
        return Workspace(connection, folder=folder, readonly=readonly)

    return Workbench(opened)


def add_colleague(steps: StepsAtTheDesk) -> ChangeSet:
    from kamdesk.domain.team.service import Team

    def step(storage: Any) -> ChangeSet:
        ours = Team(storage)
        return ours.add(ours.new("王芳"))

    return steps.do(step)


def test_what_comes_in_is_written_at_the_desk_and_the_pages_follow(
    qtbot: QtBot, tmp_path: Path
) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    rounds = Rounds([add_colleague])
    exchanging = Exchanging(bench, rounds.make)
    seen: list[ChangeSet] = []
    bench.changed.connect(seen.append)
    with qtbot.waitSignal(exchanging.exchanged, timeout=PATIENCE * 1000):
        exchanging.begin()
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE * 1000)
    assert [kind for kind, _ in seen[0].records] == ["colleague"]
    assert exchanging_of(bench) is exchanging
    qtbot.waitUntil(lambda: len(rounds.waits) == 2, timeout=PATIENCE * 1000)
    bench.close()
    assert rounds.closed
    assert rounds.threads == {"kamdesk-exchange"}
    assert rounds.waits == [20, 20]  # what came in itself did not cut the poll off


def test_what_is_written_here_cuts_the_poll_off(qtbot: QtBot, tmp_path: Path) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    rounds = Rounds([])
    exchanging = Exchanging(bench, rounds.make)
    exchanging.begin()
    qtbot.waitUntil(lambda: len(rounds.waits) == 1, timeout=PATIENCE * 1000)
    bench.do(None, lambda desk: desk.team.add(desk.team.new("王芳")))
    qtbot.waitUntil(lambda: len(rounds.waits) == 2, timeout=PATIENCE * 1000)
    assert exchanging.standing.trouble is None
    bench.close()


def test_what_the_disk_refuses_is_the_exchange_s_to_hear(qtbot: QtBot, tmp_path: Path) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    full = StorageTrouble(Text("The disk is full."))

    def refused(steps: StepsAtTheDesk) -> None:
        def step(_storage: object) -> None:
            raise full

        steps.do(step)

    rounds = Rounds([refused])
    exchanging = Exchanging(bench, rounds.make)
    unwritten: list[object] = []
    bench.unwritten.connect(unwritten.append)
    exchanging.begin()
    qtbot.waitUntil(lambda: exchanging.standing.trouble is not None, timeout=PATIENCE * 1000)
    assert exchanging.standing.trouble == full.said
    bench.close()
    assert (unwritten, bench.refused_by_disk) == ([], 0)


def test_a_workspace_of_no_team_has_no_thread_for_it(qtbot: QtBot, tmp_path: Path) -> None:
    a_desk(tmp_path).close()
    bench = bench_on(tmp_path)
    rounds = Rounds([])
    exchanging = Exchanging(bench, rounds.make)
    exchanging.begin()
    qtbot.waitUntil(lambda: not bench.busy, timeout=PATIENCE * 1000)
    assert exchanging.standing == Standing()
    assert rounds.waits == []
    bench.close()


def test_the_end_waits_for_no_hub_and_later_steps_are_refused(qtbot: QtBot, tmp_path: Path) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    rounds = Rounds([])
    exchanging = Exchanging(bench, rounds.make)
    exchanging.begin()
    qtbot.waitUntil(lambda: len(rounds.waits) == 1, timeout=PATIENCE * 1000)
    bench.close()
    assert rounds.closed
    with pytest.raises(Stopped):
        rounds.steps.do(lambda _: None)
    assert exchanging.standing == Standing()


def test_pages_follow_many_steps_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    added: list[ChangeSet] = []
    rounds = Rounds([lambda steps: added.extend(add_colleague(steps) for _ in range(60))])
    exchanging = Exchanging(bench, rounds.make)
    seen: list[ChangeSet] = []
    bench.changed.connect(seen.append)
    exchanging.begin()

    def told() -> set[Any]:
        return {record for changes in seen for record in changes.records}

    qtbot.waitUntil(lambda: len(told()) == 60, timeout=PATIENCE * 1000)
    assert told() == {record for changes in added for record in changes.records}
    assert len(seen) < 60
    assert rounds.waits[:1] == [20]
    bench.close()


def test_who_is_stopped_may_begin_again(qtbot: QtBot, tmp_path: Path) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    rounds = Rounds([])
    exchanging = Exchanging(bench, rounds.make)
    for begun in (1, 2):
        exchanging.begin()
        qtbot.waitUntil(lambda n=begun: len(rounds.waits) == n, timeout=PATIENCE * 1000)  # type: ignore[misc]
        assert exchanging.standing.on
        exchanging.stop()
        assert exchanging.standing == Standing()
    bench.close()


def test_another_network_cuts_the_poll_off(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_team_desk(tmp_path)
    bench = bench_on(tmp_path)
    rounds = Rounds([])
    watched: list[Callable[[], None]] = []

    def watch(changed: Callable[[], None]) -> bool:
        watched.append(changed)
        return True

    monkeypatch.setattr("kamdesk.desktop.exchanging.watch", watch)
    exchanging = Exchanging(bench, rounds.make)
    for begun in (1, 3):
        exchanging.begin()
        qtbot.waitUntil(lambda n=begun: len(rounds.waits) == n, timeout=PATIENCE * 1000)  # type: ignore[misc]
        (changed,) = watched  # asked for once, however often it begins
        changed()
        qtbot.waitUntil(lambda n=begun: len(rounds.waits) == n + 1, timeout=PATIENCE * 1000)  # type: ignore[misc]
        exchanging.stop()
        changed()  # nothing is under way: harmless
    assert exchanging.standing == Standing()
    bench.close()
