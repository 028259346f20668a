"""The 26 faults the exchange must survive, with the real engine and the real hub.

====  ==============================================  ==========================================
No    Fault                                           Tests (``test_fault_NN_…``), with controls
====  ==============================================  ==========================================
1     reply of a committed push lost, request twice   test_pushing
2     killed at any statement of desk or hub          test_kills
3     inverted commits on PostgreSQL                  test_pushing
4     an unrelated transaction open for minutes       test_pushing
5     clocks: an hour on or back, a year on, 1970     test_merging
6     different cells of one record                   test_merging
7     the same cell                                   test_merging
8     a value seen, with a clock behind               test_merging
9     delete against an edit, seen or unseen, double  test_merging
10    texts: other paragraphs, same sentence, equal   test_merging
11    restored backup, copied disk                    test_devices
12    hub restored from an old backup                 test_hub_restored
13    empty store, captive portal, 401 to 503         test_hub_restored
14    revoked with unsent ops                         test_access
15    grant while paging, revoke and grant, hand-over test_access
16    one bad op in the middle                        test_pushing
17    versions mixed                                  test_versions
18    a long outbox, a body limit, a cut line         test_outbox
19    snapshot cut anywhere                           test_snapshots
20    checksum wrong in one scope                     test_snapshots
21    all devices at once, the hub restarted          test_crowd
22    two windows on one workspace, sleep             test_pushing
23    disk full, read-only, busy                      test_disks
24    attachment cut, missing, wrong hash, too big    test_contents
25    erase while a device is away                    test_erasing
26    stolen device                                   test_stolen
====  ==============================================  ==========================================

All of it together, by chance: test_schedules, which also catches each mutant of the protocol.

Teams are on SQLite, and where the database matters on both.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine
from support.hubs import BOTH, hub_on
from support.postgres import Postgres, fresh_database
from support.team import Team
from support.team_world import World

Making = Callable[..., Team]


@pytest.fixture(scope="session")
def used_database(postgres: Postgres) -> str:
    """The address of a database on PostgreSQL that one team after the other uses."""
    return fresh_database(postgres)


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory where there is such a disk: nothing here is about slow ones."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="kd") as folder:
        yield Path(folder)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory."""
    with in_memory() as folder:
        yield folder


@pytest.fixture(scope="session")
def used_file() -> Iterator[str]:
    """The address of an SQLite database that one team after the other uses."""
    with in_memory() as folder:
        yield f"sqlite:///{folder / 'hub.db'}"


@pytest.fixture(scope="session")
def used_hubs() -> Iterator[dict[str, Engine]]:
    """Databases with a hub's tables, opened once: by which kind they are."""
    engines: dict[str, Engine] = {}
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def making(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Making]:
    """Make teams, each with a hub of its own; ``which`` is the hub's database."""
    teams: list[Team] = []

    def make(which: str = "sqlite", *, kind: type[Team] = Team, **options: Any) -> Any:
        folder = quick_folder / str(len(teams))
        folder.mkdir()
        url = f"sqlite:///{folder / 'hub.db'}"
        if which == "postgres":
            url = request.getfixturevalue("used_database")
        team = kind(folder, url, **options)
        teams.append(team)
        return team

    yield make
    for team in teams:
        team.close()


@pytest.fixture
def team(making: Making) -> Team:
    """A team of one whose hub is on SQLite."""
    return making()


@pytest.fixture(params=BOTH)
def each_team(request: pytest.FixtureRequest, making: Making) -> Team:
    """A team of one whose hub is on each database by turns."""
    return making(request.param)


@pytest.fixture
def world(
    request: pytest.FixtureRequest, quick_folder: Path, used_hubs: dict[str, Engine]
) -> Iterator[Callable[..., World]]:
    """Make worlds: ``world(which, seed)``, with a mood or in their own; they share databases.

    Cycles are searched for between tests: a world is over in a tenth of a second.
    """
    folders = (quick_folder / str(n) for n in count())

    def make(which: str, seed: int, mood: str | None = None) -> World:
        if which not in used_hubs:
            used = {"sqlite": "used_file", "postgres": "used_database"}[which]
            used_hubs[which] = hub_on(request.getfixturevalue(used)).engine
        return World(next(folders), used_hubs[which], seed, mood)

    gc.disable()
    yield make
    gc.enable()
