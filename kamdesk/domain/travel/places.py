"""Where an address lies, by the shipped table of districts: offline, and said when unsure."""

from typing import NamedTuple

from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text


class Located(NamedTuple):
    """Where an address lies: the middle of its ``district``; ``said`` tells what it goes by.

    ``within`` kilometres is how far off it may well be. Not ``sure``: several places are called
    so, or only the province is known.
    """

    spot: Spot
    district: str
    sure: bool
    said: Text
    within: int = 5


def located(address: str, city: str = "", province: str = "") -> Located | None:
    """Return where a messy real address lies; None when no district is named in it."""
    return None
