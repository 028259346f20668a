"""What an inbox does about erased people: it takes nothing about them, whoever sends it."""

from collections.abc import Sequence
from typing import Any

from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.storage import erased_list, forgetting, mentions
from kamdesk.storage.change import Change
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.fold import TEXTS, Verb
from kamdesk.storage.scrubbing import naming
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.storage.taking_out import swallowed, take_out


class Heeding:
    """Erases within the transaction of an inbox what others erased."""

    def __init__(self, storage: Storage, change: Change) -> None:
        self._storage, self._change = storage, change
        self._erased = erased_list.in_table(storage.connection)
        self._late: set[bytes] = set()
        self._names: set[str] = set()
        self._ends: list[WireOp] = []
        self._forgets: list[WireOp] = []
        self._forgot = False

    def foresee(self, ops: Sequence[WireOp]) -> None:
        """Note who was erased, before anything that came with it is taken."""
        self._forgets += [op for op in ops if op.verb == Verb.FORGET]
        ends = [op for op in ops if op.verb == Verb.ERASE and op.record not in self._erased]
        if not ends:
            return
        records = {op.record for op in ends}
        for op in ends:
            self._note(op)
            kind = self._storage.catalogue.find(op.kind)
            if kind and kind.called:
                self._names |= mentions.names_of(self._storage, kind, Id(op.record))
                self._ends.append(op)
        for op in ops:
            kind = self._storage.catalogue.find(op.kind)
            if op.record in records and kind and kind.called:
                self._names |= mentions.names_in(kind, op.verb, op.cells)

    def taken(self, op: WireOp) -> tuple[int, dict[str, Any]]:
        """Return what is taken of an op."""
        if not self._erased:  # mostly
            return op.verb, dict(op.cells)
        verb, cells, gone = swallowed(self._storage, op, self._erased)
        if gone and op.record not in self._erased:
            self._note(op)
        return verb, cells

    def finish(self) -> None:
        """Erase what was here before; the names where the eraser asked for it."""
        for op in self._forgets:
            self._forgot |= forgetting.heed(self._storage, op)
        if not self._late:
            return
        take_out(self._storage, self._change, {r: self._erased[r] for r in self._late})
        pattern = naming(self._names)
        if pattern:
            mentions.blank_unsaved(self._storage, pattern)
            for op in self._ends:
                if op.cells.get(TEXTS):
                    mentions.blank_ops(self._storage, self._change, pattern, seen_by=op)
        self._storage.keep(SWEEP, 1)

    def forget(self) -> None:
        """Leave nothing of the words, once the derived tables have followed."""
        if self._late or self._forgot:
            for follower in self._storage.followers:
                follower.forget(self._storage.connection)

    def _note(self, op: WireOp) -> None:
        day = self._storage.clock.today().isoformat()
        self._erased[op.record] = Listed.on(op.kind, day, texts=bool(op.cells.get(TEXTS)))
        self._late.add(op.record)
