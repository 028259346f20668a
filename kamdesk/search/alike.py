"""The last resort when nearly nothing fits: names that sound alike, and slips of the fingers."""

from typing import Final

from kamdesk.search.candidates import LAST, rank
from kamdesk.search.fields import WEIGHTS, Group, Use
from kamdesk.search.hits import How
from kamdesk.search.keys import Name
from kamdesk.search.name_rows import N_BITS, Line, read_lines
from kamdesk.search.ranking import Grade, Ranked
from kamdesk.search.spelling import spelt
from kamdesk.search.typed import Typed
from kamdesk.search.words import LONGEST, is_han, pairs, units
from kamdesk.storage.database import Reader

_SHORTEST: Final = 4
_LIKE_ENOUGH: Final = 0.74
_MOST: Final = 2_000
_FULL_TEXT: Final = 300
_SHOWN: Final = 20
_SCORE: Final = 6.0
_N: Final = (1 << N_BITS) - 1
_RANGE = """
SELECT n, key FROM search_keys WHERE shelf = ? AND key >= ? AND key < ?
AND length(key) BETWEEN ? AND ? LIMIT ?"""


def alike(reader: Reader, typed: Typed, group: Group) -> list[Ranked]:
    """Return records called nearly what was typed, the likest first."""
    if sum(map(is_han, typed.whole)) > 1:
        sounding = _sounding(reader, typed, group)
        if sounding:
            return sounding
    if len(typed.whole) < _SHORTEST or typed.whole.isdigit():
        return []
    found = _by_characters(reader, typed, group)
    if not is_han(typed.whole):
        found |= _by_beginning(reader, typed.whole, group) | _by_words(reader, typed, group)
    return _likest(reader, typed.whole, group, found)


def _sounding(reader: Reader, typed: Typed, group: Group) -> list[Ranked]:
    """Return names spelt as the typed characters are: 贵洲茅台."""
    parts = units(typed.whole)
    spellings = iter(spelt(parts, person=group.person))
    spelling = "".join(next(spellings)[0] if is_han(part) else part for part in parts)
    heard = Typed(spelling)
    found: dict[int, None] = {}
    for weight in WEIGHTS:
        shelf = group.names(weight)
        rows = reader.ask(_RANGE, shelf, spelling, spelling + LAST, 1, 64, _SHOWN)
        found.update(dict.fromkeys(rows.column()))
    return [
        one._replace(score=_SCORE + one.score / 100, grade=one.grade._replace(how=How.ALIKE))
        for one in sorted(rank(reader, heard, group, found), key=lambda one: one.score)
    ]


def _by_characters(reader: Reader, typed: Typed, group: Group) -> set[int]:
    """Return rows that have some of the typed pairs of characters."""
    found = {pair for term in typed.terms if is_han(term) for pair in pairs(term)[:-1]}
    return _matching(reader, group, " OR ".join(f'"{pair}"' for pair in sorted(found)))


def _by_words(reader: Reader, typed: Typed, group: Group) -> set[int]:
    """Return rows with a word or syllable that begins as the typed one does."""
    words = {term[:3] for term in typed.terms if not is_han(term)}
    return _matching(reader, group, " OR ".join(f'"{word}" *' for word in sorted(words)))


def _matching(reader: Reader, group: Group, question: str) -> set[int]:
    if not question:
        return set()
    scope = "{names} : " if group.person else ""
    rows = reader.ask(
        f"SELECT rowid FROM {group.table} WHERE {group.table} MATCH ?"
        f" ORDER BY rowid DESC LIMIT {_FULL_TEXT}",
        f"{scope}({question})",
    )
    return {rid & _N for rid in rows.column()}


def _by_beginning(reader: Reader, whole: str, group: Group) -> set[int]:
    """Return rows with a key that begins nearly so: the first letters as typed, or one slip."""
    from rapidfuzz.distance import OSA

    a, b, c, d = tuple(whole[:4])
    beginnings = {a + b + c, a + c + b, b + a + c, a + c + d, b + c + d, a + b + d}
    found: set[int] = set()
    for weight in WEIGHTS:
        for beginning in beginnings:
            rows = reader.ask(
                _RANGE,
                group.names(weight),
                beginning,
                beginning + LAST,
                len(whole) - 2,
                len(whole) + 2,
                _MOST,
            )
            found.update(
                n for n, key in map(tuple, rows) if OSA.normalized_similarity(whole, key) >= 0.7
            )
    return found


def _likest(reader: Reader, whole: str, group: Group, found: set[int]) -> list[Ranked]:
    every = sorted(found)[:_MOST]
    fit = []
    for at in range(0, len(every), 500):
        batch = every[at : at + 500]
        rows = reader.ask(
            "SELECT n, eid, weight, lines FROM search_names"
            f" WHERE n IN ({','.join('?' * len(batch))})",
            *batch,
        )
        for n, record, weight, lines in map(tuple, rows):
            best = max(
                ((_likeness(whole, line.name), line) for line in _names(group, lines) if line.name),
                key=lambda pair: pair[0],
                default=None,
            )
            if best and best[0] >= _LIKE_ENOUGH:
                grade = Grade(_SCORE, How.ALIKE, best[1], "")
                score = _SCORE + (1 - best[0]) - weight / 100
                fit.append(Ranked(score, len(best[1].text), n, record, grade))
    return sorted(fit)[:_SHOWN]


def _names(group: Group, lines: str) -> list[Line]:
    return [line for line in read_lines(group, lines) if group.field(line.tag).use is Use.NAME]


def _likeness(whole: str, name: Name) -> float:
    """Return how like a name, or a part of it from some unit on, is to what was typed."""
    from rapidfuzz.distance import OSA

    best = 0.0
    for parts in (
        (name.units[: name.core]),
        *(said.syllables[: name.core] for said in name.variants()),
    ):
        text, start = "".join(parts), 0
        for part in parts:
            for end in (start + len(part), start + len(whole), len(text)):
                piece = text[start:end]
                if abs(len(piece) - len(whole)) <= 2 + LONGEST // 8:
                    best = max(best, OSA.normalized_similarity(whole, piece))
            start += len(part)
    return best
