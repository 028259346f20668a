"""Which records may fit what was typed: asked of the keys first, then of the full text."""

from collections.abc import Iterable
from typing import Final

from kamdesk.search.fields import WEIGHTS, Group
from kamdesk.search.keys import is_legal
from kamdesk.search.name_rows import N_BITS
from kamdesk.search.ranking import PER_WEIGHT, SURELY_FIRST, Ranked, ranked
from kamdesk.search.typed import Typed
from kamdesk.storage.database import Reader

LAST: Final = "\U0010ffff"
_KEYS = 100
_FULL_TEXT = 300
_CODES = 50
_STEP = 60
_SLACK = 0.3
_N = (1 << N_BITS) - 1

_EXACT_KEY = "SELECT n FROM search_keys WHERE shelf = ? AND key = ? LIMIT ?"
_PREFIX_KEY = "SELECT n FROM search_keys WHERE shelf = ? AND key >= ? AND key < ? LIMIT ?"


def fitting(reader: Reader, typed: Typed, group: Group, limit: int) -> list[Ranked]:
    """Return the records of a group that fit, best first, not more than ``limit``.

    Candidates come with the best score they can have; those that cannot be among the best any
    more are not looked at.
    """
    asking = _Asking(reader, typed, group, limit)
    asking.by_number()
    asking.by_key()
    asking.by_words()
    hopes = sorted(asking.hopes.items(), key=lambda hope: hope[1])
    found: list[Ranked] = []
    for at in range(0, len(hopes), _STEP):
        if len(found) >= limit and found[limit - 1].score <= hopes[at][1] + _SLACK:
            break
        found += rank(reader, typed, group, [n for n, _ in hopes[at : at + _STEP]])
        found.sort(key=_order)
    return found[:limit]


def rank(reader: Reader, typed: Typed, group: Group, found: list[int]) -> list[Ranked]:
    """Return the records of these rows that really fit (not more than one question takes)."""
    fit = [ranked(typed, group, *row) for row in rows_of(reader, found)]
    return [one for one in fit if one]


def rows_of(reader: Reader, found: list[int]) -> list[tuple[int, bytes, int, str]]:
    """Return rows of the index: number, record, weight and lines."""
    if not found:
        return []
    marks = ",".join("?" * len(found))
    sql = f"SELECT n, eid, weight, lines FROM search_names WHERE n IN ({marks})"
    return list(map(tuple, reader.ask(sql, *found)))


def matching(reader: Reader, group: Group, question: str, most: int = _FULL_TEXT) -> list[int]:
    """Return the full-text rows that answer a question, the weightiest first."""
    return reader.ask(
        f"SELECT rowid FROM {group.table} WHERE {group.table} MATCH ? ORDER BY rowid DESC LIMIT ?",
        question,
        most,
    ).column()


def in_names(group: Group, question: str) -> str:
    """Return a full-text question put to names only."""
    return f"{{names}} : ({question})" if group.person else question


def _order(one: Ranked) -> tuple[float, int, str, int]:
    return one.score, one.length, one.grade.line.text, one.n


class _Asking:
    """Asks for candidates; ``hopes`` holds the best score each can have."""

    def __init__(self, reader: Reader, typed: Typed, group: Group, limit: int) -> None:
        self._limit = limit
        self._ask, self._reader = reader.ask, reader
        self._typed, self._group = typed, group
        self.hopes: dict[int, float] = {}

    def by_number(self) -> None:
        """Ask by numbers, foreign keys and the ends of telephone numbers."""
        code, tail = self._typed.code, self._typed.tail[::-1]
        shelf = self._group.codes
        if len(code) > 2:
            self._hope(self._ask(_PREFIX_KEY, shelf, code, code + LAST, _CODES).column())
        else:
            self._hope(self._ask(_EXACT_KEY, shelf, code, _CODES).column())
        for end in (tail, tail[:8]):  # it may be typed with the country's number before it
            if end:
                phones = self._group.phones
                rows = self._ask(_PREFIX_KEY, phones, end, end + LAST, _CODES).column()
                self._hope(rows)
                if rows:
                    return

    def by_key(self) -> None:
        """Ask for names, spellings and initials that are, or begin with, what was typed."""
        key = self._typed.whole[:64]
        for sql, values, hope in (
            (_EXACT_KEY, (key,), SURELY_FIRST),
            (_PREFIX_KEY, (key, key + LAST), 1.0),
        ):
            room = max(_KEYS, self._limit)
            for weight in WEIGHTS:
                if room > 0:
                    rows = self._ask(sql, self._group.names(weight), *values, room).column()
                    self._hope(rows, hope - PER_WEIGHT * weight)
                    room -= len(rows)

    def by_words(self) -> None:
        """Ask for what stands anywhere in names; then, when that is little, in posts too."""
        question, group = self._typed.for_names, self._group
        if not question:
            return
        one = len(self._typed.terms) == 1
        inside = 3.7 if is_legal(self._typed.whole) else 2.0
        most = max(_FULL_TEXT, self._limit)
        named = matching(self._reader, group, in_names(group, question), most)
        self._hope_rows(named, inside if one else 1.5)
        if group.person and len(self.hopes) < self._limit:
            working = matching(self._reader, group, question, most)
            self._hope_rows(working, 3.4 if one else 2.8)

    def _hope(self, found: Iterable[int], hope: float = SURELY_FIRST) -> None:
        for n in found:
            self.hopes.setdefault(n, hope)

    def _hope_rows(self, rids: Iterable[int], hope: float) -> None:
        for rid in rids:
            self.hopes.setdefault(rid & _N, hope - PER_WEIGHT * (rid >> N_BITS))
