"""Puts a better week together from days seen before: two days at a time, the others as they are."""

from itertools import combinations
from typing import Final

from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.road import Road

_MOST: Final = 300
"""So many orders of a day are looked at, the best ones."""


def joined(ground: Ground, roads: list[Road]) -> list[Road]:
    """Return the week in which no two days can be exchanged for better ones that are known."""
    roads = list(roads)
    days = range(len(roads))
    known = [best_first(ground, day) for day in days]
    again = True
    while again:
        again = False
        for one, other in combinations(days, 2):
            taken = 0
            for day in days:
                if day not in (one, other):
                    taken |= roads[day].bits
            pair = _pair(
                [road for road in known[one] if not road.bits & taken][:_MOST],
                [road for road in known[other] if not road.bits & taken][:_MOST],
                roads[one].worth + roads[other].worth + 1e-6,
            )
            if pair is not None:
                roads[one], roads[other] = pair
                again = True
    return roads


def best_first(ground: Ground, day: int) -> list[Road]:
    """Return the orders known of a day, what is worth most first."""
    roads = [road for road in ground.roads[day].values() if road.goes]
    return sorted(roads, key=lambda road: -road.worth)


def _pair(ones: list[Road], others: list[Road], worth: float) -> tuple[Road, Road] | None:
    """Return the two that visit nobody twice and are worth most; None: nothing beats ``worth``."""
    best = None
    for one in ones if others else ():
        if one.worth + others[0].worth <= worth:
            break
        for other in others:
            if one.worth + other.worth <= worth:
                break
            if not one.bits & other.bits:
                best, worth = (one, other), one.worth + other.worth
                break
    return best
