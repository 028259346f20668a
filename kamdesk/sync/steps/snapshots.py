"""The state of scopes, fetched page by page: first sync, gained scopes, mending; goes on anywhere.

What stands comes first; older ops follow in the background. How far it is stands in the file.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wire_op import WireOp
from kamdesk.storage import team
from kamdesk.storage.exchange import take_state
from kamdesk.storage.ops import Scope
from kamdesk.storage.storage import Storage
from kamdesk.storage.team import Mark, keep_mark
from kamdesk.sync.wire import messages

_MOST: Final = 1000
"""Scopes of one job: each page asks for all of them anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Scopes whose state, or with ``past`` whose older ops, are being fetched.

    ``first``: the file knows nothing of the log yet and stands where its first page was read.
    ``report`` is the report of what this mends, 0 for none; ``after`` and ``at`` go with the ask.
    """

    id: int
    scopes: tuple[messages.Scope, ...]
    past: bool
    first: bool
    report: int
    after: str
    at: int


def begin(
    storage: Storage, scopes: Iterable[messages.Scope], *, first: bool = False, report: int = 0
) -> None:
    """Note within a transaction that scopes are to be fetched; an account's go together."""
    lots: list[list[messages.Scope]] = [[]]
    ordered = sorted(scopes, key=lambda scope: (scope.account or "", scope.audience))
    for _, group in groupby(ordered, key=lambda scope: scope.account):
        if len(lots[-1]) >= _MOST:
            lots.append([])
        lots[-1] += group
    for n, lot in enumerate(lots):
        if lot:
            storage.connection.execute(
                "INSERT INTO snapshots_under_way (scopes, first, report) VALUES (?, ?, ?)",
                (
                    json.dumps([[scope.account, scope.audience] for scope in lot]),
                    int(first and n == 0),
                    report,
                ),
            )


def under_way(storage: Storage, *, mending: bool = True) -> int:
    """Return how many jobs are left, those that mend what differed among them or not."""
    sql = "SELECT count(*) FROM snapshots_under_way WHERE ? OR coalesce(report, 0) = 0"
    return int(storage.reader.ask(sql, mending).value())


def next_job(storage: Storage) -> Job | None:
    """Return the job to go on with: what stands before what is past, the oldest first."""
    row = storage.reader.ask("SELECT * FROM snapshots_under_way ORDER BY past, id LIMIT 1").first()
    if row is None:
        return None
    return Job(
        id=row["id"],
        scopes=tuple(messages.Scope(*scope) for scope in json.loads(row["scopes"])),
        past=bool(row["past"]),
        first=bool(row["first"]),
        report=row["report"] or 0,
        after=row["after"],
        at=row["at"],
    )


def ask(job: Job, limit: int) -> messages.SnapshotAsk:
    """Return what asks for the next page of a job."""
    return messages.SnapshotAsk(
        proto=messages.PROTO,
        scopes=list(job.scopes),
        after=job.after,
        at=job.at,
        past=job.past,
        limit=limit,
    )


def take(
    storage: Storage, job: Job, page: messages.SnapshotPage, ops: Sequence[WireOp], *, last: bool
) -> ChangeSet:
    """Take in a step of a page; with the ``last`` one the job goes on to the next page."""

    def onward() -> None:
        if last:
            _go_on(storage, job, page)

    return take_state(storage, ops, onward)


def _go_on(storage: Storage, job: Job, page: messages.SnapshotPage) -> None:
    execute = storage.connection.execute
    if job.first and not storage.position():
        storage.keep("position", page.at.seq)
        keep_mark(storage, Mark(seq=page.at.seq, at=page.at.at))
    if page.after:
        execute(
            "UPDATE snapshots_under_way SET after = ?, at = ?, first = 0 WHERE id = ?",
            (page.after, page.at.seq, job.id),
        )
    elif not job.past:
        execute(
            "UPDATE snapshots_under_way SET after = '', at = ?, first = 0, past = 1 WHERE id = ?",
            (page.at.seq, job.id),
        )
    elif not job.report:  # what mends is done once what is too much has gone
        finish(storage, job)


def begin_anew(storage: Storage, job: Job) -> None:
    """Ask for a job from its first page again: the hub knows of no place where it had come to."""
    with storage.transaction():
        sql = "UPDATE snapshots_under_way SET after = '', at = 0 WHERE id = ?"
        storage.connection.execute(sql, (job.id,))


def finish(storage: Storage, job: Job) -> None:
    """Forget a job within a transaction: all of it is here."""
    storage.connection.execute("DELETE FROM snapshots_under_way WHERE id = ?", (job.id,))


def note_access(
    storage: Storage, scopes: Sequence[messages.Scope], access: messages.Access, *, first: bool
) -> None:
    """Note what rights this device has gained and lost; what is lost goes once all is pushed.

    Where the hub says all of them anew, only what is not known here already was gained. A log
    that was brought back from a backup takes nothing away it never heard of: this desk may be the
    last to have it, but for what it has only a half of.
    """
    gained = [scopes[n] for n in access.gained]
    lost = [scopes[n] for n in access.lost]
    writes = {scopes[n] for n in access.writes}
    with storage.transaction():
        if not first and not storage.number(team.ACCESS):
            known = _rights(storage)
            given = set(gained)
            half = _half_here(storage)
            gone = [one for one in known if one not in given]
            heard = {one.account for one in gone if _has_place(storage, one)}
            lost = [one for one in gone if one in half or one.account in heard]
            gained = [scope for scope in gained if known.get(scope) != (scope in writes)]
        mark = "UPDATE scopes SET held = ?, writes = ? WHERE n = ?"
        for held, some in ((HELD, gained), (LOSING, lost)):
            storage.connection.executemany(
                mark, [(held, int(one in writes), number(storage, one)) for one in some]
            )
        storage.keep(team.ACCESS, access.at)
        begin(storage, gained, first=first)
        leave_out(storage, lost)


def _rights(storage: Storage) -> dict[messages.Scope, bool]:
    """Return the scopes this file holds, and whether it may write to them."""
    rows = storage.reader.ask("SELECT account, audience, writes FROM scopes WHERE held = ?", HELD)
    return {
        messages.Scope(account.hex() if account else None, audience): bool(writes)
        for account, audience, writes in rows
    }


def _has_place(storage: Storage, scope: messages.Scope) -> bool:
    """True when the hub knows any change in a scope."""
    sql = "SELECT 1 FROM op WHERE scope = ? AND seq IS NOT NULL LIMIT 1"
    return storage.reader.ask(sql, number(storage, scope)).value() is not None


def _half_here(storage: Storage) -> set[messages.Scope]:
    """Return the scopes whose state has not come to its end yet."""
    return _named(storage, "SELECT scopes FROM snapshots_under_way WHERE NOT past AND NOT report")


def waiting(storage: Storage) -> set[messages.Scope]:
    """Return the scopes just gained of which nothing was fetched yet."""
    return _named(
        storage,
        "SELECT scopes FROM snapshots_under_way"
        " WHERE after = '' AND NOT past AND NOT first AND NOT report",
    )


def _named(storage: Storage, sql: str) -> set[messages.Scope]:
    rows = storage.reader.ask(sql)
    return {messages.Scope(*scope) for row in rows for scope in json.loads(row["scopes"])}


def leave_out(storage: Storage, scopes: Collection[messages.Scope]) -> None:
    """Fetch these scopes no longer; within a transaction."""
    execute = storage.connection.execute
    gone = {(scope.account, scope.audience) for scope in scopes}
    for row in storage.reader.ask("SELECT id, scopes FROM snapshots_under_way") if gone else ():
        named = [tuple(one) for one in json.loads(row["scopes"])]
        left = [one for one in named if one not in gone]
        if not left:
            execute("DELETE FROM snapshots_under_way WHERE id = ?", (row["id"],))
        elif left != named:
            sql = "UPDATE snapshots_under_way SET scopes = ? WHERE id = ?"
            execute(sql, (json.dumps(left), row["id"]))


HELD: Final = 1
LOSING: Final = 2
"""What ``scopes.held`` says of a scope the hub lets this device read, or does no longer."""


def number(storage: Storage, scope: messages.Scope) -> int:
    """Return the number of a scope in this file, within a transaction."""
    account = bytes.fromhex(scope.account) if scope.account else None
    return storage.dictionary.scope(Scope(account, scope.audience))
