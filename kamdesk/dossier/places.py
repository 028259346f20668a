"""Where customers lie: the site's own spot, else by its address, else by the customer's city."""

import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kamdesk.core.ids import AccountId, SiteId
from kamdesk.core.spot import Spot
from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.travel.coordinates import FROM_WORDS, From
from kamdesk.domain.travel.places import Located, located
from kamdesk.storage.database import Reader

_LYING: Final = """
SELECT a.id AS account, a.city AS town, a.province, s.id AS site, s.address, s.city, s.hours,
       s.lat, s.lon, s.spot_from
FROM accounts a LEFT JOIN sites s ON s.account = a.id AND NOT s.gone
WHERE a.id IN (SELECT unhex(value) FROM json_each(?1)) AND NOT a.gone
ORDER BY s.id"""


class Place(NamedTuple):
    """Where a customer is visited: ``said`` tells what it goes by; ``within`` km unsure, 0: known.

    ``district`` names it (苏州市昆山市), empty when the spot was given by hand. ``hours`` are the
    words of when they receive, at that site. Not ``sure``: good for a look, not for planning.
    """

    spot: Spot
    said: Text
    sure: bool = True
    within: int = 0
    site: SiteId | None = None
    hours: str = ""
    address: str = ""
    district: str = ""


def spots_of(reader: Reader, accounts: Iterable[AccountId]) -> Mapping[AccountId, Place]:
    """Return where customers lie, for those of whom anything is known.

    The main site is the oldest one; where it says nothing, the next one that does, then the city.
    """
    found: dict[AccountId, Place] = {}
    towns: dict[AccountId, tuple[str, str]] = {}
    for row in reader.ask(_LYING, json.dumps([account.hex() for account in accounts])):
        account = row["account"]
        town, province = row["town"] or "", row["province"] or ""
        towns[account] = (town, province)
        if row["site"] is None or (account in found and found[account].sure):
            continue
        site = Site(
            id=row["site"],
            account=account,
            address=row["address"] or "",
            city=row["city"] or "",
            hours=row["hours"] or "",
            lat=row["lat"],
            lon=row["lon"],
            spot_from=row["spot_from"] or "",
        )
        place = place_of(site, town, province)
        if place is not None and (place.sure or account not in found):
            found[account] = place
    for account, (town, province) in towns.items():
        if account not in found and (lies := located("", town, province)):
            found[account] = _by_district(lies)
    return found


def spot_of(reader: Reader, account: AccountId) -> Place | None:
    """Return where a customer is visited: at the main site, else in the city."""
    return spots_of(reader, (account,)).get(account)


def place_of(site: Site, city: str, province: str) -> Place | None:
    """Return where a site lies; ``city`` and ``province`` are the customer's."""
    if site.spot is not None:
        source = read_word(From, site.spot_from, From.TYPED)
        return Place(
            spot=site.spot,
            said=FROM_WORDS[source],
            site=site.id,
            hours=site.hours,
            address=site.address,
        )
    found = located(site.address, site.city or city, province)
    if found is None:
        return None
    return _by_district(found)._replace(site=site.id, hours=site.hours, address=site.address)


def _by_district(found: Located) -> Place:
    return Place(
        spot=found.spot,
        said=found.said,
        sure=found.sure,
        within=found.within,
        district=found.district,
    )
