"""Bringing tables and log together again where parts of either were lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import basis, own_values
from kamdesk.storage.catalogue import CellValue, Kind, Merge
from kamdesk.storage.change import Change
from kamdesk.storage.database import Row
from kamdesk.storage.fold import Folded, fold
from kamdesk.storage.rows import columns_of, targets_of, values_of
from kamdesk.storage.storage import Storage

NAME = Text("Save from a damaged file")

_Known = tuple[str, Id]


@dataclass(slots=True)
class Reconciled:
    """The records that came back from the log, and those the log says anew, after op ``saved``."""

    from_log: set[_Known] = field(default_factory=set)
    said_anew: set[_Known] = field(default_factory=set)
    saved: int = 0


@dataclass(slots=True)
class _Gap:
    """What a record's row says and its log does not; ``…_lost``: the other way round."""

    kind: Kind
    record: Id
    values: dict[str, CellValue] = field(default_factory=dict)
    linked: dict[str, set[Any]] = field(default_factory=dict)
    unlinked: dict[str, set[Any]] = field(default_factory=dict)
    gone: bool | None = None
    links_lost: bool = False
    own_lost: bool = False

    def __bool__(self) -> bool:
        return bool(self.values or self.linked or self.unlinked or self.gone is not None)


def reconcile(storage: Storage, *, lost: Mapping[str, bool]) -> Reconciled:
    """Make rows that are missing from the log, and let the log say what rows say beyond it.

    ``lost`` tells of each table whether rows of it are missing. Afterwards the tables are what the
    log amounts to. Derived tables are left to their followers.
    """
    found, missing, gaps = Reconciled(), list[tuple[Kind, Id]](), list[_Gap]()
    for name, record, ops in storage.log.records():
        if name not in storage.catalogue:
            continue
        kind, folded = storage.catalogue[name], fold(ops)
        row = storage.reader.ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
        gap = _gap(storage, kind, record, row, folded, lost)
        if row is None and not folded.erased:
            found.from_log.add((name, record))
        if row is None or folded.contested or gap.links_lost or gap.own_lost:
            missing.append((kind, record))
        if gap:
            gaps.append(gap)
    for kind in storage.catalogue.kinds:
        for row in storage.reader.ask(_UNSAID.format(table=kind.table), kind.name):
            gaps.append(_gap(storage, kind, Id(row["id"]), row, Folded(), lost, unsaid=True))
    found.saved = storage.reader.ask("SELECT max(lid) FROM op").value() or 0
    with storage.change(NAME) as change:
        for kind, record in missing:
            change.fold(kind, record)
        for gap in gaps:
            _say(storage, change, gap)
            found.said_anew.add((gap.kind.name, gap.record))
        for kind in storage.catalogue.kinds:
            _drop_links_of_nobody(storage, kind)
    return found


_UNSAID = """
SELECT * FROM {table} WHERE id NOT IN (
    SELECT eid FROM op JOIN words ON words.n = op.kind WHERE words.word = ?)"""


def _gap(
    storage: Storage,
    kind: Kind,
    record: Id,
    row: Row | None,
    folded: Folded,
    lost: Mapping[str, bool],
    *,
    unsaid: bool = False,
) -> _Gap:
    """Return what the log lacks of a record; where the row is lost, the log is all there is."""
    gap = _Gap(kind, record)
    if row is not None and not folded.erased:
        bases = basis.of_record(storage.reader.ask, record)
        values = basis.whole(kind, values_of(kind, row), bases)
        logged = basis.said(kind, folded.values)
        for cell in kind.valued:
            columns = columns_of(cell, folded.values.get(cell.name))
            stands_on = bases.get(cell.name)
            if any(row[name] != value for name, value in columns) or (
                stands_on is not None and stands_on != logged.get(cell.name)
            ):
                gap.values[cell.name] = values[cell.name]
        _own_gap(storage, gap, own_values.said(kind, folded.values), lost)
        if unsaid and not gap.values:
            gap.values = dict(list(values.items())[:1])  # a record that says nothing still is one
        if bool(row["gone"]) != folded.gone:
            gap.gone = bool(row["gone"])
    for cell in kind.cells if not folded.erased else ():
        if cell.merge is Merge.LINKS:
            table = kind.link_table(cell.name)
            sql = f"SELECT target FROM {table} WHERE eid = ?"
            stand = set(storage.reader.ask(sql, record).column())
            said = targets_of(cell, folded)
            if stand - said:
                gap.linked[cell.name] = stand - said
            if said - stand and lost.get(table):
                gap.links_lost = True
            elif said - stand:
                gap.unlinked[cell.name] = said - stand
    return gap


def _own_gap(
    storage: Storage, gap: _Gap, logged: own_values.Values, lost: Mapping[str, bool]
) -> None:
    """Note the own values of which row and log tell something else."""
    if not gap.kind.own:
        return
    stand = own_values.of_record(storage.reader.ask, gap.record)
    gap.values |= {cell: value for cell, value in stand.items() if value != logged.get(cell)}
    if missing := logged.keys() - stand.keys():
        gap.own_lost = bool(lost.get(own_values.TABLE))
        gap.values |= {} if gap.own_lost else dict.fromkeys(missing)


def _say(storage: Storage, change: Change, gap: _Gap) -> None:
    """Write ops for what the log lacks: first the tables say nothing of it, then it is done."""
    execute, executemany = storage.connection.execute, storage.connection.executemany
    if gap.values:
        change.write(gap.kind, gap.record, gap.values)
    for name, targets in gap.linked.items():
        table = gap.kind.link_table(name)
        executemany(
            f"DELETE FROM {table} WHERE eid = ? AND target = ?", [(gap.record, t) for t in targets]
        )
        change.link(gap.kind, gap.record, name, *sorted(targets, key=repr))
    for name, targets in gap.unlinked.items():
        table = gap.kind.link_table(name)
        executemany(
            f"INSERT OR IGNORE INTO {table} (eid, target) VALUES (?, ?)",
            [(gap.record, t) for t in targets],
        )
        change.unlink(gap.kind, gap.record, name, *sorted(targets, key=repr))
    if gap.gone is not None:
        execute(f"UPDATE {gap.kind.table} SET gone = ? WHERE id = ?", (not gap.gone, gap.record))
        (change.drop if gap.gone else change.restore)(gap.kind, gap.record)
    change.fold(gap.kind, gap.record)


def _drop_links_of_nobody(storage: Storage, kind: Kind) -> None:
    for cell in kind.cells:
        if cell.merge is Merge.LINKS:
            nobody = f"eid NOT IN (SELECT id FROM {kind.table})"
            storage.connection.execute(f"DELETE FROM {kind.link_table(cell.name)} WHERE {nobody}")
