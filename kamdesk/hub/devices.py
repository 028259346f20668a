"""The devices that may speak to the hub: their tokens, hashed, and the numbers they write under.

A token is renewed by rotation: the one before works until the new one is first used.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update

from kamdesk.hub.audit import note
from kamdesk.hub.schema import DEVICE, USER, WRITER
from kamdesk.hub.turn import Turn

_BYTES: Final = 32
_NUMBERS: Final = 2**31 - 1


class ShutOut(Exception):
    """The device was revoked, or its user closed, while it asked; it hears nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Who asks, as the token tells: never the body of a request.

    ``device`` names the installation (its first number), ``dev`` is the newest number it writes
    under. ``user`` is its user, ``colleague`` their record among the colleagues, ``role`` admin,
    member or partner.
    """

    tenant: int
    device: int
    dev: int
    user: str
    role: str
    colleague: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A device as the administrator sees it. Times are microseconds since 1970, None: never."""

    device: int
    user: str
    login: str
    name: str
    numbers: tuple[int, ...]
    made: int
    seen: int
    revoked: int | None


def known(connection: Connection, token: str) -> Device | None:
    """Return the device a token belongs to, None for any that is not (or no longer) good.

    The first use of a renewed token ends the one before.
    """
    row = _row_of(connection, token)
    if row is None or row.revoked is not None or row.closed is not None:
        return None
    hashed = hash_of(token)
    if row.next_token is not None and compare_digest(row.next_token, hashed):
        fresh = {"token": hashed, "next_token": None}
        connection.execute(update(DEVICE).where(*_is(row.tenant, row.device)).values(fresh))
    elif not compare_digest(row.token, hashed):
        return None
    return Device(
        tenant=row.tenant,
        device=row.device,
        dev=row.dev,
        user=row.user_,
        role=row.role,
        colleague=row.colleague,
        name=row.name,
    )


def was_revoked(connection: Connection, token: str) -> bool:
    """True for the good token of a device that was shut out on purpose: it wipes itself then."""
    row = _row_of(connection, token)
    if row is None or (row.revoked is None and row.closed is None):
        return False
    tokens = [one for one in (row.token, row.next_token) if one is not None]
    return any(compare_digest(one, hash_of(token)) for one in tokens)


def make(turn: Turn, user: str, name: str) -> tuple[int, str]:
    """Let a device in; return its number and its token, which the hub itself does not keep."""
    dev = _fresh_number(turn.connection, turn.tenant)
    token = _fresh_token(turn.tenant, dev)
    turn.connection.execute(
        DEVICE.insert().values(
            tenant=turn.tenant,
            device=dev,
            user_=user,
            name=name,
            token=hash_of(token),
            made=turn.now,
            seen=turn.now,
        )
    )
    _add_number(turn, dev, dev)
    return dev, token


def renew(turn: Turn, device: Device) -> str:
    """Return a fresh token for a device; it counts from its first use on."""
    token = _fresh_token(turn.tenant, device.device)
    turn.connection.execute(
        update(DEVICE).where(*_is(turn.tenant, device.device)).values(next_token=hash_of(token))
    )
    return token


def renumber(turn: Turn, device: Device) -> int:
    """Return a fresh number for a device whose number another copy writes under."""
    dev = _fresh_number(turn.connection, turn.tenant)
    _add_number(turn, dev, device.device)
    return dev


def numbers_of(turn: Turn, device: Device) -> int:
    """Return how many numbers a device has come by."""
    given = select(func.count()).where(
        WRITER.c.tenant == turn.tenant, WRITER.c.device == device.device
    )
    return int(turn.connection.execute(given).scalar_one())


def revoke(turn: Turn, device: int) -> bool:
    """Shut a device out from its very next request on; False when there is none or it is out."""
    done = turn.connection.execute(
        update(DEVICE)
        .where(*_is(turn.tenant, device), DEVICE.c.revoked.is_(None))
        .values(revoked=turn.now)
    )
    if done.rowcount:
        note(turn, "revoke device", str(device))
    return bool(done.rowcount)


def seen(turn: Turn, device: Device) -> None:
    """Note that a device was in contact now: for the administrator's list."""
    turn.connection.execute(
        update(DEVICE).where(*_is(turn.tenant, device.device)).values(seen=turn.now)
    )


def devices(connection: Connection, tenant: int, user: str | None = None) -> list[Told]:
    """Return the devices of a tenant, or of one user of it, oldest first."""
    numbers: dict[int, list[int]] = {}
    for row in connection.execute(
        select(WRITER.c.device, WRITER.c.dev).where(WRITER.c.tenant == tenant)
    ):
        numbers.setdefault(row.device, []).append(row.dev)
    asked = (
        select(DEVICE, USER.c.login)
        .join(USER, (USER.c.tenant == DEVICE.c.tenant) & (USER.c.user_ == DEVICE.c.user_))
        .where(DEVICE.c.tenant == tenant)
        .order_by(DEVICE.c.made, DEVICE.c.device)
    )
    if user is not None:
        asked = asked.where(DEVICE.c.user_ == user)
    return [
        Told(
            device=row.device,
            user=row.user_,
            login=row.login,
            name=row.name,
            numbers=tuple(numbers.get(row.device, ())),
            made=row.made,
            seen=row.seen,
            revoked=row.revoked,
        )
        for row in connection.execute(asked)
    ]


def hash_of(secret: str) -> str:
    """Return what the hub keeps of a secret of full entropy."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


_KNOWN: Final = (
    select(DEVICE, USER.c.role, USER.c.closed, USER.c.colleague, WRITER.c.dev)
    .join(USER, (USER.c.tenant == DEVICE.c.tenant) & (USER.c.user_ == DEVICE.c.user_))
    .join(WRITER, (WRITER.c.tenant == DEVICE.c.tenant) & (WRITER.c.device == DEVICE.c.device))
    .where(DEVICE.c.tenant == bindparam("t"), DEVICE.c.device == bindparam("d"))
    .order_by(WRITER.c.made.desc())
    .limit(1)
)
"""A device with its user and its newest number. Made once: this is asked at every request."""


def _row_of(connection: Connection, token: str) -> Any:
    tenant, _, rest = token.partition("-")
    device = rest.partition("-")[0]
    if not all(n.isascii() and n.isdecimal() and len(n) <= 10 for n in (tenant, device)):
        return None
    return connection.execute(_KNOWN, {"t": int(tenant), "d": int(device)}).first()


def _is(tenant: int, device: int) -> tuple[Any, Any]:
    return DEVICE.c.tenant == tenant, DEVICE.c.device == device


def _fresh_token(tenant: int, device: int) -> str:
    return f"{tenant}-{device}-{secrets.token_urlsafe(_BYTES)}"


def _add_number(turn: Turn, dev: int, device: int) -> None:
    turn.connection.execute(
        WRITER.insert().values(tenant=turn.tenant, dev=dev, device=device, made=turn.now)
    )


def _fresh_number(connection: Connection, tenant: int) -> int:
    """Return a number nobody has, by chance: a hub put back from a backup gives none twice."""
    while True:
        dev = 1 + secrets.randbelow(_NUMBERS)
        writer = select(WRITER.c.dev).where(WRITER.c.tenant == tenant, WRITER.c.dev == dev)
        if connection.execute(writer).first() is None:
            return dev
