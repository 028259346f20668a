"""Which of several values of a cell stand, and which one is shown: a pure function of the ops.

The rule is the one of ``sync.md`` 1: causality is the position of the log the writer had seen, not
a clock; wall time only chooses which of truly concurrent values is shown.
"""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

V = TypeVar("V")


class Op(NamedTuple, Generic[V]):
    """One value written to one cell.

    ``dev`` and ``order`` number the writer's ops in the order they were made; ``ctx`` is the
    position of the common log the writer had seen, ``seq`` this op's own place in it (None before
    it has one); ``wall`` is milliseconds of the writer's clock.
    """

    dev: int
    order: int
    ctx: int
    wall: int
    seq: int | None
    value: V


def seen(later: Op[Any], earlier: Op[Any]) -> bool:
    """True when the writer of ``later`` had seen ``earlier``."""
    if later.dev == earlier.dev:
        return earlier.order < later.order
    return earlier.seq is not None and earlier.seq <= later.ctx


def heads(ops: Sequence[Op[V]]) -> list[Op[V]]:
    """Return the ops no other op has seen, in the order given. Takes time linear in ``ops``."""
    if len(ops) < 2:
        return list(ops)
    last: dict[int, int] = {}
    best = second = -1
    best_dev: int | None = None
    for op in ops:
        last[op.dev] = max(last.get(op.dev, op.order), op.order)
    horizon: dict[int, int] = {}
    for op in ops:
        horizon[op.dev] = max(horizon.get(op.dev, -1), op.ctx)
    for dev, ctx in horizon.items():
        if ctx > best:
            best, second, best_dev = ctx, best, dev
        elif ctx > second:
            second = ctx
    return [
        op
        for op in ops
        if op.order == last[op.dev]
        and (op.seq is None or op.seq > (second if op.dev == best_dev else best))
    ]


def shown(stand: Sequence[Op[V]]) -> Op[V]:
    """Return which of the standing ops is shown: the latest by wall time, then device."""
    return max(stand, key=lambda op: (op.wall, op.dev, op.order))


def contested(stand: Sequence[Op[V]]) -> bool:
    """True when the standing ops hold different values: a conflict for the user to settle."""
    return any(op.value != stand[0].value for op in stand[1:])
