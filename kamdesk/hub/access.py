"""Who may read and write what: decided in one function, at one place of the log.

A right is a row of ``grant_``, already expanded from teams and managers (see ``expanding``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, or_, select

from kamdesk.hub.schema import GRANT
from kamdesk.sync.wire import reasons

INTERNAL: Final = "internal"
PARTNER: Final = "partner"
HOUSE: Final = "house"
WRITE: Final = "write"
READ: Final = "read"
STAFF: Final = ("admin", "member")
GRACE: Final = 30 * 86_400_000_000
"""How long after a revoke a device may still bring what it wrote before, in microseconds."""

Scope = tuple[str, str]
"""(account as 32 hex digits, audience); the house is ("", "house")."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A right to write that ended at a place of the log, at a time in microseconds."""

    until: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a user may do as of a place. ``scopes``: by scope, whether it may be written to too.

    ``ended``: rights to write lost since the place the device knows of.
    """

    at: int
    staff: bool
    scopes: Mapping[Scope, bool]
    ended: Mapping[Scope, Ended] = field(default_factory=dict)


def rights_at(
    connection: Connection, tenant: int, user: str, place: int, *, staff: bool = False
) -> Rights:
    """Return what a user may do as of a place of the log; nothing about rights that ended."""
    rows = connection.execute(
        select(GRANT.c.account, GRANT.c.audience, GRANT.c.right).where(
            GRANT.c.tenant == tenant,
            GRANT.c.user_ == user,
            GRANT.c.from_seq <= place,
            or_(GRANT.c.until_seq.is_(None), GRANT.c.until_seq > place),
        )
    )
    scopes: dict[Scope, bool] = {}
    for account, audience, right in rows:
        scope = (account, audience)
        scopes[scope] = scopes.get(scope, False) or right == WRITE
    return Rights(at=place, staff=staff, scopes=scopes)


def ended_since(
    connection: Connection, tenant: int, user: str, place: int, *, now: int
) -> dict[Scope, Ended]:
    """Return the rights to write a user lost after a place, while they may still bring things."""
    rows = connection.execute(
        select(GRANT.c.account, GRANT.c.audience, GRANT.c.until_seq, GRANT.c.ended)
        .where(
            GRANT.c.tenant == tenant,
            GRANT.c.user_ == user,
            GRANT.c.right == WRITE,
            GRANT.c.until_seq > place,
            GRANT.c.ended > now - GRACE,
        )
        .order_by(GRANT.c.until_seq)
    )
    return {(account, audience): Ended(until, at) for account, audience, until, at in rows}


def may(
    rights: Rights,
    scope: Scope,
    *,
    write: bool = False,
    homes: Iterable[Scope] = (),
    whole: bool = False,
    ctx: int = 0,
    wall: int | None = None,
) -> str | None:
    """Return why a user may not read a scope (or ``write`` to it), a word of ``reasons``, or None.

    ``homes``: where the record stands already: who writes to it may write to each account of it,
    and who changes it as a ``whole`` (erases it) to each audience too.
    ``ctx`` and ``wall`` (microseconds): what the writer had seen and when; written before a revoke
    the device had not heard of, it is taken still.
    """
    account, audience = scope
    if audience not in ((INTERNAL, PARTNER) if account else (HOUSE,)):
        return reasons.UNKNOWN_AUDIENCE
    if not write:
        return None if scope in rights.scopes else reasons.NO_RIGHT
    if not _held(rights, scope, ctx, wall):
        return reasons.NO_RIGHT
    for home in homes:
        if (whole or home[0] != account) and not _held(rights, home, ctx, wall):
            return reasons.OTHER_ACCOUNT if home[0] != account else reasons.NO_RIGHT
    return None


def _held(rights: Rights, scope: Scope, ctx: int, wall: int | None) -> bool:
    if rights.scopes.get(scope):
        return True
    ended = rights.ended.get(scope)
    return ended is not None and wall is not None and ctx < ended.until and wall < ended.at
