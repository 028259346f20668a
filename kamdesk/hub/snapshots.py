"""The state of scopes, page by page: what stands of each record; then, behind it, the past.

Pages of state go by account, then record; a page of the past goes by place, whole ops as they lie
in the log. Between pages others write: what came after the first page comes again in the log.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, and_, or_, select

from kamdesk.core.wire_op import LINKS, SETS, Verb
from kamdesk.hub.access import Rights, may
from kamdesk.hub.bulk import among
from kamdesk.hub.pull import COLUMNS, LARGEST, Line, Scopes, found, told
from kamdesk.hub.schema import OP, STATE
from kamdesk.hub.scopes import Numbers
from kamdesk.hub.stand import Odd, Stand, mark_at
from kamdesk.sync.wire.messages import Mark, SnapshotAsk, SnapshotPage
from kamdesk.sync.wire.standing import ERASED, Heads, places, word_of

_AT_ONCE: Final = 1000
"""How many records one question brings."""
_ACCOUNTS: Final = 500
"""How many accounts one question looks through."""
_HEADS: Final = msgspec.json.Decoder(Heads)
_CELLS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_NOBODY: Final = -1
_DIGITS: Final = 19
"""Digits from which on a number is too large for the tables."""


def page(
    connection: Connection,
    tenant: int,
    here: Stand,
    rights: Rights,
    numbers: Numbers,
    ask: SnapshotAsk,
) -> SnapshotPage:
    """Return a page of the scopes asked for, as far as they may be read.

    Where the log no longer reaches to the place of the first page, it is the first page anew.
    """
    if ask.at > here.head:
        ask = replace(ask, after="", at=0)
    wanted = [(scope.account or "", scope.audience) for scope in ask.scopes]
    readable = [
        numbers.number_of[scope]
        for scope in dict.fromkeys(wanted)
        if scope in numbers.number_of and may(rights, scope) is None
    ]
    first = not ask.after and not ask.at
    at = Mark(here.head, here.head_at) if first else mark_at(connection, tenant, ask.at)
    scopes = Scopes(numbers)
    if ask.past:
        lines, after = _past(connection, tenant, readable, ask, at.seq)
    else:
        accounts = sorted({numbers.scope_of[number][0] for number in readable})
        lines, after = _state(connection, tenant, readable, accounts, ask)
    ops, _ = told(lines, _NOBODY, scopes)
    return SnapshotPage(at=at, after=after, scopes=scopes.named, ops=ops)


def _past(
    connection: Connection, tenant: int, readable: Sequence[int], ask: SnapshotAsk, at: int
) -> tuple[Sequence[Line], str]:
    if not (ask.after.isascii() and f"0{ask.after}".isdecimal() and len(ask.after) < _DIGITS):
        raise Odd("no place where a page ended")
    begin = int(ask.after or 0)
    found_ = found(connection, tenant, readable, begin, at, ask.limit)
    return found_.rows, "" if found_.whole else str(found_.rows[-1].seq)


def _state(
    connection: Connection,
    tenant: int,
    readable: Sequence[int],
    accounts: list[str],
    ask: SnapshotAsk,
) -> tuple[list[Line], str]:
    """Return what stands of the next records, and where the page ends ("" at the end)."""
    lines: list[Line] = []
    size, after = 0, ask.after
    while len(lines) < ask.limit:
        rows = _records(connection, tenant, readable, accounts, after, min(ask.limit, _AT_ONCE))
        if not rows:
            return lines, ""
        standing = _ops(connection, tenant, rows)
        for place, _ in groupby(rows, key=_place):
            ops = sorted(standing.get(place, ()), key=lambda line: line.seq)
            if lines and len(lines) + len(ops) > ask.limit:
                return lines, after
            lines += ops
            size += sum(len(line.cells) for line in ops)
            after = place
            if size > LARGEST:
                return lines, after
    return lines, after


def _records(
    connection: Connection,
    tenant: int,
    readable: Sequence[int],
    accounts: list[str],
    after: str,
    limit: int,
) -> list[Any]:
    """Return the states of the next records, each record with all its scopes."""
    account, _, record = after.partition(":")
    rest = [one for one in accounts if not after or one >= account]
    asked = (
        select(STATE.c.account, STATE.c.record, STATE.c.scope, STATE.c.heads)
        .order_by(STATE.c.account, STATE.c.record)
        .limit(limit + 1)
    )
    if after:
        asked = asked.where(
            or_(
                STATE.c.account > account,
                and_(STATE.c.account == account, STATE.c.record > record),
            )
        )
    for begin in range(0, len(rest), _ACCOUNTS):
        rows = connection.execute(
            asked.where(
                STATE.c.tenant == tenant,
                among(connection, STATE.c.account, rest[begin : begin + _ACCOUNTS]),
                among(connection, STATE.c.scope, readable),
            )
        ).all()
        if len(rows) > limit:  # the last record may go on
            last = _place(rows[-1])
            kept = [row for row in rows if _place(row) != last]
            return kept or _records(connection, tenant, readable, accounts, after, limit * 4)
        if rows:
            return list(rows)
    return []


def _place(row: Any) -> str:
    """Return where in the order of a snapshot a record comes: by account, then record."""
    return f"{row.account}:{row.record}"


def _ops(connection: Connection, tenant: int, rows: list[Any]) -> dict[str, list[Line]]:
    """Return the ops that stand, by place, each with only the cells it stands in."""
    cells_of: dict[int, set[str]] = {}
    place_of: dict[tuple[str, int], str] = {}
    erased: dict[str, None] = {}
    lying = set()
    for row in rows:
        place_of[row.record, row.scope] = _place(row)
        stands = _HEADS.decode(row.heads)
        if ERASED in stands:
            erased[row.record] = None
            lying.add(row.scope)
        for cell, stand in stands.items():
            for seq in places(stand):
                cells_of.setdefault(seq, set()).add(cell)
    asked = select(*COLUMNS).where(OP.c.tenant == tenant)
    found_: dict[str, list[Line]] = {}
    for answer in connection.execute(asked.where(among(connection, OP.c.seq, cells_of))):
        line = Line._make(answer)
        place = place_of[line.record, line.scope]
        found_.setdefault(place, []).append(_only(line, cells_of[line.seq]))
    if erased:
        ends = asked.where(
            OP.c.verb == int(Verb.ERASE),
            among(connection, OP.c.record, erased),
            among(connection, OP.c.scope, lying),
        )
        for line in map(Line._make, connection.execute(ends)):
            if (line.record, line.scope) in place_of:
                found_.setdefault(place_of[line.record, line.scope], []).append(line)
    return found_


def _only(line: Line, cells: set[str]) -> Line:
    """Return an op with only the cells it stands in."""
    if line.verb not in SETS and line.verb not in LINKS:
        return line
    said = _CELLS.decode(line.cells)
    if line.verb in SETS:
        if len(said) == len(cells):
            return line
        kept: dict[str, Any] = {name: value for name, value in said.items() if "=" + name in cells}
    else:
        kept = {
            name: [t for t in msgspec.json.decode(targets) if f"+{name}:{word_of(t)}" in cells]
            for name, targets in said.items()
        }
    full = {name: value for name, value in kept.items() if value != []}
    return line._replace(cells=msgspec.json.encode(full).decode())
