"""Which records may fit what was typed: asked of the keys first, then of the full text."""

from collections.abc import Iterable

from kamdesk.search.fields import WEIGHTS, Group
from kamdesk.search.name_rows import N_BITS
from kamdesk.search.ranking import Ranked, ranked
from kamdesk.search.typed import Typed
from kamdesk.storage.database import Reader

LAST = "\U0010ffff"
_KEYS = 100
_FULL_TEXT = 300
_CODES = 50
_BATCH = 500
_N = (1 << N_BITS) - 1

_EXACT_KEY = "SELECT n FROM search_keys WHERE shelf = ? AND key = ? LIMIT ?"
_PREFIX_KEY = "SELECT n FROM search_keys WHERE shelf = ? AND key >= ? AND key < ? LIMIT ?"


def fitting(reader: Reader, typed: Typed, group: Group, limit: int) -> list[Ranked]:
    """Return the records of a group that fit, best first, not more than ``limit``."""
    found: dict[int, None] = {}
    _by_number(reader, typed, group, found)
    _by_key(reader, typed, group, found)
    if typed.for_names:
        scope = "{names} : " if group.person else ""
        _by_words(reader, group, f"{scope}({typed.for_names})", found)
        if group.person and len(found) < limit:
            _by_words(reader, group, typed.for_names, found)
    best = sorted(rank(reader, typed, group, found), key=_order)
    return best[:limit]


def rank(reader: Reader, typed: Typed, group: Group, found: Iterable[int]) -> list[Ranked]:
    """Return the records of these rows that really fit."""
    every = list(found)
    fit = []
    for at in range(0, len(every), _BATCH):
        batch = every[at : at + _BATCH]
        marks = ",".join("?" * len(batch))
        rows = reader.ask(
            f"SELECT n, eid, weight, lines FROM search_names WHERE n IN ({marks})", *batch
        )
        fit += [ranked(typed, group, *row) for row in map(tuple, rows)]
    return [one for one in fit if one]


def _order(one: Ranked) -> tuple[float, int, str, int]:
    return one.score, one.length, one.grade.line.text, one.n


def _by_number(reader: Reader, typed: Typed, group: Group, found: dict[int, None]) -> None:
    ask = reader.ask
    if len(typed.code) > 2:
        rows = ask(_PREFIX_KEY, group.codes, typed.code, typed.code + LAST, _CODES)
    else:
        rows = ask(_EXACT_KEY, group.codes, typed.code, _CODES)
    found.update(dict.fromkeys(rows.column()))
    if typed.tail:
        tail = typed.tail[::-1]
        rows = ask(_PREFIX_KEY, group.phones, tail, tail + LAST, _CODES)
        if not rows and len(tail) > 8:  # typed with the country's number before it
            rows = ask(_PREFIX_KEY, group.phones, tail[:8], tail[:8] + LAST, _CODES)
        found.update(dict.fromkeys(rows.column()))


def _by_key(reader: Reader, typed: Typed, group: Group, found: dict[int, None]) -> None:
    key = typed.whole[:64]
    for sql, values in ((_EXACT_KEY, (key,)), (_PREFIX_KEY, (key, key + LAST))):
        room = _KEYS
        for weight in WEIGHTS:
            if room > 0:
                rows = reader.ask(sql, group.names(weight), *values, room).column()
                found.update(dict.fromkeys(rows))
                room -= len(rows)


def _by_words(reader: Reader, group: Group, question: str, found: dict[int, None]) -> None:
    rows = reader.ask(
        f"SELECT rowid FROM {group.table} WHERE {group.table} MATCH ?"
        f" ORDER BY rowid DESC LIMIT {_FULL_TEXT}",
        question,
    )
    found.update(dict.fromkeys(rid & _N for rid in rows.column()))
