"""Who changed what, when, from what to what: read from the log, with any value to bring back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LIFE, CellValue, Merge, nothing
from kamdesk.storage.change import Seen
from kamdesk.storage.database import Reader
from kamdesk.storage.fold import RecordOp, Verb
from kamdesk.storage.naming import read_name
from kamdesk.storage.storage import Storage

_CALLED: Final = ("name", "title", "words", "topic", "label", "objective")
"""The columns by which a record is called, the first that says something."""


class HistoryLine(NamedTuple):
    """One value of one cell: what it was, what it became, in which action, when and by whom."""

    lid: int
    kind: str
    record: Id
    cell: str
    before: CellValue
    after: CellValue
    action: int
    name: Text
    at: Instant | None
    by: bytes | None


class History:
    """Answers what happened to a record, and brings a value back."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def kind_of(self, record: Id) -> str | None:
        """Return what kind of record an id is of; None for one never heard of or erased."""
        sql = (
            "SELECT word FROM op JOIN words ON words.n = op.kind WHERE op.eid = ? AND verb <> ?"
            " LIMIT 1"
        )
        kind = self._storage.reader.ask(sql, record, int(Verb.ERASE)).value()
        return kind if kind in self._storage.catalogue else None

    def called(self, records: Collection[bytes]) -> dict[bytes, str]:
        """Return what records are called, of those that have a name and may be named."""
        ask, marks = self._storage.reader.ask, ", ".join("?" * len(records))
        sql = f"SELECT DISTINCT kind, eid FROM op WHERE eid IN ({marks})"
        by_kind: dict[str, list[bytes]] = defaultdict(list)
        for number, record in ask(sql, *records):
            by_kind[self._storage.dictionary.word(number)].append(record)
        found: dict[bytes, str] = {}
        for name, ids in by_kind.items():
            kind = self._storage.catalogue.find(name)
            columns = [one for one in _CALLED if kind is not None and one in kind.columns]
            if kind is None or not columns:
                continue
            shown = " AND restricted IS NULL" if "restricted" in kind.columns else ""
            sql = (
                f"SELECT id, coalesce({', '.join(columns)}, NULL) FROM {kind.table}"
                f" WHERE id IN ({', '.join('?' * len(ids))}){shown}"
            )
            found.update((row[0], row[1]) for row in ask(sql, *ids) if row[1])
        return found

    def of(self, kind: str, record: Id) -> list[HistoryLine]:
        """Return what happened to a record, newest first; links as tuples of their targets."""
        actions = {
            row["id"]: row
            for row in self._storage.reader.ask(
                "SELECT * FROM actions WHERE id IN (SELECT action FROM op WHERE eid = ?)", record
            )
        }
        lines = []
        for op, cell, before, after in _written(self._storage.log.of_record(kind, record)):
            act = actions.get(op.action)
            name = read_name(act["name"], act["plural"], act["said"]) if act else Text("Change")
            at = Instant.read(act["at"]) if act else Instant(op.wall)
            by = act["by"] if act else None
            lines.append(
                HistoryLine(op.lid, kind, record, cell, before, after, op.action, name, at, by)
            )
        return lines[::-1]

    def restore(self, kind: str, record: Id, cell: str, lid: int, *, seen: Seen) -> ChangeSet:
        """Bring back the value a cell took in op ``lid``. Raises ``LookupError``."""
        lines = [line for line in self.of(kind, record) if line.cell == cell]
        chosen = next((line for line in lines if line.lid == lid), None)
        if chosen is None or cell == LIFE:
            raise LookupError("no such value in the history")
        wanted = self._storage.catalogue[kind]
        with self._storage.change(Text("Bring a value back"), seen=seen) as change:
            known = wanted.by_name.get(cell)
            if known is not None and known.merge is Merge.LINKS:
                want, has = set(_targets(chosen.after)), set(_targets(lines[0].after))
                change.link(wanted, record, cell, *sorted(want - has))
                change.unlink(wanted, record, cell, *sorted(has - want))
            else:
                change.write(wanted, record, {cell: chosen.after})
        return change.touched


def first_written(
    reader: Reader, records: Iterable[bytes]
) -> dict[bytes, tuple[Instant | None, bytes | None]]:
    """Return when and by whom records were first written, of those in the log."""
    sql = (
        "SELECT op.eid, min(op.lid), actions.at, actions.by FROM op"
        " JOIN actions ON actions.id = op.action WHERE op.eid IN ({marks}) AND op.verb >= 0"
        " GROUP BY op.eid"
    )
    return {row[0]: (Instant.read(row[2]), row[3]) for row in reader.of_each(sql, records)}


class _Written(NamedTuple):
    op: RecordOp
    cell: str
    before: CellValue
    after: CellValue


def _written(ops: Sequence[RecordOp]) -> list[_Written]:
    """Return what each op changed of what the ops before it had left, oldest first."""
    found: list[_Written] = []
    last: dict[str, CellValue] = {LIFE: True}
    for op in ops:
        cells = op.cells if op.verb != Verb.FORGET else {}
        if op.verb in (Verb.DELETE, Verb.RESTORE):
            cells = {LIFE: op.verb == Verb.RESTORE or None}
        for cell, value in cells.items():
            before = last.get(cell)
            if op.verb in (Verb.LINK, Verb.UNLINK):
                value = _joined(before, value, add=op.verb == Verb.LINK)
            last[cell] = value
            if op.verb == Verb.RESOLVE or not (
                value == before or (nothing(value) and nothing(before))
            ):
                found.append(_Written(op, cell, before, value))
    both = Counter(line.op.action for line in found if line.cell == LIFE)
    return [  # deleted and restored in one action: it went to another account
        line for line in found if line.cell != LIFE or both[line.op.action] == 1
    ]


def _joined(before: CellValue, given: CellValue, *, add: bool) -> CellValue:
    had, targets = _targets(before), _targets(given)
    if add:
        return (*had, *(target for target in targets if target not in had))
    return tuple(target for target in had if target not in targets)


def _targets(value: CellValue) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()
