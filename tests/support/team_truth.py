"""What must hold once everybody has exchanged with everybody: told as a list of what does not.

The six are those of the protocol's simulator. They ask the files, the hub's log and what the
people wrote; none of them asks the engine whether it is content.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from support.desks import untruths
from support.invented import contested, tables_of
from support.schedules import plain_rows
from support.team_desk import TeamDesk
from support.team_hub import TeamHub
from support.team_ledger import Ledger, Written
from support.two_desks import Hub

from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.storage.catalogue import Merge
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.told import told
from kamdesk.sync.wire.messages import AHEAD

DERIVED = ("account_standing", "person_standing")
UNIQUE = "§"
"""What values begin with that are written once and never again."""


def broken(hub: TeamHub, desks: Sequence[TeamDesk], ledger: Ledger) -> list[str]:
    """Return which invariants do not hold, and where; empty when all do."""
    log = hub.log()
    return [
        *_desks_agree(hub, log, desks, ledger),
        *_nothing_lost_unseen(log, desks, ledger),
        *_once_or_in_quarantine(hub, log, ledger),
        *_lost_scopes_are_gone(hub, desks),
        *_nobody_is_blocked(hub, log, desks),
        *_tables_are_the_fold(desks),
    ]


def _desks_agree(
    hub: TeamHub, log: Sequence[WireOp], desks: Sequence[TeamDesk], ledger: Ledger
) -> Iterator[str]:
    """1: a desk holds what its user may read, whole and only that; equal rights, equal tables."""
    died = {(*item.cell, repr(item.value)) for item in ledger.written if item.died}
    tables: dict[frozenset[Any], Any] = {}
    for desk in desks:
        scopes = hub.readable(desk.user)
        visible = [op for op in log if op.scope in scopes]
        rows = desk.storage.reader.ask("SELECT dev, dseq, seq FROM op WHERE seq IS NOT NULL")
        held = {tuple(row) for row in rows}
        wanted = {(op.dev, op.dseq, op.seq) for op in visible}
        if held != wanted:
            yield f"1 {desk.user}: lacks {sorted(wanted - held)}, has too {sorted(held - wanted)}"
            continue
        if any(op.verb == Verb.ERASE for op in quarantined(desk.storage)):
            continue  # what it erased without the right to is gone here, and only here
        if died & _unplaced(desk):
            continue  # the last to have what the hub and its author lost
        try:
            plain_rows(Hub(log=visible), desk)
        except (AssertionError, LookupError) as error:
            yield f"1 {desk.user}: rows are not what the log says: {error!r}"
        mine = (tables_of(desk.workspace, derived=DERIVED), contested(desk.workspace))
        if tables.setdefault(frozenset(scopes), mine) != mine:
            yield f"1 {desk.user}: other tables than a desk of the same rights"


def _unplaced(desk: TeamDesk) -> set[tuple[bytes, str, str]]:
    """Return what others wrote that a desk holds and the hub does not."""
    sql = "SELECT eid, cells FROM op WHERE seq IS NULL AND dev NOT IN (0, ?)"
    rows = desk.storage.reader.ask(sql, desk.storage.number("dev"))
    unpack = desk.storage.dictionary.unpack
    return {(eid, name, repr(value)) for eid, c in rows for name, value in unpack(c).items()}


def _nothing_lost_unseen(
    log: Sequence[WireOp], desks: Sequence[TeamDesk], ledger: Ledger
) -> Iterator[str]:
    """2: what is no longer shown nor in review was before the eyes of who wrote over it."""
    erased = {op.record for op in log if op.verb == Verb.ERASE}
    accepted = _values(log)
    over: dict[Any, list[Written]] = {}
    for item in ledger.written:
        if (*item.cell, repr(item.value)) in accepted:
            over.setdefault(item.cell, []).append(item)
    for cell, items in over.items():
        record, name = cell
        witness = next((d for d in desks if _shows(d, record, name) is not None), None)
        if witness is None or record in erased:
            continue
        if (record, name) in contested(witness.workspace):
            continue
        shown = _shows(witness, record, name)
        for item in items:
            if item.value not in shown and not any(item.value in other.looked for other in items):
                yield f"2 {name} of {record.hex()}: {item.value!r} is gone, nobody had seen it"


def _once_or_in_quarantine(hub: TeamHub, log: Sequence[WireOp], ledger: Ledger) -> Iterator[str]:
    """3: each thing written is at the hub, once, or lies visibly refused at its desk."""
    accepted = _values(log)
    erased = {op.record for op in log if op.verb == Verb.ERASE}
    for desk in {id(item.desk): item.desk for item in ledger.written}.values():
        erased |= set(desk.storage.reader.ask("SELECT id FROM erased").column())
    places = Counter((op.dev, op.dseq) for op in log)
    yield from (f"3 op {key} is at the hub {n} times" for key, n in places.items() if n > 1)
    told_once = Counter(
        (op.record, name, value, op.txn, op.name, hub.author(op))  # an undo may say it anew
        for op in log
        if op.verb == Verb.SET
        for name, value in op.cells.items()
        if isinstance(value, str) and value.startswith(UNIQUE)
    )
    yield from (f"3 {key[2]!r} is at the hub {n} times" for key, n in told_once.items() if n > 1)
    for item in ledger.written:
        if item.died or item.cell[0] in erased or (*item.cell, repr(item.value)) in accepted:
            continue
        if not _quarantined(item):
            yield f"3 {item.value!r} of {item.desk.user} is neither at the hub nor in quarantine"


def _lost_scopes_are_gone(hub: TeamHub, desks: Sequence[TeamDesk]) -> Iterator[str]:
    """4: no row and no op of an account a user may not read is on the disk."""
    for desk in desks:
        readable = {account for account, _ in hub.readable(desk.user)}
        ask = desk.storage.reader.ask
        rows = set(ask("SELECT id FROM accounts").column())
        ops = ask(
            "SELECT DISTINCT account FROM op JOIN scopes ON scopes.n = op.scope"
            " WHERE account IS NOT NULL AND audience != 'local'"
        ).column()
        for account in sorted((rows | set(ops)) - readable):
            yield f"4 {desk.user}: {account.hex()} is still here"


def _nobody_is_blocked(
    hub: TeamHub, log: Sequence[WireOp], desks: Sequence[TeamDesk]
) -> Iterator[str]:
    """5: no outbox waits, no clock from the future got in, nothing had to be fetched again.

    But for this: where the hub was set back, a copy of a disk says anew what the other had been
    given places for, and says it had seen less. The other finds out by the checksum.
    """
    users = Counter(desk.user for desk in desks)
    for desk in desks:
        state = told(desk.storage)
        if state.unsent or state.trouble:
            yield f"5 {desk.user}: {state.unsent} unsent, trouble {state.trouble}"
        if state.reports and not (hub.went_back and users[desk.user] > 1):
            yield f"5 {desk.user}: {state.reports} scopes differed from the hub"
    for op, at in zip(log, hub.times(), strict=True):
        if op.wall > at // 1000 + AHEAD:
            yield f"5 op {op.seq} is from the future"


def _tables_are_the_fold(desks: Sequence[TeamDesk]) -> Iterator[str]:
    """6: the tables of each desk are what its own log says."""
    for desk in desks:
        yield from (f"6 {desk.user}: {line}" for line in untruths(desk.workspace))


def _values(log: Sequence[WireOp]) -> set[tuple[bytes, str, str]]:
    return {(op.record, name, repr(value)) for op in log for name, value in op.cells.items()}


def _shows(desk: TeamDesk, record: bytes, name: str) -> set[Any] | None:
    """Return what a desk shows for a cell, None where it does not have the record."""
    for kind in desk.storage.catalogue.kinds:
        cell = kind.by_name.get(name)
        if cell is None or cell.merge is Merge.LINKS:
            continue
        row = desk.storage.reader.ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
        if row is not None:
            held = tuple(row[column] for column in cell.columns)
            return {held if len(held) > 1 else held[0]}
    return None


def _quarantined(item: Written) -> bool:
    record, name = item.cell
    return any(
        op.record == record and op.cells.get(name) == item.value
        for op in quarantined(item.desk.storage)
    )
