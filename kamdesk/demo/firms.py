"""Invents organisations: what they are called, where they sit, what they make; none exists."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Final

from kamdesk.demo.chance import weighted
from kamdesk.demo.material import Language, Line, Pool, line, pool, read, words
from kamdesk.domain.accounts.model import AccountClass, Organisation

_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class City:
    """A city of the territory."""

    name: Line
    province: Line
    region: Line
    weight: float
    dialling: str
    code: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A trade: its industry by GB/T 4754, what we can offer there, and its places."""

    key: str
    kind: str
    weight: float
    industry: Line
    business: Line
    short: Line
    subjects: tuple[str, ...]
    areas: Pool


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented organisation; a Chinese one has no ``culture``. ``posts``: its kind of tree."""

    index: int
    grade: AccountClass
    segment: Segment
    city: City
    name: Line
    short: Line
    brand: tuple[str, str]
    domain: str
    organisation: Organisation
    posts: str
    culture: str
    tongue: Language
    credit_code: str

    @property
    def abroad(self) -> bool:
        """True when the firm came from abroad."""
        return bool(self.culture)


@cache
def cities() -> tuple[City, ...]:
    """Return the cities of the territory."""
    found = []
    for row in read("places")["cities"].strip().split("\n"):
        names = [part.strip() for part in row.split(",")]
        city, province, region = (Line(*part.split(maxsplit=1)) for part in names[:3])
        found.append(City(city, province, region, float(names[3]), names[4], names[5]))
    return tuple(found)


def city_named(zh: str) -> City:
    """Return a city by its name."""
    return next(city for city in cities() if city.name.zh == zh)


@cache
def segments() -> tuple[Segment, ...]:
    """Return the trades of the territory."""
    return tuple(_segment(row) for row in read("firms")["segment"])


def _segment(row: dict[str, Any]) -> Segment:
    return Segment(
        row["key"],
        row["kind"],
        row["weight"],
        line(row["industry"]),
        line(row["business"]),
        line(row["short"]),
        tuple(row["subjects"].split()),
        pool(row["areas"]),
    )


def grade_of(index: int) -> AccountClass | None:
    """Return the class of the account at a place: 8 core, 20, 32 and 20 in each 80."""
    at = index % 80
    if at % 10 == 0:
        return AccountClass.CORE
    if at % 4 == 1:
        return AccountClass.HIGH_POTENTIAL
    before = at - (at + 9) // 10 - (at + 2) // 4
    return AccountClass.MAINTAIN if before % 13 < 8 else AccountClass.TO_IMPROVE


class Registry:
    """Gives names, each once."""

    def __init__(self) -> None:
        files = read("firms")
        self._brands = (words(files["brand_a"]), words(files["brand_b"]))
        self._abroad = (words(files["abroad_a"]), words(files["abroad_b"]))
        self._avoided = {name.strip() for name in files["avoided"].split(",")}
        self._cultures = [name.strip() for name in files["cultures"].split(",")]
        self._used: set[str] = set()

    def known(self, firm: Firm) -> Firm:
        """Return a firm after noting that its names are taken."""
        self._used.update((firm.name.zh, firm.short.zh))
        return firm

    def firm(self, index: int, chance: Random, language: Language, parent: Firm | None) -> Firm:
        """Return the organisation at a place of the territory; ``parent`` lends its brand."""
        abroad = parent.abroad if parent else index % 3 == 2
        culture = (parent.culture if parent else chance.choice(self._cultures)) if abroad else ""
        segment = self._trade(chance, abroad or parent is not None)
        city = self._city(index, chance, abroad or segment.kind == "maker")
        posts, organisation = _posts(chance, segment, abroad)
        for attempt in range(400):
            brand = parent.brand if parent else self._brand(chance, abroad)
            name, short = _named(chance, segment, city, brand, abroad, parent is not None)
            fresh = short.zh not in self._used or attempt > 40
            if fresh and name.zh not in self._used:
                break
            segment = self._trade(chance, True) if parent else segment
            city = weighted(chance, [(city, city.weight) for city in cities()])
        self._used.update((name.zh, short.zh))
        tongue: Language = language
        if (language == "zh") == abroad and chance.random() < (0.5 if abroad else 0.2):
            tongue = "en" if language == "zh" else "zh"
        domain = brand[1].lower() + ("" if posts in ("private", "foreign") else "-" + segment.key)
        return Firm(
            index=index,
            grade=grade_of(index) or AccountClass.TO_IMPROVE,
            segment=segment,
            city=city,
            name=name,
            short=short,
            brand=brand,
            domain=domain,
            organisation=organisation,
            posts=posts,
            culture=culture,
            tongue=tongue,
            credit_code=credit_code(chance, organisation, city.code),
        )

    def _trade(self, chance: Random, makers: bool) -> Segment:
        fitting = [s for s in segments() if s.kind == "maker" or not makers]
        return weighted(chance, [(segment, segment.weight) for segment in fitting])

    def _city(self, index: int, chance: Random, anywhere: bool) -> City:
        if index in (1, 2):  # visited on the day itself, an hour's drive apart
            return city_named("苏州" if index == 1 else "无锡")
        near = [city for city in cities() if anywhere or city.region.zh == "华东"]
        return weighted(chance, [(city, city.weight) for city in near])

    def _brand(self, chance: Random, abroad: bool) -> tuple[str, str]:
        first, last = self._abroad if abroad else self._brands
        while True:
            (a, a_read), (b, b_read) = chance.choice(first), chance.choice(last)
            latin = a + b if abroad else a_read + b_read
            written = a_read + b_read if abroad else a + b
            if written not in self._avoided and latin not in self._avoided:
                return written, latin


def _posts(chance: Random, segment: Segment, abroad: bool) -> tuple[str, Organisation]:
    if abroad:
        joint = chance.random() < 0.2
        return "foreign", Organisation.JOINT_VENTURE if joint else Organisation.FOREIGN
    if segment.kind == "hospital":
        private = chance.random() < 0.25
        return "hospital", Organisation.PRIVATE if private else Organisation.PUBLIC_INSTITUTION
    if segment.kind == "university":
        return "university", Organisation.PUBLIC_INSTITUTION
    if segment.kind == "government":
        return "government", Organisation.GOVERNMENT
    if segment.kind == "soe":
        central = segment.key in ("power", "heavy") and chance.random() < 0.7
        return "soe", Organisation.CENTRAL_SOE if central else Organisation.LOCAL_SOE
    if chance.random() < 0.14:
        return "soe", Organisation.LOCAL_SOE
    return "private", Organisation.PRIVATE


def _named(
    chance: Random,
    segment: Segment,
    city: City,
    brand: tuple[str, str],
    abroad: bool,
    part: bool,
) -> tuple[Line, Line]:
    zh, latin = brand
    kind, town = segment.kind, city.name
    short = Line(zh + segment.short.zh, f"{latin} {segment.short.en}")
    if abroad:
        tail = ("（{}）有限公司", "({}) Co., Ltd.")
        where = town if part or chance.random() < 0.7 else Line("中国", "China")
        name = Line(
            f"{zh}{segment.business.zh}{tail[0].format(where.zh)}",
            f"{latin} {segment.business.en} {tail[1].format(where.en)}",
        )
        return name, short
    if kind == "hospital":
        return Line(f"{town.zh}{zh}医院", f"{latin} Hospital, {town.en}"), short
    if segment.key == "university":
        return Line(f"{zh}大学", f"{latin} University"), short
    if segment.key == "institute":
        full = f"{town.zh}{zh}{segment.business.zh}"
        return Line(full, f"{latin} {segment.business.en}, {town.en}"), short
    if kind == "government":
        full = f"{town.zh}市{zh}区{segment.business.zh}"
        district = f"{latin} District"
        return (
            Line(full, f"{district} {segment.business.en}, {town.en}"),
            Line(f"{zh}区{segment.short.zh}", f"{district} {segment.short.en}"),
        )
    if part:
        full = f"{zh}{segment.business.zh}（{town.zh}）有限公司"
        return Line(full, f"{latin} {segment.business.en} ({town.en}) Co., Ltd."), short
    form = weighted(
        chance,
        [
            (Line("有限公司", "Co., Ltd."), 6),
            (Line("股份有限公司", "Corporation"), 2.5),
            (Line("集团有限公司", "Group Co., Ltd."), 4 if kind == "soe" else 1.2),
        ],
    )
    full = f"{town.zh}{zh}{segment.business.zh}{form.zh}"
    return Line(full, f"{town.en} {latin} {segment.business.en} {form.en}"), short


def credit_code(chance: Random, organisation: Organisation, division: str) -> str:
    """Return an invented unified social credit code with the right check characters (GB 32100)."""
    heads = {Organisation.GOVERNMENT: "11", Organisation.PUBLIC_INSTITUTION: "12"}
    head = heads.get(organisation, "91")
    body = "MA" + "".join(chance.choice(_SIGNS[:31]) for _ in range(6))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - _sum((_SIGNS_36.index(s) for s in body), weights) % 11
    code = head + division + body + {10: "X", 11: "0"}.get(rest, str(rest))
    total = _sum((_SIGNS.index(s) for s in code), tuple(pow(3, n, 31) for n in range(17)))
    return code + _SIGNS[-total % 31]


_SIGNS_36: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _sum(values: Iterable[int], weights: tuple[int, ...]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
