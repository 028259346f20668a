"""Long texts written apart become one: by the one party whose text came later in the log."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import SETS
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Merge
from kamdesk.storage.fold import unseen
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.conflicts import Conflict, conflicts, merged_text


def merge_texts(storage: Storage) -> ChangeSet:
    """Write, as an ordinary change, each text that is this device's to bring together.

    All others wait for it; where both changed the same sentence it is left to the user.
    """
    touched: frozenset[tuple[str, Id]] = frozenset()
    for conflict in conflicts(storage) if _any_apart(storage) else ():
        text = merged_text(storage, conflict) if _is_ours(storage, conflict) else None
        if text is not None:
            kind = storage.catalogue[conflict.kind]
            with storage.change(Text("Bring texts together"), seen=conflict.seen) as change:
                change.write(kind, conflict.record, {conflict.cell: text})
            touched |= change.touched.records
    return ChangeSet(touched)


def _any_apart(storage: Storage) -> bool:
    """True when a text is contested: most exchanges end here."""
    cells = [
        (kind.name, cell.name)
        for kind in storage.catalogue.kinds
        for cell in kind.cells
        if cell.merge is Merge.TEXT
    ]
    rows = storage.reader.ask("SELECT DISTINCT kind, cell FROM contested")
    return not {(row["kind"], row["cell"]) for row in rows}.isdisjoint(cells)


def _is_ours(storage: Storage, conflict: Conflict) -> bool:
    cell = storage.catalogue[conflict.kind].by_name.get(conflict.cell)
    if cell is None or cell.merge is not Merge.TEXT:
        return False
    ops = storage.log.of_record(conflict.kind, conflict.record)
    stand = unseen(op for op in ops if op.verb in SETS and cell.name in op.cells)
    if any(op.seq is None for op in stand):
        return False
    return max(stand, key=lambda op: op.seq or 0).dev == storage.log.own
