"""Desks that joined a served hub over https as a user does, and what a file holds as one hash."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.desks import a_desk
from support.hub_served import Served, a_team, served
from support.hubs import hub_on
from support.invented import a_person, an_account

from kamdesk.core.clock import Clock
from kamdesk.core.ids import Id
from kamdesk.domain.accounts.model import Account
from kamdesk.hub import grants, invites, people
from kamdesk.hub.hub import Hub
from kamdesk.hub.online.app import Service
from kamdesk.hub.roster import user_called
from kamdesk.storage.exchange import offer
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.storage.storage import Storage
from kamdesk.sync import joining, tokens
from kamdesk.sync.desk import Direct, Round
from kamdesk.sync.engine import Engine
from kamdesk.sync.online import Online
from kamdesk.sync.wire.invitation import Invitation
from kamdesk.workspace import Workspace

NO_RING = KeyRing(Nowhere())


@dataclass
class Team:
    """A hub that is served on loopback with TLS, and what its administrator does."""

    hub: Hub
    at: Served
    tenant: int

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.at.port}"

    def invitation(self, login: str, *, new: bool = True) -> Invitation:
        with self.hub.turn(self.tenant) as now:
            if new:
                people.add_user(now, login, login)
            secret = invites.make(now, login)
        seal = self.at.place.fingerprint
        return Invitation(url=self.url, secret=secret, hub="Hub", fingerprint=seal)

    def grant(self, login: str, account: bytes) -> None:
        with self.hub.turn(self.tenant) as now:
            user = user_called(now, login)
            assert user is not None
            grants.grant(now, user.id, account.hex(), "internal", "write")

    def revoke(self, login: str, account: bytes) -> None:
        with self.hub.turn(self.tenant) as now:
            user = user_called(now, login)
            assert user is not None
            grants.revoke(now, user.id, account.hex())


@dataclass
class Joined:
    """A workspace that joined a team, its line and its engine."""

    workspace: Workspace
    line: Online
    engine: Engine

    @property
    def storage(self) -> Storage:
        return self.workspace.storage

    def round(self) -> Round:
        return self.engine.round()

    def goes_by(self, line: Online) -> Engine:
        """Return an engine that exchanges this file over another line."""
        return Engine(Direct(self.storage), line)

    def close(self) -> None:
        self.line.close()
        self.workspace.close()


@contextmanager
def a_hub(folder: Path, clock: Clock | None = None) -> Iterator[Team]:
    """Serve a hub on SQLite with TLS of its own."""
    hub = hub_on(f"sqlite:///{folder / 'hub.db'}", clock)
    tenant = a_team(hub)
    with served(folder / "hub", Service(hub, called="Hub"), tls=True) as at:
        yield Team(hub, at, tenant)
    hub.engine.dispose()


def joined(folder: Path, team: Team, login: str, accounts: Sequence[Id] | None = None) -> Joined:
    """Make a workspace of a user and let it join, all it has offered unless ``accounts`` are."""
    folder.mkdir()
    return joins(a_desk(folder, name=login), team, login, accounts)


def joins(desk: Workspace, team: Team, login: str, accounts: Sequence[Id] | None = None) -> Joined:
    """Let a workspace join by an invitation, step by step as the window does."""
    invitation = team.invitation(login)
    host = joining.look(invitation)
    enrolled = joining.ask_in(invitation, host, desk.team.me, "laptop")
    kept = tokens.keep(NO_RING, "", enrolled.token)
    joining.settle_in(desk.storage, host, enrolled, token=kept, accounts=accounts)
    line = joining.line_to(host.url, pinned=host.fingerprint, token=enrolled.token)
    return Joined(desk, line, Engine(Direct(desk.storage), line))


def share(desk: Joined, team: Team, login: str, account: Id) -> None:
    """Offer an account and let another user at it."""
    offer(desk.storage, [account])
    desk.round()
    team.grant(login, account)


def content(storage: Storage) -> str:
    """Return one hash over all a file holds but its note of what went wrong last."""
    found = hashlib.sha256()
    names = storage.reader.ask(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"
    )
    for name, _ in list(names):
        without = " WHERE key <> 'trouble'" if name == "state" else ""
        rows = [tuple(row) for row in storage.reader.ask(f"SELECT * FROM {name}{without}")]
        found.update(repr((name, sorted(map(repr, rows)))).encode())
    return found.hexdigest()


def a_shared_customer(folder: Path, team: Team) -> tuple[Joined, Joined, Account]:
    """Two desks that share a customer with a person, made at the first."""
    one = joined(folder / "one", team, "lin")
    account = an_account(one.workspace)
    a_person(one.workspace, account, "欧阳明珠")
    one.round()
    other = joined(folder / "other", team, "wang", [])
    team.grant("wang", account.id)
    other.round()
    return one, other, account
