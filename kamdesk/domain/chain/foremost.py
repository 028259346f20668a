"""Whose word carries furthest over others, and between whom most of them stand, whatever the rank.

Beside the support score, which goes by role and influence (``engines_notes.md``, decision 3).
"""

from collections.abc import Mapping
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.domain.chain.brokers import brokers
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.power import influences, reach

MOST: Final = 2


def furthest(net: Network, *, most: int = MOST) -> tuple[Id, ...]:
    """Return who of those that influence anybody reaches furthest, the first first."""
    moving = set(influences(net))
    return _foremost({who: power for who, power in reach(net).items() if who in moving}, most)


def between_most(net: Network, *, most: int = MOST) -> tuple[Id, ...]:
    """Return through whose hands most influence between two others runs, the first first."""
    return _foremost({who: share for who, share in brokers(net).items() if share > 0}, most)


def _foremost(values: Mapping[Id, float], most: int) -> tuple[Id, ...]:
    return tuple(sorted(values, key=lambda who: (-values[who], who))[:most])
