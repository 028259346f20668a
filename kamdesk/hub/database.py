"""The hub's database as its service opens it: a pool of connections, each with bounded patience."""

from time import monotonic
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.schema import engine_for

_LONGEST: Final = 60
"""Seconds a statement may take on a server; then it is given up and the desk asks again."""
_A_MOMENT: Final = 1.0
"""Seconds for which a connection that was just used is taken to stand still."""


def open_database(url: str, *, connections: int = 2) -> Engine:
    """Return an engine with this many connections at most; none is made yet.

    Raises ``RuleBroken`` for what is no address of a database this program can speak to.
    """
    options: dict[str, Any] = {"pool_size": connections, "max_overflow": 0, "pool_timeout": 10}
    try:
        kind = make_url(url).get_backend_name()
        if kind != "sqlite":
            bound = f"-c statement_timeout={_LONGEST * 1000}"
            options |= {
                "pool_recycle": 1800,
                "connect_args": {"connect_timeout": 5, "options": bound},
            }
        engine = engine_for(url, **options)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise RuleBroken(
            Text(
                "This is no address of a database the hub can use. One is"
                " postgresql+psycopg://user:password@host/name."
            ),
            field="database",
        ) from error
    if kind != "sqlite":
        _see_alive(engine)
    return engine


def _see_alive(engine: Engine) -> None:
    """Ask a connection whether it still stands, unless it was in use a moment ago.

    Asked each time, as the pool itself offers, that would be a third of what an exchange with
    nothing new waits for.
    """

    @event.listens_for(engine, "checkin")
    def _given_back(_connection: Any, record: Any) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("used", monotonic()) < _A_MOMENT:
            return
        dialect: Any = engine.dialect
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool makes another one
