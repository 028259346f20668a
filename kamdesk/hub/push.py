"""Taking what a desk pushes: all of it in one transaction, in the order of its numbers.

What costs time without the database (reading cells) is done before the log is locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select, union, update

from kamdesk.core.wire_op import Verb
from kamdesk.hub import blobs
from kamdesk.hub.access import INTERNAL, PARTNER, Rights, may
from kamdesk.hub.access import Scope as Wanted
from kamdesk.hub.bulk import among, insert
from kamdesk.hub.devices import Device
from kamdesk.hub.erasing import ROW, Erasure
from kamdesk.hub.grants import claim
from kamdesk.hub.schema import GIVEN, OP, REJECTED, SCOPE, TENANT, WRITER
from kamdesk.hub.scopes import Numbers
from kamdesk.hub.stand import Odd, Stand
from kamdesk.hub.state import Fresh, States, keep_sums
from kamdesk.hub.turn import Turn
from kamdesk.sync.wire import reasons
from kamdesk.sync.wire.chains import Link, chained
from kamdesk.sync.wire.contents import KIND as CONTENT_OF
from kamdesk.sync.wire.messages import Exchange, Push, Rejected
from kamdesk.sync.wire.standing import LIFE, touched_cells
from kamdesk.sync.wire.strict import LARGEST_CELLS, Garbled, read_cells

_VERBS: Final = frozenset(int(verb) for verb in Verb)
_COLLEAGUE: Final = "colleague"
_BOTH: Final = (INTERNAL, PARTNER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An op as read: ``cells`` as text, the cells it ``touches``, or why it cannot be taken."""

    op: Push
    scope: Wanted
    cells: str
    touches: list[str]
    reason: str | None


def prepare(ask: Exchange) -> list[Prepared]:
    """Return the ops of a push as read. Raises ``Odd``."""
    scopes = [(scope.account or "", scope.audience) for scope in ask.scopes]
    found = []
    for dseq, op in enumerate(ask.ops, ask.start):
        if op.dseq != dseq or op.scope >= len(scopes):
            raise Odd("a gap in the numbers, or a scope that is not named")
        found.append(_prepared(op, scopes[op.scope]))
    return found


def _prepared(op: Push, scope: Wanted) -> Prepared:
    raw = bytes(op.cells)
    try:
        cells = read_cells(raw)
        said = raw.decode()
    except (Garbled, UnicodeDecodeError):
        reason = reasons.TOO_BIG if len(raw) > LARGEST_CELLS else reasons.BAD_VALUE
        return Prepared(op, scope, "", [], reason)
    unknown = None if op.verb in _VERBS else reasons.UNKNOWN_VERB
    return Prepared(op, scope, said, touched_cells(op.verb, cells), unknown)


class Taking:
    """Takes the fresh ops of one push into the log."""

    def __init__(
        self, turn: Turn, device: Device, here: Stand, rights: Rights, numbers: Numbers
    ) -> None:
        self._turn, self._device, self._here, self._rights = turn, device, here, rights
        self._numbers = numbers
        self._fresh_scopes: dict[int, Wanted] = {}
        self._fresh_numbers: dict[Wanted, int] = {}

    def take(self, ask: Exchange, fresh: Sequence[Prepared]) -> list[Rejected]:
        """Take ops in; return those that were not, with the reason. The log is locked."""
        turn, here = self._turn, self._here
        claimed = self._claimable(fresh)
        rights = self._with(claimed)
        states = States(turn.connection, turn.tenant, {one.op.record for one in fresh})
        erasure = Erasure(turn, states)
        before = self._said_by_copies(ask.dev, fresh) if here.copied else {}
        rows: list[tuple[Any, ...]] = []
        named: list[blobs.Named] = []
        rejected: list[Rejected] = []
        place = here.head + len(claimed)
        names: dict[int, str] = {}
        for one in fresh:
            op = one.op
            if op.name:
                names[op.txn] = op.name
            reason = one.reason or self._reason(one, states, rights)
            if reason:
                rejected.append(Rejected(op.dseq, reason))
                continue
            scope = self._number(one.scope)
            if before.get(_same(op, scope, one.cells), 0) > op.ctx:
                continue
            place += 1
            closed = op.verb != Verb.ERASE and states.is_erased(op.record)
            states.take(
                op.record,
                op.kind,
                scope,
                one.scope[0],
                Fresh(place, ask.dev, op.ctx, op.verb, one.touches),
            )
            if op.verb == Verb.ERASE:
                erasure.of(op.record, place)
            elif op.kind == CONTENT_OF and not closed:
                named += blobs.names_in(op.record, one.scope, one.cells)
            rows.append(
                (
                    turn.tenant, place, scope, ask.dev, op.dseq, op.wall, op.ctx, op.txn, op.verb,
                    op.kind, op.record, "{}" if closed else one.cells, names.get(op.txn, ""),
                    here.by, turn.now,
                )
            )  # fmt: skip
        if claimed:
            claim(turn, self._device.user, claimed, here.head + 1)
        blobs.note_names(turn.connection, self._device, named)
        insert(turn.connection, OP, ROW, erasure.carried_out(rows))
        erasure.noted()
        keep_sums(turn.connection, turn.tenant, self._fresh_scopes, states.keep())
        self._settle(ask, fresh, rejected, place)
        return rejected

    def _with(self, claimed: list[str]) -> Rights:
        """Return the device's rights with what it begins now."""
        if not claimed:
            return self._rights
        begun = {(account, audience): True for account in claimed for audience in _BOTH}
        return replace(self._rights, scopes={**self._rights.scopes, **begun})

    def _settle(
        self, ask: Exchange, fresh: Sequence[Prepared], rejected: list[Rejected], head: int
    ) -> None:
        turn, here = self._turn, self._here
        chain = chained(
            here.chain,
            (Link(one.op.dseq, one.op.wall, one.op.kind, one.op.record) for one in fresh),
        )
        turn.connection.execute(
            update(WRITER)
            .where(WRITER.c.tenant == turn.tenant, WRITER.c.dev == ask.dev)
            .values(last=fresh[-1].op.dseq, chain=chain)
        )
        if head > here.head:
            moved = {"head": head, "head_at": turn.now}
            scopes = {"scopes": max(self._fresh_scopes)} if self._fresh_scopes else {}
            turn.connection.execute(
                update(TENANT).where(TENANT.c.tenant == turn.tenant).values(**moved, **scopes)
            )
        if rejected:
            turn.connection.execute(
                REJECTED.insert(),
                [
                    {
                        "tenant": turn.tenant,
                        "dev": ask.dev,
                        "dseq": one.dseq,
                        "reason": one.reason,
                        "at": turn.now,
                    }
                    for one in rejected
                ],
            )

    def _reason(self, one: Prepared, states: States, rights: Rights) -> str | None:
        """Return why an op is not taken; None when it is."""
        op, scope_of = one.op, self._scope_of
        if op.ctx > self._here.head:
            return reasons.BAD_VALUE
        homes = states.homes(op.record)
        if self._kept_from(one, states, rights):
            return reasons.NO_RIGHT
        reason = may(
            rights,
            one.scope,
            write=True,
            homes=[(account, scope_of(number)[1]) for account, number in homes],
            whole=op.verb == Verb.ERASE,
            self_=(op.kind, op.record, op.verb) == (_COLLEAGUE, self._here.by, Verb.SET),
            ctx=op.ctx,
            wall=op.wall * 1000,
            now=None if op.verb == Verb.FORGET else self._turn.now,
        )
        if reason is None and states.kinds(op.record) - {op.kind}:
            return reasons.BAD_VALUE  # a record is of one kind: desks look it up by its id
        return reason

    def _said_by_copies(self, dev: int, fresh: Sequence[Prepared]) -> dict[tuple[Any, ...], int]:
        """Return what other copies of this disk said of the same records, and at which place.

        A copy that did not hear it from the log (the hub was put back, or neither may read there
        any more) says it again. What was seen when all of this was written is passed over.
        """
        turn = self._turn
        copies = select(WRITER.c.dev).where(
            WRITER.c.tenant == turn.tenant,
            WRITER.c.device == self._device.device,
            WRITER.c.dev != dev,
        )
        number_of = self._numbers.number_of
        scopes = {number_of[one.scope] for one in fresh if one.scope in number_of}
        unseen = min((one.op.ctx for one in fresh), default=0)
        asked = select(OP).where(
            OP.c.tenant == turn.tenant,
            among(turn.connection, OP.c.scope, scopes),
            OP.c.seq > unseen,
            among(turn.connection, OP.c.record, {one.op.record for one in fresh}),
            OP.c.dev.in_(copies),
        )
        rows = turn.connection.execute(asked.order_by(OP.c.seq))
        return {_same(row, row.scope, row.cells): row.seq for row in rows}

    def _kept_from(self, one: Prepared, states: States, rights: Rights) -> bool:
        """True when an op would write a cell that stands in an audience its writer may not reach.

        Desks fold a record of all its audiences: who writes for partners must not decide there
        what is internal. A hub does not know which cell is whose, but where it stands.
        """
        theirs, ours = [], []
        for standing in states.of_kind(one.op.record, one.op.kind, one.scope[0]):
            scope = self._scope_of(standing.scope)
            if scope == one.scope:
                ours.append(standing.heads)
            elif not rights.scopes.get(scope):
                theirs.append(standing.heads)
        return any(
            cell != LIFE
            and any(cell in heads for heads in theirs)
            and not any(cell in heads for heads in ours)
            for cell in (one.touches if theirs else ())
        )

    def _claimable(self, fresh: Sequence[Prepared]) -> list[str]:
        """Return the accounts nobody at the hub knows, which staff may begin."""
        if not self._rights.staff:
            return []
        turn, scopes = self._turn, self._rights.scopes
        wanted = {
            one.scope[0]
            for one in fresh
            if one.scope[0]
            and one.reason is None
            and one.scope not in scopes
            and one.scope[1] in _BOTH
        }
        if not wanted:
            return []
        known = union(
            *(
                select(table.c.account).where(
                    table.c.tenant == turn.tenant,
                    among(turn.connection, table.c.account, wanted),
                )
                for table in (SCOPE, GIVEN)
            )
        )
        return sorted(wanted - set(turn.connection.execute(known).scalars()))

    def _number(self, scope: Wanted) -> int:
        """Return the number of a scope, a fresh one where it never had any."""
        number = self._numbers.number_of.get(scope) or self._fresh_numbers.get(scope)
        if number is None:
            number = self._here.scopes + len(self._fresh_numbers) + 1
            self._fresh_numbers[scope] = number
            self._fresh_scopes[number] = scope
        return number

    def _scope_of(self, number: int) -> Wanted:
        return self._numbers.scope_of.get(number) or self._fresh_scopes[number]


def _same(op: Any, scope: int, cells: str) -> tuple[Any, ...]:
    """Return what is equal of an op that two copies of a disk say."""
    return scope, op.kind, op.record, op.verb, op.wall, cells
