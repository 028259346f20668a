"""Where visits stand on a day's scale of hours: minutes from midnight, lanes where they clash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant, days_between
from kamdesk.core.ids import VisitId
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.dossier.agenda import Meeting

EARLIEST, LATEST = 8 * 60, 18 * 60
SHORTEST: Final = 30
"""A shorter visit takes as much room, so that its name can be read."""
WORTH_NAMING: Final = 30
"""Free minutes below this are not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A visit from ``top`` to ``bottom`` in minutes, in one of ``lanes`` side by side."""

    meeting: Meeting
    top: int
    bottom: int
    lane: int = 0
    lanes: int = 1


class Gap(NamedTuple):
    """A time of the day in minutes from midnight: one that is free, or taken otherwise."""

    top: int
    bottom: int


class Way(NamedTuple):
    """The way to a visit: it lies right before it. ``minutes`` it takes, ``top`` where it fits."""

    top: int
    bottom: int
    minutes: int

    @property
    def is_short_of_time(self) -> bool:
        """Whether less time is left than it takes."""
        return self.bottom - self.top < self.minutes


def minutes_at(moment: Instant, day: Day) -> int:
    """Return the minutes from the midnight that begins ``day``; within that day."""
    local = moment.local
    minutes = days_between(day, local.date()) * DAY_MINUTES + minute_of(local)
    return min(max(minutes, 0), DAY_MINUTES)


def slots(meetings: Sequence[Meeting], day: Day) -> list[Slot]:
    """Return where each visit stands; those at the same time get lanes of one width."""
    placed: list[Slot] = []
    for group in _together(meetings, day):
        ends: list[int] = []
        lane_of: list[int] = []
        for _, top, bottom in group:
            lane = next((n for n, end in enumerate(ends) if end <= top), len(ends))
            ends[lane : lane + 1] = [bottom]
            lane_of.append(lane)
        placed += [
            Slot(meeting=meeting, top=top, bottom=bottom, lane=lane, lanes=len(ends))
            for (meeting, top, bottom), lane in zip(group, lane_of, strict=True)
        ]
    return placed


def gaps(
    placed: Sequence[Slot], minutes: Mapping[VisitId, int], taken: Sequence[Gap] = ()
) -> list[Gap]:
    """Return the free times worth naming between visits and what else is ``taken``.

    On a way one is not free.
    """
    found, busy = [], None
    stretches = [
        *(Gap(slot.top - minutes.get(slot.meeting.id, 0), slot.bottom) for slot in placed),
        *taken,
    ]
    for top, bottom in sorted(stretches):
        if busy is not None and top - busy >= WORTH_NAMING:
            found.append(Gap(busy, top))
        busy = max(busy or 0, bottom)
    return found


def ways(placed: Sequence[Slot], minutes: Mapping[VisitId, int]) -> list[Way]:
    """Return the ways to the visits of which they are known, by the visit's id."""
    found, busy = [], 0
    for slot in placed:
        if taken := minutes.get(slot.meeting.id):
            found.append(Way(max(busy, slot.top - taken), slot.top, taken))
        busy = max(busy, slot.bottom)
    return [way for way in found if way.bottom > way.top]


def hours(placed: Sequence[Slot], now: int | None, taken: Sequence[Gap] = ()) -> range:
    """Return the full hours to draw: the working day, and whatever lies outside it."""
    tops = [slot.top for slot in placed] + [gap.top for gap in taken]
    bottoms = [slot.bottom for slot in placed] + [gap.bottom for gap in taken]
    if now is not None:
        tops, bottoms = [*tops, now], [*bottoms, now]
    first = max(min([EARLIEST, *tops]), 0) // 60
    last = -(-min(max([LATEST, *bottoms]), DAY_MINUTES) // 60)
    return range(first, last + 1)


_Placed = tuple[Meeting, int, int]


def _together(meetings: Sequence[Meeting], day: Day) -> list[list[_Placed]]:
    """Return groups of visits that overlap, in order of time."""
    groups: list[list[_Placed]] = []
    reach = -1
    for meeting in sorted(meetings, key=lambda one: (one.start, one.id)):
        top = min(minutes_at(meeting.start, day), DAY_MINUTES - SHORTEST)
        bottom = max(minutes_at(meeting.end, day), top + SHORTEST)
        if top >= reach:
            groups.append([])
        groups[-1].append((meeting, top, bottom))
        reach = max(reach, bottom)
    return groups
