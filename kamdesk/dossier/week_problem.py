"""From what stands in a week and who is due to a problem the planner can solve. Rules only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from kamdesk.core.spot import Spot
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.roads import Travel
from kamdesk.domain.visits.model import VisitKind
from kamdesk.domain.week.model import ANYWHERE, Problem, Stop, Window, WorkDay
from kamdesk.dossier.week_held import Frame, Ways, walks_of, work_day
from kamdesk.dossier.week_read import Place, WeekDay, WeekItem

RECEIVED: Final = (Window(540, 720), Window(810, 1050))
"""When they receive where the file does not say: office hours without the noon rest."""
_ACROSS_TOWN: Final = 20
_CALLED: Final = (Window(540, 720), Window(810, 1110))
_QUARTER: Final = 15
_ByDay = tuple[tuple[Window, ...], ...]


class Laid(NamedTuple):
    """A problem, and the keys of what is held there but cannot be met as it stands."""

    problem: Problem
    clashes: frozenset[bytes]


def places_of(home: Spot | None, items: Iterable[WeekItem]) -> tuple[list[Place], dict[bytes, int]]:
    """Return the places of a problem, home first, and the index of each item's by its key."""
    places = [Place(spot=home, sure=home is not None)]
    known: dict[tuple[Spot, bytes], int] = {}
    at: dict[bytes, int] = {}
    for item in items:
        spot = item.place.spot
        if spot is None:
            continue
        whose = (spot, item.account or item.key)
        if whose not in known:
            known[whose] = len(places)
            places.append(item.place)
        at[item.key] = known[whose]
    return places, at


def travel_of(places: Sequence[Place], travel: Travel) -> Ways:
    """Return the minutes between places; 0 from and to a home nobody knows.

    Between two customers of whom one is known by the town alone a way takes as long as one across
    a town at least.
    """
    spots = [place.spot for place in places if place.spot is not None]
    matrix = travel.matrix(spots)
    if places[0].spot is None:
        matrix = ((0,) * len(places), *((0, *row) for row in matrix))
    vague = {at for at, place in enumerate(places) if at and not place.sure}
    if not vague:
        return matrix
    return tuple(
        tuple(
            max(minutes, _ACROSS_TOWN)
            if one and other and one != other and (one in vague or other in vague)
            else minutes
            for other, minutes in enumerate(row)
        )
        for one, row in enumerate(matrix)
    )


def laid(
    frames: Sequence[Frame],
    movable: Iterable[WeekItem],
    *,
    at: dict[bytes, int],
    travel: Ways,
    habits: Habits,
) -> Laid:
    """Return the problem of the days of ``frames``: what is held, and what may be placed.

    What cannot be held as it stands is not in it, or counts as met wherever one is, so that a week
    of which a part is impossible can still be planned.
    """
    walks = walks_of(frames, at, travel, habits)
    days = [work_day(n, frames, walks, travel, habits) for n in range(len(frames))]
    stops = [stop for walk in walks for stop in walk.stops]
    stops += [
        Stop(
            key=item.key,
            place=at.get(item.key, ANYWHERE),
            minutes=item.minutes,
            windows=_windows(item, frames, days),
            bond=item.bond,
            prize=sum(reason.points for reason in item.reasons),
            reasons=item.reasons,
        )
        for item in movable
    ]
    clashes = frozenset[bytes]().union(*(walk.clashes for walk in walks))
    return Laid(Problem(days=tuple(days), stops=tuple(stops), travel=travel), clashes)


def _windows(item: WeekItem, frames: Sequence[Frame], days: Sequence[WorkDay]) -> _ByDay:
    """Return when a stay may be, day by day: when they receive, within one's own hours."""
    read = read_hours(item.hours) if item.hours else None
    usual = _CALLED if item.kind in (VisitKind.CALL, VisitKind.VIDEO) else RECEIVED
    found = []
    for frame, day in zip(frames, days, strict=True):
        received = read.windows[frame.weekday] if read else usual
        cut = (Window(max(a, day.starts), min(z, day.ends)) for a, z in received)
        fits = (one for one in cut if one.closes - one.opens >= item.minutes)
        found.append(tuple(fits) if frame.opens else ())
    return tuple(found)


def worked(day: WeekDay, habits: Habits) -> bool:
    """Tell whether one works on a day: by the list where it names it, else by habit."""
    works = bool(day.works) if day.holiday else habits.works_on(day.day.weekday())
    return works and not any(one.whole for one in day.away)


def to_quarter(minute: int) -> int:
    """Return the next quarter of an hour."""
    return -(-minute // _QUARTER) * _QUARTER


def marked(
    items: Iterable[WeekItem], clashes: frozenset[bytes], at: dict[bytes, int]
) -> tuple[WeekItem, ...]:
    """Return items that know their place, and whether they clash."""
    return tuple(replace(item, at=at.get(item.key), is_clash=item.key in clashes) for item in items)
