"""What cells said before is taken from every log, the hub's too, where it named somebody erased."""

from collections.abc import Iterable
from typing import Any

from kamdesk.core.heads import Op, heads
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import SETS, Verb, WireOp
from kamdesk.storage.ops import APPEND, Scope
from kamdesk.storage.storage import SWEEP, Storage

Place = tuple[int, int, bytes]
"""A record in a scope of the log, as this file numbers them: scope, kind, record."""


def say(
    storage: Storage, action: int, scope: int, kind: int, record: bytes, cells: Iterable[str]
) -> None:
    """Tell whoever has a scope to forget what these cells of a record said; within a transaction.

    Where this device may only read, nothing is said: the hub would not take it.
    """
    held = storage.connection.execute("SELECT held, writes FROM scopes WHERE n = ?", (scope,))
    if tuple(held.fetchone()) == (1, 0):
        return
    packed = storage.dictionary.pack(dict.fromkeys(cells))
    storage.connection.execute(
        APPEND,
        (
            action, 0, None, storage.position(), storage.clock.now().ms, scope, kind, record,
            int(Verb.FORGET), packed, None,
        ),
    )  # fmt: skip


def heed(storage: Storage, op: WireOp) -> bool:
    """Forget what an op that came in says to, within a transaction; True when anything was here."""
    words = storage.dictionary
    rows: Any = storage.connection.execute(
        "SELECT lid, cells FROM op WHERE eid = ? AND kind = ? AND scope = ?"
        f" AND verb IN ({', '.join(str(int(verb)) for verb in SETS)})"
        " AND (seq <= ? OR (dev = ? AND dseq < ?))",
        (
            op.record, words.number(op.kind), words.scope(Scope(*op.scope)),
            op.ctx, op.dev, op.dseq,
        ),
    ).fetchall()  # fmt: skip
    stands = standing(storage, op.kind, Id(op.record))
    changed = []
    for lid, packed in rows:
        said = words.unpack(packed)
        ends = {n for n in said.keys() & op.cells.keys() if (lid, n) not in stands}
        if any(said[n] is not None for n in ends):
            changed.append((words.pack(said | dict.fromkeys(ends)), lid))
    storage.connection.executemany("UPDATE op SET cells = ? WHERE lid = ?", changed)
    if changed:
        storage.keep(SWEEP, 1)
    return bool(changed)


def standing(storage: Storage, kind: str, record: Id) -> set[tuple[int, str]]:
    """Return which ops (lid) of a record stand in which of its cells."""
    written: dict[str, list[Op[int]]] = {}
    for op in storage.log.of_record(kind, record):
        for name in op.cells if op.verb in SETS else ():
            written.setdefault(name, []).append(
                Op(op.dev, op.order, op.ctx, op.wall, op.seq, op.lid)
            )
    return {(op.value, name) for name, ops in written.items() for op in heads(ops)}
