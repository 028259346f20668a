"""Proposes pairs of records that may be one: by credit code, name, telephone, e-mail, pinyin."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from kamdesk.core.text.pinyin import said
from kamdesk.core.wording import Text
from kamdesk.transfer.alike import core_name, normal_name
from kamdesk.transfer.content import digits_of
from kamdesk.transfer.known import Known

LIKELY: Final = 0.86
"""How much two names must be alike, 0 to 1, to be worth a question."""

_NEIGHBOURS: Final = 12
"""In a large block only so many neighbours in the order of names are compared."""
_LARGE_BLOCK: Final = 40
_OFTEN: Final = 200
_SHARED_NUMBER: Final = 5
"""A number that more records have is a switchboard or a call centre, not a person."""


_NUMERALS = re.compile("[0-9一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records, by their places in what was given, how much alike from 0 to 1, and why."""

    first: int
    second: int
    likeness: float
    why: Text


class _Hint(NamedTuple):
    likeness: float
    why: Text
    by_name: bool = False


def propose(records: Sequence[Known], step: Callable[[], object] = lambda: None) -> list[Pair]:
    """Return the pairs worth a question, likeliest first.

    Records are compared only with those that share a beginning, an end, a sound or a number with
    them, so the work grows with the records, not with their square. Two that bear different
    credit codes, or different keys of one source, are never proposed. ``step`` is called now and
    then; what it raises ends the work.
    """
    hints: dict[tuple[int, int], _Hint] = {}
    for n, (pair, hint) in enumerate(_hints(records)):
        if n % _OFTEN == 0:
            step()
        if hint.likeness > hints.get(pair, _Hint(0.0, hint.why)).likeness and not _apart(
            records[pair[0]], records[pair[1]], by_name=hint.by_name
        ):
            hints[pair] = hint
    pairs = [
        Pair(first=first, second=second, likeness=round(hint.likeness, 3), why=hint.why)
        for (first, second), hint in hints.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _hints(records: Sequence[Known]) -> Iterator[tuple[tuple[int, int], _Hint]]:
    code = _Hint(1.0, Text("They have the same credit code."))
    for places in _blocks(records, lambda one: [one.text("credit_code").upper()]):
        yield from ((pair, code) for pair in _chain(places))
    same = _Hint(0.98, Text("They have the same name."), by_name=True)
    for places in _blocks(records, lambda one: [normal_name(one.name)]):
        yield from ((pair, same) for pair in _by_employer(records, places))
    form = _Hint(0.95, Text("Their names differ only in the form of the firm."), by_name=True)
    for places in _blocks(records, lambda one: [core_name(one.name)]):
        yield from ((pair, form) for pair in _by_employer(records, places))
    mail = _Hint(0.93, Text("They have the same e-mail."))
    for places in _blocks(records, lambda one: [one.text("email").casefold()]):
        if len(places) <= _SHARED_NUMBER:
            yield from ((pair, mail) for pair in _chain(places))
    number = _Hint(0.9, Text("They have the same telephone."))
    for places in _blocks(records, _numbers):
        if len(places) <= _SHARED_NUMBER:
            yield from ((pair, number) for pair in _chain(places))
    sound = _Hint(0.88, Text("Their names sound the same."), by_name=True)
    for places in _blocks(records, lambda one: _there(one, _said(one))):
        if len(places) <= _LARGE_BLOCK:
            yield from ((pair, sound) for pair in _chain(places))
    yield from _alike(records)


def _alike(records: Sequence[Known]) -> Iterator[tuple[tuple[int, int], _Hint]]:
    """Compare names letter by letter within blocks of the same beginning or the same end."""
    from rapidfuzz.distance import Indel

    why = Text("Their names are alike.")
    cores = [core_name(record.name) for record in records]
    numbers = [_NUMERALS.findall(core) for core in cores]
    for places in _blocks(records, lambda one: _there(one, *_ends(core_name(one.name)))):
        ordered = sorted(places, key=lambda place: cores[place])
        reach = _NEIGHBOURS if len(ordered) > _LARGE_BLOCK else len(ordered)
        for at, first in enumerate(ordered):
            for second in ordered[at + 1 : at + 1 + reach]:
                if cores[first] == cores[second] or numbers[first] != numbers[second]:
                    continue  # a numbered plant or school is not its neighbour
                likeness = Indel.normalized_similarity(
                    cores[first], cores[second], score_cutoff=LIKELY
                )
                if likeness >= LIKELY:
                    yield _pair(first, second), _Hint(likeness * 0.9, why, by_name=True)


def _ends(core: str) -> list[str]:
    return [f"^{core[:3]}", f"{core[-4:]}$"] if len(core) >= 4 else []


def _numbers(record: Known) -> list[str]:
    return [
        number for name in ("phone", "mobile") if len(number := digits_of(record.text(name))) >= 7
    ]


def _said(record: Known) -> str:
    """Return how a Chinese name sounds, as it was spelt already or now."""
    if record.name.isascii():
        return ""
    return record.text("sound").replace(" ", "") or _sound(core_name(record.name))


@lru_cache(maxsize=65_536)
def _sound(core: str) -> str:
    """Return how a Chinese name sounds; empty for names in letters or too short to tell."""
    if len(core) < 2 or core.isascii():
        return ""
    return "".join(said(core))


def _blocks(records: Sequence[Known], keys: Callable[[Known], list[str]]) -> Iterable[list[int]]:
    """Return the places of records that share a key, where more than one does."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for key in dict.fromkeys(keys(record)):
            if key:
                found[key].append(place)
    return [places for places in found.values() if len(places) > 1]


def _chain(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair each record with the first of its block: n records make n - 1 questions."""
    yield from (_pair(places[0], place) for place in places[1:])


def _by_employer(records: Sequence[Known], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair people of one name within each customer; who has none, with the first of the others."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        at[normal_name(records[place].text("account"))].append(place)
    for there in at.values():
        yield from _chain(there)
    if "" in at:
        yield from (_pair(at[""][0], there[0]) for employer, there in at.items() if employer)


def _there(record: Known, *keys: str) -> list[str]:
    """Return keys that only people of one customer share: names alone tell no more."""
    employer = normal_name(record.text("account"))
    return [f"{key}\n{employer}" for key in keys if key]


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _apart(one: Known, other: Known, *, by_name: bool) -> bool:
    """True when a code, a key or, for people of one name, the customer tells the two apart."""
    codes = {one.text("credit_code").upper(), other.text("credit_code").upper()} - {""}
    if len(codes) > 1 or any(other.has_other_key(key) for key in one.keys):
        return True
    employers = {normal_name(record.text("account")) for record in (one, other)} - {""}
    return by_name and len(employers) > 1
