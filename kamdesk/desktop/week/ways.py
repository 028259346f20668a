"""The ways of a day in the grid of a week: to what each leads, and when one is on it. Pure."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kamdesk.domain.week.driven import Driven, driven
from kamdesk.domain.week.model import DayPlan


class Road(NamedTuple):
    """A way, or a part of one, to the block named ``to`` (None: home) on the ``column``'s day.

    ``minutes`` are those of this part, ``whole`` those of the whole way; the longest part of a way
    ``is_named``: it says how long the way takes.
    """

    column: int
    begins: int
    ends: int
    minutes: int
    to: bytes | None
    came_from: bytes | None
    whole: int
    is_named: bool = True


def roads_of(column: int, plan: DayPlan, is_anywhere: Callable[[bytes], bool]) -> Iterator[Road]:
    """Yield the ways of a day, each as late as it can be: lunch and calls are not on the road.

    ``is_anywhere`` tells of a stop that it is done wherever one is.
    """
    since, came_from = plan.leaves, None
    busy: list[tuple[int, int]] = [plan.lunch] if plan.lunch is not None else []
    for placed in plan.stops:
        if is_anywhere(placed.key):
            busy.append((placed.begins, placed.ends))
            continue
        first = since if since is not None else placed.begins - placed.drive
        for part in driven(first, placed.begins, placed.drive, busy) if placed.drive else ():
            yield _road(column, part, placed.key, came_from, placed.drive)
        since, came_from = placed.ends, placed.key
    if plan.drive_back > 0 and plan.returns is not None:
        first = plan.returns - plan.drive_back if since is None else since
        for part in driven(first, plan.returns, plan.drive_back, busy):
            yield _road(column, part, None, came_from, plan.drive_back)


def _road(column: int, part: Driven, to: bytes | None, came_from: bytes | None, whole: int) -> Road:
    begins, ends, is_longest = part
    return Road(column, begins, ends, ends - begins, to, came_from, whole, is_longest)
