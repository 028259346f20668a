"""What all tests need: a desk that is true when it closes, no real keyring, no unsaid warning."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.desks import a_desk, untruths
from support.hubs import hub, hub_url
from support.memory_ring import MemoryRing
from support.postgres import postgres

from kamdesk.workspace import Workspace

__all__ = ["hub", "hub_url", "postgres"]  # fixtures for whoever asks for a hub

settings.register_profile(
    "kamdesk",
    deadline=None,
    derandomize=True,  # a green tree stays green; --hypothesis-profile=wide looks further
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "wide", settings.get_profile("kamdesk"), derandomize=False, max_examples=1000
)
settings.load_profile("kamdesk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--all``: every fault, cut and kill, where otherwise a seeded part is tried."""
    parser.addoption("--all", action="store_true", help="try every fault, not only a part")
    parser.addoption("--seeds", type=int, default=500, help="how many schedules of a team to play")
    parser.addoption("--soak-seconds", default="15", help="how long to walk through the window")


EACH = 8
"""Tests of windows until cycles are searched for among all: each style asks every widget left."""
_windows = count(1)
MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free in memory before the files of a run are kept there."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of a run in memory where there is room: thousands of saves wait for no disk.

    Only tests/faults is about disks, and it has disks of its own.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh workspace, checked at the end: all tables rebuilt from the log equal the tables."""
    desk = a_desk(tmp_path)
    try:
        yield desk
        assert untruths(desk) == []
    finally:
        desk.close()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Search for no cycles among the tests themselves: a million objects in none."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def _cycles_are_searched_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Search for cycles while no window has a second thread: see ``desktop.sweeping``."""
    windows = "qapp" in request.fixturenames
    if windows:
        gc.disable()
    yield
    if windows:
        if not next(_windows) % EACH:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        gc.enable()


@pytest.fixture
def ring() -> MemoryRing:
    """A keyring that works, in memory: ``KeyRing(ring)`` keeps keys there."""
    return MemoryRing()


@pytest.fixture(autouse=True, scope="session")
def _no_real_keyring() -> Iterator[None]:
    """Whoever asks for the system's keyring gets one in memory; child processes get none."""
    import keyring

    before = os.environ.get("PYTHON_KEYRING_BACKEND")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    keyring.set_keyring(MemoryRing())
    yield
    if before is None:
        del os.environ["PYTHON_KEYRING_BACKEND"]
    else:
        os.environ["PYTHON_KEYRING_BACKEND"] = before


class _Unsaid(logging.Handler):
    """Collects records at WARNING and above that no ``caplog.at_level`` announced."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        super().__init__(logging.WARNING)
        self._caplog = caplog
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno != self._caplog.handler.level:
            self.lines.append(f"{record.name} {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unsaid_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless within ``caplog.at_level(<its level>)``."""
    unsaid = _Unsaid(caplog)
    logging.getLogger().addHandler(unsaid)
    yield
    logging.getLogger().removeHandler(unsaid)
    if unsaid.lines:
        pytest.fail("unexpected log records:\n" + "\n".join(unsaid.lines), pytrace=False)
