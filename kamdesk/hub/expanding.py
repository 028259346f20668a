"""Rights as rows: what users have by their own grants, their teams' and those of whom they lead.

The rows of a user change at one place of the log, so every device sees the change at that place.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from kamdesk.hub.access import INTERNAL, PARTNER, READ, STAFF, WRITE
from kamdesk.hub.roster import memberships, roles
from kamdesk.hub.schema import GIVEN, GRANT, USER
from kamdesk.hub.turn import Turn

_Right = tuple[str, str, str]
_MANY = 500
"""Of more accounts than this all are looked at: no statement takes lists without end."""


def reached(turn: Turn, users: Iterable[str]) -> set[str]:
    """Return these users with all who lead them, or lead who leads them."""
    members = memberships(turn)
    leaders: dict[str, set[str]] = {}
    for team, user, manager in members:
        if manager:
            leaders.setdefault(team, set()).add(user)
    above: dict[str, set[str]] = {}
    for team, user, _ in members:
        above.setdefault(user, set()).update(leaders.get(team, ()))
    return _closure(users, above)


def expand(
    turn: Turn, users: Iterable[str], place: int, accounts: Iterable[str] | None = None
) -> int:
    """Bring the rows of users level with what was given, as of ``place``.

    Of ``accounts`` alone, or of all. Returns how many rows were opened or ended.
    """
    holders_of, known = _holders(turn), roles(turn)
    only = None if accounts is None else list(accounts)
    if only is not None and len(only) > _MANY:
        only = None
    given = _given(turn, only)
    changed = 0
    for user in sorted(set(users)):
        staff = known.get(user) in STAFF
        want: dict[tuple[str, str], str] = {}
        for holder in holders_of(user) if user in known else ():
            for account, audience, right in given.get(holder, ()):
                for also in (INTERNAL, PARTNER) if audience == INTERNAL else (audience,):
                    if also == INTERNAL and not staff:
                        continue
                    level = right if staff or account else READ
                    if want.get((account, also)) != WRITE:
                        want[account, also] = level
        changed += _bring_level(turn, user, want, place, only)
    return changed


def _bring_level(
    turn: Turn, user: str, want: dict[tuple[str, str], str], place: int, only: list[str] | None
) -> int:
    asked = select(GRANT.c.account, GRANT.c.audience, GRANT.c.right).where(
        GRANT.c.tenant == turn.tenant, GRANT.c.user_ == user, GRANT.c.until_seq.is_(None)
    )
    if only is not None:
        asked = asked.where(GRANT.c.account.in_(only))
    have: set[_Right] = {tuple(row) for row in turn.connection.execute(asked)}
    wish = {(account, audience, right) for (account, audience), right in want.items()}
    opened, ended = sorted(wish - have), sorted(have - wish)
    key: dict[str, Any] = {"tenant": turn.tenant, "user_": user}
    for account, audience, right in ended:
        turn.connection.execute(
            update(GRANT)
            .where(
                GRANT.c.tenant == turn.tenant,
                GRANT.c.user_ == user,
                GRANT.c.account == account,
                GRANT.c.audience == audience,
                GRANT.c.right == right,
                GRANT.c.until_seq.is_(None),
            )
            .values(until_seq=place, ended=turn.now)
        )
    if opened:
        turn.connection.execute(
            GRANT.insert(),
            [
                {**key, "account": account, "audience": audience, "right": right, "from_seq": place}
                for account, audience, right in opened
            ],
        )
    if opened or ended:
        turn.connection.execute(
            update(USER)
            .where(USER.c.tenant == turn.tenant, USER.c.user_ == user)
            .values(changed=place)
        )
    return len(opened) + len(ended)


def _holders(turn: Turn) -> Any:
    """Return a function from a user to all whose grants they have: users and teams."""
    below: dict[str, set[str]] = {}
    members = memberships(turn)
    of_team: dict[str, set[str]] = {}
    for team, user, _ in members:
        of_team.setdefault(team, set()).add(user)
    for team, user, manager in members:
        below.setdefault(user, set()).add(team)
        if manager:
            below[user] |= of_team[team]
    return lambda user: _closure([user], below)


def _closure(first: Iterable[str], onward: dict[str, set[str]]) -> set[str]:
    found, fresh = set(first), set(first)
    while fresh:
        fresh = {other for one in fresh for other in onward.get(one, ())} - found
        found |= fresh
    return found


def _given(turn: Turn, only: list[str] | None) -> dict[str, list[_Right]]:
    asked = select(GIVEN.c.holder, GIVEN.c.account, GIVEN.c.audience, GIVEN.c.right).where(
        GIVEN.c.tenant == turn.tenant, GIVEN.c.until_seq.is_(None)
    )
    if only is not None:
        asked = asked.where(GIVEN.c.account.in_(only))
    found: dict[str, list[_Right]] = {}
    for holder, *right in turn.connection.execute(asked):
        found.setdefault(holder, []).append(tuple(right))
    return found
