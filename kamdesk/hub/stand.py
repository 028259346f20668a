"""Where a device stands at the hub when an exchange begins: one question for all of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from kamdesk.hub.access import STAFF
from kamdesk.hub.devices import Device, ShutOut
from kamdesk.hub.schema import DEVICE, OP, REJECTED, TENANT, USER, WRITER
from kamdesk.sync.wire.chains import Link, chained
from kamdesk.sync.wire.messages import (
    Answer,
    Elsewhere,
    Exchange,
    Expect,
    Forked,
    Mark,
    Rejected,
    Settled,
)


class Odd(ValueError):
    """A message no honest desk says: numbers with gaps, a scope it does not name, no such place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The log's head, and what the hub knows of a number: its last and its chain.

    ``known`` is False for a number this device was never given. ``access``: up to where the device
    said to know its rights; ``changed``: the place at which its user's last changed. ``brought``:
    bytes it brought on its last ``day``. ``copied``: it writes under more numbers than one.
    """

    head: int
    head_at: int
    epoch: int
    scopes: int
    staff: bool
    by: str
    access: int
    changed: int
    seen: int
    day: int
    brought: int
    known: bool
    last: int
    chain: str
    copied: bool


_ASKED = (
    select(
        TENANT.c.head,
        TENANT.c.head_at,
        TENANT.c.epoch,
        TENANT.c.scopes,
        USER.c.role,
        USER.c.colleague,
        USER.c.closed,
        USER.c.changed,
        DEVICE.c.revoked,
        DEVICE.c.access,
        DEVICE.c.seen,
        DEVICE.c.day,
        DEVICE.c.brought,
        WRITER.c.dev,
        WRITER.c.last,
        WRITER.c.chain,
        func.count().over().label("numbers"),
    )
    .select_from(
        DEVICE.join(TENANT, TENANT.c.tenant == DEVICE.c.tenant)
        .join(USER, (USER.c.tenant == DEVICE.c.tenant) & (USER.c.user_ == DEVICE.c.user_))
        .join(WRITER, (WRITER.c.tenant == DEVICE.c.tenant) & (WRITER.c.device == DEVICE.c.device))
    )
    .where(DEVICE.c.tenant == bindparam("t"), DEVICE.c.device == bindparam("d"))
    .order_by((WRITER.c.dev == bindparam("n")).desc())
    .limit(1)
)


def stand(connection: Connection, device: Device, dev: int) -> Stand:
    """Return where a device stands that writes under ``dev``. Raises ``ShutOut``."""
    asked = {"t": device.tenant, "d": device.device, "n": dev}
    row: Any = connection.execute(_ASKED, asked).first()
    if row is None or row.revoked is not None or row.closed is not None:
        raise ShutOut
    known = row.dev == dev
    return Stand(
        head=row.head,
        head_at=row.head_at,
        epoch=row.epoch,
        scopes=row.scopes,
        staff=row.role in STAFF,
        by=row.colleague or device.user,
        access=row.access,
        changed=row.changed,
        seen=row.seen,
        day=row.day,
        brought=row.brought,
        known=known,
        last=row.last if known else 0,
        chain=row.chain if known else "",
        copied=row.numbers > 1,
    )


def settled(connection: Connection, tenant: int, ask: Exchange, last: int) -> Settled:
    """Return what a device is told first: its last number, and which it asks of were refused."""
    if ask.start > last:
        return Settled(last=last)
    rows = connection.execute(
        select(REJECTED.c.dseq, REJECTED.c.reason)
        .where(REJECTED.c.tenant == tenant, REJECTED.c.dev == ask.dev, REJECTED.c.dseq >= ask.start)
        .order_by(REJECTED.c.dseq)
    )
    return Settled(last=last, rejected=[Rejected(dseq, reason) for dseq, reason in rows])


def mark_at(connection: Connection, tenant: int, seq: int) -> Mark:
    """Return what the hub noted at a place of the log; 0 begins every log. Raises ``Odd``."""
    if not seq:
        return Mark(0, 0)
    asked = select(OP.c.at).where(OP.c.tenant == tenant, OP.c.seq == seq)
    at = connection.execute(asked).scalar()
    if at is None:
        raise Odd("a place the log does not have")
    return Mark(seq, int(at))


def objection(
    connection: Connection, tenant: int, ask: Exchange, here: Stand, told: Settled
) -> Answer | None:
    """Return why nothing can be exchanged with a device as it stands; None when it can."""
    if not here.known:
        return Forked(settled=told)
    if ask.epoch and not _same_log(connection, tenant, ask, here):
        ours = next((mark for mark in ask.marks if _is_ours(connection, tenant, mark)), None)
        start = ours.seq if ours else None if len(ask.marks) == 1 else 0
        epoch = here.epoch + (ask.epoch == here.epoch)
        return Elsewhere(settled=told, epoch=epoch, start=start)
    if ask.start > here.last + 1:
        return Expect(settled=told)
    return None if _chain_agrees(ask, here) else Forked(settled=told)


def begin_epoch(connection: Connection, tenant: int, epoch: int) -> None:
    """Let all devices look where their log parts from ours: it was put back from a backup."""
    connection.execute(
        update(TENANT)
        .where(TENANT.c.tenant == tenant, TENANT.c.epoch == epoch - 1)
        .values(epoch=epoch)
    )


def _same_log(connection: Connection, tenant: int, ask: Exchange, here: Stand) -> bool:
    """True unless a mark is not as we noted it, or we lost numbers we had settled."""
    if ask.epoch != here.epoch or ask.start > here.last + 1:
        return False
    newest = ask.marks[0] if ask.marks else Mark(0, 0)
    return newest == Mark(here.head, here.head_at) or _is_ours(connection, tenant, newest)


def _chain_agrees(ask: Exchange, here: Stand) -> bool:
    """True when what the hub has under these numbers is what the desk says it wrote.

    Where they overlap in part only, that shows at the next exchange.
    """
    again = [Link(op.dseq, op.wall, op.kind, op.record) for op in ask.ops if op.dseq <= here.last]
    if ask.start + len(again) <= here.last:
        return True
    return chained(ask.chain, again) == here.chain


def _is_ours(connection: Connection, tenant: int, mark: Mark) -> bool:
    if not mark.seq:
        return True
    asked = select(OP.c.at).where(OP.c.tenant == tenant, OP.c.seq == mark.seq)
    return connection.execute(asked).scalar() == mark.at
