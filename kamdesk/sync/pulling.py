"""A page of the log, vetted and taken in by steps: short transactions, the cursor never ahead."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from kamdesk.core.wire_op import WireOp
from kamdesk.sync.wire.messages import Done
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
    if any(seq > answer.mark.seq for _, seq in answer.own):
        raise Garbled("a place beyond the page")
    return ops


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
