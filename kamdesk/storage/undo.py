"""Undo and redo by action name: a new action that writes what was before, and says what it left."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LIFE, Kind
from kamdesk.storage.change import Change
from kamdesk.storage.fold import RecordOp, Verb, fold
from kamdesk.storage.naming import read_name
from kamdesk.storage.storage import Storage

KEPT = 100
"""How many actions back one can go (``model_notes.md`` 7)."""


class Step(NamedTuple):
    """An action one can go back on.

    ``reverts`` is what would be reverted now: the action itself, or what last undid or did it.
    """

    name: Text
    action: int
    reverts: int


class Stacks(NamedTuple):
    """What can be undone and done again, the latest last, and what each undo and redo reverted.

    All are actions, by action: for ``undo`` and ``redo`` what would be reverted now.
    """

    undo: dict[int, int]
    redo: dict[int, int]
    reverted: dict[int, int]


class Undo:
    """Goes back on own actions of this device, and forward again; survives a restart."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def next_undo(self) -> Step | None:
        """Return what Ctrl+Z would undo now."""
        return self._last(self._stacks().undo)

    def next_redo(self) -> Step | None:
        """Return what would be done again now."""
        return self._last(self._stacks().redo)

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
        stacks = Stacks({}, {}, {})
        undo, redo, reverted = stacks
        ground = self._storage.number("undo_starts_after")
        for action, undoes, redoes in self._storage.reader.ask(_RECENT, ground, KEPT):
            if undoes or redoes:
                source, target = (undo, redo) if undoes else (redo, undo)
                was = source.pop(undoes or redoes, None)
                if was is not None:
                    target[undoes or redoes] = action
                    reverted[action] = was
            else:
                undo[action] = action
                redo.clear()
        return stacks

    def _last(self, stack: dict[int, int]) -> Step | None:
        if not stack:
            return None
        action, reverts = next(reversed(stack.items()))
        sql = "SELECT name, plural, said FROM actions WHERE id = ?"
        return Step(read_name(*self._storage.reader.ask(sql, action).one()), action, reverts)

    def _revert(
        self, name: Text, step: Step, *, undoes: int | None = None, redoes: int | None = None
    ) -> ChangeSet:
        row = self._storage.reader.ask("SELECT * FROM actions WHERE id = ?", step.reverts).one()
        records = list(self._storage.log.of_action(row["first_lid"], row["last_lid"]))
        reverted = self._stacks().reverted
        left: list[tuple[str, Id, str]] = []
        strangers = 0
        with self._storage.change(name, undoes=undoes, redoes=redoes) as change:
            for kind_name, record, ops in records:
                if any(op.verb == Verb.ERASE for op in ops):
                    left.append((kind_name, record, LIFE))
                    continue
                kind = self._storage.catalogue.find(kind_name)
                if kind is None:
                    strangers += 1
                    continue
                kept = _take_back(change, kind, record, ops, step.reverts, reverted)
                left += [(kind_name, record, cell) for cell in kept]
        touched = change.touched
        done = len(records) - strangers
        return ChangeSet(touched.records, touched.action, tuple(left), done, strangers)


def words_of_left(changes: ChangeSet) -> list[Text]:
    """Return what an undo says of what it left as it is; nothing when it left nothing."""
    said = []
    if changes.left:
        said.append(
            Text(
                "{n} field was changed since and was left as it is.",
                "{n} fields were changed since and were left as they are.",
                n=len(changes.left),
            )
        )
    if changes.strangers:
        said.append(
            Text(
                "{n} record of a kind that only a newer KamDesk knows was left as it is.",
                "{n} records of kinds that only a newer KamDesk knows were left as they are.",
                n=changes.strangers,
            )
        )
    return said


_RECENT = """
SELECT id, undoes, redoes FROM actions
WHERE first_lid IS NOT NULL AND id >= (
  SELECT min(id) FROM (
    SELECT id FROM actions
    WHERE id > ? AND first_lid IS NOT NULL AND undoes IS NULL AND redoes IS NULL
    ORDER BY id DESC LIMIT ?))
ORDER BY id"""

_Key = str | tuple[str, Any]
"""What one op decides: a cell, or (cell, target) of a set."""


def _take_back(
    change: Change,
    kind: Kind,
    record: Id,
    ops: Sequence[RecordOp],
    action: int,
    reverted: Mapping[int, int],
) -> list[str]:
    """Write what stood before ``action`` for one record; return the cells left as they are."""
    first = next(at for at, op in enumerate(ops) if op.action == action)
    before, now = fold(ops[:first]), fold(ops)
    since = _written_since(ops, action, reverted)
    if first == 0:
        if since and not now.gone:
            return sorted({_cell(key) for key in since})
        if not now.gone:
            change.drop(kind, record)
        return []
    keys = {key for op in ops if op.action == action for key in _keys(op)}
    if now.gone and not before.gone:
        if LIFE in since:
            return [LIFE]
        change.restore(kind, record)
    named = sorted(key for key in keys if isinstance(key, str) and key in kind.by_name)
    sets = {cell: before.values.get(cell) for cell in named}
    back = {cell: value for cell, value in sets.items() if cell not in since}
    if back:
        change.write(kind, record, back)
    left = {cell for cell in sets.keys() & since if sets[cell] != now.values.get(cell)}
    for cell in sorted({key[0] for key in keys if isinstance(key, tuple)}):
        had, has = (state.links.get(cell, set()) for state in (before, now))
        mine = {key for key in keys if key[0] == cell and isinstance(key, tuple)}
        free = {target for _, target in mine - since}
        change.link(kind, record, cell, *sorted((had - has) & free))
        change.unlink(kind, record, cell, *sorted((has - had) & free))
        if any(target in had ^ has for _, target in mine & since):
            left.add(cell)
    if before.gone and LIFE not in since:  # last: what is written to a deleted record wakes it
        change.drop(kind, record)
    elif before.gone and not now.gone:
        left.add(LIFE)
    return sorted(left)


def _written_since(ops: Sequence[RecordOp], action: int, reverted: Mapping[int, int]) -> set[_Key]:
    """Return what no longer is as ``action`` left it; what was done and undone since is nothing."""
    trails: dict[_Key, _Trail] = {}
    last = max(at for at, op in enumerate(ops) if op.action == action)
    lives = _lives(ops)
    for at, op in enumerate(ops):
        for key in (*_keys(op), *lives[at]):
            trail = trails.setdefault(key, _Trail())
            trail.write(op.action, reverted.get(op.action))
        if at == last:
            then = {key: trail.whose for key, trail in trails.items()}
    return {key for key, trail in trails.items() if trail.whose != then.get(key)}


class _Trail:
    """Whose value a cell shows: the last writer's or, when that reverted an action, whose it was
    before that action.
    """

    def __init__(self) -> None:
        self.whose: int | None = None
        self._before: dict[int, int | None] = {}

    def write(self, action: int, reverts: int | None) -> None:
        """Note that ``action`` wrote, in order to revert another one or not."""
        self._before.setdefault(action, self.whose)
        self.whose = self._before.get(reverts, action) if reverts else action


def _keys(op: RecordOp) -> Iterator[_Key]:
    if op.verb in (Verb.SET, Verb.RESOLVE):
        yield from op.cells
    elif op.verb in (Verb.LINK, Verb.UNLINK):
        yield from ((cell, target) for cell, targets in op.cells.items() for target in targets)


def _lives(ops: Sequence[RecordOp]) -> list[tuple[str, ...]]:
    """Return for each op whether it decided that the record lives.

    What is written to a deleted record wakes it; deleted and restored in one action it only went
    to another account.
    """
    restored = {op.action: at for at, op in enumerate(ops) if op.verb == Verb.RESTORE}
    found: list[tuple[str, ...]] = []
    lives = False
    for at, op in enumerate(ops):
        now = lives or op.verb in (Verb.SET, Verb.RESOLVE, Verb.RESTORE)
        if op.verb == Verb.DELETE and restored.get(op.action, 0) < at:
            now = False
        found.append((LIFE,) if now != lives else ())
        lives = now
    return found


def _cell(key: _Key) -> str:
    return key if isinstance(key, str) else key[0]
