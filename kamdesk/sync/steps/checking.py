"""Comparing scopes with the hub's checksums; one that differs is fetched again and reported."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.storage import team
from kamdesk.storage.exchange import ops_of_scope
from kamdesk.storage.storage import Storage
from kamdesk.storage.withdrawing import withdraw
from kamdesk.sync import quarantine
from kamdesk.sync.steps import snapshots
from kamdesk.sync.wire import messages
from kamdesk.sync.wire.checks import Checksum, of_record
from kamdesk.sync.wire.standing import Placed, standing

_AGAIN: Final = 3_600_000
"""A scope is fetched again for the same reason after so many milliseconds at the soonest."""
_ERASED: Final = "SELECT 1 FROM erased JOIN op ON op.eid = erased.id WHERE scope = ? LIMIT 1"


def checksum(storage: Storage, scope: int) -> Checksum:
    """Return the checksum of a scope, by its number, as far as its ops have places."""
    total = Checksum()
    word, unpack = storage.dictionary.word, storage.dictionary.unpack
    rows = storage.reader.ask(
        "SELECT kind, eid, seq, dev, ctx, verb, cells FROM op"
        " WHERE scope = ? AND seq IS NOT NULL ORDER BY eid, kind",
        scope,
    )
    for (kind, record), group in groupby(rows, key=lambda row: (row["kind"], row["eid"])):
        ops = [
            Placed(row["seq"], row["dev"], row["ctx"], abs(row["verb"]), unpack(row["cells"]))
            for row in group
        ]
        total = total.plus(of_record(word(kind), record.hex(), standing(ops)))
    return total


def compare(
    storage: Storage, scopes: Sequence[messages.Scope], checks: Sequence[messages.Check]
) -> list[messages.Scope]:
    """Compare scopes with the hub's checksums; return those that are being fetched again.

    What is to be fetched as newly granted and is here already, having begun here, is not fetched.
    While anything newly granted is, nothing else is held against it; nor where somebody was
    erased: there the two say different things by right.
    """
    differ: list[messages.Scope] = []
    if not checks:
        return differ
    with storage.transaction():
        waits = snapshots.waiting(storage)
        busy = snapshots.under_way(storage, mending=False) > 0
        whole = set()
        for check in checks:
            scope = scopes[check.scope]
            if busy and scope not in waits:
                continue
            number = snapshots.number(storage, scope)
            here = checksum(storage, number)
            if (here.cells, here.word) == (check.cells, check.sum):
                whole.add(scope)
                continue
            erased = storage.connection.execute(_ERASED, (number,)).fetchone()
            if not busy and not erased and not _just_mended(storage, scope):
                _fetch_again(storage, scope, number, here.cells, check.cells)
                differ.append(scope)
        snapshots.leave_out(storage, _begun_here(storage, whole & waits))
    return differ


def _begun_here(storage: Storage, scopes: set[messages.Scope]) -> set[messages.Scope]:
    """Return the scopes nobody can have written to before this file: it made the customer.

    Elsewhere an equal sum is not enough: what was written over is not in it.
    """
    accounts = {bytes.fromhex(scope.account) for scope in scopes if scope.account}
    own = {storage.log.own, *team.former_numbers(storage)}
    sql = (
        "SELECT eid, dev, min(seq) FROM op WHERE eid IN ({marks}) AND seq IS NOT NULL GROUP BY eid"
    )
    rows = storage.reader.of_each(sql, accounts)
    ours = {row["eid"].hex() for row in rows if row["dev"] in own}
    return {scope for scope in scopes if scope.account in ours}


def mended(storage: Storage, job: snapshots.Job) -> ChangeSet:
    """Take out what the hub does not have, and finish the report, after a scope came again."""
    touched = ChangeSet()
    with storage.transaction():
        ask, execute = storage.reader.ask, storage.connection.execute
        settled, gone, now = storage.number(team.SETTLED), 0, 0
        for scope in job.scopes:
            n = snapshots.number(storage, scope)
            ours = [(lid, op) for lid, op in ops_of_scope(storage, n) if 0 < op.dseq <= settled]
            lost = {op.dseq: quarantine.NOT_AT_HUB for _, op in ours}
            ours_gone = quarantine.put_ops(storage, ours, lost)
            lids = ask(
                "SELECT lid FROM op WHERE scope = ? AND seq IS NULL AND dev NOT IN (0, ?)",
                n,
                storage.log.own,
            ).column()
            touched = ChangeSet(
                touched.records | ours_gone.records | withdraw(storage, lids).records
            )
            gone += len(lids) + len(ours)
            now += ask("SELECT count(*) FROM op WHERE scope = ?", n).value()
        before = ask("SELECT differing FROM reports WHERE id = ?", job.report).value() or 0
        came = max(0, now - (before - gone))
        execute(
            "UPDATE reports SET differing = ?, mended = ? WHERE id = ?",
            (gone + came, str(storage.clock.now()), job.report),
        )
        snapshots.finish(storage, job)
    return touched


def _just_mended(storage: Storage, scope: messages.Scope) -> bool:
    at = storage.reader.ask(
        "SELECT at FROM reports WHERE account IS ? AND audience = ? ORDER BY id DESC LIMIT 1",
        bytes.fromhex(scope.account) if scope.account else None,
        scope.audience,
    ).value()
    last = Instant.read(at)
    return last is not None and abs(storage.clock.now().ms - last.ms) < _AGAIN


def _fetch_again(
    storage: Storage, scope: messages.Scope, number: int, here: int, there: int
) -> None:
    """Begin to fetch a scope: its ops lose their places, and get them as they come again."""
    execute = storage.connection.execute
    held = execute("SELECT count(*) FROM op WHERE scope = ?", (number,)).fetchone()[0]
    account = bytes.fromhex(scope.account) if scope.account else None
    report = execute(
        "INSERT INTO reports (at, account, audience, here, there, differing)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (str(storage.clock.now()), account, scope.audience, here, there, held),
    ).lastrowid
    execute("UPDATE op SET seq = NULL WHERE scope = ? AND seq IS NOT NULL", (number,))
    snapshots.begin(storage, [scope], report=report)
