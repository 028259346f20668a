"""Plans a week: a first answer at once, a better one by the second, and every why.

All minutes and values are those of ``model.py``. Nothing here looks at a disk; the only clock is
the one that says when the time for searching is over.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from time import monotonic
from typing import Final

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.model import (
    Better,
    Bond,
    DayPlan,
    Problem,
    Proposal,
    Reason,
    Window,
)
from kamdesk.domain.week.overnight import Night, compared, far_places, nights, sleeping
from kamdesk.domain.week.proposing import as_proposal, roads_of
from kamdesk.domain.week.search import Search, Week
from kamdesk.domain.week.timetable import planned

__all__ = [
    "Night",
    "day_plan",
    "first",
    "improved",
    "judged",
    "nights_away",
    "overnight",
    "pinned",
    "tried",
    "why",
]

_TOLD_EVERY: Final = 0.1
"""Seconds between two proposals that are told; the last one is always told."""
_ASKED_EVERY: Final = 0.001
"""Seconds from one question whether to stop to the next: whoever is asked may take a breath."""
_TRIES: Final = 300
"""How long a single what-if is searched: some tens of milliseconds."""
_ROUGH: Final = 100
"""How long each night away is looked at before the best one is searched well."""


def first(problem: Problem) -> Proposal:
    """Return the first answer (best insertion): tens of milliseconds for 120 customers.

    Raises ``ValueError`` where a FIXED or PINNED stop has not exactly one window of its length.
    """
    ground = Ground(problem)
    return as_proposal(ground, list(_search(ground).first().roads))


def improved(
    problem: Problem,
    *,
    seconds: float = 1.0,
    rounds: int | None = None,
    seed: int = 0,
    told: Better | None = None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = monotonic,
    start: Proposal | None = None,
) -> Proposal:
    """Return the best proposal found within ``seconds`` of ``clock``, from ``start`` on if given.

    ``told`` hears of better ones as they are found, the first one included; ``stop`` is asked
    about every millisecond. With ``rounds`` the search ends after so many tries: the same seed
    and rounds give the same answer everywhere while the seconds suffice.
    """
    ground, begun = Ground(problem), clock()
    search = _search(ground, seed)
    week = search.first()
    if start is not None:
        week = max(week, search.filled(roads_of(ground, start)), key=lambda one: one.worth)
    last_told, told_week = clock(), None
    asked, stopped = begun - _ASKED_EVERY, False

    def tell(week: Week) -> None:
        nonlocal last_told, told_week
        if told is not None:
            told(as_proposal(ground, list(week.roads)))
            last_told, told_week = clock(), week

    def found(week: Week) -> None:
        if clock() - last_told >= _TOLD_EVERY:
            tell(week)

    def spent(tries: int) -> float:
        nonlocal asked, stopped
        now = clock()
        if now - asked >= _ASKED_EVERY:
            asked, stopped = now, stop()
        part = (now - begun) / seconds if seconds > 0 else 1.0
        if stopped or part >= 1:
            return 1.0
        return part if rounds is None else tries / rounds

    tell(week)
    week = search.better(week, spent=spent, told=found)
    if told_week is not week:
        tell(week)
    return as_proposal(ground, list(week.roads))


def day_plan(problem: Problem, day: int, keys: Sequence[bytes]) -> DayPlan | None:
    """Return the day that visits ``keys`` in this order, to the minute; None: it cannot be done.

    ``keys`` name everything of that day, what is fixed and pinned included.
    """
    ground = Ground(problem)
    aside = ground.aside[day]
    order = tuple([n for key in keys if (n := ground.numbers[key]) not in aside])
    road = ground.road(day, order)
    as_it_stands = road.field.shut and order == road.field.base
    return planned(ground, day, road) if road.goes or as_it_stands else None


def pinned(problem: Problem, key: bytes, day: int, begins: int) -> Problem:
    """Return the problem with that stop pinned to the day and minute."""
    number = next(number for number, stop in enumerate(problem.stops) if stop.key == key)
    stop = problem.stops[number]
    window = (Window(begins, begins + stop.minutes),)
    windows = tuple(window if one == day else () for one in range(len(problem.days)))
    stop = replace(stop, bond=Bond.PINNED, windows=windows)
    return replace(problem, stops=(*problem.stops[:number], stop, *problem.stops[number + 1 :]))


def judged(problem: Problem, proposal: Proposal) -> Proposal:
    """Return a week made by hand with what a proposal knows: detours, who is left out and why."""
    ground = Ground(problem)
    return as_proposal(ground, roads_of(ground, proposal))


def tried(problem: Problem, proposal: Proposal, key: bytes) -> Proposal | None:
    """Return the best week that has ``key`` in it, near this one; None: no week has."""
    stops = tuple(
        replace(stop, bond=Bond.LOOSE) if stop.key == key and stop.bond is Bond.FREE else stop
        for stop in problem.stops
    )
    ground = Ground(replace(problem, stops=stops))
    search = _search(ground)
    week = search.filled(roads_of(ground, proposal))
    week = search.better(week, spent=lambda tries: tries / _TRIES, told=lambda _week: None)
    placed = any(ground.numbers[key] in road.order for road in week.roads)
    return as_proposal(ground, list(week.roads)) if placed else None


def why(problem: Problem, proposal: Proposal, key: bytes) -> tuple[Reason, ...]:
    """Return what speaks for ``key`` (the terms of its prize) and its detour as a negative term.

    The points sum up to what the stop brings the week; without the detour where it is left out.
    """
    reasons = next(stop.reasons for stop in problem.stops if stop.key == key)
    minutes = proposal.marginal.get(key)
    if minutes is None:
        return reasons
    if minutes <= 0:
        return (*reasons, Reason(Text("No detour"), -minutes))
    said = Text("{length} out of the way", length=length(minutes))
    return (*reasons, Reason(said, -minutes))


def overnight(
    problem: Problem,
    proposal: Proposal,
    *,
    night: int | None = None,
    place: int | None = None,
    cost: int = 180,
    seconds: float = 1.0,
    stop: Callable[[], bool] = lambda: False,
) -> Night | None:
    """Return the week with a night at ``place`` after day ``night`` (None: the best found).

    ``cost`` is what the night is worth at home, in minutes of driving. None: no night is possible.
    """

    def rough(problem: Problem) -> float:
        search = _search(Ground(problem))
        tries = 0 if stop() else _ROUGH
        return search.better(
            search.first(), spent=lambda n: n / tries if tries else 1.0, told=lambda _week: None
        ).worth

    found = nights(problem, night, place, rough)
    if found is None:
        return None
    away = improved(sleeping(problem, *found), seconds=seconds, stop=stop, start=proposal)
    return compared(proposal, *found, cost, away)


def nights_away(
    problem: Problem,
    proposal: Proposal,
    *,
    cost: int = 180,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Night, ...]:
    """Return the best night at each of the few places where one may pay, the best first.

    They share a second; ``cost`` as for ``overnight``.
    """
    places = tuple(far_places(problem)) if len(problem.days) > 1 else ()
    found = [
        overnight(problem, proposal, place=place, cost=cost, seconds=1 / len(places), stop=stop)
        for place in places
    ]
    known = [night for night in found if night is not None]
    return tuple(sorted(known, key=lambda night: -night.gains))


def _search(ground: Ground, seed: int = 0) -> Search:
    return Search(ground, Random(seed).random)  # noqa: S311 - a search, no secret
