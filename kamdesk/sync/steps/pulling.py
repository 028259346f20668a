"""A page of the log, vetted and taken in by steps: short transactions, the cursor never ahead."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from kamdesk.core.wire_op import WireOp
from kamdesk.sync.wire.messages import Done, SnapshotPage
from kamdesk.sync.wire.ops import pulled
from kamdesk.sync.wire.strict import Garbled

T = TypeVar("T")
STEP: Final = 500
"""The most ops of one transaction here; an action of one device is never parted."""


def page(answer: Done, cursor: int) -> list[WireOp]:
    """Return the ops of a page in the order of the log. Raises ``Garbled``."""
    ops = pulled(answer.scopes, answer.ops)
    places = [op.seq or 0 for op in ops]
    if answer.mark.seq < cursor or answer.head < answer.mark.seq:
        raise Garbled("a mark behind")
    if any(not cursor < seq <= answer.mark.seq for seq in places) or sorted(set(places)) != places:
        raise Garbled("ops out of their place")
    own = [cursor, *(seq for _, seq in answer.own), answer.mark.seq + 1]
    numbers = [dseq for dseq, _ in answer.own]
    if sorted(set(own)) != own or sorted(set(numbers)) != numbers:
        raise Garbled("own places out of their order")
    if answer.more and not ops and not own[1:-1]:
        raise Garbled("more, after nothing")
    _see_named(answer)
    return ops


def _see_named(answer: Done) -> None:
    """Raise ``Garbled`` where an answer counts into scopes it does not name, or closes the house.

    Everybody reads the house as long as the hub lets them in at all.
    """
    access = answer.access
    counted = [check.scope for check in answer.checks]
    if access:
        counted += [*access.gained, *access.lost, *access.writes]
    if counted and max(counted) >= len(answer.scopes):
        raise Garbled("a scope that is not named")
    if access and any(answer.scopes[n].account is None for n in access.lost):
        raise Garbled("the house cannot be lost")


Place = tuple[int, bytes, bytes]
"""How far a snapshot has come: by place in the log (its past), or by account and record."""


def span(page: SnapshotPage, ops: Sequence[WireOp], *, past: bool) -> tuple[Place, Place] | None:
    """Return from where to where a page of a snapshot goes, None for one without ops.

    Pages go on and on: one that begins before the last one's end is none of an honest hub, or it
    begins anew. Raises ``Garbled`` for one without ops that says there is more.
    """
    if page.after and not ops:
        raise Garbled("more, after nothing")
    places: list[Place] = [
        (op.seq or 0, b"", b"") if past else (0, op.scope[0] or b"", op.record) for op in ops
    ]
    return (min(places), max(places)) if places else None


def steps(ops: Sequence[WireOp]) -> Iterator[list[WireOp]]:
    """Yield the ops in steps of about ``STEP``, at least one; no transaction is parted."""
    step: list[WireOp] = []
    for n, op in enumerate(ops):
        step.append(op)
        ends = n + 1 == len(ops) or (op.dev, op.txn) != (ops[n + 1].dev, ops[n + 1].txn)
        if len(step) >= STEP and ends:
            yield step
            step = []
    yield step


def by_record(ops: Sequence[WireOp]) -> Iterator[list[WireOp]]:
    """Yield the ops of a snapshot in steps of about ``STEP``; no record is parted."""
    step: list[WireOp] = []
    for n, op in enumerate(ops):
        step.append(op)
        if len(step) >= STEP and (n + 1 == len(ops) or op.record != ops[n + 1].record):
            yield step
            step = []
    yield step


def parts(every: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield what a page says beside its ops in parts of ``STEP``; none of nothing."""
    for at in range(0, len(every), STEP):
        yield every[at : at + STEP]
