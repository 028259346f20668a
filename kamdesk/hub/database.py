"""The hub's database as its service opens it: a pool of connections, each with bounded patience."""

from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.schema import engine_for

_LONGEST: Final = 60
"""Seconds a statement may take on a server; then it is given up and the desk asks again."""


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
                "pool_pre_ping": True,
                "pool_recycle": 1800,
                "connect_args": {"connect_timeout": 5, "options": bound},
            }
        return engine_for(url, **options)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise RuleBroken(
            Text(
                "This is no address of a database the hub can use. One is"
                " postgresql+psycopg://user:password@host/name."
            ),
            field="database",
        ) from error
