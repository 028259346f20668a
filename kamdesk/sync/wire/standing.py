"""Which ops stand in each cell of a record, by stamps alone: the same at the hub and on a desk.

An op that comes later in the log always stands at first, and what it had seen no longer does; so
what stands can be kept up op by op and is the same as ``core.heads`` finds over all at once.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from kamdesk.core.wire_op import LINKS, SETS, Verb

LIFE: Final = "life"
ERASED: Final = "erased"

Heads = dict[str, list[int]]
"""By cell: seq, dev, seq, dev … of the ops that stand, in the order of the log."""

_LIVES: Final = (Verb.DELETE, Verb.RESTORE)


class Placed(NamedTuple):
    """An op of one record in one scope that has its place ``seq`` in the log.

    ``cells``: as on the wire or as in a file; of links the targets count, else the names only.
    """

    seq: int
    dev: int
    ctx: int
    verb: int
    cells: Mapping[str, Any]


def standing(ops: Iterable[Placed]) -> dict[str, list[int]]:
    """Return the places of what stands in each cell, from all ops of a record in one scope."""
    heads: Heads = {}
    for op in sorted(ops):
        advance(heads, op)
    return {cell: places(stand) for cell, stand in heads.items()}


def places(stand: list[int]) -> list[int]:
    """Return the places of what stands in a cell."""
    return stand[::2]


def advance(heads: Heads, op: Placed) -> None:
    """Let the next op of the log count in.

    An erased record is one cell for good. Verbs of a newer program count nowhere.
    """
    if op.verb == Verb.ERASE:
        heads.clear()
        heads[ERASED] = []
    elif ERASED not in heads:
        stand_in(heads, touched_cells(op.verb, op.cells), op.seq, op.dev, op.ctx)


def stand_in(heads: Heads, cells: Iterable[str], seq: int, dev: int, ctx: int) -> None:
    """Let an op stand in these cells, and no longer what it had seen."""
    for cell in cells:
        stand = heads.get(cell)
        if stand is None or (len(stand) == 2 and (stand[0] <= ctx or stand[1] == dev)):
            heads[cell] = [seq, dev]
            continue
        kept = [
            part
            for at in range(0, len(stand), 2)
            if stand[at] > ctx and stand[at + 1] != dev
            for part in stand[at : at + 2]
        ]
        heads[cell] = [*kept, seq, dev]


def touched_cells(verb: int, cells: Mapping[str, Any]) -> list[str]:
    """Return the cells an op writes to, by the names under which they stand."""
    if verb in SETS:
        return ["=" + cell for cell in cells]
    if verb in LINKS:
        return [
            f"+{cell}:{target}"
            for cell, targets in cells.items()
            if isinstance(targets, tuple | list)
            for target in dict.fromkeys(word_of(target) for target in targets)
        ]
    return [LIFE] if verb in _LIVES else []


def word_of(target: Any) -> str:
    """Return a link's target as text, the same from a file (bytes) and from the wire."""
    if isinstance(target, bytes):
        return b64encode(target).decode("ascii")
    if isinstance(target, dict):
        return str(target.get("b"))
    return str(target)
