"""What is given, taken away and handed over: each an entry of the log, at a place of its own.

A holder is a user's id or a team's name; an account 32 hex digits, the house "". Each function
works within a ``Turn`` and returns the place at which devices see the change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select, update

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import read_id
from kamdesk.core.wording import Text
from kamdesk.hub.access import HOUSE, INTERNAL, PARTNER, READ, WRITE
from kamdesk.hub.audit import note
from kamdesk.hub.expanding import expand, reached
from kamdesk.hub.roster import is_team, members_of, role_of
from kamdesk.hub.schema import GIVEN, OP
from kamdesk.hub.turn import Turn

_AUDIENCES = (INTERNAL, PARTNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A grant that stands. ``place``: where in the log it was given."""

    holder: str
    to_team: bool
    account: str
    audience: str
    right: str
    place: int


def grant(
    turn: Turn, holder: str, account: str, audience: str = INTERNAL, right: str = WRITE
) -> int:
    """Give a user or a team the right to ``read`` or ``write`` an account.

    ``internal`` implies ``partner``. Another right they hold there is replaced. Raises
    ``RuleBroken`` for a holder, account, audience or right there is not, and for a partner who
    would read what is internal.
    """
    _see_sound(turn, holder, account, audience, right)
    place = turn.take_places(1)
    _end(turn, [holder], account, place)
    _begin(turn, [(place, account)], holder, audience, right)
    _reach(turn, [holder], place, [account])
    note(turn, "grant", account, holder=holder, audience=audience, right=right)
    return place


def revoke(turn: Turn, holder: str, account: str, audience: str | None = None) -> int:
    """Take an account from a user or a team, in one audience or (None) altogether.

    Raises ``RuleBroken`` where they were given nothing; what they have by a team stays.
    """
    place = turn.take_places(1)
    if not _end(turn, [holder], account, place, audience=audience):
        raise RuleBroken(Text("They were not given this account, so there is nothing to revoke."))
    _entries(turn, [(place, account)], "revoke", holder, audience or "", "")
    _reach(turn, [holder], place, [account])
    note(turn, "revoke", account, holder=holder, audience=audience)
    return place


def hand_over(turn: Turn, account: str, giver: str, taker: str) -> int:
    """Give ``taker`` what ``giver`` was given of an account, and take it from them: one place.

    Raises ``RuleBroken`` where the giver was given nothing, or the taker may not have it.
    """
    held = [one for one in given(turn, holder=giver) if one.account == account]
    if not held or giver == taker:
        raise RuleBroken(Text("They were not given this account, so they cannot hand it over."))
    for one in held:
        _see_sound(turn, taker, account, one.audience, one.right)
    place = turn.take_places(len(held) + 1)
    _end(turn, [giver, taker], account, place)
    _entries(turn, [(place, account)], "revoke", giver, "", "")
    for at, one in enumerate(held, place + 1):
        _begin(turn, [(at, account)], taker, one.audience, one.right)
    _reach(turn, [giver, taker], place, [account])
    note(turn, "hand over", account, giver=giver, taker=taker)
    return place


def claim(turn: Turn, user: str, accounts: Sequence[str], first: int) -> None:
    """Give accounts nobody knew to whoever wrote to them first, at places taken already."""
    _begin(turn, list(enumerate(accounts, first)), user, INTERNAL, WRITE)
    _reach(turn, [user], first + len(accounts) - 1, accounts)


def given(turn: Turn, *, holder: str | None = None, account: str | None = None) -> list[Given]:
    """Return the grants that stand: all, of one holder or of one account; in order of giving."""
    asked = (
        select(GIVEN)
        .where(GIVEN.c.tenant == turn.tenant, GIVEN.c.until_seq.is_(None))
        .order_by(GIVEN.c.from_seq)
    )
    if holder is not None:
        asked = asked.where(GIVEN.c.holder == holder)
    if account is not None:
        asked = asked.where(GIVEN.c.account == account)
    return [
        Given(
            holder=row.holder,
            to_team=row.to_team,
            account=row.account,
            audience=row.audience,
            right=row.right,
            place=row.from_seq,
        )
        for row in turn.connection.execute(asked)
    ]


def open_house(turn: Turn, user: str, right: str) -> int:
    """Let a new user read the house, or write to it: colleagues, own fields, playbook."""
    place = turn.take_places(1)
    _begin(turn, [(place, "")], user, HOUSE, right)
    _reach(turn, [user], place, [""])
    return place


def regroup(turn: Turn, users: Sequence[str]) -> int:
    """Bring the rights of users level after a team, a role or a user changed."""
    place = turn.take_places(1)
    _entries(turn, [(place, "")], "regroup", "", "", "")
    expand(turn, reached(turn, users), place)
    return place


def _see_sound(turn: Turn, holder: str, account: str, audience: str, right: str) -> None:
    read_id(account)
    if audience not in _AUDIENCES or right not in (READ, WRITE):
        raise RuleBroken(
            Text("The audience is internal or partner, the right is read or write."),
            field="audience",
        )
    team = is_team(turn, holder)
    roles = members_of(turn, holder).values() if team else [role_of(turn, holder)]
    if not team and None in roles:
        raise RuleBroken(Text("There is no user or team “{name}”.", name=holder), field="holder")
    if not team and audience == INTERNAL and "partner" in roles:
        raise RuleBroken(
            Text("A partner reads what is for partners only; grant that."), field="audience"
        )


def _end(
    turn: Turn, holders: list[str], account: str, place: int, *, audience: str | None = None
) -> int:
    ending = update(GIVEN).where(
        GIVEN.c.tenant == turn.tenant,
        GIVEN.c.holder.in_(holders),
        GIVEN.c.account == account,
        GIVEN.c.until_seq.is_(None),
    )
    if audience is not None:
        ending = ending.where(GIVEN.c.audience == audience)
    return turn.connection.execute(ending.values(until_seq=place)).rowcount


def _begin(
    turn: Turn, places: list[tuple[int, str]], holder: str, audience: str, right: str
) -> None:
    shared = {
        "tenant": turn.tenant,
        "holder": holder,
        "to_team": is_team(turn, holder),
        "audience": audience,
        "right": right,
    }
    rows = [{**shared, "from_seq": place, "account": account} for place, account in places]
    turn.connection.execute(GIVEN.insert(), rows)
    _entries(turn, places, "grant", holder, audience, right)


def _entries(
    turn: Turn, places: list[tuple[int, str]], kind: str, holder: str, audience: str, right: str
) -> None:
    """Put what was given or taken into the log: in scope 0, which nobody reads."""
    shared = {"tenant": turn.tenant, "kind": kind, "record": holder, "at": turn.now}
    said = {"audience": audience, "right": right}
    rows = [
        {
            **shared,
            "seq": place,
            "cells": msgspec.json.encode({"account": account, **said}).decode(),
        }
        for place, account in places
    ]
    turn.connection.execute(OP.insert(), rows)


def _reach(turn: Turn, holders: list[str], place: int, accounts: Sequence[str]) -> None:
    users = {user for holder in holders for user in (members_of(turn, holder) or (holder,))}
    expand(turn, reached(turn, users), place, accounts)
