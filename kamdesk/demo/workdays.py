"""Working days of mainland China, roughly, and a diary that gives each meeting a free hour."""

from datetime import timedelta
from functools import cache
from random import Random
from typing import Final

from kamdesk.core.clock import Day, Instant

# Spring Festival, Dragon Boat and Mid-Autumn as month and day; other years fall back on a mean.
_LUNAR: Final = {
    2018: ((2, 16), (6, 18), (9, 24)),
    2019: ((2, 5), (6, 7), (9, 13)),
    2020: ((1, 25), (6, 25), (10, 1)),
    2021: ((2, 12), (6, 14), (9, 21)),
    2022: ((2, 1), (6, 3), (9, 10)),
    2023: ((1, 22), (6, 22), (9, 29)),
    2024: ((2, 10), (6, 10), (9, 17)),
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
}
_BLOCKS: Final = ((9, 0), (10, 30), (13, 30), (15, 30))
_CALLS: Final = ((8, 40), (11, 50), (13, 10), (15, 10), (17, 10), (17, 30))
MORNING: Final = 0b11_0000_0011
AFTERNOON: Final = 0b11_1100_0000_1100
AFTER_LUNCH: Final = 0b100
"""Blocks and calls of half a day, as a diary knows them; the block after lunch."""
_WHOLE: Final = -1
_LONG: Final = {"visit": (60, 60, 75, 75), "video": (45, 60), "event": (75,), "call": (10, 15, 20)}


def spring_festival(year: int) -> Day:
    """Return the first day of the lunar year."""
    return Day(year, *_LUNAR.get(year, ((2, 5), (6, 12), (9, 20)))[0])


@cache
def holidays(year: int) -> frozenset[Day]:
    """Return the public holidays of a year, without the bridging days that vary."""
    spring, boat, autumn = (
        Day(year, *pair) for pair in _LUNAR.get(year, ((2, 5), (6, 12), (9, 20)))
    )
    spans = (
        (Day(year, 1, 1), 1),
        (spring - timedelta(1), 9),
        (Day(year, 4, 4), 3),
        (Day(year, 5, 1), 5),
        (boat, 1),
        (autumn, 1),
        (Day(year, 10, 1), 7),
    )
    return frozenset(first + timedelta(n) for first, many in spans for n in range(many))


@cache
def works(day: Day) -> bool:
    """True on a day when people can be met."""
    return day.weekday() < 5 and day not in holidays(day.year)


def working(day: Day, *, back: bool = False) -> Day:
    """Return ``day`` if it is a working day, else the next one (or the one before)."""
    step = timedelta(-1 if back else 1)
    while not works(day):
        day += step
    return day


class Diary:
    """Who is where: nobody sits in two meetings at once."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], int] = {}

    def keep_free(self, who: int, day: Day, hours: int = _WHOLE) -> None:
        """Give no more of the day, or of the half of it that ``hours`` are."""
        key = (who, day.toordinal())
        self._taken[key] = self._taken.get(key, 0) | hours

    def take(
        self, who: int, day: Day, kind: str, chance: Random, *, before: Day | None = None
    ) -> tuple[Instant, int] | None:
        """Return a free time from ``day`` on and its minutes; None when ``before`` is reached."""
        hours = _CALLS if kind == "call" else _BLOCKS
        shift = 8 if kind == "call" else 0
        for _ in range(30):
            day = working(day)
            if before is not None and day >= before:
                return None
            key = (who, day.toordinal())
            taken = self._taken.get(key, 0)
            free = [n for n in range(len(hours)) if not taken >> (n + shift) & 1]
            if free:
                at = free[int(chance.random() * len(free))]
                self._taken[key] = taken | 1 << (at + shift)
                hour, minute = hours[at]
                spans = _LONG[kind]
                minutes = spans[int(chance.random() * len(spans))]
                if kind != "call" and at >= 2 and chance.random() < 0.4:
                    minutes += 15
                return Instant.at(day, hour, minute), minutes
            day += timedelta(1)
        return None
