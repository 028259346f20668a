"""Who asks: the token of a request, tried against the devices; who guesses is slowed down."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Engine
from starlette.requests import Request

from kamdesk.hub import devices
from kamdesk.hub.devices import Device
from kamdesk.hub.online.limits import Limit, place_of
from kamdesk.hub.online.refusing import REVOKED, TOO_OFTEN, UNKNOWN, Refused

TRIES: Final = 10
"""How often somebody may fail at once; then once a minute."""
_LONGEST: Final = 200


def token_of(request: Request) -> str:
    """Return the token a request shows, "" for none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and len(token) <= _LONGEST else ""


def caller_of(request: Request) -> str:
    """Return what counts as one caller before one is known."""
    return place_of(request.client.host) if request.client else "?"


def admitted(engine: Engine, token: str) -> Device:
    """Return the device of a token. Raises ``Refused``: unknown, or shut out on purpose."""
    if not token:
        raise Refused(UNKNOWN)
    with _by_single_statements(engine) as connection:
        device = devices.known(connection, token)
        if device is None:
            raise Refused(REVOKED if devices.was_revoked(connection, token) else UNKNOWN)
        return device


@contextmanager
def _by_single_statements(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements stand each for itself: that spares a server two trips.

    One statement finds a device, one ends its former token: nothing is torn between them.
    """
    if engine.dialect.name == "sqlite":  # there a transaction costs nothing
        with engine.begin() as connection:
            yield connection
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection


class Guessing:
    """Counts who fails: ten times, then once a minute; a right secret of a device never waits."""

    def __init__(self, limit: Limit | None = None) -> None:
        self._limit = limit or Limit(at_once=TRIES, every=60.0)

    def hold_back(self, caller: str) -> None:
        """Raise ``Refused`` for a caller who has failed too often, before looking at a secret."""
        wait = self._limit.wait(caller)
        if wait:
            raise Refused(TOO_OFTEN, after=wait)

    def failed(self, caller: str, refused: Refused) -> Refused:
        """Count a failure; return what the caller hears."""
        wait = self._limit.took(caller)
        return Refused(TOO_OFTEN, after=wait) if wait else refused
