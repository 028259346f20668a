"""Where a person's name stands in texts that are not theirs, and how it is blanked there."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.privacy import Privacy
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.storage import basis, forgetting, own_values
from kamdesk.storage.catalogue import CellValue, Kind, is_own
from kamdesk.storage.change import Change
from kamdesk.storage.fold import Verb
from kamdesk.storage.naming import name_columns, read_name
from kamdesk.storage.rows import values_of, whole_of
from kamdesk.storage.scrubbing import blanked
from kamdesk.storage.storage import Storage

_WRITES = (Verb.SET, Verb.RESOLVE)


class Mention(NamedTuple):
    """A text in which a name stands."""

    kind: str
    record: Id
    cell: str


def names_of(storage: Storage, kind: Kind, record: Id) -> set[str]:
    """Return what a person is and ever was called, in full."""
    ops = storage.log.of_record(kind.name, record)
    return set().union(*(names_in(kind, op.verb, op.cells) for op in ops))


def names_in(kind: Kind, verb: int, cells: Mapping[str, Any]) -> set[str]:
    """Return the full name that an op gives to a person, if it does."""
    found: set[str] = set()
    for name, value in cells.items() if verb in _WRITES else ():
        cell = kind.by_name.get(name)
        if cell and kind.called in cell.columns:
            whole = value if isinstance(value, tuple) else (value,)
            at = cell.columns.index(kind.called)
            if at < len(whole) and isinstance(whole[at], str):
                found.add(whole[at])
    return found


def mentions(
    storage: Storage, pattern: "re.Pattern[str]", *, without: frozenset[bytes] = frozenset()
) -> list[Mention]:
    """Return the cells of living records in which a name stands; not those of ``without``."""
    return [
        Mention(kind.name, record, cell)
        for kind, record, cells in _named(storage, pattern, " WHERE NOT gone")
        if record not in without
        for cell in cells
    ]


def blank(storage: Storage, change: Change, pattern: "re.Pattern[str]") -> int:
    """Blank a name in all texts and their history; return in how many texts of today it stood.

    The texts of today change by ordinary ops, which go to the others; what they said before, the
    others forget. Where several stand undecided and one not shown has the name, all become one.
    """
    for kind, record, cell, text in list(_undecided(storage, pattern)):
        change.write(kind, record, {cell: blanked(text, pattern)})
    found = list(_named(storage, pattern, ""))
    for kind, record, cells in found:
        row = storage.connection.execute(
            f"SELECT * FROM {kind.table} WHERE id = ?", (record,)
        ).fetchone()
        was_gone, values = bool(row["gone"]), whole_of(storage.reader.ask, kind, row)
        texts = {cell: _blanked(kind, cell, values[cell], pattern) for cell in cells}
        change.write(kind, record, texts)
        if was_gone:  # what is written to a deleted record wakes it
            change.drop(kind, record)
    for place, said in sorted(blank_ops(storage, change, pattern).items()):
        forgetting.say(storage, change.action, *place, sorted(said))
    return sum(len(cells) for _, _, cells in found)


def blank_unsaved(storage: Storage, pattern: "re.Pattern[str]") -> None:
    """Blank a name in what actions are called; drop drafts and mappings in which it stands."""
    execute = storage.connection.execute
    for n, name, plural, said in execute("SELECT id, name, plural, said FROM actions").fetchall():
        if pattern.search(said) or "\\u" in said:
            kept = _without(read_name(name, plural, said), pattern)
            execute("UPDATE actions SET said = ? WHERE id = ?", (name_columns(kept)[2], n))
    for place, content in execute("SELECT place, content FROM drafts").fetchall():
        typed = json.loads(content)
        if any(pattern.search(str(text)) for text in typed.values()):
            execute("DELETE FROM drafts WHERE place = ?", (place,))
    for headings, content in execute("SELECT headings, content FROM mappings").fetchall():
        if pattern.search(content):
            execute("DELETE FROM mappings WHERE headings = ?", (headings,))


@cache
def _texts(kind: Kind) -> frozenset[str]:
    """Return the cells in which somebody may be mentioned: not the names of others and of firms."""
    return frozenset(
        cell.name
        for cell in kind.valued
        if cell.privacy is not Privacy.PUBLIC and kind.called not in cell.columns
    )


def _blanked(kind: Kind, name: str, value: CellValue, pattern: "re.Pattern[str]") -> CellValue:
    """Return a cell without the name: in its text, and in what it stands on, whoever said so."""
    if name in _texts(kind) or is_own(name):
        return blanked(value, pattern)  # type: ignore[no-any-return]  # as it came in
    if (cell := kind.by_name.get(name)) is None:
        return value
    plain, stands_on = basis.parted(cell, value)
    return basis.with_basis(cell, plain, blanked(stands_on, pattern))


def _without(name: Text, pattern: "re.Pattern[str]") -> Text:
    def kept(value: object) -> object:
        if isinstance(value, Text):
            return _without(value, pattern)
        if isinstance(value, tuple):
            return tuple(map(kept, value))
        return blanked(value, pattern)

    return Text.again(name.source, name.plural, {key: kept(v) for key, v in name.values.items()})


def _named(
    storage: Storage, pattern: "re.Pattern[str]", where: str
) -> Iterator[tuple[Kind, Id, list[str]]]:
    """Yield the records in whose texts a name stands, with the cells it stands in."""
    bases, own = basis.of_all(storage.reader.ask), own_values.of_all(storage.reader.ask)
    for kind in storage.catalogue.kinds:
        texts = sorted({*_texts(kind), *(cell.name for cell in kind.valued if cell.dated)})
        for row in storage.reader.ask(f"SELECT * FROM {kind.table}{where}"):
            values = basis.whole(kind, values_of(kind, row), bases.get(row["id"], {}))
            mine = own.get(row["id"], {}) if kind.own else {}
            values |= mine
            named = (*texts, *mine)
            cells = [n for n in named if _blanked(kind, n, values[n], pattern) != values[n]]
            if cells:
                yield kind, Id(row["id"]), cells


def _undecided(storage: Storage, pattern: "re.Pattern[str]") -> Iterator[tuple[Kind, Id, str, str]]:
    """Yield the cells in which a text that is not shown has the name, with all their texts."""
    asked = "SELECT kind, eid, cell FROM contested ORDER BY kind, eid, cell"
    for name, record, cell in storage.reader.ask(asked):
        kind = storage.catalogue.find(name)
        if kind is None or not (cell in _texts(kind) or is_own(cell)):
            continue
        row = storage.reader.ask(f"SELECT gone FROM {kind.table} WHERE id = ?", record).first()
        stand = forgetting.standing(storage, name, Id(record))
        ops = sorted(storage.log.of_record(name, Id(record)), key=lambda op: (-op.wall, -op.dev))
        texts = [op.cells[cell] for op in ops if (op.lid, cell) in stand]
        if row is None or row["gone"] or not all(isinstance(text, str) for text in texts):
            continue
        if any(pattern.search(text) for text in texts):
            yield kind, Id(record), cell, "\n".join(dict.fromkeys(texts))


def blank_ops(
    storage: Storage, change: Change, pattern: "re.Pattern[str]", *, seen_by: WireOp | None = None
) -> dict[forgetting.Place, set[str]]:
    """Blank a name in all ops, fold what they belong to; return where in what others have too.

    On another desk than the eraser's only in ops the eraser had seen (``seen_by``), and of other
    accounts than theirs only what no longer stands: the eraser said the texts of today anew, so no
    desk shows another text than the rest, whatever name somebody chose to erase.
    """
    where = ""
    values: tuple[int, ...] = ()
    if seen_by:
        where = " WHERE (seq <= ? OR (dev = ? AND dseq < ?))"
        values = (seen_by.ctx, seen_by.dev, seen_by.dseq)
    unpack, pack, word = (
        storage.dictionary.unpack,
        storage.dictionary.pack,
        storage.dictionary.word,
    )
    changed: list[tuple[bytes, int]] = []
    touched: set[tuple[str, Id]] = set()
    went: dict[forgetting.Place, set[str]] = {}
    rows: Any = storage.connection.execute(
        "SELECT lid, kind, eid, cells, account, scope, dseq"
        " FROM op LEFT JOIN scopes ON scopes.n = op.scope" + where,
        values,
    ).fetchall()
    for lid, kind, record, cells, account, scope, dseq in rows:
        said = unpack(cells)
        known = storage.catalogue.find(word(kind))
        kept = {n: _blanked(known, n, v, pattern) for n, v in said.items()} if known else said
        if kept != said and seen_by and account != seen_by.scope[0]:
            stands = forgetting.standing(storage, word(kind), Id(record))
            kept |= {n: v for n, v in said.items() if (lid, n) in stands}
        if kept != said:
            changed.append((pack(kept), lid))
            touched.add((word(kind), Id(record)))
            if dseq:
                changes = {n for n, value in kept.items() if value != said[n]}
                went.setdefault((scope, kind, record), set()).update(changes)
    storage.connection.executemany("UPDATE op SET cells = ? WHERE lid = ?", changed)
    for name, record in sorted(touched):
        if name in storage.catalogue:
            change.fold(storage.catalogue[name], record)
    return went
