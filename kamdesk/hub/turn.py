"""One transaction at the hub: for whom, when and by whom; what every function of it is given."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError

from kamdesk.core.clock import Clock
from kamdesk.hub.schema import TENANT

T = TypeVar("T")
_TRIES: Final = 4
_AGAIN: Final = ("40001", "40P01")
"""SQLSTATE of a transaction that another one met: it could not be put in order, or a deadlock."""

_ENTRIES: Final = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A transaction that writes to one tenant. ``now``: microseconds; ``actor`` for the audit."""

    connection: Connection
    tenant: int
    now: int
    actor: str = ""

    def entry(self) -> str:
        """Return a fresh id that sorts by time, within one transaction by when it was asked for."""
        return f"{self.now:016x}{next(_ENTRIES) % 2**32:08x}{secrets.token_hex(4)}"

    def take_places(self, count: int) -> int:
        """Return the first of ``count`` new places of the log; waits for whoever writes now.

        The tenant's row stays locked until the transaction ends, so places are given and become
        visible in one order.
        """
        first = head_of(self.connection, self.tenant, lock=True) + 1
        self.connection.execute(
            update(TENANT)
            .where(TENANT.c.tenant == self.tenant)
            .values(head=first + count - 1, head_at=self.now)
        )
        return first


def head_of(connection: Connection, tenant: int, *, lock: bool = False) -> int:
    """Return the last place of the log; with ``lock`` nobody else writes until we are done."""
    asked = select(TENANT.c.head).where(TENANT.c.tenant == tenant)
    return int(connection.execute(asked.with_for_update() if lock else asked).scalar_one())


def moment(clock: Clock) -> int:
    """Return now in microseconds.

    The last three digits are chance: a place taken at the same millisecond in a hub put back from
    a backup is told apart from the one it took before.
    """
    return clock.now().ms * 1000 + secrets.randbelow(1000)


def lock(connection: Connection, tenant: int) -> None:
    """Wait until nobody else writes to the tenant, and let nobody until the transaction ends."""
    asked = select(TENANT.c.head).where(TENANT.c.tenant == tenant)
    connection.execute(asked.with_for_update())


def retried(work: Callable[[], T]) -> T:
    """Return what ``work``, a whole transaction, returns; again where another's came in between.

    CockroachDB asks for it now and then; PostgreSQL where two wait for each other.
    """
    for _ in range(_TRIES):
        try:
            return work()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _AGAIN:
                raise
    return work()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection within a transaction that writes: committed at the end, or nothing."""
    with (
        _in_line(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _in_line(engine: Engine) -> Iterator[None]:
    """Let those who write to an SQLite file go one by one: by itself it lets them sleep and try."""
    if engine.dialect.name != "sqlite":
        yield
        return
    line = _LINES.setdefault(engine, Lock())
    mine = line.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        if mine:
            line.release()


_PATIENCE: Final = 15.0
_LINES: Final[WeakKeyDictionary[Engine, Lock]] = WeakKeyDictionary()
