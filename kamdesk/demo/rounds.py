"""When visits ahead take place: those of one day lie near each other, as one plans them oneself."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.spot import Spot, kilometres
from kamdesk.demo.workdays import AFTERNOON, MORNING, Diary, working

_NEAR_KM: Final = 20.0
_A_DAY: Final = 2
"""Visits agreed for one day: one in the morning, one in the afternoon."""
_A_WEEK: Final = 5
"""Visits agreed for one week: the rest of it is for who is due."""
_REACH: Final = 25
"""Working days that are looked at."""
_AFTERNOON_FROM: Final = 12


class Rounds:
    """Gives visits ahead a half day on which the other one is not far away."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary
        self._lie: dict[tuple[int, Day], list[Spot | None]] = defaultdict(list)
        self._weeks: dict[tuple[int, Day], int] = defaultdict(int)

    def take(
        self, who: int, earliest: Day, spot: Spot | None, chance: Random
    ) -> tuple[Instant, int] | None:
        """Return a time from ``earliest`` on and its minutes. ``spot`` None: nobody drives."""
        day = earliest
        for _ in range(_REACH):
            day = working(day)
            week = (who, day - timedelta(day.weekday()))
            there = self._lie[who, day]
            free = len(there) < _A_DAY and self._weeks[week] < _A_WEEK
            if free and all(_near(spot, other) for other in there):
                after = day + timedelta(1)
                slot = self._diary.take(who, day, "visit", chance, before=after)
                if slot is not None:
                    half = AFTERNOON if slot[0].local.hour >= _AFTERNOON_FROM else MORNING
                    self._diary.keep_free(who, day, half)
                    there.append(spot)
                    self._weeks[week] += 1
                    return slot
            day += timedelta(1)
        return None


def _near(one: Spot | None, other: Spot | None) -> bool:
    if one is None or other is None:
        return one is other  # a day of talks by video is spent at one's desk
    return kilometres(one, other) <= _NEAR_KM
