"""Notes in which all that was typed stands: asked of the documents, checked in the records."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.privacy import Mode, may_show
from kamdesk.search.doc_rows import day_of, joined
from kamdesk.search.fields import Prose, shown
from kamdesk.search.hits import Hit, How
from kamdesk.search.typed import Place, Typed, places
from kamdesk.search.words import plain
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Reader

_NEWEST: Final = 200
_STEP: Final = 50
_BEFORE, _AFTER = 24, 56
_SCORE: Final = 20.0

_DOCS = """
SELECT d.rid, d.kind, d.eid, d.cell
FROM search_notes f JOIN search_docs d ON d.rid = f.rowid
WHERE f.search_notes MATCH ? ORDER BY f.rowid DESC LIMIT ?"""
_CALLED = "SELECT id, coalesce(short_name, name), gone FROM accounts WHERE id IN"

Kinds = Mapping[str, tuple[Kind, tuple[Prose, ...]]]


class _Read(NamedTuple):
    account: Any
    title: str
    texts: dict[str, str]


def found_notes(reader: Reader, kinds: Kinds, typed: Typed, *, limit: int, mode: Mode) -> list[Hit]:
    """Return the newest records in whose prose all terms stand, each once."""
    rows = reader.ask(_DOCS, typed.for_notes, max(_NEWEST, 2 * limit))
    hits: list[Hit] = []
    known: set[tuple[str, bytes]] = set()
    for at in range(0, len(rows), _STEP):
        step = [row for row in rows[at : at + _STEP] if row[1] in kinds]
        read = _read(reader, kinds, step)
        called = _called(reader, {one.account for one in read.values() if one.account})
        for rid, kind, record, cell in map(tuple, step):
            one = read.get((kind, record))
            if one is None or (kind, record) in known or len(hits) == limit:
                continue
            privacy = next(one.cell.privacy for one in kinds[kind][1] if one.cell.name == cell)
            snippet = _snippet(one.texts.get(cell, ""), typed.terms)
            account_name, gone = called.get(one.account, ("", False))
            if snippet is None or gone or not may_show(privacy, mode):
                continue
            known.add((kind, record))
            hits.append(
                Hit(
                    kind=kind,
                    id=Id(record),
                    title=one.title or account_name,
                    matched=snippet[0],
                    where=cell,
                    how=How.PROSE,
                    account=one.account,
                    account_name=account_name,
                    privacy=privacy,
                    score=_SCORE,
                    marks=snippet[1],
                    day=day_of(rid),
                )
            )
        if len(hits) == limit:
            break
    return hits


def _read(reader: Reader, kinds: Kinds, step: list[Any]) -> dict[tuple[str, bytes], _Read]:
    """Return the records of some documents: account, name and prose by cell."""
    ids: dict[str, set[bytes]] = defaultdict(set)
    cells: dict[str, set[str]] = defaultdict(set)
    for _, name, record, cell in map(tuple, step):
        ids[name].add(record)
        cells[name].add(cell)
    found = {}
    for name, records in ids.items():
        kind, every = kinds[name]
        prose = [part for part in every if part.cell.name in cells[name]]
        columns = [column for part in prose for column in part.columns]
        own = kind.scope_of if kind.scope_of in ("id", *kind.columns) else "NULL"
        title = "name" if "name" in kind.columns else "NULL"
        rows = reader.ask(
            f"SELECT id, {own}, {title}, {', '.join(columns)} FROM {kind.table}"
            f" WHERE {shown(kind)} AND {kind.table}.id IN ({','.join('?' * len(records))})",
            *records,
        )
        for row in rows:
            texts, at = {}, 3
            for part in prose:
                texts[part.cell.name] = joined(row[at : at + len(part.columns)])
                at += len(part.columns)
            found[name, row[0]] = _Read(row[1], row[2] or "", texts)
    return found


def _called(reader: Reader, accounts: set[bytes]) -> dict[Any, tuple[str, bool]]:
    if not accounts:
        return {}
    rows = reader.ask(f"{_CALLED} ({','.join('?' * len(accounts))})", *accounts)
    return {row[0]: (row[1] or "", bool(row[2])) for row in rows}


def _snippet(text: str, terms: list[str]) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """Return the text around the first match and where in it the terms stand."""
    folded = plain(text)
    found = places(folded, terms)
    if found is None:
        return None
    shown = text if len(text) == len(folded) else folded
    first = min(found)
    start, end = max(0, first.start - _BEFORE), min(len(shown), first.end + _AFTER)
    head, tail = "…" if start else "", "…" if end < len(shown) else ""
    piece = "".join(" " if char.isspace() else char for char in shown[start:end])
    moved = (Place(a - start + len(head), b - start + len(head)) for a, b in sorted(set(found)))
    return head + piece + tail, tuple(
        (place.start, place.end) for place in moved if place.end <= len(head) + len(piece)
    )
