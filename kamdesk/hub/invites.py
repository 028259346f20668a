"""Invitations: a secret that lets one device in, once, within ten minutes; kept hashed."""

import secrets
from dataclasses import replace
from typing import Final

from sqlalchemy import select, update

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub import devices
from kamdesk.hub.audit import note
from kamdesk.hub.roster import user_called
from kamdesk.hub.schema import INVITE, STATE, TENANT, USER
from kamdesk.hub.turn import Turn
from kamdesk.sync.wire.routes import Enrolled

MINUTES: Final = 10
_BYTES: Final = 24


def make(turn: Turn, user: str, *, minutes: int = MINUTES) -> str:
    """Return a secret of 192 bits for one device of a user (id or login).

    It holds once and for ten minutes. Raises ``RuleBroken`` for a user there is not.
    """
    found = user_called(turn, user)
    if found is None or found.closed is not None:
        raise RuleBroken(Text("There is no user “{name}”.", name=user), field="user")
    secret = f"{turn.tenant}-{secrets.token_urlsafe(_BYTES)}"
    turn.connection.execute(
        INVITE.insert().values(
            tenant=turn.tenant,
            secret=devices.hash_of(secret),
            user_=found.id,
            by=turn.actor,
            made=turn.now,
            until=turn.now + minutes * 60_000_000,
        )
    )
    note(turn, "invite", found.id)
    return secret


def tenant_of(secret: str) -> int | None:
    """Return whose invitation it says to be; None for what is none."""
    number = secret.partition("-")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def enrol(turn: Turn, secret: str, device: str, me: str | None = None) -> Enrolled | None:
    """Let the device of an invitation in and use the invitation up; None for any that is not good.

    ``turn`` is of ``tenant_of(secret)``. ``me``: the desk's own record of its user as a colleague,
    taken when the user has none yet and nobody at the hub knows it.
    """
    asked = (
        select(INVITE)
        .where(INVITE.c.tenant == turn.tenant, INVITE.c.secret == devices.hash_of(secret))
        .with_for_update()
    )
    row = turn.connection.execute(asked).first()
    if row is None or row.used is not None or row.until < turn.now:
        return None
    user = user_called(turn, row.user_)
    if user is None or user.closed is not None:
        return None
    turn.connection.execute(
        update(INVITE)
        .where(INVITE.c.tenant == turn.tenant, INVITE.c.secret == row.secret)
        .values(used=turn.now)
    )
    dev, token = devices.make(turn, user.id, device)
    note(replace(turn, actor=user.id), "enrol", user.id, device=dev)
    tenant = turn.connection.execute(
        select(TENANT.c.uid, TENANT.c.name).where(TENANT.c.tenant == turn.tenant)
    ).one()
    return Enrolled(
        tenant=tenant.uid,
        dev=dev,
        token=token,
        hub=tenant.name,
        me=user.colleague or _colleague(turn, user.id, me),
        user=user.name,
    )


def _colleague(turn: Turn, user: str, me: str | None) -> str:
    """Return the record a user is from now on: nobody takes over one that others know."""
    if me is not None:
        known = select(STATE.c.record).where(STATE.c.tenant == turn.tenant, STATE.c.record == me)
        taken = select(USER.c.user_).where(USER.c.tenant == turn.tenant, USER.c.colleague == me)
        if turn.connection.execute(known.union(taken)).first():
            me = None
    turn.connection.execute(
        update(USER)
        .where(USER.c.tenant == turn.tenant, USER.c.user_ == user)
        .values(colleague=me or user)
    )
    return me or user
