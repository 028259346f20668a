"""The last resort when nearly nothing fits: names that sound alike, and slips of the fingers."""

from typing import Final

from kamdesk.search.candidates import LAST, in_names, matching, rank, rows_of
from kamdesk.search.fields import WEIGHTS, Group
from kamdesk.search.hits import How
from kamdesk.search.keys import Name
from kamdesk.search.name_rows import N_BITS, Line, read_lines
from kamdesk.search.ranking import Grade, Ranked
from kamdesk.search.spelling import spelt
from kamdesk.search.typed import Typed
from kamdesk.search.words import is_han, pairs, units
from kamdesk.storage.database import Reader

_SHORTEST: Final = 4
_LONG: Final = 8
_SLIPS: Final = {False: 1, True: 2}
_MOST: Final = 1_000
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
    return _likest(reader, typed.whole, found)


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
        for one in sorted(rank(reader, heard, group, list(found)), key=lambda one: one.score)
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
    return {rid & _N for rid in matching(reader, group, in_names(group, question))}


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


def _likest(reader: Reader, whole: str, found: set[int]) -> list[Ranked]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    every = sorted(found)[:_MOST]
    pieces: list[str] = []
    owners: list[tuple[int, bytes, int, Line]] = []
    for at in range(0, len(every), 500):
        for row in rows_of(reader, every[at : at + 500]):
            for line in read_lines(row[3]):
                if line.name and line.tag != "f":
                    parts = _pieces(line.name, len(whole))
                    pieces += parts
                    owners += [(*row[:3], line)] * len(parts)
    fit: dict[int, Ranked] = {}
    for _, likeness, at in extract(
        whole,
        pieces,
        scorer=OSA.normalized_similarity,
        processor=None,
        score_cutoff=1 - (_SLIPS[len(whole) >= _LONG] + 0.01) / len(whole),
        limit=_SHOWN * 4,
    ):
        n, record, weight, line = owners[at]
        grade = Grade(_SCORE, How.ALIKE, line, "")
        score = _SCORE + 1 - likeness - weight / 100
        fit.setdefault(n, Ranked(score, len(line.text), n, record, grade))
    return sorted(fit.values())[:_SHOWN]


def _pieces(name: Name, length: int) -> set[str]:
    """Return the parts of a name, as written and as spelt, that are about so long."""
    found = set()
    for parts in (
        name.units[: name.core],
        *(said.syllables[: name.core] for said in name.variants()),
    ):
        text, start = "".join(parts), 0
        for part in parts:
            for end in (start + len(part), start + length, len(text)):
                if abs(end - start - length) <= 2:
                    found.add(text[start:end])
            start += len(part)
    return found
