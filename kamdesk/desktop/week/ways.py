"""When one is on the road in a day of the week: between stays, around lunch and calls. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kamdesk.domain.week.model import DayPlan

_MIDNIGHT = 1440
_Stretch = tuple[int, int]


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
    busy: list[_Stretch] = [plan.lunch] if plan.lunch is not None else []
    for placed in plan.stops:
        if is_anywhere(placed.key):
            busy.append((placed.begins, placed.ends))
            continue
        if placed.drive > 0:
            first = since if since is not None else placed.begins - placed.drive
            parts = _parts(first, placed.begins, placed.drive, busy)
            yield from _named(column, parts, placed.drive, placed.key, came_from)
        since, came_from = placed.ends, placed.key
    if plan.drive_back > 0 and plan.returns is not None:
        begins = plan.returns - plan.drive_back
        first = begins if since is None else since
        parts = _parts(first, plan.returns, plan.drive_back, busy)
        yield from _named(column, parts, plan.drive_back, None, came_from)


def _parts(first: int, last: int, minutes: int, busy: Sequence[_Stretch]) -> list[_Stretch]:
    """Return where ``minutes`` go between two times: in one free stretch, else in several.

    Where the time does not suffice they lie right before ``last``.
    """
    free, at = [], first
    for begins, ends in sorted((*busy, (last, _MIDNIGHT))):
        if min(begins, last) > at:
            free.append((at, min(begins, last)))
        at = max(at, ends)
    if sum(ends - begins for begins, ends in free) < minutes:
        return [(last - minutes, last)]
    roomy = [(begins, ends) for begins, ends in free if ends - begins >= minutes]
    if roomy:
        return [(roomy[-1][1] - minutes, roomy[-1][1])]
    found: list[_Stretch] = []
    for begins, ends in reversed(free):
        part = min(minutes, ends - begins)
        if part:
            found.append((ends - part, ends))
        minutes -= part
    return found[::-1]


def _named(
    column: int, parts: Sequence[_Stretch], whole: int, to: bytes | None, came_from: bytes | None
) -> Iterator[Road]:
    longest = max(parts, key=lambda part: part[1] - part[0])
    for part in parts:
        begins, ends = part
        minutes = ends - begins
        yield Road(column, begins, ends, minutes, to, came_from, whole, part == longest)
