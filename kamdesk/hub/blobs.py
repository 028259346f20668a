"""Contents of files at the hub: taken part by part, checked when whole, given to whom may read.

A content is readable where a record of a scope one may read names it, and whoever named it there
had it: knowing a hash is not having the content.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.access import STAFF, WRITE, Rights, Scope, may
from kamdesk.hub.bounds import NONE, Bounds, NoRoomForFiles
from kamdesk.hub.devices import Device
from kamdesk.hub.schema import BLOB, BLOB_HOLDER, BLOB_NAME, BLOB_PART, DEVICE, GRANT
from kamdesk.sync.wire.contents import LARGEST, LARGEST_PART, content_in

WHOLE: Final = 0
MOST_UNDER_WAY: Final = 8
"""Contents one device may have half sent; the oldest go for another."""
_AT_ONCE: Final = 500
"""Hashes one question names."""
UNNAMED_FOR: Final = 7 * 86_400_000_000
"""Microseconds a content may lie here that no record names."""


class BadPart(RuleBroken):
    """A part or a content the hub does not take; ``too_large`` tells size from substance."""

    def __init__(self, *, too_large: bool) -> None:
        super().__init__(_TOO_LARGE if too_large else _OTHER)
        self.too_large = too_large


_TOO_LARGE: Final = Text("The file is larger than the hub takes: it stays on this device.")
_OTHER: Final = Text("What came is not what the file held when it was added; it was not taken.")


class Named(NamedTuple):
    """A record that names a content, in a scope (account empty for the house)."""

    sha256: str
    record: str
    account: str
    audience: str


def lacking(connection: Connection, device: Device, hashes: Sequence[str]) -> list[str]:
    """Return which of these contents the hub lacks, or has from others only.

    What a user neither sent nor may read is asked for again: so nobody learns what others keep;
    nor by the time it takes, for what is asked of the database is the same.
    """
    here = _those(connection, select(BLOB.c.sha256).where(*_is(BLOB, device, WHOLE)), hashes)
    sent = _those(
        connection,
        select(BLOB_HOLDER.c.sha256).where(
            BLOB_HOLDER.c.tenant == device.tenant, BLOB_HOLDER.c.user_ == device.user
        ),
        hashes,
    )
    known = here & (sent | _readable(connection, device, hashes))
    return [one for one in hashes if one not in known]


def put_part(
    connection: Connection,
    device: Device,
    digest: str,
    size: int,
    offset: int,
    part: bytes,
    *,
    now: int,
    bounds: Bounds = NONE,
) -> int:
    """Take a part of a content within a transaction that writes; return where to go on.

    A part that does not join on is passed over: the answer says what does. Raises ``BadPart``:
    too large, or at the end something else than the hash says; then all of it is dropped.
    ``NoRoomForFiles`` for one it begins beyond ``bounds``.
    """
    if size > LARGEST or len(part) > LARGEST_PART:
        raise BadPart(too_large=True)
    if not lacking(connection, device, [digest]):
        return size
    held = _begun(connection, device, digest, size, now, bounds)
    if offset != held or (not part and size):
        return held
    held += len(part)
    if held > size:
        drop_upload(connection, device, digest)
        raise BadPart(too_large=False)
    if part:
        row = {"sha256": digest, "start": offset, "part": part}
        connection.execute(insert(BLOB_PART).values(**_of(device), **row))
    connection.execute(
        update(BLOB)
        .where(*_is(BLOB, device, device.device), BLOB.c.sha256 == digest)
        .values(held=held)
    )
    if held == size:
        _finish(connection, device, digest, size, now)
    return held


def get_part(connection: Connection, device: Device, digest: str, offset: int) -> bytes | None:
    """Return a content from an offset on, empty at its end; None where it is not, or not theirs."""
    readable = _readable(connection, device, [digest])  # asked for whether it is here or not
    size = connection.execute(
        select(BLOB.c.size).where(*_is(BLOB, device, WHOLE), BLOB.c.sha256 == digest)
    ).scalar()
    if size is None or digest not in readable:
        return None
    if offset >= size:
        return b""
    row = connection.execute(
        select(BLOB_PART.c.start, BLOB_PART.c.part)
        .where(
            *_is(BLOB_PART, device, WHOLE),
            BLOB_PART.c.sha256 == digest,
            BLOB_PART.c.start <= offset,
        )
        .order_by(BLOB_PART.c.start.desc())
        .limit(1)
    ).one()
    return bytes(row.part)[offset - row.start :]


def names_in(record: str, scope: Scope, cells: str) -> list[Named]:
    """Return which content an op of a file names, if any; ``cells`` as JSON."""
    digest = content_in(cells)
    return [Named(digest, record, *scope)] if digest else []


def note_names(connection: Connection, device: Device, names: Iterable[Named]) -> None:
    """Remember within a push who may read which contents; ``names`` are of ops just taken."""
    for name in dict.fromkeys(names):
        row = {"tenant": device.tenant, **name._asdict()}
        had = _sent(connection, device, name.sha256) or bool(
            _readable(connection, device, [name.sha256])
        )
        there = connection.execute(
            select(BLOB_NAME.c.vouched).where(*(BLOB_NAME.c[key] == row[key] for key in row))
        ).scalar()
        if there is None:
            connection.execute(insert(BLOB_NAME).values(**row, vouched=had))
        elif had and not there:
            here = [BLOB_NAME.c[key] == row[key] for key in row]
            connection.execute(update(BLOB_NAME).where(*here).values(vouched=True))


def forget_record(connection: Connection, tenant: int, record: str) -> None:
    """Take what an erased record named: its contents go where no other record names them."""
    named = BLOB_NAME.c.tenant == tenant, BLOB_NAME.c.record == record
    hashes = connection.execute(select(BLOB_NAME.c.sha256).where(*named)).scalars().all()
    connection.execute(delete(BLOB_NAME).where(*named))
    for digest in hashes:
        others = BLOB_NAME.c.tenant == tenant, BLOB_NAME.c.sha256 == digest
        if connection.execute(select(BLOB_NAME.c.record).where(*others).limit(1)).first() is None:
            _drop(connection, tenant, digest)


def sweep(connection: Connection, tenant: int, *, now: int) -> int:
    """Take away contents that nobody named, and sendings that ended half-way, for a week.

    Returns how many.
    """
    named = exists().where(BLOB_NAME.c.tenant == BLOB.c.tenant, BLOB_NAME.c.sha256 == BLOB.c.sha256)
    old = BLOB.c.tenant == tenant, BLOB.c.made < now - UNNAMED_FOR
    rows = connection.execute(
        select(BLOB.c.sha256, BLOB.c.device).where(*old, or_(BLOB.c.device != WHOLE, ~named))
    ).all()
    for digest, device in rows:
        if device == WHOLE:
            _drop(connection, tenant, digest)
        else:
            for table in (BLOB, BLOB_PART):
                one = and_(table.c.tenant == tenant, table.c.sha256 == digest)
                connection.execute(delete(table).where(one, table.c.device == device))
    return len(rows)


def drop_upload(connection: Connection, device: Device, digest: str) -> None:
    """Forget what a device sent of a content so far."""
    for table in (BLOB, BLOB_PART):
        connection.execute(
            delete(table).where(*_is(table, device, device.device), table.c.sha256 == digest)
        )


def _begun(
    connection: Connection, device: Device, digest: str, size: int, now: int, bounds: Bounds
) -> int:
    """Return how much of a content this device has sent; makes room for one it begins."""
    under_way = connection.execute(
        select(BLOB.c.sha256, BLOB.c.size, BLOB.c.held)
        .where(*_is(BLOB, device, device.device))
        .order_by(BLOB.c.made)
    ).all()
    for one in under_way:
        if one.sha256 == digest and one.size == size:
            return int(one.held)
        if one.sha256 == digest:
            drop_upload(connection, device, digest)
    for one in under_way[: max(len(under_way) - MOST_UNDER_WAY + 1, 0)]:
        drop_upload(connection, device, one.sha256)
    sweep(connection, device.tenant, now=now)
    team, own = taken_up(connection, device)
    if team + size > bounds.files or own + size > bounds.files_each:
        raise NoRoomForFiles
    row = {"sha256": digest, "size": size, "held": 0, "made": now}
    connection.execute(insert(BLOB).values(**_of(device), **row))
    return 0


def taken_up(connection: Connection, device: Device) -> tuple[int, int]:
    """Return the bytes of the team's contents, and of those a user sent; those begun count whole.

    What several have sent counts for each of them.
    """
    here = BLOB.c.tenant == device.tenant
    sent = exists().where(
        BLOB_HOLDER.c.tenant == BLOB.c.tenant,
        BLOB_HOLDER.c.sha256 == BLOB.c.sha256,
        BLOB_HOLDER.c.user_ == device.user,
        BLOB.c.device == WHOLE,
    )
    theirs = select(DEVICE.c.device).where(
        DEVICE.c.tenant == device.tenant, DEVICE.c.user_ == device.user
    )
    total = select(func.coalesce(func.sum(BLOB.c.size), 0)).where(here)
    team = connection.execute(total).scalar_one()
    own = connection.execute(total.where(or_(sent, BLOB.c.device.in_(theirs)))).scalar_one()
    return int(team), int(own)


def _finish(connection: Connection, device: Device, digest: str, size: int, now: int) -> None:
    """Check a content that is complete, and let it be everybody's."""
    summed = sha256()
    starts = connection.execute(
        select(BLOB_PART.c.start)
        .where(*_is(BLOB_PART, device, device.device), BLOB_PART.c.sha256 == digest)
        .order_by(BLOB_PART.c.start)
    ).scalars()
    for start in starts.all():
        part = select(BLOB_PART.c.part).where(
            *_is(BLOB_PART, device, device.device),
            BLOB_PART.c.sha256 == digest,
            BLOB_PART.c.start == start,
        )
        summed.update(connection.execute(part).scalar_one())
    if summed.hexdigest() != digest:
        drop_upload(connection, device, digest)
        raise BadPart(too_large=False)
    there = select(BLOB.c.size).where(*_is(BLOB, device, WHOLE), BLOB.c.sha256 == digest)
    if connection.execute(there).first() is None:
        for table in (BLOB, BLOB_PART):
            connection.execute(
                update(table)
                .where(*_is(table, device, device.device), table.c.sha256 == digest)
                .values(device=WHOLE)
            )
    else:
        drop_upload(connection, device, digest)
    if not _sent(connection, device, digest):
        row = {"tenant": device.tenant, "sha256": digest, "user_": device.user}
        connection.execute(insert(BLOB_HOLDER).values(**row))
    _vouch(connection, device, digest)


def _vouch(connection: Connection, device: Device, digest: str) -> None:
    """Let a content be read in the scopes its sender writes to, where it was named before."""
    for name, rights in _named(connection, device, [digest]):
        if may(rights, (name.account, name.audience), write=True) is None:
            here = [BLOB_NAME.c[key] == value for key, value in name._asdict().items()]
            connection.execute(
                update(BLOB_NAME)
                .where(BLOB_NAME.c.tenant == device.tenant, *here)
                .values(vouched=True)
            )


def _readable(connection: Connection, device: Device, hashes: Sequence[str]) -> set[str]:
    """Return which of these a user may read, in one question for all of five hundred."""
    return {
        name.sha256
        for at in range(0, len(hashes), _AT_ONCE)
        for name, rights in _named(connection, device, hashes[at : at + _AT_ONCE], vouched=True)
        if may(rights, (name.account, name.audience)) is None
    }


def _named(
    connection: Connection, device: Device, hashes: Sequence[str], *, vouched: bool = False
) -> list[tuple[Named, Rights]]:
    """Return where contents are named, as far as the user has rights there, and those rights."""
    named = [BLOB_NAME.c.tenant == device.tenant, BLOB_NAME.c.sha256.in_(list(hashes))]
    rows = connection.execute(
        select(
            BLOB_NAME.c.sha256,
            BLOB_NAME.c.record,
            BLOB_NAME.c.account,
            BLOB_NAME.c.audience,
            func.max(GRANT.c.right).label("right"),  # "write" comes after "read"
        )
        .join(
            GRANT,
            (GRANT.c.tenant == BLOB_NAME.c.tenant)
            & (GRANT.c.account == BLOB_NAME.c.account)
            & (GRANT.c.audience == BLOB_NAME.c.audience),
        )
        .where(*named, *([BLOB_NAME.c.vouched.is_(True)] if vouched else []))
        .where(GRANT.c.user_ == device.user, GRANT.c.until_seq.is_(None))
        .group_by(*(BLOB_NAME.c[name] for name in Named._fields))
    ).all()
    staff = device.role in STAFF
    return [
        (
            Named(row.sha256, row.record, row.account, row.audience),
            Rights(at=0, staff=staff, scopes={(row.account, row.audience): row.right == WRITE}),
        )
        for row in rows
    ]


def _sent(connection: Connection, device: Device, digest: str) -> bool:
    asked = select(BLOB_HOLDER.c.sha256).where(
        BLOB_HOLDER.c.tenant == device.tenant,
        BLOB_HOLDER.c.sha256 == digest,
        BLOB_HOLDER.c.user_ == device.user,
    )
    return connection.execute(asked).first() is not None


def _drop(connection: Connection, tenant: int, digest: str) -> None:
    for table in (BLOB, BLOB_PART, BLOB_HOLDER):
        connection.execute(delete(table).where(table.c.tenant == tenant, table.c.sha256 == digest))


def _those(connection: Connection, asked: Any, hashes: Sequence[str]) -> set[str]:
    column = asked.selected_columns[0]
    found: set[str] = set()
    for at in range(0, len(hashes), _AT_ONCE):
        some = asked.where(column.in_(list(hashes[at : at + _AT_ONCE])))
        found |= set(connection.execute(some).scalars())
    return found


def _is(table: Any, device: Device, whose: int) -> tuple[Any, Any]:
    return table.c.tenant == device.tenant, table.c.device == whose


def _of(device: Device) -> dict[str, int]:
    return {"tenant": device.tenant, "device": device.device}
