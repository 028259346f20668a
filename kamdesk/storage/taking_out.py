"""Taking erased people out of rows and log: what is about them goes, what names them forgets them.

A record that was ever said to be about an erased person goes with them, on every device alike; so
the same is left wherever the same ops have come together.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kamdesk.core.ids import Id
from kamdesk.core.wire_op import WireOp
from kamdesk.storage import erased_list
from kamdesk.storage.change import Change
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.fold import Verb
from kamdesk.storage.scrubbing import is_about, names_any, what_stays
from kamdesk.storage.storage import Storage

_NAMING = "SELECT lid, kind, eid, verb, cells FROM op WHERE instr(cells, ?1) OR eid = ?1"
_OF = "SELECT lid, kind, eid, verb, cells FROM op WHERE eid = ?"
_Record = tuple[str, Id]


def take_out(storage: Storage, change: Change, erased: Mapping[bytes, Listed]) -> set[_Record]:
    """Erase records within a transaction; return them with all that went along.

    Their ops stay as empty shells: whoever sends them again is not heeded.
    """
    day = max(entry.day for entry in erased.values())
    ids = frozenset(erased)
    rows = {row[0]: row for row in _naming(storage, erased)}
    word = storage.dictionary.word
    gone: set[_Record] = {(entry.kind, Id(record)) for record, entry in erased.items()}
    for _, kind, record, verb, cells in rows.values():
        said = storage.dictionary.unpack(cells)
        known = storage.catalogue.find(word(kind))
        if is_about(known, verb, said, ids) if known else names_any(said.values(), ids):
            gone.add((word(kind), Id(record)))
    for _, record in gone - {(entry.kind, record) for record, entry in erased.items()}:
        rows.update((row[0], row) for row in map(tuple, storage.connection.execute(_OF, (record,))))
    along: dict[bytes, Listed] = {record: Listed.on(kind, day) for kind, record in gone}
    erased_list.note(storage.connection, {**along, **erased})
    _blank(storage, rows.values(), gone, ids)
    storage.connection.executemany(
        "DELETE FROM drafts WHERE instr(place, ?1) OR instr(content, ?1)",
        [(record.hex(),) for _, record in gone],
    )
    touched = gone | {(word(row[1]), Id(row[2])) for row in rows.values()}
    for kind_name, record in sorted(touched):
        if kind_name in storage.catalogue:
            change.fold(storage.catalogue[kind_name], record)
    return gone


def swallowed(
    storage: Storage, op: WireOp, erased: Mapping[bytes, Listed]
) -> tuple[int, dict[str, Any], bool]:
    """Return what may be kept of an op that comes in: verb, cells, and if its record is erased."""
    ids = erased.keys()
    if op.kind not in storage.catalogue:
        gone = op.record in ids or names_any(op.cells.values(), ids)
        return (int(Verb.ERASE), {}, True) if gone else (op.verb, dict(op.cells), False)
    kind = storage.catalogue[op.kind]
    gone = op.record in ids or is_about(kind, op.verb, op.cells, ids)
    stays = what_stays(kind, op.cells, ids, gone=gone)
    return (int(Verb.ERASE) if gone and not kind.outlives else op.verb), stays, gone


def _naming(storage: Storage, erased: Mapping[bytes, Listed]) -> Iterable[tuple[Any, ...]]:
    """Yield the ops of erased records, and for people those that name them."""
    for record, entry in erased.items():
        known = storage.catalogue.find(entry.kind)
        sql = _OF if known and not known.called else _NAMING
        yield from map(tuple, storage.connection.execute(sql, (record,)).fetchall())


def _blank(
    storage: Storage,
    rows: Iterable[tuple[Any, ...]],
    gone: set[_Record],
    ids: frozenset[bytes],
) -> None:
    word, pack = storage.dictionary.word, storage.dictionary.pack
    ends = {record for _, record in gone}
    changed: list[tuple[int, bytes, int]] = []
    for lid, kind, record, verb, cells in rows:
        said = storage.dictionary.unpack(cells)
        known = storage.catalogue.find(word(kind))
        if known is None:
            stays, then = {}, int(Verb.ERASE)
        else:
            stays = what_stays(known, said, ids, gone=record in ends)
            then = int(Verb.ERASE) if record in ends and not known.outlives else verb
        changed.append((then, pack(stays), lid))
    storage.connection.executemany("UPDATE op SET verb = ?, cells = ? WHERE lid = ?", changed)
