"""Users, teams and who belongs to them: what an administrator does; each within a ``Turn``.

``roster`` has the questions. Refusals are ``RuleBroken`` with the field that is wrong.
"""

import re
import secrets

from sqlalchemy import delete, func, insert, select, update

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import read_id
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.hub import grants
from kamdesk.hub.access import READ, STAFF, WRITE
from kamdesk.hub.audit import note
from kamdesk.hub.expanding import reached
from kamdesk.hub.roster import User, is_team, members_of, user_called
from kamdesk.hub.schema import DEVICE, MEMBER, TEAM, TENANT, USER
from kamdesk.hub.turn import Turn

ROLES = (*STAFF, "partner")
_LOGIN = re.compile(r"[\w.@+-]{1,80}")


def add_tenant(turn: Turn, name: str) -> int:
    """Make a tenant and return its number; that of ``turn`` does not matter."""
    highest = turn.connection.execute(select(func.max(TENANT.c.tenant))).scalar()
    number = (highest or 0) + 1
    turn.connection.execute(
        insert(TENANT).values(
            tenant=number,
            uid=secrets.token_hex(16),
            name=_said(name, "name"),
            made=turn.now,
            head_at=turn.now,
        )
    )
    return number


def add_user(
    turn: Turn, login: str, name: str, role: str = "member", colleague: str | None = None
) -> User:
    """Add a user, who may read the house from now on, and as staff write to it.

    ``role``: admin, member (staff) or partner. ``colleague``: the record of a colleague that is
    already theirs, 32 hex digits; left out, the one they bring when they first join.
    """
    login = login.casefold()
    if not _LOGIN.fullmatch(login):
        raise RuleBroken(
            Text("A login has letters, figures and . @ + - _ only, 80 at most."), field="login"
        )
    _see_role(role)
    if user_called(turn, login):
        raise RuleBroken(Text("There is a user of this login already."), field="login")
    user = secrets.token_hex(16)
    turn.connection.execute(
        insert(USER).values(
            tenant=turn.tenant,
            user_=user,
            colleague=read_id(colleague).hex() if colleague else None,
            login=login,
            name=_said(name, "name"),
            role=role,
            made=turn.now,
        )
    )
    grants.open_house(turn, user, WRITE if role in STAFF else READ)
    note(turn, "add user", user, role=role)
    return _there(turn, user)


def set_role(turn: Turn, user: str, role: str) -> None:
    """Give a user another role; what they may read and write follows at once."""
    _see_role(role)
    _there(turn, user)
    _change(turn, user, role=role)
    grants.open_house(turn, user, WRITE if role in STAFF else READ)
    grants.regroup(turn, [user])
    note(turn, "set role", user, role=role)


def close_user(turn: Turn, user: str) -> None:
    """Shut a user out with all devices, at once and for good; what they wrote stays."""
    _there(turn, user)
    _change(turn, user, closed=turn.now)
    turn.connection.execute(
        update(DEVICE)
        .where(DEVICE.c.tenant == turn.tenant, DEVICE.c.user_ == user, DEVICE.c.revoked.is_(None))
        .values(revoked=turn.now)
    )
    grants.regroup(turn, [user])
    note(turn, "close user", user)


def add_team(turn: Turn, name: str) -> None:
    """Make a team."""
    name = _said(name, "team")
    if is_team(turn, name) or user_called(turn, name):
        raise RuleBroken(Text("There is a team or user of this name already."), field="team")
    turn.connection.execute(insert(TEAM).values(tenant=turn.tenant, team=name, made=turn.now))
    note(turn, "add team", name)


def add_member(turn: Turn, team: str, user: str, *, manager: bool = False) -> None:
    """Let a user into a team; a ``manager`` also has what its members have.

    Who is in it already becomes manager, or none.
    """
    _see_team(turn, team)
    _there(turn, user)
    _take_out(turn, team, user)
    turn.connection.execute(
        insert(MEMBER).values(tenant=turn.tenant, team=team, user_=user, manager=manager)
    )
    grants.regroup(turn, [user, *members_of(turn, team)])
    note(turn, "add member", user, team=team, manager=manager)


def remove_member(turn: Turn, team: str, user: str) -> None:
    """Take a user out of a team, and with it what they had by it."""
    _see_team(turn, team)
    before = list(members_of(turn, team))
    if user not in before:
        raise RuleBroken(Text("They are not in this team."), field="user")
    above = reached(turn, before)
    _take_out(turn, team, user)
    grants.regroup(turn, sorted(above))
    note(turn, "remove member", user, team=team)


def _take_out(turn: Turn, team: str, user: str) -> None:
    turn.connection.execute(
        delete(MEMBER).where(
            MEMBER.c.tenant == turn.tenant, MEMBER.c.team == team, MEMBER.c.user_ == user
        )
    )


def _change(turn: Turn, user: str, **values: object) -> None:
    turn.connection.execute(
        update(USER).where(USER.c.tenant == turn.tenant, USER.c.user_ == user).values(**values)
    )


def _there(turn: Turn, user: str) -> User:
    found = user_called(turn, user)
    if found is None or found.closed is not None:
        raise RuleBroken(Text("There is no user “{name}”.", name=user), field="user")
    return found


def _see_role(role: str) -> None:
    if role not in ROLES:
        raise RuleBroken(Text("A role is admin, member or partner."), field="role")


def _see_team(turn: Turn, team: str) -> None:
    if not is_team(turn, team):
        raise RuleBroken(Text("There is no team “{name}”.", name=team), field="team")


def _said(name: str, field: str) -> str:
    said = one_line(name, longest=80)
    if not said:
        raise RuleBroken(Text("Give it a name."), field=field)
    return said
