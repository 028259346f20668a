"""A hub's database with a team in it, made by the hub's own verbs, as an administrator would."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamdesk.core.clock import SystemClock
from kamdesk.core.ids import Ids
from kamdesk.hub import devices, grants, people, schema
from kamdesk.hub.hub import Hub
from kamdesk.hub.migrations import bring_level

Seat = tuple[int, str]
"""A device's number and its token."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A writer and a reader of the same accounts."""

    tenant: int
    writer: Seat
    reader: Seat


def made(url: str, accounts: Sequence[str]) -> Made:
    """Make a hub where two of the staff have all these accounts."""
    hub = empty(url)
    with hub.turn(0) as turn:
        tenant = people.add_tenant(turn, "Bench")
    with hub.turn(tenant) as turn:
        seats = []
        for name in ("writer", "reader"):
            user = people.add_user(turn, name, name)
            grants.claim(turn, user.id, accounts, turn.take_places(len(accounts)))
            seats.append(devices.make(turn, user.id, name))
    hub.engine.dispose()
    return Made(tenant=tenant, writer=seats[0], reader=seats[1])


@dataclass(frozen=True, kw_only=True)
class Crew:
    """A device of a group: it reads (and writes) these accounts in one audience or in both."""

    seat: Seat
    accounts: tuple[str, ...]
    internal: bool


def crews(url: str, groups: int, *, partners: int = 3, each: int = 2) -> list[Crew]:
    """Make groups of one of the staff and some partners around ``each`` accounts of their own."""
    hub = empty(url)
    with hub.turn(0) as turn:
        tenant = people.add_tenant(turn, "Bench")
    found: list[Crew] = []
    ids = Ids(SystemClock())
    for group in range(groups):
        accounts = tuple(ids.new().hex() for _ in range(each))
        with hub.turn(tenant) as turn:
            for member in range(1 + partners):
                internal = member == 0
                role = "member" if internal else "partner"
                user = people.add_user(turn, f"u{group}.{member}", f"U {group} {member}", role)
                if internal:
                    grants.claim(turn, user.id, accounts, turn.take_places(len(accounts)))
                else:
                    for account in accounts:
                        grants.grant(turn, user.id, account, "partner")
                seat = devices.make(turn, user.id, "laptop")
                found.append(Crew(seat=seat, accounts=accounts, internal=internal))
    hub.engine.dispose()
    return found


def empty(url: str) -> Hub:
    """Return a hub on a fresh database."""
    engine = schema.engine_for(url)
    bring_level(engine)
    return Hub(engine, SystemClock())
