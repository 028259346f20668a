"""A real hub on a real database as a simulated team uses it, with what an administrator does.

Its log is read from its tables, not through it. All chance in it comes from a seed.
"""

import secrets as real_secrets
from contextlib import ExitStack, suppress
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sqlalchemy import Engine, delete, select
from support.hubs import hub_on
from support.in_process import InProcess

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wire_op import WireOp
from kamdesk.hub import devices, grants, invites, people, turn
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import GRANT, METADATA, OP, SCOPE, WRITER
from kamdesk.sync.joining import Host, settle_in
from kamdesk.sync.wire.strict import read_cells

if TYPE_CHECKING:
    from support.team_desk import TeamDesk

Scope = tuple[bytes | None, str]
Tables = dict[str, list[Any]]
"""The rows of each table."""


class SeededSecrets:
    """Secrets nobody should trust: the same for the same seed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def randbelow(self, below: int) -> int:
        return self._chance.randrange(below)

    def token_hex(self, count: int) -> str:
        return self._chance.randbytes(count).hex()

    def token_urlsafe(self, count: int) -> str:
        return self.token_hex(count)


def seeded(chance: Random) -> ExitStack:
    """Let hubs draw their secrets from a seed until what is returned is closed."""
    patches, secrets = ExitStack(), SeededSecrets(chance)
    for module in (devices, grants, invites, people, turn):
        if getattr(module, "secrets", None) is real_secrets:
            patches.enter_context(patch.object(module, "secrets", secrets))
    return patches


class TeamHub:
    """A hub of one tenant; users are called by their logins.

    ``at``: the address of a database, or one with a hub's tables that others use before and after.
    """

    def __init__(self, at: str | Engine, clock: StoppedClock, chance: Random) -> None:
        self._patches = seeded(chance)
        self.clock, self._lent = clock, isinstance(at, Engine)
        self.hub: Hub = Hub(at, clock) if isinstance(at, Engine) else hub_on(at, clock)
        self._copy: Tables | None = None
        self.went_back = False
        self.users: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        self._first: dict[str, int] = {}
        self._devices: dict[int, int] = {}

    def found(self) -> None:
        """Begin with nobody."""
        self.emptied()
        with self.hub.turn(0) as of_nobody:
            self.tenant = people.add_tenant(of_nobody, "Team")

    def go_on_from(self, other: "TeamHub") -> None:
        """Begin as another hub stands now, whose copy this is."""
        assert other._copy is not None
        self._put(other._copy)
        self.tenant, self.users = other.tenant, dict(other.users)
        self.tokens, self._first = dict(other.tokens), dict(other._first)

    def let_in(self, desk: "TeamDesk", *, staff: bool) -> None:
        """Add a user, invite and enrol the device, and let the desk's file know the hub."""
        with self.hub.turn(self.tenant) as now:
            role = "member" if staff else "partner"
            user = people.add_user(now, desk.user, desk.user, role)
            secret = invites.make(now, user.id)
            enrolled = invites.enrol(now, secret, desk.user)
        assert enrolled is not None
        self.users[desk.user] = user.id
        self._first[desk.user] = enrolled.dev
        host = Host(url="https://hub.invalid", name="Team", fingerprint="")
        settle_in(desk.storage, host, enrolled, token=enrolled.token, accounts=None)
        self.tokens[desk.user] = enrolled.token
        self.connect(desk)

    def connect(self, desk: "TeamDesk") -> None:
        """Give a desk its post to this hub."""
        token = self.tokens[desk.user]
        desk.post = InProcess(
            lambda: self.hub,
            lambda: self._device(token),
            desk.line,
            revoked=lambda: self._revoked(token),
        )

    def first_number(self, desk: "TeamDesk") -> int:
        """Return the number a desk's device was given when it joined."""
        return self._first[desk.user]

    def grant(
        self, user: str, account: bytes, audience: str = "internal", right: str = "write"
    ) -> None:
        """Let a user at an account; who may not have it so gets what partners may."""
        try:
            with self.hub.turn(self.tenant) as now:
                grants.grant(now, self.users[user], account.hex(), audience, right)
        except RuleBroken:
            if audience == "internal":
                self.grant(user, account, "partner", right)

    def revoke(self, user: str, account: bytes) -> None:
        """Take an account from a user, if they have it."""
        with suppress(RuleBroken), self.hub.turn(self.tenant) as now:
            grants.revoke(now, self.users[user], account.hex())

    def hand_over(self, giver: str, taker: str, account: bytes) -> None:
        """Hand an account over, if it can be."""
        with suppress(RuleBroken), self.hub.turn(self.tenant) as now:
            grants.hand_over(now, account.hex(), self.users[giver], self.users[taker])

    def shut_out(self, desk: "TeamDesk") -> None:
        """Revoke a device."""
        with self.hub.turn(self.tenant) as now:
            assert devices.revoke(now, self._first[desk.user])

    def log(self) -> list[WireOp]:
        """Return all ops in their order."""
        names = {n: scope for scope, n in self._scopes().items()}
        return [
            WireOp(
                dev=row.dev,
                dseq=row.dseq,
                wall=row.wall,
                ctx=row.ctx,
                txn=row.txn,
                scope=names[row.scope],
                kind=row.kind,
                record=bytes.fromhex(row.record),
                verb=row.verb,
                cells=read_cells(row.cells.encode()),
                name=row.name,
                seq=row.seq,
            )
            for row in self._rows(select(OP).where(OP.c.scope != 0).order_by(OP.c.seq))
        ]

    def times(self) -> list[int]:
        """Return when the ops of the log came, in microseconds, in their order."""
        return [
            row.at for row in self._rows(select(OP.c.at).where(OP.c.scope != 0).order_by(OP.c.seq))
        ]

    def head(self) -> int:
        """Return the last place of the log."""
        with self.hub.engine.connect() as connection:
            return turn.head_of(connection, self.tenant)

    def mark(self) -> tuple[int, int]:
        """Return the last place and what is noted there."""
        head = self.head()
        return head, self._rows(select(OP.c.at).where(OP.c.seq == head))[0].at

    def readable(self, user: str) -> set[Scope]:
        """Return the scopes a user may read now."""
        asked = select(GRANT.c.account, GRANT.c.audience).where(
            GRANT.c.user_ == self.users[user], GRANT.c.until_seq.is_(None)
        )
        return {_scope(row.account, row.audience) for row in self._rows(asked)}

    def author(self, op: WireOp) -> int:
        """Return the device that wrote an op, under whichever number."""
        if op.dev not in self._devices:
            rows = self._rows(select(WRITER.c.dev, WRITER.c.device))
            self._devices = {row.dev: row.device for row in rows}
        return self._devices.get(op.dev, op.dev)

    @property
    def has_copy(self) -> bool:
        """True when there is an old backup of the hub."""
        return self._copy is not None

    def copy(self) -> None:
        """Take a backup of the hub's database."""
        with self.hub.engine.connect() as connection:
            self._copy = {
                table.name: [row._asdict() for row in connection.execute(select(table))]
                for table in METADATA.sorted_tables
            }

    def set_back(self) -> None:
        """Put the backup in the place of the database; the hub is not told."""
        assert self._copy is not None
        self._put(self._copy)
        self.went_back = True
        self.restart()

    def _put(self, copy: Tables) -> None:
        with turn.writing(self.hub.engine) as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))
                if copy[table.name]:
                    connection.execute(table.insert(), copy[table.name])

    def everything(self) -> Tables:
        """Return all rows of all tables."""
        return {table.name: self._rows(select(table)) for table in METADATA.sorted_tables}

    def emptied(self) -> None:
        """Leave nothing of the hub but its tables."""
        with turn.writing(self.hub.engine) as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))

    def restart(self) -> None:
        """End the hub's process and start another on the same database."""
        engine = self.hub.engine
        engine.dispose()
        self.hub = Hub(engine, self.clock)

    def close(self) -> None:
        """Let go of the database."""
        if not self._lent:
            self.hub.engine.dispose()
        self._patches.close()

    def _device(self, token: str) -> devices.Device | None:
        with turn.writing(self.hub.engine) as connection:
            return devices.known(connection, token)

    def _revoked(self, token: str) -> bool:
        with self.hub.engine.connect() as connection:
            return devices.was_revoked(connection, token)

    def _scopes(self) -> dict[Scope, int]:
        return {_scope(row.account, row.audience): row.scope for row in self._rows(select(SCOPE))}

    def _rows(self, asked: Any) -> list[Any]:
        with self.hub.engine.connect() as connection:
            return list(connection.execute(asked))


def _scope(account: str, audience: str) -> Scope:
    return (bytes.fromhex(account) if account else None, audience)
