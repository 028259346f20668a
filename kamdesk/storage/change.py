"""The only thing that can write: rows and their ops together, one transaction, one action."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NewType

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Clock
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import rows
from kamdesk.storage.catalogue import (
    HOUSE,
    LOCAL,
    Audience,
    Catalogue,
    CellValue,
    Kind,
    nothing,
)
from kamdesk.storage.database import Connection
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

Seen = NewType("Seen", int)
"""The position of the common log that was current when the user read the values."""

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
        self._action, self._seen, self._wall = action, seen, clock.now().ms
        self._may_meet = joined and seen < position
        self._joined = joined
        self._touched: dict[str, set[Id]] = defaultdict(set)
        self.result = ChangeSet()

    def put(self, kind: Kind, new: Record, *, base: Record | None = None) -> None:
        """Write ``new``: as a new record, or the cells in which it differs from ``base``.

        ``base`` is the value the user saw. Cells that are equal are not written, so that what
        somebody else changed meanwhile stays.
        """
        values = kind.values(new)
        record = Id(new.id)
        if base is None:
            if kind.linked and self._stands(kind, record):
                self._revive(kind, record, values)
            else:
                cells = {name: value for name, value in values.items() if not nothing(value)}
                self._append(kind, record, Verb.SET, cells, self._scopes(kind, record, values))
                rows.insert(self._execute, kind, record, cells)
        else:
            before = kind.values(base)
            changed = {n: value for n, value in values.items() if value != before[n]}
            if changed:
                moved = kind.scope_of in changed
                self.write(kind, record, values if moved else changed, known=values)

    def write(
        self,
        kind: Kind,
        record: Id,
        cells: Mapping[str, CellValue],
        *,
        known: Mapping[str, CellValue] | None = None,
        verb: Verb = Verb.SET,
    ) -> None:
        """Write cells of a record by name; ``known`` are its other values, if at hand."""
        self._append(kind, record, verb, dict(cells), self._scopes(kind, record, known or cells))
        if self._may_meet or verb is Verb.RESOLVE:
            self.fold(kind, record)
        else:
            rows.update(self._execute, kind, record, cells)
            if self._joined:
                self._connection.executemany(
                    "DELETE FROM contested WHERE eid = ? AND cell = ?",
                    [(record, cell) for cell in cells],
                )

    def put_all(self, kind: Kind, records: Iterable[Record]) -> None:
        """Write many new records: the same rows and ops as ``put``, in one go each."""
        pack, number = self._dictionary.pack, self._dictionary.number(kind.name)
        action, seen, wall = self._action, self._seen, self._wall
        touched, columns = self._touched[kind.name], kind.columns
        ops: list[tuple[Any, ...]] = []
        inserts: list[tuple[Any, ...]] = []
        for new in records:
            record = Id(new.id)
            values = kind.values(new)
            flat: list[Any] = [record]
            for cell in kind.valued:
                value = values[cell.name]
                flat.extend(value if isinstance(value, tuple) else (value,))
            inserts.append(tuple(flat))
            cells = {name: value for name, value in values.items() if not nothing(value)}
            for scope, part in _parted(kind, cells, self._scopes(kind, record, values)):
                scoped = self._dictionary.scope(scope)
                ops.append(
                    (action, 0, None, seen, wall, scoped, number, record, 1, pack(part), None)
                )
            touched.add(record)
        self._connection.executemany(APPEND, ops)
        marks = ", ?" * len(columns)
        self._connection.executemany(
            f"INSERT INTO {kind.table} (id, {', '.join(columns)}) VALUES (?{marks})", inserts
        )

    def link(self, kind: Kind, record: Id, cell: str, *targets: bytes | str) -> None:
        """Add targets to a set of the record."""
        self._relink(kind, record, cell, targets, Verb.LINK)

    def unlink(self, kind: Kind, record: Id, cell: str, *targets: bytes | str) -> None:
        """Take targets out of a set of the record."""
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
        rows.materialise(self._connection, kind, record, fold(self._log.of_record(record)))

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

    def _stands(self, kind: Kind, record: Id) -> bool:
        found = self._execute(f"SELECT 1 FROM {kind.table} WHERE id = ?", (record,)).fetchone()
        return found is not None

    def _revive(self, kind: Kind, record: Id, values: dict[str, CellValue]) -> None:
        sql = f"SELECT gone FROM {kind.table} WHERE id = ?"
        if self._execute(sql, (record,)).fetchone()[0]:
            self.restore(kind, record)
        self.write(kind, record, values, known=values)

    def _relink(
        self, kind: Kind, record: Id, cell: str, targets: Sequence[bytes | str], verb: Verb
    ) -> None:
        if not targets:
            return
        self._append(kind, record, verb, {cell: list(targets)}, self._scopes(kind, record, None))
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
        self._append(kind, record, verb, {}, self._scopes(kind, record, None))
        if self._joined:
            self.fold(kind, record)
        else:
            self._execute(
                f"UPDATE {kind.table} SET gone = ? WHERE id = ?",
                (int(verb is Verb.DELETE), record),
            )

    def _scopes(
        self, kind: Kind, record: Id, values: Mapping[str, CellValue] | None
    ) -> Mapping[Audience, Scope]:
        if kind.scope_of == HOUSE:
            return dict.fromkeys(Audience, HOUSE_SCOPE)
        if kind.scope_of == LOCAL:
            return dict.fromkeys(Audience, LOCAL_SCOPE)
        account: Any
        if kind.scope_of == "id":
            account = record
        elif values is not None and kind.scope_of in values:
            account = values[kind.scope_of]
        else:
            sql = f"SELECT {kind.scope_of} FROM {kind.table} WHERE id = ?"
            found = self._execute(sql, (record,)).fetchone()
            account = found[0] if found else None
        return {audience: account_scope(account, audience) for audience in Audience}

    def _append(
        self,
        kind: Kind,
        record: Id,
        verb: Verb,
        cells: dict[str, Any],
        scopes: Mapping[Audience, Scope],
    ) -> None:
        number = self._dictionary.number
        for scope, part in _parted(kind, cells, scopes):
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


def _parted(
    kind: Kind, cells: dict[str, Any], scopes: Mapping[Audience, Scope]
) -> list[tuple[Scope, dict[str, Any]]]:
    """Return the cells by the scope they belong to; all in one when the kind has one audience."""
    parts: dict[Scope, dict[str, Any]] = {}
    for name, value in cells.items():
        cell = kind.by_name.get(name)
        scope = scopes[cell.audience if cell else Audience.INTERNAL]
        parts.setdefault(scope, {})[name] = value
    return list(parts.items()) or [(scopes[Audience.INTERNAL], {})]


def name_columns(name: Text) -> tuple[str, str | None, str]:
    """Return an action's name as it is stored: source, plural, values as JSON."""
    return name.source, name.plural, json.dumps(_stored(name.values), ensure_ascii=False)


def read_name(source: str, plural: str | None, values: str) -> Text:
    """Return the name of an action as it was given."""
    return Text(source, plural, **_read(json.loads(values)))


def _stored(values: Mapping[str, object]) -> dict[str, object]:
    return {
        key: [value.source, value.plural, _stored(value.values)]
        if isinstance(value, Text)
        else value
        if isinstance(value, str | int)
        else str(value)
        for key, value in values.items()
    }


def _read(values: dict[str, Any]) -> dict[str, object]:
    return {
        key: Text(value[0], value[1], **_read(value[2])) if isinstance(value, list) else value
        for key, value in values.items()
    }
