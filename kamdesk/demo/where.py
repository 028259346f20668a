"""Where invented customers lie: a real district of their city, a spot near its middle, home."""

from functools import cache
from random import Random
from typing import NamedTuple

from kamdesk.core.ids import AccountId
from kamdesk.core.spot import Spot, kilometres
from kamdesk.demo.book import Book
from kamdesk.demo.chance import dice, weighted
from kamdesk.demo.firms import City
from kamdesk.demo.material import Language, Line, line, read
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.travel.coordinates import From
from kamdesk.domain.travel.districts import District, districts
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.places import located
from kamdesk.domain.travel.store import HABITS

_NEAR_KM = 12.0
"""Districts so far from the middle of their city have half as many customers."""
_SCATTER = 0.035
"""Degrees by which customers lie off the middle of their district."""
_LINKED = 0.45
"""Share of the sites whose spot was taken from a link of a map."""


class Where(NamedTuple):
    """The district of a site, and its spot where somebody pasted one."""

    district: Line
    lat: float | None = None
    lon: float | None = None
    spot_from: str = ""


def where(account: AccountId, at: int, city: City) -> Where:
    """Return where a site of a customer lies: the same for the same customer."""
    chance = dice("where", account.hex(), at)
    middle = districts().by_code[city.code].spot
    chosen = weighted(
        chance,
        [(one, 1 / (1 + kilometres(one.spot, middle) / _NEAR_KM)) for one in _parts(city.code)],
    )
    spot = _scattered(chosen.spot, chance)
    if chance.random() >= _LINKED:
        return Where(_name(chosen))
    return Where(_name(chosen), spot.lat, spot.lon, From.AMAP)


def spot_of(site: Site) -> Spot | None:
    """Return where a site lies: its spot, else the middle of its district."""
    found = located(site.address, site.city)
    return site.spot or (found.spot if found else None)


@cache
def home() -> Spot:
    """Return where the user lives."""
    found = located(line(read("places")["home"]).zh)
    if found is None:
        raise LookupError("the user's home is nowhere")
    return found.spot


def put_habits(book: Book, language: Language) -> None:
    """Say where the user lives: a day starts and ends there."""
    address = line(read("places")["home"]).text(language)
    book.add(HABITS, Habits(home_address=address, home_lat=home().lat, home_lon=home().lon))


@cache
def _parts(city: str) -> tuple[District, ...]:
    start = city[:2] if city.endswith("0000") else city[:4]
    return tuple(
        one
        for code, one in districts().by_code.items()
        if code.startswith(start) and one.level == 2 and code[4] != "7"  # no zones
    )


def _name(district: District) -> Line:
    letters = {code: said for said, named in districts().letters.items() for code, *_ in named}
    return Line(district.name, letters.get(district.code, "").capitalize())


def _scattered(spot: Spot, chance: Random) -> Spot:
    north, east = (chance.uniform(-_SCATTER, _SCATTER) for _ in range(2))
    return Spot(round(spot.lat + north, 5), round(spot.lon + east, 5))
