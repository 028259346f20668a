"""Teams for the faults of the exchange: on SQLite, and where the database matters on both."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from support.hubs import BOTH
from support.postgres import Postgres, fresh_database
from support.team import Team
from support.team_world import World

Making = Callable[..., Team]


@pytest.fixture(scope="session")
def used_database(postgres: Postgres) -> str:
    """The address of a database on PostgreSQL that one team after the other uses."""
    return fresh_database(postgres)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is such a disk: nothing here is about slow ones."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="kd") as folder:
        yield Path(folder)


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
def world(making: Making) -> Callable[..., World]:
    """Make worlds: ``world(which, seed=…)``."""

    def make(which: str, seed: int) -> Any:
        return making(which, kind=World, seed=seed)

    return make
