"""The only thing that can write: rows and their ops together, one transaction, one action."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NewType

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Clock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import basis, rows
from kamdesk.storage.catalogue import (
    HOUSE,
    LIFE,
    LOCAL,
    Audience,
    Catalogue,
    CellValue,
    Kind,
    Merge,
    nothing,
)
from kamdesk.storage.database import Connection, Reader, Row
from kamdesk.storage.fold import Verb, fold
from kamdesk.storage.ops import (
    APPEND,
    HOUSE_SCOPE,
    LOCAL_SCOPE,
    Dictionary,
    Log,
    Scope,
    account_scope,
)
from kamdesk.storage.parting import (
    as_written,
    goes_elsewhere,
    is_kept,
    parted,
    refuse_erased,
    scopes_of,
)
from kamdesk.storage.scrubbing import ids_in

Seen = NewType("Seen", int)
"""The position of the common log that was current when the user read the values."""

_BATCH = 500
_WHOSE = """
SELECT account FROM op JOIN scopes ON n = scope WHERE eid = ? AND account IS NOT NULL AND verb >= 0
ORDER BY lid DESC LIMIT 1"""
Record = Any
"""A domain value with an ``id``; its kind says which fields are its cells."""


class Change:
    """One action in the making. Made by ``Storage.change``; nothing counts until that ends."""

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        dictionary: Dictionary,
        log: Log,
        clock: Clock,
        *,
        action: int,
        seen: Seen,
        position: Seen,
        joined: bool,
    ) -> None:
        self._connection, self._execute = connection, connection.execute
        self._catalogue, self._dictionary, self._log = catalogue, dictionary, log
        self.action: Final = action
        self._action, self._seen, self._wall = action, seen, clock.now().ms
        self._may_meet = joined and seen < position
        self._joined = joined
        self._touched: dict[str, set[Id]] = defaultdict(set)
        self._none_erased: bool | None = None
        self.result = ChangeSet()

    def put(
        self,
        kind: Kind,
        new: Record,
        *,
        base: Record | None = None,
        bases: Mapping[str, basis.Parts] | None = None,
    ) -> None:
        """Write ``new``: as a new record, or the cells in which it differs from ``base``.

        ``base`` is the value the user saw. Cells that are equal are not written, so that what
        somebody else changed meanwhile stays. ``bases`` says of cells what their value stands on
        now; without one a value that changes stands on nothing.
        """
        values = basis.whole(kind, kind.values(new), bases or {})
        record = Id(new.id)
        if base is not None:
            before = kind.values(base)
            given = bases or {}
            changed = {n: v for n, v in values.items() if v != before[n] or n in given}
            if changed:
                self.write(kind, record, changed, there=True)
        elif kind.linked and (row := self._row(kind, record)):
            self._meet(kind, record, row, values)
        else:
            cells = {name: value for name, value in values.items() if not nothing(value)}
            self._append(kind, record, Verb.SET, cells, scopes_of(kind, record, values))
            rows.insert(self._execute, kind, record, cells)

    def write(
        self,
        kind: Kind,
        record: Id,
        cells: Mapping[str, CellValue],
        *,
        verb: Verb = Verb.SET,
        there: bool = False,
    ) -> None:
        """Write cells of a record by name.

        A record that goes to another account, or stays on this computer from now on, goes whole:
        others may see only one of the two. One that was ``there`` must be in the log: raises
        ``RuleBroken`` where it went from the file.
        """
        row = self._row(kind, record)
        if row is None and there:
            self._see_there(kind, record)
        whole = {name: as_written(kind, name, value) for name, value in cells.items()}
        if row and goes_elsewhere(kind, row, whole):
            self._move(kind, record, row, whole, verb)
            return
        self._append(kind, record, verb, whole, self._scopes(kind, record, row))
        if self._may_meet or verb is Verb.RESOLVE or row is None or row["gone"]:
            self.fold(kind, record)
        else:
            rows.update(self._execute, kind, record, whole)
            if self._joined:
                self._connection.executemany(
                    "DELETE FROM contested WHERE eid = ? AND cell = ?",
                    [(record, cell) for cell in whole],
                )

    def put_all(self, kind: Kind, records: Iterable[Record]) -> None:
        """Write many new records: the same rows and ops as ``put``, in one go for all."""
        every = list(records)
        known = self._known(kind, every) if kind.linked else set()
        touched = self._touched[kind.name]
        parts: list[tuple[Scope, Id, dict[str, Any]]] = []
        inserts: list[tuple[Any, ...]] = []
        again: list[Record] = []
        everywhere = {HOUSE: HOUSE_SCOPE, LOCAL: LOCAL_SCOPE}.get(kind.scope_of)
        at = None if everywhere or kind.scope_of == "id" else kind.columns.index(kind.scope_of)
        for new in every:
            record = Id(new.id)
            if record in known:
                again.append(new)
                continue
            if kind.linked:
                known.add(record)
            plain = kind.plain(new)
            inserts.append((record, *plain))
            account: Any = record if at is None else plain[at]
            stays = everywhere or (
                LOCAL_SCOPE if kind.kept_by and getattr(new, kind.kept_by) else None
            )
            by_scope: dict[Scope, dict[str, Any]] = {}
            for audience, cells in kind.said(plain):
                scope = stays or account_scope(account, audience)
                by_scope.setdefault(scope, {}).update(cells)
            parts += [(scope, record, cells) for scope, cells in by_scope.items()]
            touched.add(record)
        self._append_all(kind, parts)
        marks = ", ?" * len(kind.columns)
        self._connection.executemany(
            f"INSERT INTO {kind.table} (id, {', '.join(kind.columns)}) VALUES (?{marks})", inserts
        )
        for new in again:
            self.put(kind, new)

    def _append_all(self, kind: Kind, parts: list[tuple[Scope, Id, dict[str, Any]]]) -> None:
        """Write the ops of new records."""
        if not parts:
            return
        erased = frozenset(row[0] for row in self._execute("SELECT id FROM erased"))
        for _, record, cells in parts if erased else ():
            refuse_erased(kind, record, cells, erased)
        pack = self._dictionary.pack
        scopes = self._dictionary.scopes({scope for scope, _, _ in parts})
        word = self._dictionary.number(kind.name)
        head = (self._action, 0, None, self._seen, self._wall)
        set_ = int(Verb.SET)
        self._connection.executemany(
            APPEND,
            [
                (*head, scopes[scope], word, record, set_, pack(part), None)
                for scope, record, part in parts
            ],
        )

    def _known(self, kind: Kind, records: list[Record]) -> set[Id]:
        """Return the ids among new records of a linked kind that have a row already."""
        found = set(self._touched[kind.name])
        ids = [Id(new.id) for new in records]
        for at in range(0, len(ids), _BATCH):
            batch = ids[at : at + _BATCH]
            marks = ",".join("?" * len(batch))
            rows_found = self._execute(f"SELECT id FROM {kind.table} WHERE id IN ({marks})", batch)
            found.update(Id(row[0]) for row in rows_found)
        return found

    def link(self, kind: Kind, record: Id, cell: str, *targets: bytes | str) -> None:
        """Add targets to a set of the record, as far as they are not in it."""
        self._relink(kind, record, cell, targets, Verb.LINK)

    def unlink(self, kind: Kind, record: Id, cell: str, *targets: bytes | str) -> None:
        """Take targets out of a set of the record, as far as they are in it."""
        self._relink(kind, record, cell, targets, Verb.UNLINK)

    def drop(self, kind: Kind, record: Id) -> None:
        """Delete a record: it stays in the log and can be restored."""
        self._live(kind, record, Verb.DELETE)

    def restore(self, kind: Kind, record: Id) -> None:
        """Bring a deleted record back."""
        self._live(kind, record, Verb.RESTORE)

    def fold(self, kind: Kind, record: Id) -> None:
        """Make the record's row what all its ops amount to."""
        self._touched[kind.name].add(record)
        folded = fold(self._log.of_record(kind.name, record))
        rows.materialise(self._connection, kind, record, folded)

    def touch(self, kind: Kind, record: Id) -> None:
        """Tell followers and pages that a record changed though its row did not."""
        self._touched[kind.name].add(record)

    @property
    def touched(self) -> ChangeSet:
        """What this change wrote; complete when ``Storage.change`` has ended."""
        return self.result

    @property
    def by_kind(self) -> Mapping[str, set[Id]]:
        """The records touched so far, by kind."""
        return self._touched

    @property
    def records(self) -> frozenset[tuple[str, Id]]:
        """The records touched so far."""
        return frozenset((kind, record) for kind, ids in self._touched.items() for record in ids)

    def _row(self, kind: Kind, record: Id) -> Row | None:
        return self._execute(f"SELECT * FROM {kind.table} WHERE id = ?", (record,)).fetchone()

    def _scopes(self, kind: Kind, record: Id, row: Row | None) -> Mapping[Audience, Scope]:
        """Return a record's scopes; while it came in part, and not yet whose it is, its ops'."""
        half = self._joined and row and kind.scope_of in kind.columns and not row[kind.scope_of]
        if half and not is_kept(kind, row):
            ops = self._log.of_record(kind.name, record)
            whose = self._execute(_WHOSE, (record,)).fetchone()
            if whose and not any(kind.scope_of in op.cells for op in ops):
                return {audience: account_scope(whose[0], audience) for audience in Audience}
        return scopes_of(kind, record, row)

    def _targets(self, kind: Kind, record: Id, cell: str) -> set[Any]:
        sql = f"SELECT target FROM {kind.link_table(cell)} WHERE eid = ?"
        return {row[0] for row in self._execute(sql, (record,))}

    def _meet(self, kind: Kind, record: Id, row: Row, values: dict[str, CellValue]) -> None:
        """Write a linked record that is there: anew when it was deleted, else what is added."""
        had, gone = rows.values_of(kind, row), row["gone"]
        if gone:
            self.restore(kind, record)
        added = {n: v for n, v in values.items() if v != had[n] and (gone or not nothing(v))}
        if added:
            self.write(kind, record, added)

    def _move(
        self, kind: Kind, record: Id, row: Row, cells: Mapping[str, CellValue], verb: Verb
    ) -> None:
        """Copy a record into another scope, and delete it in the one it leaves."""
        values = {**rows.whole_of(Reader(self._connection).ask, kind, row), **cells}
        old, new = scopes_of(kind, record, row), scopes_of(kind, record, values)
        if kind.kept_by and not is_kept(kind, row) and not is_kept(kind, values):
            del values[kind.kept_by]
        if any(scope.leaves for scope in old.values()):
            self._append_life(kind, record, Verb.DELETE, old)
        self._append(kind, record, verb, values, new)
        ops = self._log.of_record(kind.name, record)
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                stand = self._targets(kind, record, cell.name)
                ever = {
                    t for op in ops if op.verb == Verb.LINK for t in op.cells.get(cell.name, ())
                }
                for how, targets in ((Verb.LINK, stand), (Verb.UNLINK, ever - stand)):
                    if targets:
                        self._append(kind, record, how, {cell.name: sorted(targets, key=repr)}, new)
        if any(op.verb == Verb.DELETE for op in ops):
            self._append_life(kind, record, Verb.RESTORE, new)
        self.fold(kind, record)

    def _relink(
        self, kind: Kind, record: Id, cell: str, targets: Sequence[bytes | str], verb: Verb
    ) -> None:
        stand = self._targets(kind, record, cell)
        targets = [target for target in targets if (target in stand) != (verb is Verb.LINK)]
        if not targets:
            return
        row = self._row(kind, record)
        if row is None:
            self._see_there(kind, record)
        self._append(kind, record, verb, {cell: list(targets)}, self._scopes(kind, record, row))
        if self._may_meet:
            self.fold(kind, record)
            return
        table = kind.link_table(cell)
        sql = (
            f"INSERT OR IGNORE INTO {table} (eid, target) VALUES (?, ?)"
            if verb is Verb.LINK
            else f"DELETE FROM {table} WHERE eid = ? AND target = ?"
        )
        self._connection.executemany(sql, [(record, target) for target in targets])

    def _live(self, kind: Kind, record: Id, verb: Verb) -> None:
        row = self._row(kind, record)
        if row and not self._doubted(record) and bool(row["gone"]) is (verb is Verb.DELETE):
            return
        self._append_life(kind, record, verb, self._scopes(kind, record, row))
        if self._joined:
            self.fold(kind, record)
        else:
            self._execute(
                f"UPDATE {kind.table} SET gone = ? WHERE id = ?",
                (int(verb is Verb.DELETE), record),
            )
            self._execute("DELETE FROM contested WHERE eid = ? AND cell = ?", (record, LIFE))

    def _see_there(self, kind: Kind, record: Id) -> None:
        if not self._log.of_record(kind.name, record):
            raise RuleBroken(
                Text(
                    "This is no longer in the file: the hub did not take it, or took it away. Copy"
                    " what you wrote to where it belongs."
                )
            )

    def _doubted(self, record: Id) -> bool:
        sql = "SELECT 1 FROM contested WHERE eid = ? AND cell = ?"
        return self._execute(sql, (record, LIFE)).fetchone() is not None

    def _append_life(
        self, kind: Kind, record: Id, verb: Verb, scopes: Mapping[Audience, Scope]
    ) -> None:
        """Say that a record lives or not to all who may read any of its cells."""
        for audience in sorted({cell.audience for cell in kind.cells}):
            self._append(kind, record, verb, {}, dict.fromkeys(Audience, scopes[audience]))

    def _append(
        self,
        kind: Kind,
        record: Id,
        verb: Verb,
        cells: dict[str, Any],
        scopes: Mapping[Audience, Scope],
    ) -> None:
        erased = self._erased_among({record, *ids_in(cells.values())})
        if erased:
            refuse_erased(kind, record, cells, erased)
        number = self._dictionary.number
        for scope, part in parted(kind, cells, scopes):
            self._execute(
                APPEND,
                (
                    self._action,
                    0,
                    None,
                    self._seen,
                    self._wall,
                    self._dictionary.scope(scope),
                    number(kind.name),
                    record,
                    int(verb),
                    self._dictionary.pack(part),
                    None,
                ),
            )
        self._touched[kind.name].add(record)

    def _erased_among(self, ids: Collection[bytes]) -> frozenset[bytes]:
        if self._none_erased is None:
            self._none_erased = self._execute("SELECT 1 FROM erased LIMIT 1").fetchone() is None
        if self._none_erased:  # mostly: then not every record need ask
            return frozenset()
        marks = ",".join("?" * len(ids))
        rows = self._execute(f"SELECT id FROM erased WHERE id IN ({marks})", tuple(ids))
        return frozenset(row[0] for row in rows)
