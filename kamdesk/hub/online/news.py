"""Whose ops came into the log since a place, and whose a user hears of: for those who wait."""

from sqlalchemy import Connection, select

from kamdesk.hub.access import rights_at
from kamdesk.hub.devices import Device
from kamdesk.hub.online.waiting import Scopes
from kamdesk.hub.schema import OP, SCOPE
from kamdesk.hub.turn import head_of

RIGHTS = 0
"""The scope in which grants and revokes stand in the log."""


def since(connection: Connection, tenant: int, place: int) -> tuple[int, Scopes | None]:
    """Return the head of the log, and the scopes of what came after a place.

    None for the scopes: rights changed, so it may be anybody's news.
    """
    head = head_of(connection, tenant)
    if head == place:
        return head, frozenset()
    rows = connection.execute(
        select(OP.c.scope)
        .where(OP.c.tenant == tenant, OP.c.seq > place, OP.c.seq <= head)
        .distinct()
    )
    numbers = list(rows.scalars())
    if RIGHTS in numbers or head < place:
        return head, None
    named = select(SCOPE.c.account, SCOPE.c.audience).where(
        SCOPE.c.tenant == tenant, SCOPE.c.scope.in_(numbers)
    )
    return head, frozenset((row.account, row.audience) for row in connection.execute(named))


def heard(connection: Connection, device: Device) -> Scopes:
    """Return the scopes a device's user reads now."""
    head = head_of(connection, device.tenant)
    return frozenset(rights_at(connection, device.tenant, device.user, head).scopes)
