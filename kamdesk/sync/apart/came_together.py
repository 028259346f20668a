"""What was written apart and came together without asking: how much, of the last days."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wire_op import SETS
from kamdesk.storage.fold import RecordOp, Verb, unseen
from kamdesk.storage.storage import Storage

DAYS: Final = 7
_MOST: Final = 500
"""Records looked through at most: those written to last."""


class CameTogether(NamedTuple):
    """How many values: different ``fields`` kept of both, ``texts`` merged, written the ``same``.

    ``complete`` is False where only the last records were looked through.
    """

    fields: int
    texts: int
    same: int
    complete: bool = True

    @property
    def every(self) -> int:
        """The sum."""
        return self.fields + self.texts + self.same


def came_together(storage: Storage) -> CameTogether:
    """Return what came together by itself in the records others wrote to in the last days."""
    since = storage.clock.now().ms - DAYS * 86_400_000
    sql = (
        "SELECT eid, word FROM op JOIN words ON words.n = op.kind"
        " WHERE seq IS NOT NULL AND seq > ? AND dev NOT IN (0, ?) AND wall >= ?"
        " GROUP BY eid ORDER BY max(seq) DESC LIMIT ?"
    )
    start = max(storage.position() - 20_000, 0)
    rows = list(storage.reader.ask(sql, start, storage.log.own, since, _MOST + 1))
    found = [_of(storage.log.of_record(kind, Id(eid)), storage.log.own) for eid, kind in rows]
    fields, texts, same = (sum(one[n] for one in found[:_MOST]) for n in range(3))
    return CameTogether(fields, texts, same, len(rows) <= _MOST)


def came_together_in(storage: Storage, kind: str, record: Id) -> CameTogether:
    """Return what came together by itself in one record, ever."""
    return CameTogether(*_of(storage.log.of_record(kind, record), storage.log.own))


def _of(ops: Iterable[RecordOp], own: int) -> tuple[int, int, int]:
    """Return the counts of one record."""
    mine: dict[str, list[RecordOp]] = defaultdict(list)
    theirs: dict[str, list[RecordOp]] = defaultdict(list)
    sets = [op for op in ops if op.verb in SETS]
    apart = [
        (one, other)
        for one in sets
        if one.dev == own
        for other in sets
        if other.dev not in (0, own) and not one.saw(other) and not other.saw(one)
    ]
    for one, other in apart:
        for cell in one.cells:
            mine[cell].append(one)
        for cell in other.cells:
            theirs[cell].append(other)
    both = set(mine) & set(theirs)
    last = {cell: unseen(op for op in sets if cell in op.cells) for cell in both}
    same = sum(
        len(stand) > 1 and all(op.cells[cell] == stand[0].cells[cell] for op in stand)
        for cell, stand in last.items()
    )
    merged = sum(
        len(stand) == 1 and _is_merged(stand[0], cell, mine[cell], theirs[cell])
        for cell, stand in last.items()
    )
    return len(set(mine) ^ set(theirs)), merged, same


def _is_merged(last: RecordOp, cell: str, mine: list[RecordOp], theirs: list[RecordOp]) -> bool:
    """True when a text that was written apart was made one by what nobody was asked about."""
    values = {op.cells[cell] for op in (*mine, *theirs) if isinstance(op.cells[cell], str)}
    return (
        last.verb is Verb.SET
        and isinstance(last.cells[cell], str)
        and len(values) > 1
        and last.cells[cell] not in values
    )
