"""When one arrives at the next stop, and must leave for it: around lunch, past what is on the way.

Times come in pairs: with lunch still to come, and with lunch had. What can be done anywhere (a
call, an absence) lies in a *run* between two places: the drive from one to the other may happen
before, between or after.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

NEVER: Final = 1 << 20
"""A time that does not come."""

Begins = tuple[tuple[int, int], ...]
"""From when until when a stop may begin: ascending stretches."""
Run = tuple[int, ...]
"""What is done on the way, in turn."""


class Field(NamedTuple):
    """One day: its hours, where it begins and ends, and when each stop may begin in it.

    ``lunch``: earliest and latest begin and the minutes; a latest of -1 means no break. ``base``
    are the stops that stand, in their order. ``shut``: they cannot all be kept as they are, one
    runs into another; then nothing more is put into this day.
    """

    starts: int
    ends: int
    lunch: tuple[int, int, int]
    from_place: int
    to_place: int
    begins: Sequence[Begins]
    place: Sequence[int]
    minutes: Sequence[int]
    travel: Sequence[Sequence[int]]
    base: tuple[int, ...] = ()
    shut: bool = False


def earliest(begins: Begins, time: int) -> int:
    """Return the first minute from ``time`` on at which a stop may begin; ``NEVER`` if none."""
    for opens, closes in begins:
        if time <= closes:
            return max(opens, time)
    return NEVER


def last(begins: Begins, time: int) -> int:
    """Return the last minute up to ``time`` at which a stop may begin; ``-NEVER`` if none."""
    for opens, closes in reversed(begins):
        if opens <= time:
            return min(closes, time)
    return -NEVER


def arrival(lunch: tuple[int, int, int], ready: tuple[int, int], drive: int) -> tuple[int, int]:
    """Return when one arrives: with lunch still to come, and with lunch had on the way or before.

    Lunch is had before the drive or after it, whichever brings one there earlier.
    """
    before, after = ready
    opens, closes, minutes = lunch
    arrive, fed = before + drive, after + drive
    if before <= closes:
        if before >= opens:
            fed = min(fed, before + minutes + drive)
        elif arrive <= closes:
            fed = min(fed, max(arrive, opens) + minutes)
        else:
            fed = min(fed, opens + minutes + drive)
    return arrive, fed


def departure(lunch: tuple[int, int, int], latest: tuple[int, int], drive: int) -> tuple[int, int]:
    """Return when one must be ready at the latest to arrive by ``latest``: ``arrival`` reversed."""
    opens, closes, minutes = lunch
    before, after = latest[0] - drive, latest[1] - drive
    seated = latest[1] - minutes
    if seated - drive >= opens:
        before = max(before, min(closes, seated - drive))
    elif seated >= opens:
        before = max(before, min(closes, seated) - drive)
    return before, after


def _fed_by(lunch: tuple[int, int, int], time: int) -> int:
    """When one may sit down, this side of lunch: the minute it is over if one stops at ``time``."""
    opens, closes, minutes = lunch
    return max(time, opens) + minutes if time <= closes else NEVER


def arrival_past(field: Field, ready: tuple[int, int], drive: int, run: Run) -> tuple[int, int]:
    """Return when one arrives with ``run`` done on the way: before, between or after the drive."""
    lunch = field.lunch
    here, here_fed = ready
    there = there_fed = NEVER
    for number in (*run, -1):
        arrive, fed = arrival(lunch, (here, here_fed), drive)
        there, there_fed = min(there, arrive), min(there_fed, fed)
        there_fed = min(there_fed, _fed_by(lunch, there))
        if number < 0:
            break
        here_fed = min(here_fed, _fed_by(lunch, here))
        begins, stay = field.begins[number], field.minutes[number]
        here, here_fed = earliest(begins, here) + stay, earliest(begins, here_fed) + stay
        there, there_fed = earliest(begins, there) + stay, earliest(begins, there_fed) + stay
    return there, there_fed


def departure_before(
    field: Field, latest: tuple[int, int], drive: int, run: Run
) -> tuple[int, int]:
    """Return when one must be ready at the latest for ``run`` and the drive: the way back."""
    lunch = field.lunch
    there, there_fed = latest
    here = here_fed = -NEVER
    for number in (*reversed(run), -1):
        here, here_fed = max(here, _sat_by(lunch, here_fed)), here_fed
        there = max(there, _sat_by(lunch, there_fed))
        off, off_fed = departure(lunch, (there, there_fed), drive)
        here, here_fed = max(here, off), max(here_fed, off_fed)
        if number < 0:
            break
        begins, stay = field.begins[number], field.minutes[number]
        here, here_fed = last(begins, here - stay), last(begins, here_fed - stay)
        there, there_fed = last(begins, there - stay), last(begins, there_fed - stay)
    return here, here_fed


def _sat_by(lunch: tuple[int, int, int], time: int) -> int:
    """The latest minute to stop for a lunch that is over by ``time``."""
    opens, closes, minutes = lunch
    return min(closes, time - minutes) if time - minutes >= opens else -NEVER
