"""Values written apart that wait for the user: what each side says, and settling it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.heads import shown
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import SETS
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LIFE, Cell, CellValue, Kind, Merge
from kamdesk.storage.change import Seen
from kamdesk.storage.fold import RecordOp, Verb, unseen
from kamdesk.storage.held import Held
from kamdesk.storage.naming import read_name
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.merge import merge

LIVES = "lives"
"""What a side says of a record that another deleted, in place of a value."""


class Side(NamedTuple):
    """One of the values that stand: what was written, by whom, when, in which action.

    For a record deleted while somebody wrote to it, ``value`` is None where it was deleted and
    ``LIVES`` where it was written to. ``mine`` is True for what was written on this device.
    ``visit`` is the visit written up in the same action; ``wrote`` what was written to a record
    that another deleted, by cell.
    """

    value: CellValue
    mine: bool
    at: Instant
    by: bytes | None
    action: Text
    shown: bool
    visit: bytes | None = None
    wrote: Mapping[str, CellValue] = MappingProxyType({})


class Conflict(NamedTuple):
    """A cell with values written apart; ``seen`` is the position at which this was read."""

    kind: str
    record: Id
    cell: str
    sides: tuple[Side, ...]
    seen: Seen


def conflicts(storage: Storage) -> list[Conflict]:
    """Return the open conflicts, by record; cells unknown here are left to newer programs."""
    found = []
    for kind_name, record, cell in storage.reader.ask(
        "SELECT kind, eid, cell FROM contested ORDER BY eid, cell"
    ):
        if kind_name in storage.catalogue:
            kind = storage.catalogue[kind_name]
            if cell == LIFE or cell in kind.by_name:
                sides = _sides(storage, kind, record, cell)
                found.append(Conflict(kind_name, record, cell, sides, storage.position()))
    return found


def resolve(storage: Storage, conflict: Conflict, value: CellValue) -> ChangeSet:
    """Settle a conflict on ``value``: one side's or a third.

    For a record deleted while somebody wrote to it, None deletes it and anything else keeps it.
    What came since ``conflict`` was read stays in conflict.
    """
    return settle(storage, ((conflict, value),))


def settle(storage: Storage, decided: Iterable[tuple[Conflict, CellValue]]) -> ChangeSet:
    """Settle conflicts in one action, each on its value as ``resolve`` takes it."""
    every = list(decided)
    if not every:
        return ChangeSet()
    seen = min(conflict.seen for conflict, _ in every)
    with storage.change(Text("Settle a conflict"), seen=seen) as change:
        for conflict, value in every:
            kind = storage.catalogue[conflict.kind]
            if conflict.cell != LIFE:
                change.write(kind, conflict.record, {conflict.cell: value}, verb=Verb.RESOLVE)
            elif value is None:
                change.drop(kind, conflict.record)
            else:
                change.restore(kind, conflict.record)
    return change.touched


def typed(cell: Cell | None) -> bool:
    """True for a cell that is written in words of one's own, not chosen from a list."""
    return (
        cell is not None
        and len(cell.columns) == 1
        and cell.held == (Held.TEXT,)
        and (cell.searched or cell.merge is Merge.TEXT)
    )


def merged_text(storage: Storage, conflict: Conflict) -> str | None:
    """Return what two long texts written apart amount to; None where the user must decide.

    The base is the last text both writers had seen.
    """
    texts = texts_apart(storage, conflict)
    return None if texts is None else merge(*texts)


def texts_apart(storage: Storage, conflict: Conflict) -> tuple[str, str, str] | None:
    """Return the last text both writers had seen and the two of now, in the order of the sides.

    None for what is no long text, or written by more than two.
    """
    kind = storage.catalogue[conflict.kind]
    cell = kind.by_name.get(conflict.cell)
    if cell is None or cell.merge is not Merge.TEXT or len(conflict.sides) != 2:
        return None
    common = _common(storage, conflict)
    texts = [op.cells[cell.name] or "" for op in common]
    texts += [side.value or "" for side in conflict.sides]
    if len(common) > 1 or any(not isinstance(text, str) for text in texts):
        return None
    return (texts[0] if common else "", texts[-2], texts[-1])


def before(storage: Storage, conflict: Conflict) -> Side | None:
    """Return what stood there before: the last that all writers had seen; None for nothing."""
    if conflict.cell == LIFE:
        return None
    common = _common(storage, conflict)
    if not common:
        return None
    top = shown([op.stamped for op in common]).value
    return _side(storage, top, top.cells[conflict.cell], shown=False)


def _common(storage: Storage, conflict: Conflict) -> list[RecordOp]:
    ops = storage.log.of_record(conflict.kind, conflict.record)
    writes = [op for op in ops if op.verb in SETS and conflict.cell in op.cells]
    stand = unseen(writes)
    return unseen([op for op in writes if all(one.saw(op) for one in stand)])


def _sides(storage: Storage, kind: Kind, record: Id, cell: str) -> tuple[Side, ...]:
    ops = storage.log.of_record(kind.name, record)
    if cell == LIFE:
        ends = unseen([op for op in ops if op.verb in (Verb.DELETE, Verb.RESTORE)])
        news = [op for op in ops if op.verb in SETS and not any(end.saw(op) for end in ends)]
        return (
            *(_side(storage, op, None, shown=False) for op in ends),
            *(
                _side(storage, op, LIVES, shown=True)._replace(
                    wrote={cell: value for one in news for cell, value in one.cells.items()}
                )
                for op in news[-1:]
            ),
        )
    stand = unseen([op for op in ops if op.verb in SETS and cell in op.cells])
    top = shown([op.stamped for op in stand]).value
    return tuple(_side(storage, op, op.cells[cell], shown=op is top) for op in stand)


def _side(storage: Storage, op: RecordOp, value: CellValue, *, shown: bool) -> Side:
    row = storage.reader.ask("SELECT * FROM actions WHERE id = ?", op.action).first()
    return Side(
        value=value,
        mine=op.dev == storage.log.own,
        at=Instant(op.wall, storage.clock.now().zone),
        by=row["by"] if row else None,
        action=read_name(row["name"], row["plural"], row["said"]) if row else Text("Change"),
        shown=shown,
        visit=storage.reader.ask(_WRITTEN_UP, op.lid, op.action).value(),
    )


_WRITTEN_UP = """
SELECT eid FROM op JOIN words ON words.n = op.kind
WHERE lid BETWEEN ?1 - 500 AND ?1 + 500 AND action = ?2 AND word = 'visit' LIMIT 1"""
