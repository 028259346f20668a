"""Undo and redo by action name: a new action that writes what was before, and says what it left."""

from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LIFE, Kind, Merge
from kamdesk.storage.change import Change, read_name
from kamdesk.storage.fold import RecordOp, Verb, fold
from kamdesk.storage.storage import Storage

KEPT = 100
"""How many actions back one can go (``model_notes.md`` 7)."""


class Step(NamedTuple):
    """An action one can go back on: its name, and the action that would be reverted.

    ``chain`` are all actions so far that did, undid and did it again.
    """

    name: Text
    action: int
    reverts: int
    chain: frozenset[int]

    def by(self, action: int) -> "Step":
        """Return this step after ``action`` undid it or did it again."""
        return self._replace(reverts=action, chain=self.chain | {action})


class Stacks(NamedTuple):
    """What can be undone and done again, and the actions that came to nothing."""

    undo: list[Step]
    redo: list[Step]
    cancelled: frozenset[int]


class Undo:
    """Goes back on own actions of this device, and forward again; survives a restart."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def next_undo(self) -> Step | None:
        """Return what Ctrl+Z would undo now."""
        undo = self._stacks().undo
        return undo[-1] if undo else None

    def next_redo(self) -> Step | None:
        """Return what would be done again now."""
        redo = self._stacks().redo
        return redo[-1] if redo else None

    def undo(self) -> ChangeSet:
        """Undo the last action not undone. Raises ``RuleBroken`` when there is none.

        Cells written again since are left as they are and named in ``ChangeSet.left``.
        """
        step = self.next_undo()
        if step is None:
            raise RuleBroken(Text("There is nothing to undo."))
        return self._revert(Text("Undo: {name}", name=step.name), step, undoes=step.action)

    def redo(self) -> ChangeSet:
        """Do the last undone action again. Raises ``RuleBroken`` when there is none."""
        step = self.next_redo()
        if step is None:
            raise RuleBroken(Text("There is nothing to do again."))
        return self._revert(Text("Redo: {name}", name=step.name), step, redoes=step.action)

    def _stacks(self) -> Stacks:
        undo: list[Step] = []
        redo: list[Step] = []
        cancelled: frozenset[int] = frozenset()
        rows = self._storage.reader.ask(
            "SELECT id, name, plural, said, undoes, redoes FROM actions ORDER BY id DESC LIMIT ?",
            KEPT * 3,
        )
        for row in reversed(rows):
            if row["undoes"]:
                found = [step.by(row["id"]) for step in undo if step.action == row["undoes"]]
                undo = [step for step in undo if step.action != row["undoes"]]
                redo += found
                cancelled = cancelled.union(*(step.chain for step in found))
            elif row["redoes"]:
                found = [step.by(row["id"]) for step in redo if step.action == row["redoes"]]
                redo = [step for step in redo if step.action != row["redoes"]]
                undo += found
                cancelled = cancelled.difference(*(step.chain for step in found))
            else:
                name = read_name(row["name"], row["plural"], row["said"])
                undo.append(Step(name, row["id"], row["id"], frozenset({row["id"]})))
                redo = []
        return Stacks(undo[-KEPT:], redo, cancelled)

    def _revert(
        self, name: Text, step: Step, *, undoes: int | None = None, redoes: int | None = None
    ) -> ChangeSet:
        row = self._storage.reader.ask("SELECT * FROM actions WHERE id = ?", step.reverts).one()
        records = list(self._storage.log.of_action(row["first_lid"], row["last_lid"]))
        quiet = self._stacks().cancelled | step.chain
        left: list[tuple[str, Id, str]] = []
        done = 0
        with self._storage.change(name, undoes=undoes, redoes=redoes) as change:
            for kind_name, record, ops in records:
                kind = self._storage.catalogue[kind_name]
                kept = _take_back(change, kind, record, ops, step.reverts, quiet)
                left += [(kind_name, record, cell) for cell in kept]
                done += 1
        touched = change.touched
        return ChangeSet(touched.records, touched.action, tuple(left), done)


def _take_back(
    change: Change,
    kind: Kind,
    record: Id,
    ops: list[RecordOp],
    action: int,
    quiet: frozenset[int],
) -> list[str]:
    """Write what stood before ``action`` for one record; return the cells left as they are.

    Ops of ``quiet`` actions came to nothing and do not count as changed since.
    """
    first = next(op.lid for op in ops if op.action == action)
    earlier = [op for op in ops if op.lid < first]
    own = [op for op in ops if op.action == action]
    later = [op for op in ops if op.lid > first and op.action not in quiet]
    if not earlier:
        if later and not fold(ops).gone:
            return sorted({cell for op in later for cell in op.cells} or {LIFE})
        change.drop(kind, record)
        return []
    before, now = fold(earlier), fold(ops)
    if before.gone != now.gone:
        (change.drop if before.gone else change.restore)(kind, record)
    since = {cell for op in later for cell in op.cells}
    written = {cell for op in own if op.verb in (Verb.SET, Verb.RESOLVE) for cell in op.cells}
    back = {cell: before.values.get(cell) for cell in sorted(written - since)}
    if back:
        change.write(kind, record, back)
    for cell in kind.cells:
        if cell.merge is Merge.LINKS and any(cell.name in op.cells for op in own):
            had = before.links.get(cell.name, set())
            has = now.links.get(cell.name, set())
            change.link(kind, record, cell.name, *sorted(had - has))
            change.unlink(kind, record, cell.name, *sorted(has - had))
    return sorted(written & since)
