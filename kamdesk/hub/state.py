"""What stands in each cell, kept up op by op, and with it the checksum of each scope."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from kamdesk.core.wire_op import Verb
from kamdesk.hub.access import Scope
from kamdesk.hub.bulk import among, insert
from kamdesk.hub.schema import SCOPE, STATE
from kamdesk.sync.wire.checks import MODULUS, Checksum, cell_sum
from kamdesk.sync.wire.standing import ERASED, Heads, places, stand_in

_HEADS = msgspec.json.Decoder(dict[str, list[int]])


@dataclass(slots=True)
class Standing:
    """A record in one scope. ``life``: the last place it was deleted (below 0) or restored at.

    ``before``: by cell touched, the places that stood in it till now; None where it was not there.
    """

    scope: int
    kind: str
    account: str
    life: int
    heads: Heads
    stored: bool
    before: dict[str, list[int] | None] = field(default_factory=dict)


class Fresh(NamedTuple):
    """An op just taken: its place, its stamps, and the cells it touches (``touched_cells``)."""

    seq: int
    dev: int
    ctx: int
    verb: int
    cells: list[str]


class States:
    """The records of one push: read at once, brought on op by op, written at once."""

    def __init__(self, connection: Connection, tenant: int, records: Iterable[str]) -> None:
        self._connection, self._tenant = connection, tenant
        self._of: dict[str, dict[tuple[int, str], Standing]] = {}
        self._touched: set[str] = set()
        asked = select(
            STATE.c.record,
            STATE.c.scope,
            STATE.c.kind,
            STATE.c.account,
            STATE.c.life,
            STATE.c.heads,
        ).where(STATE.c.tenant == tenant, among(connection, STATE.c.record, records))
        for record, scope, kind, account, life, heads in connection.execute(asked):
            self._of.setdefault(record, {})[scope, kind] = Standing(
                scope, kind, account, life, _HEADS.decode(heads), True
            )

    def homes(self, record: str) -> list[tuple[str, int]]:
        """Return where a record stands: accounts and the numbers of its scopes there.

        An account it was deleted from is none, as long as it lives in another: it moved.
        """
        standings = self._of.get(record, {}).values()
        if len(standings) < 2:  # the most by far
            return [(one.account, one.scope) for one in standings]
        life: dict[str, int] = {}
        for one in standings:
            if abs(one.life) >= abs(life.get(one.account, 0)):
                life[one.account] = one.life
        living = {account for account, place in life.items() if place >= 0} or set(life)
        return [(one.account, one.scope) for one in standings if one.account in living]

    def of_kind(self, record: str, kind: str, account: str) -> list[Standing]:
        """Return where in an account a record of a kind stands, one for each audience."""
        found = self._of.get(record, {}).items()
        return [one for (_, named), one in found if named == kind and one.account == account]

    def kinds(self, record: str) -> set[str]:
        """Return under what kinds a record stands: one, or none yet."""
        return {kind for _, kind in self._of.get(record, {})}

    def scopes(self, record: str) -> set[int]:
        """Return the numbers of all scopes a record ever stood in."""
        return {scope for scope, _ in self._of.get(record, {})}

    def heads(self, record: str, scope: int, kind: str) -> Heads:
        """Return what stands in each cell of a record in one scope."""
        one = self._of.get(record, {}).get((scope, kind))
        return one.heads if one else {}

    def is_erased(self, record: str) -> bool:
        """True when a record was erased."""
        return any(ERASED in standing.heads for standing in self._of.get(record, {}).values())

    def take(self, record: str, kind: str, scope: int, account: str, op: Fresh) -> None:
        """Let the next op of the log count in; of an erased record it changes nothing."""
        of_record = self._of.setdefault(record, {})
        one = of_record.get((scope, kind))
        if one is None:
            one = of_record[scope, kind] = Standing(scope, kind, account, 0, {}, False)
            if self.is_erased(record):
                self._erase(one)
        self._touched.add(record)
        if op.verb == Verb.ERASE:
            for other in of_record.values():
                self._erase(other)
        elif ERASED not in one.heads:
            for cell in op.cells:
                if cell not in one.before:
                    one.before[cell] = places(one.heads[cell]) if cell in one.heads else None
            stand_in(one.heads, op.cells, op.seq, op.dev, op.ctx)
            if op.verb in (Verb.DELETE, Verb.RESTORE):
                one.life = op.seq if op.verb == Verb.RESTORE else -op.seq

    def _erase(self, one: Standing) -> None:
        for cell, stand in one.heads.items():
            one.before.setdefault(cell, places(stand))
        one.before.setdefault(ERASED, None)
        one.heads = {ERASED: []}

    def keep(self) -> dict[int, Checksum]:
        """Write what was touched; return what each scope's checksum changes by."""
        changes: dict[int, Checksum] = {}
        rows, gone = [], []
        for record in self._touched:
            standings = self._of[record].values()
            if any(standing.stored for standing in standings):
                gone.append(record)
            for one in standings:
                changes[one.scope] = changes.get(one.scope, Checksum()).plus(_change(record, one))
                heads = msgspec.json.encode(one.heads).decode()
                rows.append(
                    (self._tenant, record, one.scope, one.kind, one.account, one.life, heads)
                )
        if gone:
            self._connection.execute(
                delete(STATE).where(
                    STATE.c.tenant == self._tenant, among(self._connection, STATE.c.record, gone)
                )
            )
        names = ("tenant", "record", "scope", "kind", "account", "life", "heads")
        insert(self._connection, STATE, names, rows)
        return changes


def _change(record: str, one: Standing) -> Checksum:
    """Return by how much a record's share of the checksum of its scope changed."""
    cells, total = 0, 0
    for cell, before in one.before.items():
        if before is not None:
            cells -= 1
            total -= cell_sum(one.kind, record, cell, before)
        after = one.heads.get(cell)
        if after is not None:
            cells += 1
            total += cell_sum(one.kind, record, cell, places(after))
    return Checksum(cells, total % MODULUS)


def keep_sums(
    connection: Connection, tenant: int, fresh: dict[int, Scope], changes: dict[int, Checksum]
) -> None:
    """Add up what changed in each scope; ``fresh`` ones are made with it."""
    rows: list[Any] = []
    for number, (account, audience) in fresh.items():
        sums = changes.get(number, Checksum())
        rows.append((tenant, number, account, audience, sums.cells, sums.word))
    insert(connection, SCOPE, ("tenant", "scope", "account", "audience", "cells", "sum"), rows)
    old = [number for number in changes if number not in fresh]
    if not old:
        return
    asked = select(SCOPE.c.scope, SCOPE.c.cells, SCOPE.c.sum).where(
        SCOPE.c.tenant == tenant, among(connection, SCOPE.c.scope, old)
    )
    after = []
    for number, cells, word in connection.execute(asked).all():
        sums = Checksum(cells, int(word or "0", 16)).plus(changes[number])
        after.append({"number": number, "cells": sums.cells, "sum": sums.word})
    connection.execute(
        update(SCOPE).where(SCOPE.c.tenant == tenant, SCOPE.c.scope == bindparam("number")),
        after,
    )
