"""What the administrator reads about a hub: numbers, the audit, accounts by their names."""

import json
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.hub.migrations import version_of
from kamdesk.hub.schema import AUDIT, BLOB, DEVICE, OP, REJECTED, SCOPE, TENANT, USER
from kamdesk.hub.turn import Turn

_DAY = 86_400_000_000
_ACCOUNT, _NAME = "account", "name"
_LEAST = 6
"""Digits of an id's end that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Numbers of one hub. ``seen_today``: devices in contact within a day."""

    name: str
    epoch: int
    head: int
    schema: int
    users: int
    devices: int
    seen_today: int
    accounts: int
    changes_refused: int
    contents: int
    contents_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the audit; ``at`` in microseconds, ``detail`` ids and numbers."""

    at: int
    actor: str
    deed: str
    about: str
    detail: dict[str, Any]


def census(turn: Turn) -> Census:
    """Return the numbers of a hub."""
    tenant = turn.connection.execute(select(TENANT).where(TENANT.c.tenant == turn.tenant)).one()
    whole = BLOB.c.device == 0
    return Census(
        name=tenant.name,
        epoch=tenant.epoch,
        head=tenant.head,
        schema=version_of(turn.connection),
        users=_count(turn, USER, USER.c.closed.is_(None)),
        devices=_count(turn, DEVICE, DEVICE.c.revoked.is_(None)),
        seen_today=_count(
            turn, DEVICE, DEVICE.c.revoked.is_(None), DEVICE.c.seen > turn.now - _DAY
        ),
        accounts=len(accounts(turn)),
        changes_refused=_count(turn, REJECTED),
        contents=_count(turn, BLOB, whole),
        contents_bytes=int(
            turn.connection.execute(
                select(func.coalesce(func.sum(BLOB.c.size), 0)).where(
                    BLOB.c.tenant == turn.tenant, whole
                )
            ).scalar_one()
        ),
    )


def entries(turn: Turn, limit: int) -> list[Entry]:
    """Return the newest entries of the audit, the newest first."""
    asked = (
        select(AUDIT)
        .where(AUDIT.c.tenant == turn.tenant)
        .order_by(AUDIT.c.entry.desc())
        .limit(limit)
    )
    return [
        Entry(
            at=row.at,
            actor=row.actor,
            deed=row.deed,
            about=row.about,
            detail=msgspec.json.decode(row.detail or "{}", type=dict[str, Any]),
        )
        for row in turn.connection.execute(asked)
    ]


def accounts(turn: Turn) -> list[str]:
    """Return the ids of the accounts the hub knows."""
    asked = select(SCOPE.c.account).where(SCOPE.c.tenant == turn.tenant, SCOPE.c.account != "")
    return sorted(turn.connection.execute(asked.distinct()).scalars())


def account_called(turn: Turn, words: str) -> str:
    """Return the account meant: its id, at least six digits of its end, or its name as it was.

    Raises ``RuleBroken`` where none, or more than one, is meant.
    """
    known = accounts(turn)
    wanted = words.strip().casefold()
    by_id = [one for one in known if len(wanted) >= _LEAST and one.endswith(wanted)]
    found = by_id or [one for one in named(turn, words.strip()) if one in set(known)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RuleBroken(
            Text(
                "{n} accounts are called “{words}”; name one by its id: {ids}",
                n=len(found),
                words=words,
                ids=", ".join(found[:5]),
            ),
            field="account",
        )
    raise RuleBroken(
        Text("The hub knows no account “{words}”: nobody has sent one yet.", words=words),
        field="account",
    )


def named(turn: Turn, name: str) -> list[str]:
    """Return the accounts that have, or once had, this name."""
    said = json.dumps(name, ensure_ascii=False)[1:-1]
    asked = select(OP.c.record, OP.c.cells).where(
        OP.c.tenant == turn.tenant,
        OP.c.kind == _ACCOUNT,
        OP.c.cells.contains(said, autoescape=True),
    )
    rows = turn.connection.execute(asked)
    return sorted({record for record, cells in rows if _named(cells) == name})


def name_of(connection: Connection, tenant: int, account: str) -> str:
    """Return the name an account was given last, "" for none."""
    asked = (
        select(OP.c.cells)
        .join(SCOPE, (SCOPE.c.tenant == OP.c.tenant) & (SCOPE.c.scope == OP.c.scope))
        .where(
            OP.c.tenant == tenant,
            SCOPE.c.account == account,
            OP.c.record == account,
            OP.c.kind == _ACCOUNT,
        )
        .order_by(OP.c.seq.desc())
    )
    said = (_named(cells) for cells in connection.execute(asked).scalars())
    return next((name for name in said if name), "")


def _named(cells: str) -> str:
    try:
        found = json.loads(cells).get(_NAME)
    except (ValueError, AttributeError):
        return ""
    return found if isinstance(found, str) else ""


def _count(turn: Turn, table: Table, *where: Any) -> int:
    asked = select(func.count()).select_from(table).where(table.c.tenant == turn.tenant, *where)
    return int(turn.connection.execute(asked).scalar_one())
