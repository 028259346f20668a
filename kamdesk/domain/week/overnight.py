"""What a night away from home would change: where, after which day, and what it brings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.domain.week.model import Problem, Proposal

_FAR: Final = 45
"""Minutes from home from which on a night there may be worth something."""
_NEAR: Final = 25
"""Minutes within which customers are in one place, as seen from a hotel."""
_PLACES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A week with a night at ``place`` (index of travel) between day ``night`` and the next.

    ``gains`` = value of ``proposal`` − ``cost`` − value of the week at home: more than 0 pays.
    ``saves`` are minutes on the road (negative: more of them). ``brings`` and ``drops``: keys that
    come in and fall out.
    """

    night: int
    place: int
    proposal: Proposal
    cost: int
    gains: float
    saves: int
    brings: tuple[bytes, ...]
    drops: tuple[bytes, ...]

    @property
    def said(self) -> Text:
        """What it changes, in words."""
        more = len(self.brings) - len(self.drops)
        return Text("{road}, {visits}", road=_road(self.saves), visits=_visits(more))


def _road(saves: int) -> Text:
    if saves < 0:
        return Text("{length} more on the road", length=length(saves))
    if saves == 0:
        return Text("As long on the road")
    return Text("{length} less on the road", length=length(saves))


def _visits(more: int) -> Text:
    if more < 0:
        return Text("{n} visit less", "{n} visits less", n=-more)
    return Text("{n} visit more", "{n} visits more", n=more) if more else Text("as many visits")


def sleeping(problem: Problem, night: int, place: int) -> Problem:
    """Return the week with the evening of day ``night`` and the next morning at ``place``."""
    days = list(problem.days)
    days[night] = replace(days[night], to_place=place)
    days[night + 1] = replace(days[night + 1], from_place=place)
    return replace(problem, days=tuple(days))


def far_places(problem: Problem) -> Iterator[int]:
    """Yield where a night may pay: among far customers, where most is to be won nearby."""
    travel, home = problem.travel, problem.days[0].from_place
    worth: dict[int, float] = {}
    for stop in problem.stops:
        if stop.place >= 0:
            worth[stop.place] = worth.get(stop.place, 0.0) + stop.prize
    far = {place for place in worth if travel[home][place] >= _FAR}
    for _ in range(_PLACES):
        near = {one: [o for o in worth if o == one or travel[one][o] <= _NEAR] for one in far}
        if not near:
            return
        best = max(near, key=lambda one: (sum(worth[o] for o in near[one]), -one))
        yield best
        far.difference_update(near[best])
        for one in near[best]:
            worth[one] = 0.0


def compared(home: Proposal, night: int, place: int, cost: int, away: Proposal) -> Night:
    """Return what the week ``away`` changes against the week at ``home``."""
    before = [stop.key for day in home.days for stop in day.stops]
    after = [stop.key for day in away.days for stop in day.stops]
    return Night(
        night=night,
        place=place,
        proposal=away,
        cost=cost,
        gains=away.value - cost - home.value,
        saves=home.drive - away.drive,
        brings=tuple(key for key in after if key not in set(before)),
        drops=tuple(key for key in before if key not in set(after)),
    )


def nights(
    problem: Problem, night: int | None, place: int | None, rough: Callable[[Problem], float]
) -> tuple[int, int] | None:
    """Return the night and the place that ``rough`` values most; None: there is none."""
    if len(problem.days) < 2:
        return None
    evenings = range(len(problem.days) - 1) if night is None else [night]
    places = list(far_places(problem)) if place is None else [place]
    options = [(evening, bed) for evening in evenings for bed in places]
    return max(options, key=lambda one: rough(sleeping(problem, *one)), default=None)
