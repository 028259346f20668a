"""Fault 21: everybody comes in the same minute, and the hub is restarted under them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from support.hub_load import Ledger, LoadDevice, Verdict, places
from support.hub_made import crews
from support.hubs import BOTH, empty_database

from kamdesk.core.clock import SystemClock
from kamdesk.hub import devices, schema
from kamdesk.hub.hub import Hub
from kamdesk.hub.turn import writing
from kamdesk.sync.wire.messages import Answer, Done, Exchange, read, read_answer, said

HEADS = (4, 3)
"""Crews, and partners in each; with ``--all`` 1,300 devices."""
MANY = (130, 9)
RESTART_EVERY = 25
"""Exchanges after which the hub's process ends in the middle of things."""
WORKERS = 6
TRIES = 50


class Crowd:
    """Devices that all exchange at once with a hub that keeps being restarted."""

    def __init__(self, url: str, crews_of: tuple[int, int]) -> None:
        self.url, self.hub = url, self._started(url)
        self.ledger, self._count, self._lock = Ledger(), 0, threading.Lock()
        groups, partners = crews_of
        for n, crew in enumerate(crews(url, groups, partners=partners, each=2)):
            words = ("internal", "partner") if crew.internal else ("partner",)
            scopes = [(bytes.fromhex(account), word) for account in crew.accounts for word in words]
            self.ledger.devices.append(LoadDevice(*crew.seat, writes=scopes, reads=scopes, seed=n))
        self.answers, self.cut = 0, 0

    def _started(self, url: str) -> Hub:
        return Hub(schema.engine_for(url, poolclass=NullPool), SystemClock())

    def rush(self, tamper: Callable[[Answer], Answer] = lambda answer: answer) -> None:
        """Let each device write and exchange until it has nothing more to say."""

        def once(device: LoadDevice) -> None:
            chance = Random(device.dev)
            for _ in range(3):
                device.write(chance.randint(1, 12), 1_700_000_000_000)
                self._exchange(device, tamper)

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(once, self.ledger.devices))
        for device in self.ledger.devices:
            self._exchange(device, tamper)

    def _exchange(self, device: LoadDevice, tamper: Callable[[Answer], Answer]) -> None:
        fresh, tries = True, 0
        while fresh or device.busy:
            tries += 1
            assert tries < TRIES, "no progress"
            answer = self._asked(device)
            if answer is not None:
                fresh = False
                device.hear(tamper(answer))

    def _asked(self, device: LoadDevice) -> Answer | None:
        """Return the hub's answer; None where it was being restarted meanwhile."""
        with self._lock:
            self._count += 1
            hub, restarts = self.hub, self._count % RESTART_EVERY == 0
        ask = read(said(device.ask(limit=200)), Exchange)
        try:
            with writing(hub.engine) as connection:
                known = devices.known(connection, device.token)
            assert known is not None
            answer = read_answer(said(hub.exchange(known, ask)))
        except DBAPIError:
            self.cut += 1
            return None
        self.answers += 1
        if restarts:  # it had done the work, and its answer went down with it
            with self._lock:
                self.hub = self._started(self.url)
            self.cut += 1
            return None
        return answer

    def judge(self) -> Verdict:
        return self.ledger.judge(places(self.hub.engine))


def _crowd(which: str, request: pytest.FixtureRequest, folder: Path) -> Crowd:
    heads = MANY if request.config.getoption("--all") and which == "postgres" else HEADS
    return Crowd(empty_database(which, folder, request), heads)


@pytest.mark.parametrize("which", BOTH)
def test_fault_21_all_at_once_and_the_hub_restarted_under_them(
    which: str, request: pytest.FixtureRequest, quick_folder: Path
) -> None:
    crowd = _crowd(which, request, quick_folder)
    crowd.rush()
    verdict = crowd.judge()
    assert verdict.clean, verdict
    assert crowd.cut > 1
    assert crowd.answers < 12 * len(crowd.ledger.devices)  # nobody asks again and again


def test_fault_21_control_an_op_lost_in_the_rush_is_noticed(
    request: pytest.FixtureRequest, quick_folder: Path
) -> None:
    crowd = _crowd("sqlite", request, quick_folder)

    def loses(answer: Answer) -> Answer:
        if isinstance(answer, Done) and len(answer.ops) > 5:
            return msgspec.structs.replace(answer, ops=answer.ops[1:])
        return answer

    crowd.rush(loses)
    verdict = crowd.judge()
    assert verdict.skipped
