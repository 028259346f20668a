"""A record as the sum of its ops: pure, and the meaning of every stored row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kamdesk.core.heads import Op, contested, heads, seen, shown
from kamdesk.core.wire_op import LINKS, SETS
from kamdesk.core.wire_op import Verb as Verb
from kamdesk.storage.catalogue import LIFE, CellValue

TEXTS = "texts"
"""What an ERASE says when the name is to go from everybody's texts too: its only cell."""


class RecordOp(NamedTuple):
    """One record changed in one action. ``cells``: values by name; targets by name for links.

    ``verb`` is a ``Verb``, or the number a newer program gave to one unknown here.
    """

    dev: int
    order: int
    ctx: int
    wall: int
    seq: int | None
    verb: int
    cells: dict[str, Any]
    lid: int = 0
    action: int = 0

    @property
    def stamped(self) -> "Op[RecordOp]":
        """This op as what it is judged by beside others."""
        return Op(self.dev, self.order, self.ctx, self.wall, self.seq, self)

    def saw(self, earlier: "RecordOp") -> bool:
        """True when the writer of this op had seen ``earlier``."""
        return seen(self.stamped, earlier.stamped)


def unseen(ops: Iterable[RecordOp]) -> list[RecordOp]:
    """Return the ops no other has seen."""
    return [op.value for op in heads([op.stamped for op in ops])]


@dataclass(slots=True)
class Folded:
    """What the ops of one record amount to."""

    values: dict[str, CellValue] = field(default_factory=dict)
    links: dict[str, set[Any]] = field(default_factory=dict)
    gone: bool = False
    contested: set[str] = field(default_factory=set)
    erased: bool = False


def fold(ops: Sequence[RecordOp]) -> Folded:
    """Return the record that ``ops`` (all of one record, any order) amount to.

    A cell shows its latest head; heads of different value make it contested. A link stands while
    one head adds it. A delete that had not seen every value leaves the record, contested. An
    erased record is nothing, whatever else is said of it.
    """
    result = Folded(erased=any(op.verb == Verb.ERASE for op in ops))
    if result.erased:
        return result
    if len(ops) == 1 and ops[0].verb in SETS:  # as most records: nobody wrote it twice
        result.values.update(ops[0].cells)
        return result
    written: dict[str, list[Op[CellValue]]] = {}
    linked: dict[tuple[str, Any], list[Op[bool]]] = {}
    lives: list[Op[bool]] = []
    for op in ops:
        stamp = (op.dev, op.order, op.ctx, op.wall, op.seq)
        if op.verb in SETS:
            for cell, value in op.cells.items():
                written.setdefault(cell, []).append(Op(*stamp, value))
        elif op.verb in LINKS:
            for cell, targets in op.cells.items():
                for target in targets if isinstance(targets, tuple | list) else ():
                    linked.setdefault((cell, target), []).append(Op(*stamp, op.verb is Verb.LINK))
        elif op.verb in (Verb.DELETE, Verb.RESTORE):
            lives.append(Op(*stamp, op.verb is Verb.RESTORE))
    for cell, values in written.items():
        stand = heads(values)
        result.values[cell] = shown(stand).value
        if contested(stand):
            result.contested.add(cell)
    for (cell, target), ops_of_link in linked.items():
        if any(op.value for op in heads(ops_of_link)):
            result.links.setdefault(cell, set()).add(target)
    if lives:
        _judge_life(result, lives, [op for values in written.values() for op in values])
    return result


def _judge_life(result: Folded, lives: list[Op[bool]], sets: list[Op[CellValue]]) -> None:
    stand = heads(lives)
    if any(op.value for op in stand):
        return
    if all(any(seen(end, op) for end in stand) for op in sets):
        result.gone = True
    else:
        result.contested.add(LIFE)
