"""Fills a week: always the stop that is worth most for the time it takes, where it fits best."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kamdesk.domain.week.arriving import NEVER
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.road import Road

_TURN: Final = 10
"""Minutes any stop takes besides its stay and its way: so that short ones do not always win."""


class Taste(NamedTuple):
    """How a filling chooses: plainly, or with chance so that the search sees other weeks.

    ``by_gain``: by what a stop brings alone, not by what it brings for its time. ``noise`` blurs
    the judgement by up to half of it either way; ``blink`` overlooks a stop so often.
    """

    by_gain: bool = False
    noise: float = 0.0
    blink: float = 0.0


PLAIN: Final = Taste()
_Pick = tuple[float, int, int]
"""How good, which stop, at which index of the order."""
_NOTHING: Final[_Pick] = (0.0, -1, -1)


class Filling:
    """Puts stops into the days of a week, one after the other."""

    def __init__(self, ground: Ground, chance: Callable[[], float]) -> None:
        """``chance`` returns numbers from 0 up to 1; only a taste with chance asks it."""
        self._ground, self._chance = ground, chance
        gain, minutes = ground.gain, ground.minutes
        self._by_rate = sorted(
            ((gain[n] / (minutes[n] + _TURN), n) for n in ground.free), reverse=True
        )
        self._by_gain = sorted(((gain[n], n) for n in ground.free), reverse=True)

    def fill(self, roads: list[Road], left: set[int], taste: Taste = PLAIN) -> None:
        """Take from ``left`` into ``roads`` what fits and brings more than its way costs."""
        ranked = self._by_gain if taste.by_gain else self._by_rate
        waiting = [one for one in ranked if one[1] in left]
        best = [self._best(road, waiting, left, taste) for road in roads]
        while best:
            day = best.index(max(best))
            _worth, number, index = best[day]
            if number < 0:
                return
            roads[day] = self._ground.longer(day, roads[day], number, index)
            left.discard(number)
            for other, pick in enumerate(best):
                if other == day or pick[1] == number:
                    best[other] = self._best(roads[other], waiting, left, taste)

    def _best(
        self, road: Road, waiting: list[tuple[float, int]], left: set[int], taste: Taste
    ) -> _Pick:
        by_gain, noise, blink = taste
        chance, gain, minutes = self._chance, self._ground.gain, self._ground.minutes
        known, room = road.known, road.room
        best, most = _NOTHING, 0.0
        blur = 1 + noise / 2
        for bound, number in waiting:
            if bound * blur <= most:
                break  # they come by the most they can be worth: nothing better follows
            if number not in left or (blink and chance() < blink):
                continue
            found = known.get(number, -NEVER)
            if isinstance(found, int):
                least, span = most / blur, 0 if by_gain else minutes[number] + _TURN
                rate = 0.0 if by_gain else least
                below = (gain[number] - (least if by_gain else least * span)) / (1 + rate)
                if below <= found:
                    continue
                found = room(number, below)
            if found is None:
                continue
            extra, index = found
            worth = gain[number] - extra
            if worth <= 0:
                continue
            if not by_gain:
                worth /= max(1, minutes[number] + extra + _TURN)
            if noise:
                worth *= 1 + noise * (chance() - 0.5)
            if worth > most:
                most = worth
                best = worth, number, index
        return best
