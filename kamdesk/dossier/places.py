"""Where customers lie: the site's own spot, else by its address, else by the customer's city."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kamdesk.core.ids import AccountId, SiteId
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.storage.database import Reader


class Place(NamedTuple):
    """Where a customer is visited: ``said`` tells what it goes by; ``within`` km unsure, 0: known.

    ``hours`` are the words of when they receive, at that site.
    """

    spot: Spot
    said: Text
    sure: bool = True
    within: int = 0
    site: SiteId | None = None
    hours: str = ""
    address: str = ""


def spots_of(reader: Reader, accounts: Iterable[AccountId]) -> Mapping[AccountId, Place]:
    """Return where customers lie, for those of whom anything is known, by their main site."""
    return {}


def spot_of(reader: Reader, account: AccountId, site: SiteId | None = None) -> Place | None:
    """Return where a customer is visited: at this site, else the main one, else the city."""
    return None
