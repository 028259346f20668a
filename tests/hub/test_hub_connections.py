"""Connections to the hub's database: one that broke while it lay idle is found out beforehand."""

from unittest.mock import patch

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from support.postgres import Postgres, fresh_database

from kamdesk.hub import database
from kamdesk.hub.database import open_database


def _asked_after_its_server_hung_up(engine: Engine, url: str) -> int:
    with engine.connect() as connection:
        number = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    other = open_database(url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
    other.dispose()
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT 1")).scalar_one())


def test_a_connection_that_broke_while_idle_is_made_anew(postgres: Postgres) -> None:
    url = fresh_database(postgres)
    engine = open_database(url, connections=1)
    with patch.object(database, "_A_MOMENT", 0.0):
        assert _asked_after_its_server_hung_up(engine, url) == 1
    engine.dispose()


def test_one_used_a_moment_ago_is_not_asked_and_the_next_asker_is_served(
    postgres: Postgres,
) -> None:
    url = fresh_database(postgres)
    engine = open_database(url, connections=1)
    with patch.object(database, "_A_MOMENT", 600.0):
        with pytest.raises(OperationalError):
            _asked_after_its_server_hung_up(engine, url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()


def test_a_busy_connection_is_asked_nothing_but_what_it_is_for(postgres: Postgres) -> None:
    engine = open_database(fresh_database(postgres), connections=1)
    with patch.object(engine.dialect, "do_ping") as ping, patch.object(database, "_A_MOMENT", 600):
        for _ in range(20):
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
    assert not ping.called
    engine.dispose()
