"""When in a day a way is driven: around lunch, calls and whatever else is not on the road. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from kamdesk.core.minutes import DAY_MINUTES


class Driven(NamedTuple):
    """A stretch of a day on the road; the longest of a way ``is_longest``."""

    begins: int
    ends: int
    is_longest: bool = True


def driven(
    first: int, last: int, minutes: int, busy: Iterable[tuple[int, int]]
) -> tuple[Driven, ...]:
    """Return where so many minutes go between two times: as late as they can, in one where it fits.

    Where the time does not suffice they lie right before ``last``.
    """
    free, at = [], first
    for begins, ends in sorted((*busy, (last, DAY_MINUTES))):
        if min(begins, last) > at:
            free.append((at, min(begins, last)))
        at = max(at, ends)
    if sum(ends - begins for begins, ends in free) < minutes:
        return (Driven(last - minutes, last),)
    roomy = [ends for begins, ends in free if ends - begins >= minutes]
    if roomy:
        return (Driven(roomy[-1] - minutes, roomy[-1]),)
    found: list[tuple[int, int]] = []
    for begins, ends in reversed(free):
        part = min(minutes, ends - begins)
        if part:
            found.append((ends - part, ends))
        minutes -= part
    longest = max(found, key=lambda part: part[1] - part[0])
    return tuple(Driven(*part, part == longest) for part in reversed(found))
