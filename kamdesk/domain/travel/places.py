"""Where an address lies, by the shipped table of districts: offline, and said when unsure."""

import re
from collections.abc import Iterator
from functools import lru_cache
from statistics import median
from typing import Final, NamedTuple
from unicodedata import normalize

from kamdesk.core.spot import Spot, kilometres
from kamdesk.core.wording import Text
from kamdesk.domain.travel.districts import District, Named, districts, stem

_LONGEST: Final = 120
"""Characters that are looked at: what lies where stands at the beginning."""
_ROAD: Final = re.compile(
    "[东西南北中一二三四五环]{0,2}(?:路|街|大道|道|巷|弄|桥|广场|大厦|镇|乡|村)"
)
_ROADS: Final = re.compile(
    "road|rd|street|st|avenue|ave|lu|jie|dadao|dao|highway|hwy|boulevard|blvd|lane|building"
)
_SIDES: Final = re.compile("east|west|south|north|middle|central|dong|xi|nan|bei|zhong")
_SORTS: Final = re.compile("city|district|county|province|shi|qu|xian|sheng")
_LATIN: Final = re.compile(r"[A-Za-z]+")
_WHOLE: Final = (3.0, 4.0, 4.0)
_SHORT: Final = (2.0, 3.0, 2.5)
"""How much a name says of a province, a city, a district; written out and not."""
_GIVEN: Final = 0.5
"""What stands in the fields beside the address says half as much as the address."""
_MOST_NAMED: Final = 5


class Located(NamedTuple):
    """Where an address lies: the middle of its ``district`` (苏州市昆山市).

    ``said`` tells what it goes by, without the name of the place; ``within`` kilometres is how
    far off it may well be. Not ``sure``: several places are called so, or only the province is
    known.
    """

    spot: Spot
    district: str
    sure: bool
    said: Text
    within: int = 5


class _Heard(NamedTuple):
    """A name read in a text: what it may mean, and how much it weighs."""

    at: int
    code: str
    weight: float
    whole: bool


def located(address: str, city: str = "", province: str = "") -> Located | None:
    """Return where a messy real address lies; None when no place of China is named in it.

    ``city`` and ``province`` are what is known beside it; where they disagree the address holds.
    """
    return _located(address[:_LONGEST], city[:_LONGEST], province[:_LONGEST])


@lru_cache(maxsize=4096)
def _located(address: str, city: str, province: str) -> Located | None:
    given = [*_heard(province, 0, _GIVEN), *_heard(city, 1, _GIVEN)]
    heard = given + list(_heard(address, 2, 1.0))
    if not heard:
        return None
    scores: dict[str, float] = {}
    for one in heard:
        score = _score(one, heard)
        if score is not None:
            scores[one.code] = max(score, scores.get(one.code, score))
    if not scores:
        return None
    best = max(scores.values())
    found = [districts().by_code[code] for code, score in scores.items() if score > best - 0.25]
    own = any(one.at >= 2 * _LONGEST for one in heard if one.code == found[0].code)
    return _said(found, own)


def _heard(text: str, part: int, share: float) -> Iterator[_Heard]:
    """Return the names of places in a text, from its beginning; the longest one at each place."""
    text = re.sub(r"\s+", " ", normalize("NFKC", text))
    at = part * _LONGEST
    for place, word, named in [*_chinese(text.replace(" ", "")), *_latin(text)]:
        for one in named:
            level = districts().by_code[one.code].level
            whole = one.whole or word
            weight = (_WHOLE if whole else _SHORT)[level] + (0.5 if one.first else 0.0)
            yield _Heard(at + place, one.code, weight * share, whole)


def _chinese(text: str) -> Iterator[tuple[int, bool, list[Named]]]:
    table = districts()
    at = 0
    while at < len(text):
        for length in range(table.longest.get(text[at], 0), 1, -1):
            name = text[at : at + length]
            if len(name) == length and (named := table.names.get(name)):
                break
        else:
            at += 1
            continue
        start, at = at, at + length
        sort = text[at : at + 1] in ("市", "县", "区") and not named[0].whole
        if named[0].whole or not _ROAD.match(text, at):
            yield start, sort, named
        at += sort


def _latin(text: str) -> Iterator[tuple[int, bool, list[Named]]]:
    words = [(m.start(), m[0].lower()) for m in _LATIN.finditer(text.replace("'", ""))]
    table, at = districts().letters, 0
    while at < len(words):
        for many in (3, 2, 1):
            named = table.get("".join(word for _, word in words[at : at + many]))
            if named and at + many <= len(words):
                break
        else:
            at += 1
            continue
        start, at = words[at][0], at + many
        after = [word for _, word in words[at : at + 2]]
        aside = bool(after and _SIDES.fullmatch(after[0]))
        if after and _ROADS.fullmatch(after[-1] if aside else after[0]):
            continue
        yield start, bool(after and _SORTS.fullmatch(after[0])), named


def _score(one: _Heard, heard: list[_Heard]) -> float | None:
    """Return how well a meaning fits what else was read; None where it stands on too little."""
    place = districts().by_code[one.code]
    above = {place.province, place.city} - {place.code}
    score, helped = one.weight, False
    for other in heard:
        if other.at == one.at:
            continue
        if other.code in above:
            helped = True
            score += max(o.weight for o in heard if o.code == other.code) / sum(
                o.code == other.code and o.at != one.at for o in heard
            )
        elif other.code[:4] != one.code[:4] and not _may_be(other.at, place, heard):
            score -= other.weight / 4 / sum(o.at == other.at for o in heard)
    if place.level == 2 and not helped and not one.whole and one.at % _LONGEST:
        return None
    return score + (0.5 if place.code[4] == "7" else 0.0)  # a zone says more than its district


def _may_be(at: int, place: District, heard: list[_Heard]) -> bool:
    """True where a name may also mean something that holds the place or lies in it."""
    return any(
        o.at == at
        and (o.code in (place.province, place.city) or o.code.startswith(place.code.rstrip("0")))
        for o in heard
    )


def _said(found: list[District], own: bool) -> Located:
    """Return what was found in words: one place, or several of one name."""
    capital = min(found, key=lambda one: (one.code[2:4] not in ("00", "01"), one.code))
    name = _called(capital)
    if len(found) > 1:
        far = max(kilometres(capital.spot, other.spot) for other in found)
        said = Text(
            "“{name}” is in {places}: write the city",
            name=capital.name,
            places=tuple(_above(one) for one in found[:_MOST_NAMED]),
        )
        return Located(capital.spot, name, False, said, max(1, round(far)))
    within = _within(capital)
    if capital.level == 0 and len(_parts(capital)) and not _is_city(capital):
        said = Text("by the province alone, about {n} km unsure", n=within)
        return Located(capital.spot, name, False, said, within)
    if capital.level == 2 and own:
        said = Text("by the address, about {n} km unsure", n=within)
    elif capital.level == 2:
        said = Text("by the district, about {n} km unsure", n=within)
    else:
        said = Text("by the city, about {n} km unsure", n=within)
    return Located(capital.spot, name, True, said, within)


def _above(place: District) -> str:
    table = districts().by_code
    city = table.get(place.city) if place.level == 2 else None
    return (city or table[place.province]).name


def _called(place: District) -> str:
    """Return the name with the city's before it."""
    above = _above(place)
    if place.level < 2 or place.name.startswith(stem(above)):
        return place.name
    return above + place.name


def _is_city(place: District) -> bool:
    """True for the provinces that are one city: Beijing, Hong Kong."""
    return place.code[:2] in ("11", "12", "31", "50", "81", "82")


@lru_cache(maxsize=4096)
def _parts(place: District) -> tuple[District, ...]:
    """Return what lies beside a district in its city, or below a city or province."""
    start = place.code[: 4 if place.level or place.code[2:4] != "00" else 2]
    return tuple(
        one
        for code, one in districts().by_code.items()
        if code.startswith(start) and one.level == 2 and code != place.code
    )


def _within(place: District) -> int:
    """Return how many kilometres an address may well lie from the middle.

    A district reaches about as far as two thirds of the way to its nearest neighbour, a city to
    the middle one of its districts.
    """
    ways = sorted(kilometres(place.spot, other.spot) for other in _parts(place))
    if not ways:
        return 15
    return max(2, round(ways[0] * 0.67 if place.level == 2 else median(ways)))
