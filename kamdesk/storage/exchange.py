"""Ops that leave this file for others, and those of others that come in: the file's side only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.storage.catalogue import LOCAL
from kamdesk.storage.change import Seen
from kamdesk.storage.database import Row
from kamdesk.storage.inbox import Forked as Forked
from kamdesk.storage.inbox import Inbox
from kamdesk.storage.naming import name_to_send, read_name
from kamdesk.storage.storage import Storage
from kamdesk.storage.team import Mark, keep_mark


def join(storage: Storage, dev: int, accounts: Iterable[Id] | None = None) -> None:
    """Give this file its device number and put what it offers into the outbox.

    Offered are the house and ``accounts``; all accounts, also later ones, when left out. Raises
    ``ValueError`` for a file that has a number.
    """
    if dev < 1 or storage.number("dev"):
        raise ValueError("a file joins once, with a number of 1 or more")
    with storage.transaction():
        storage.keep("dev", dev)
        storage.keep("offers_all", int(accounts is None))
        _offer(storage, dev, accounts or ())


def offer(storage: Storage, accounts: Iterable[Id]) -> None:
    """Put what these accounts consist of into the outbox, and what is written there from now on."""
    if not storage.log.own:
        raise ValueError("join first")
    with storage.transaction():
        _offer(storage, storage.log.own, accounts)


def unsent(storage: Storage, *, limit: int = 5000) -> list[WireOp]:
    """Return the ops that have a number and no place in the common log, in order, or ``Forked``."""
    _see_own(storage)
    rows = storage.reader.ask(
        _UNSENT.format("dev = ? AND dseq > 0 AND seq IS NULL") + " LIMIT ?", storage.log.own, limit
    )
    return _as_sent(storage, rows)


def outbox(storage: Storage, after: int, *, limit: int) -> list[WireOp]:
    """Return the own ops numbered beyond ``after``, in order, whether or not they have a place.

    A number whose op is no longer here is said by one that nobody takes: numbers have no gaps.
    Whole transactions are given, of ``limit`` ops or, where the first is longer, that one.
    """
    _see_own(storage)
    own, most = storage.log.own, limit + LONGEST
    sizes = storage.reader.ask(_SIZES, own, after, most).column()
    sums = list(accumulate(sizes))
    limit = min(limit, max(1, sum(size <= _PAGE for size in sums)))
    most = 1 + sum(size <= _PAGE + 2 * _HEAVIEST for size in sums)
    rows = storage.reader.ask(_UNSENT.format("dev = ? AND dseq > ?") + " LIMIT ?", own, after, most)
    sent = _as_sent(storage, rows)
    until = sent[-1].dseq if len(rows) == most else storage.number("dseq")
    ops = _without_gaps(own, after, sent, until)
    if len(ops) > limit:
        end = max((n for n in range(1, limit + 1) if ops[n].txn != ops[n - 1].txn), default=0)
        first = next((n for n, op in enumerate(ops) if op.txn != ops[0].txn), len(ops))
        ops = ops[: end or first]
    return ops


def own_ops(storage: Storage, numbers: Sequence[int]) -> list[tuple[int, WireOp]]:
    """Return own ops by number, each with its lid; those that are no longer here are left out."""
    found: list[tuple[int, WireOp]] = []
    for at in range(0, len(numbers), LONGEST):
        some = numbers[at : at + LONGEST]
        where = f"dev = ? AND dseq IN ({','.join('?' * len(some))})"
        rows = storage.reader.ask(_UNSENT.format(where), storage.log.own, *some)
        found += zip([row["lid"] for row in rows], _as_sent(storage, rows), strict=True)
    return found


def lost_ops(storage: Storage, own: Sequence[int]) -> list[tuple[int, WireOp]]:
    """Return what others wrote that has no place in the log as it is now, each with its lid.

    ``own`` are all numbers this file ever wrote under.
    """
    where = f"dseq IS NOT NULL AND seq IS NULL AND dev NOT IN ({', '.join('?' * len(own))})"
    rows = list(storage.reader.ask(_UNSENT.format(where), *own))
    return list(zip([row["lid"] for row in rows], _as_sent(storage, rows), strict=True))


def ops_of_scope(storage: Storage, scope: int) -> list[tuple[int, WireOp]]:
    """Return the own ops of a scope, by its number, that have no place, each with its lid.

    Those without a number are among them (``dseq`` 0) unless their record went on under one.
    """
    where = (
        "op.scope = ? AND seq IS NULL AND (op.dev = ? OR (op.dev = 0 AND NOT EXISTS ("
        "SELECT 1 FROM op AS went WHERE went.eid = op.eid AND went.lid > op.lid"
        " AND went.dev <> 0)))"
    )
    rows = storage.reader.ask(_UNSENT.format(where), scope, storage.log.own)
    ops = _as_sent(storage, [dict(row) | {"dseq": row["dseq"] or 0} for row in rows])
    return list(zip([row["lid"] for row in rows], ops, strict=True))


LONGEST: Final = 500
"""The most ops of one transaction on the wire; longer actions go in several."""
_HEAVIEST: Final = 500_000
"""The most bytes of one transaction, where it holds more than one op."""
_PAGE: Final = 3_000_000
"""The most bytes of cells one page brings to the hub, but for one transaction."""
GAP: Final = WireOp(0, 0, 0, 0, 0, (None, LOCAL), "gap", bytes(16), int(Verb.SET), {})
"""What is said under a number whose op is gone; of an audience that never leaves, so refused."""


def _as_sent(storage: Storage, rows: Iterable[Row]) -> list[WireOp]:
    unpack, word = storage.dictionary.unpack, storage.dictionary.word
    ops: list[WireOp] = []
    action = txn = count = size = 0
    for row in rows:
        count, size = count + 1, size + len(row["cells"])
        if row["action"] != action or count > LONGEST or size > _HEAVIEST:
            action, txn, count, size = row["action"], row["dseq"], 1, len(row["cells"])
        ops.append(
            WireOp(
                dev=row["dev"],
                dseq=row["dseq"],
                wall=row["wall"],
                ctx=row["ctx"],
                txn=txn,
                scope=(row["account"], row["audience"]),
                kind=word(row["kind"]),
                record=row["eid"],
                verb=row["verb"],
                cells=unpack(row["cells"]),
                name=name_to_send(read_name(row["name"], row["plural"], row["said"])),
                by=row["by"],
            )
        )
    return ops


def _without_gaps(dev: int, after: int, ops: Iterable[WireOp], until: int) -> list[WireOp]:
    whole: list[WireOp] = []
    for op in (*ops, GAP._replace(dseq=until + 1)):
        whole += [GAP._replace(dev=dev, dseq=n, txn=n) for n in range(after + 1, op.dseq)]
        if op.dseq <= until:
            whole.append(op)
            after = op.dseq
    return whole


def acknowledge(storage: Storage, places: Mapping[int, int]) -> ChangeSet:
    """Note the places the hub gave to own ops, by ``dseq``; the same answer may come twice.

    Once an op has its place, others' later ops may turn out to have seen it: the records both
    wrote to are folded again.
    """
    with storage.transaction():
        inbox = Inbox(storage, storage.position())
        inbox.place(places)
        return inbox.close()


def receive(
    storage: Storage,
    ops: Sequence[WireOp],
    position: int,
    *,
    mark: Mark | None = None,
) -> ChangeSet:
    """Take in ops of the common log and move on to ``position``; all or nothing.

    Ops that came before are passed over, own ones get their place; of erased people nothing is
    taken, nor of kinds that are each desk's own (nobody else says where one lives), and where
    somebody was erased ``erasing.bring_level`` should follow. Kinds, cells and verbs of a newer
    program are kept in the log. ``mark``: up to where all is here now. Raises ``ValueError`` for
    ops without a place or beyond ``position`` (what was taken in counts as seen), ``Forked``, and
    ``StorageTrouble``.
    """
    _see_own(storage)
    if not storage.log.own or position < storage.position():
        raise ValueError("only a joined file receives, and never goes back")
    if any(op.seq is None or op.seq > position for op in ops):
        raise ValueError("an op without a place in the log up to the position")
    with storage.transaction():
        inbox = Inbox(storage, Seen(position))
        inbox.take(ops)
        storage.keep("position", position)
        if mark is not None:
            keep_mark(storage, mark)
        return inbox.close()


def take_state(
    storage: Storage, ops: Sequence[WireOp], also: Callable[[], None] | None = None
) -> ChangeSet:
    """Take in ops of a snapshot: standing ones, of each only the cells it stands in.

    The position stays where it is; ``also`` is done in the same transaction. Raises ``ValueError``
    for ops without a place, ``Forked``, and ``StorageTrouble``.
    """
    _see_own(storage)
    if any(op.seq is None for op in ops):
        raise ValueError("an op without a place in the log")
    with storage.transaction():
        inbox = Inbox(storage, storage.position())
        inbox.take(ops)
        if also is not None:
            also()
        return inbox.close()


def _see_own(storage: Storage) -> None:
    if storage.number("forked"):
        raise Forked


_SIZES = "SELECT length(cells) FROM op WHERE dev = ? AND dseq > ? ORDER BY dseq LIMIT ?"
_UNSENT = """
SELECT lid, op.dev, dseq, wall, ctx, action, account, audience, kind, eid, verb, cells,
       coalesce(name, 'Change') AS name, plural, coalesce(said, '{{}}') AS said, actions.by
FROM op JOIN scopes ON scopes.n = op.scope LEFT JOIN actions ON actions.id = op.action
WHERE {} ORDER BY dseq"""


def _offer(storage: Storage, dev: int, accounts: Iterable[Id]) -> None:
    mark = "UPDATE scopes SET offered = 1 WHERE account = ?"
    storage.connection.executemany(mark, [(account,) for account in accounts])
    storage.log.number(dev)
