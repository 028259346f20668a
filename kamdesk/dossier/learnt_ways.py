"""The ways the user corrected, between whom they lie, and what would be reckoned without that."""

from collections import defaultdict
from typing import Final, NamedTuple

from kamdesk.core.ids import ColleagueId
from kamdesk.core.spot import Spot
from kamdesk.domain.travel.model import cell_of, middle_of
from kamdesk.domain.travel.roads import Travel
from kamdesk.domain.travel.store import TravelStore
from kamdesk.dossier.places import spots_of
from kamdesk.storage.database import Reader

_MOST: Final = 2_000
_CUSTOMERS: Final = """
SELECT id, coalesce(short_name, name) AS name FROM accounts
WHERE NOT gone AND (?1 IS NULL OR owner = ?1 OR owner IS NULL) ORDER BY name, id LIMIT ?2"""


class End(NamedTuple):
    """One end of a way: home, or the customers who lie there by name; perhaps nobody known."""

    spot: Spot
    is_home: bool
    customers: tuple[str, ...]


class LearntWay(NamedTuple):
    """A way that was corrected: minutes as they were said, and as they would be reckoned."""

    one: End
    other: End
    minutes: int
    reckoned: int


def learnt_ways(reader: Reader, *, me: ColleagueId | None) -> list[LearntWay]:
    """Return the corrected ways, those to home first, then by their customers.

    Of everybody's customers those of ``me`` and of nobody are named.
    """
    store = TravelStore(reader)
    legs, habits = store.learnt(), store.habits()
    ends = [(leg, middle_of(leg.one), middle_of(leg.other)) for leg in legs]
    if not ends:
        return []
    names = _names(reader, me)
    home = cell_of(habits.home) if habits.home else ""
    rule = Travel(habits)
    found = []
    for leg, one, other in ends:
        if one is None or other is None:
            continue
        first, second = (
            End(spot, cell == home, names.get(cell, ()))
            for cell, spot in ((leg.one, one), (leg.other, other))
        )
        if second.is_home:
            first, second = second, first
        found.append(LearntWay(first, second, leg.minutes, rule.minutes(one, other)))
    return sorted(found, key=lambda way: (not way.one.is_home, way.one, way.other))


def _names(reader: Reader, me: ColleagueId | None) -> dict[str, tuple[str, ...]]:
    """Return the customers of each cell somebody lies in."""
    named = {row["id"]: row["name"] for row in reader.ask(_CUSTOMERS, me, _MOST)}
    found: dict[str, list[str]] = defaultdict(list)
    for account, place in spots_of(reader, named).items():
        found[cell_of(place.spot)].append(named[account])
    return {cell: tuple(sorted(names)) for cell, names in found.items()}
