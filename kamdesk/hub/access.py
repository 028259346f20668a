"""Who may read and write what: decided in one function, at one place of the log.

A right is a row of ``grant_``, already expanded from teams and managers (see ``expanding``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

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
HOUSE_SCOPE: Final = ("", HOUSE)


@dataclass(frozen=True, slots=True)
class Ended:
    """A right to write that ended at a place of the log, at a time in microseconds."""

    until: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a user may do as of a place. ``scopes``: by scope, whether it may be written to too.

    ``ended``: rights to write that ended, the last of each scope.
    """

    at: int
    staff: bool
    scopes: Mapping[Scope, bool]
    ended: Mapping[Scope, Ended] = field(default_factory=dict)


def rights_at(
    connection: Connection, tenant: int, user: str, place: int, *, staff: bool = False
) -> Rights:
    """Return what a user may do as of a place of the log, and what they could write to before."""
    rows = connection.execute(
        select(GRANT.c.account, GRANT.c.audience, GRANT.c.right, GRANT.c.until_seq, GRANT.c.ended)
        .where(GRANT.c.tenant == tenant, GRANT.c.user_ == user, GRANT.c.from_seq <= place)
        .order_by(GRANT.c.until_seq)
    )
    scopes: dict[Scope, bool] = {}
    ended: dict[Scope, Ended] = {}
    for account, audience, right, until, at in rows:
        scope = (account, audience)
        if until is None or until > place:
            scopes[scope] = scopes.get(scope, False) or right == WRITE
        elif right == WRITE:
            ended[scope] = Ended(until, at)
    return Rights(at=place, staff=staff, scopes=scopes, ended=ended)


def may(
    rights: Rights,
    scope: Scope,
    *,
    write: bool = False,
    homes: Iterable[Scope] = (),
    whole: bool = False,
    self_: bool = False,
    ctx: int = 0,
    wall: int = 0,
    now: int | None = None,
) -> str | None:
    """Return why a user may not read a scope (or ``write`` to it), a word of ``reasons``, or None.

    ``homes``: where the record stands already: who writes to it may write to each account of it,
    and who changes it as a ``whole`` (erases it) to each audience too. ``self_``: it says who the
    writer is, which everybody may say who reads the house.
    ``ctx``, ``wall`` and ``now`` (microseconds): what the writer had seen, when, and now: what was
    written before a revoke is taken still, for a while; what can never be undone is not, for only
    the writer says when it was written.
    """
    if whole:
        now = None
    account, audience = scope
    if audience not in ((INTERNAL, PARTNER) if account else (HOUSE,)):
        return reasons.UNKNOWN_AUDIENCE
    if not write:
        return None if scope in rights.scopes else reasons.NO_RIGHT
    theirs = self_ and scope == HOUSE_SCOPE and scope in rights.scopes
    if not theirs and not _held(rights, scope, ctx, wall, now):
        return reasons.NO_RIGHT
    for home in homes:
        if (whole or home[0] != account) and not _held(rights, home, ctx, wall, now):
            return reasons.OTHER_ACCOUNT if home[0] != account else reasons.NO_RIGHT
    return None


def _held(rights: Rights, scope: Scope, ctx: int, wall: int, now: int | None) -> bool:
    if rights.scopes.get(scope):
        return True
    ended = rights.ended.get(scope)
    if ended is None or now is None or now > ended.at + GRACE:
        return False
    return ctx < ended.until and wall < ended.at
