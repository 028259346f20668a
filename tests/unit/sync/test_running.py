"""The background loop: rounds follow each other at their pace, are woken, cut off and ended."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from kamdesk.core.wording import Text
from kamdesk.sync.pace import POLL, Wake
from kamdesk.sync.post import Cause, HubTrouble, HungUp
from kamdesk.sync.running import News, Running, Stopped

OFFLINE = HubTrouble(Cause.OFFLINE, Text("No network."))
PATIENCE = 20
"""Seconds a test waits for a thread at most; never what it measures."""


@dataclass
class Script:
    """Rounds that do what is written down, one thing after the other; then they hold a poll."""

    acts: list[object] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)
    closed: bool = False

    def __post_init__(self) -> None:
        self.held = threading.Event()
        self._let_go = threading.Event()
        self._over = False

    def round(self, wait: int) -> bool:
        self.waits.append(wait)
        if self.acts:
            act = self.acts.pop(0)
            if isinstance(act, Exception):
                raise act
            return bool(act)
        self.held.set()
        assert self._let_go.wait(PATIENCE)
        if not self._over:
            self._let_go.clear()
        raise HungUp

    def hang_up(self, *, for_good: bool = False) -> None:
        self._over = self._over or for_good
        self.held.clear()
        self._let_go.set()

    def close(self) -> None:
        self.closed = True


def running(script: Script, tell: Callable[[News], None] = lambda _: None) -> Running:
    """Begin rounds for which no time passes while they rest."""
    moments = iter(range(0, 10**9, 1000))
    made = Running(script, tell, chance=lambda: 0.0, now=lambda: float(next(moments)))
    made.start()
    return made


class WallClock:
    """The clock on the wall: it stands until a test moves it."""

    def __init__(self) -> None:
        self.seconds, self._looks = 1_000_000.0, 0
        self._looked = threading.Condition()

    def __call__(self) -> float:
        with self._looked:
            self._looks += 1
            self._looked.notify_all()
            return self.seconds

    def looked_at(self, times: int = 30) -> None:
        """Wait until somebody looked at it so often again."""
        with self._looked:
            there = self._looks + times
            assert self._looked.wait_for(lambda: self._looks >= there, PATIENCE)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    monkeypatch.setattr("kamdesk.sync.running.SLICE", 0.0005)
    return WallClock()


def test_who_slept_through_a_pause_goes_on_at_once(clock: WallClock) -> None:
    script = Script([HubTrouble(Cause.OFFLINE, Text("No network."), after=300)])
    run = Running(script, lambda _: None, chance=lambda: 0.0, now=clock)
    run.start()
    clock.looked_at()
    assert script.waits == [POLL]  # it rests, however long this takes
    clock.seconds += 8 * 3600  # the lid was closed over night
    assert script.held.wait(PATIENCE)
    assert script.waits == [POLL, 0]
    run.stop()
    assert run.join(PATIENCE)


def test_a_clock_set_back_makes_no_pause_longer(clock: WallClock) -> None:
    script = Script([HubTrouble(Cause.OFFLINE, Text("No network."), after=300)])
    run = Running(script, lambda _: None, chance=lambda: 0.0, now=clock)
    run.start()
    clock.looked_at()
    clock.seconds -= 365 * 86_400
    clock.looked_at()
    clock.seconds += 299
    clock.looked_at()
    assert script.waits == [POLL]
    clock.seconds += 2
    assert script.held.wait(PATIENCE)
    run.stop()
    assert run.join(PATIENCE)


def test_another_network_ends_a_pause_and_cuts_a_poll_off(clock: WallClock) -> None:
    script = Script([HubTrouble(Cause.OFFLINE, Text("No network."), after=300)])
    run = Running(script, lambda _: None, chance=lambda: 0.0, now=clock)
    run.start()
    clock.looked_at()
    assert script.waits == [POLL]
    run.wake(Wake.NETWORK)
    assert script.held.wait(PATIENCE)
    assert script.waits == [POLL, 0]
    script.acts.append(True)
    run.wake(Wake.NETWORK)
    clock.seconds += 1
    assert script.held.wait(PATIENCE)
    run.stop()
    assert run.join(PATIENCE)


def test_rounds_follow_each_other_until_the_end() -> None:
    script = Script([True, True, False])
    run = running(script)
    assert script.held.wait(PATIENCE)
    assert script.waits == [POLL] * 4
    run.stop()
    assert run.join(PATIENCE)
    assert script.closed


def test_while_the_hub_is_silent_it_is_not_asked_to_hold_back() -> None:
    script = Script([OFFLINE, OFFLINE, True])
    run = running(script)
    assert script.held.wait(PATIENCE)
    run.stop()
    assert run.join(PATIENCE)
    assert script.waits == [POLL, 0, 0, POLL]


def test_what_is_written_cuts_a_poll_off_and_counts_as_no_failure() -> None:
    script, news = Script(), list[News]()
    run = running(script, news.append)
    assert script.held.wait(PATIENCE)
    script.acts.append(True)
    run.wake(Wake.WRITTEN)
    assert script.held.wait(PATIENCE)
    run.stop()
    assert run.join(PATIENCE)
    assert [one.failed for one in news] == [None] * len(news)
    assert len(script.waits) == 3


@pytest.mark.parametrize("failed", [OFFLINE, ValueError("a bug")])
def test_what_failed_is_told_and_the_rounds_go_on(failed: Exception) -> None:
    script, news = Script([failed, True]), list[News]()
    run = running(script, news.append)
    assert script.held.wait(PATIENCE)
    run.stop()
    assert run.join(PATIENCE)
    assert [one.failed for one in news if not one.working] == [failed, None]


def test_a_round_that_says_it_is_over_ends_it() -> None:
    script = Script([Stopped()])
    run = running(script)
    assert run.join(PATIENCE)
    assert script.closed


def test_ended_while_it_rests_it_ends_at_once() -> None:
    script = Script()
    run = Running(script, lambda _: None, chance=lambda: 1.0, now=lambda: 0.0)
    run.start()
    run.stop()
    assert run.join(PATIENCE)
    assert script.waits == []
