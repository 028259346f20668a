"""A page of what a desk lacks: the log of its scopes from its mark on, never parting an action."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from msgspec import Raw
from sqlalchemy import Connection, exists, select

from kamdesk.hub.access import Rights
from kamdesk.hub.access import Scope as Wanted
from kamdesk.hub.bulk import among
from kamdesk.hub.schema import OP, SCOPE, TENANT
from kamdesk.hub.scopes import Numbers
from kamdesk.sync.wire.messages import LARGEST_PAGE, Access, Check, Mark, Pull, Scope

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of cells after which a page ends with the action it is in."""
_UTMOST: Final = 7 * 1024 * 1024
"""Bytes no page has more of: the message around them is to be of ``LARGEST_BODY`` at most."""
_CHUNK: Final = 1000
_BESIDE: Final = 150
"""Bytes of an op beside its cells, about."""


class Line(NamedTuple):
    """A row of the log."""

    seq: int
    scope: int
    dev: int
    dseq: int
    wall: int
    ctx: int
    txn: int
    kind: str
    record: str
    verb: int
    cells: str
    name: str
    by: str
    at: int


COLUMNS: Final = tuple(OP.c[name] for name in Line._fields)


class Found(NamedTuple):
    """Rows of the log, and whether there are no more up to its head."""

    rows: Sequence[Line]
    whole: bool


class Scopes:
    """The scopes of one answer: each named once, ops count into them."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._places: dict[int | Wanted, int] = {}
        self.named: list[Scope] = []

    def of(self, number: int) -> int:
        """Return the place of a scope the log knows by its number."""
        place = self._places.get(number)
        if place is None:
            place = self._places[number] = self.named_as(self._numbers.scope_of[number])
        return place

    def named_as(self, scope: Wanted) -> int:
        """Return the place of a scope."""
        place = self._places.get(scope)
        if place is None:
            place = self._places[scope] = len(self.named)
            self.named.append(Scope(scope[0] or None, scope[1]))
        return place


def found(
    connection: Connection, tenant: int, scopes: Sequence[int], after: int, head: int, limit: int
) -> Found:
    """Return the ops of scopes between two places: about ``limit``, ending with an action."""
    rows: list[Line] = []
    sizes: list[int] = []
    most = limit
    asked = (
        select(*COLUMNS)
        .where(OP.c.tenant == tenant, OP.c.seq <= head, among(connection, OP.c.scope, scopes))
        .order_by(OP.c.seq)
    )
    while after < head and scopes:
        wanted = min(_CHUNK, most + 1 - len(rows))
        answer = connection.execute(asked.where(OP.c.seq > after).limit(wanted))
        chunk = [Line._make(row) for row in answer]
        rows += chunk
        so_far = sizes[-1] if sizes else 0
        sizes += accumulate((size(row.cells) for row in chunk), initial=so_far)
        del sizes[-len(chunk) - 1]
        if len(chunk) < wanted:
            break
        after = chunk[-1].seq
        if len(rows) > most or sizes[-1] > LARGEST:
            end = _end(rows, sizes, limit)
            if end:
                return Found(rows[:end], False)
            most = LARGEST_PAGE
    if len(rows) > limit or (sizes and sizes[-1] > LARGEST):
        end = _end(rows, sizes, limit)
        if end:
            return Found(rows[:end], False)
    return Found(rows, True)


def _end(rows: Sequence[Line], sizes: Sequence[int], limit: int) -> int:
    """Return how many rows make up a page: whole actions, or the first alone.

    The last action may go on beyond the rows, so it does not count; 0 when there is no other. Only
    one that no message holds is parted.
    """
    fit = min(limit, bisect_right(sizes, LARGEST), len(rows) - 1)
    utmost = min(LARGEST_PAGE, bisect_right(sizes, _UTMOST))
    ends = (at for at in range(fit, 0, -1) if _parts(rows, at))
    later = (at for at in range(fit + 1, len(rows)) if _parts(rows, at))
    end = next(ends, 0) or next(later, 0)
    if end <= utmost and (end or len(rows) <= utmost):
        return end
    return max(utmost, 1)


def size(cells: str) -> int:
    """Return about how many bytes an op takes."""
    return _BESIDE + (len(cells) if cells.isascii() else len(cells.encode()))


def _parts(rows: Sequence[Line], at: int) -> bool:
    """True when another action begins at a row."""
    return (rows[at].dev, rows[at].txn) != (rows[at - 1].dev, rows[at - 1].txn)


def told(
    rows: Sequence[Line], own: int, scopes: Scopes
) -> tuple[list[Pull], list[tuple[int, int]]]:
    """Return rows as they go to a desk that writes under ``own``; of its own ops the places only.

    An action's name and author are said with the first of its ops.
    """
    ops: list[Pull] = []
    places: list[tuple[int, int]] = []
    action: tuple[int, int] | None = None
    for seq, scope, dev, dseq, wall, ctx, txn, kind, record, verb, cells, name, by, _ in rows:
        if dev == own:
            places.append((dseq, seq))
            continue
        goes_on, action = action == (dev, txn), (dev, txn)
        ops.append(
            Pull(
                seq, dev, dseq, wall, ctx, txn, scopes.of(scope), kind, record, verb,
                Raw(cells), "" if goes_on else name, None if goes_on else by or None,
            )
        )  # fmt: skip
    return ops, places


def changes(now: Rights, then: Rights, scopes: Scopes) -> Access:
    """Return what changed between the rights a desk knows and those it has."""
    gained = [scope for scope in sorted(now.scopes) if then.scopes.get(scope) != now.scopes[scope]]
    return Access(
        at=now.at,
        gained=[scopes.named_as(scope) for scope in gained],
        lost=[scopes.named_as(scope) for scope in sorted(then.scopes) if scope not in now.scopes],
        writes=[scopes.named_as(scope) for scope in gained if now.scopes[scope]],
    )


def checks(
    connection: Connection,
    tenant: int,
    numbers: Sequence[int],
    head: int,
    scopes: Scopes,
    after: int,
) -> list[Check]:
    """Return the checksums of scopes at ``head`` that nothing touches beyond ``after``.

    None when the log has moved on since.
    """
    if not numbers:
        return []
    asked = (
        select(SCOPE.c.scope, SCOPE.c.cells, SCOPE.c.sum)
        .join(TENANT, TENANT.c.tenant == SCOPE.c.tenant)
        .where(
            SCOPE.c.tenant == tenant,
            among(connection, SCOPE.c.scope, numbers),
            TENANT.c.head == head,
        )
        .order_by(SCOPE.c.scope)
    )
    if after < head:
        later = OP.c.tenant == tenant, OP.c.scope == SCOPE.c.scope, OP.c.seq > after
        asked = asked.where(~exists().where(*later))
    rows = connection.execute(asked)
    return [Check(scopes.of(number), cells, word) for number, cells, word in rows]


def page_mark(page: Found, head: Mark) -> Mark:
    """Return where a desk stands once it has taken a page."""
    return head if page.whole else Mark(page.rows[-1].seq, page.rows[-1].at)
