"""Who there is at the hub: users, teams, who belongs to which; questions only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kamdesk.hub.schema import MEMBER, TEAM, TENANT, USER
from kamdesk.hub.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with access; times are microseconds.

    ``colleague``: the record that is them among the colleagues, None until they first join.
    """

    id: str
    colleague: str | None
    login: str
    name: str
    role: str
    made: int
    closed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team: its members by id, and which of them lead it."""

    name: str
    members: tuple[str, ...]
    managers: tuple[str, ...]


def tenants(connection: Any) -> list[tuple[int, str]]:
    """Return the tenants: number and name."""
    asked = select(TENANT.c.tenant, TENANT.c.name).order_by(TENANT.c.tenant)
    return [(n, name) for n, name in connection.execute(asked)]


def users(turn: Turn) -> list[User]:
    """Return all users by login, closed ones too."""
    asked = select(USER).where(USER.c.tenant == turn.tenant).order_by(USER.c.login)
    return [_user(row) for row in turn.connection.execute(asked)]


def user_called(turn: Turn, word: str) -> User | None:
    """Return the user of a login or an id."""
    asked = select(USER).where(
        USER.c.tenant == turn.tenant, (USER.c.login == word.casefold()) | (USER.c.user_ == word)
    )
    row = turn.connection.execute(asked).first()
    return _user(row) if row else None


def teams(turn: Turn) -> list[Team]:
    """Return all teams by name."""
    asked = select(TEAM.c.team).where(TEAM.c.tenant == turn.tenant).order_by(TEAM.c.team)
    belong = sorted(memberships(turn))
    return [
        Team(
            name=name,
            members=tuple(user for team, user, _ in belong if team == name),
            managers=tuple(user for team, user, leads in belong if team == name and leads),
        )
        for (name,) in turn.connection.execute(asked)
    ]


def is_team(turn: Turn, name: str) -> bool:
    """True for the name of a team."""
    asked = select(TEAM.c.team).where(TEAM.c.tenant == turn.tenant, TEAM.c.team == name)
    return turn.connection.execute(asked).first() is not None


def members_of(turn: Turn, team: str) -> dict[str, str]:
    """Return the members of a team with their roles."""
    known = roles(turn)
    return {user: known.get(user, "") for of, user, _ in memberships(turn) if of == team}


def role_of(turn: Turn, user: str) -> str | None:
    """Return the role of a user who is not closed."""
    return roles(turn).get(user)


def memberships(turn: Turn) -> list[tuple[str, str, bool]]:
    """Return who belongs to what: team, user, whether they lead it."""
    asked = select(MEMBER.c.team, MEMBER.c.user_, MEMBER.c.manager)
    rows = turn.connection.execute(asked.where(MEMBER.c.tenant == turn.tenant))
    return [(team, user, bool(leads)) for team, user, leads in rows]


def roles(turn: Turn) -> dict[str, str]:
    """Return the roles of users who are not closed."""
    asked = select(USER.c.user_, USER.c.role).where(
        USER.c.tenant == turn.tenant, USER.c.closed.is_(None)
    )
    return {row.user_: row.role for row in turn.connection.execute(asked)}


def _user(row: Any) -> User:
    return User(
        id=row.user_,
        colleague=row.colleague,
        login=row.login,
        name=row.name,
        role=row.role,
        made=row.made,
        closed=row.closed,
    )
