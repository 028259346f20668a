"""Hubs for tests, on both databases: an address to make one at, and one made there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.desks import MORNING
from support.postgres import Postgres, lent_database

from kamdesk.core.clock import Clock, StoppedClock

if TYPE_CHECKING:
    from kamdesk.hub.hub import Hub

BOTH = ["sqlite", "postgres"]


def empty_database(which: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database: ``sqlite`` or ``postgres``."""
    if which == "sqlite":
        return f"sqlite:///{folder / 'hub.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return lent_database(server, request)


@pytest.fixture(params=BOTH)
def hub_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind by turns."""
    return empty_database(request.param, tmp_path, request)


def hub_on(url: str, clock: Clock | None = None) -> "Hub":
    """Return a hub on an empty database; ``hub.engine.dispose()`` when done with it."""
    from kamdesk.hub import schema
    from kamdesk.hub.hub import Hub
    from kamdesk.hub.migrations import bring_level

    engine = schema.engine_for(url)
    bring_level(engine)
    return Hub(engine, clock or StoppedClock(MORNING))


@pytest.fixture
def hub(hub_url: str) -> "Iterator[Hub]":
    """A hub on each database by turns, whose clock stands still."""
    hub = hub_on(hub_url)
    yield hub
    hub.engine.dispose()
