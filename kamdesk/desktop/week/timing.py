"""How a day of the week runs when somebody moves things in it by hand. No clock, disk or Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kamdesk.domain.week import planning
from kamdesk.domain.week.model import ANYWHERE, Bond, DayPlan, Problem, Stop, Window


class Wanted(NamedTuple):
    """What shall be in a day, and about when: minutes after midnight."""

    key: bytes
    begins: int


class Timed(NamedTuple):
    """A day as it runs; ``fallen`` found no room, ``clashes``: what is firm cannot all be done."""

    plan: DayPlan
    fallen: tuple[bytes, ...] = ()
    clashes: bool = False


def timed(problem: Problem, day: int, wanted: Iterable[Wanted]) -> Timed:
    """Return how a day runs with what is wanted in it, besides what is firm there.

    Everything stays when it is wanted where that can be; else at other times in the same order;
    else in another order, and what is worth least falls out first.
    """
    firm = [stop for stop in problem.stops if stop.bond.is_held and stop.windows[day]]
    stops = {stop.key: stop for stop in problem.stops if not stop.bond.is_held}
    rest = [one for one in wanted if one.key in stops]
    small = replace(problem, stops=(*firm, *(stops[one.key] for one in rest)))
    order = sorted([*(Wanted(one.key, _opens(one, day)) for one in firm), *rest], key=_begins)
    keys = [one.key for one in order]
    held = replace(
        problem, stops=(*firm, *(_held(stops[one.key], day, one.begins) for one in rest))
    )
    for asked in (held, small):
        if (plan := _kept(asked, day, keys)) is not None:
            return Timed(plan)
    alone = replace(problem, stops=tuple(firm))
    standing = [one.key for one in order if one.key not in stops]
    kept = _kept(alone, day, standing)
    if kept is None:
        there = planning.day_plan(alone, day, standing) or DayPlan()
        return Timed(there, tuple(one.key for one in rest), True)
    placed, fallen = standing, []
    for key in sorted(
        (one.key for one in rest), key=lambda key: (stops[key].bond is Bond.FREE, -stops[key].prize)
    ):
        found = _best(small, day, placed, key)
        if found is None:
            fallen.append(key)
        else:
            placed, kept = found
    return Timed(kept, tuple(fallen))


def _begins(one: Wanted) -> tuple[int, bytes]:
    return one.begins, one.key


def _opens(stop: Stop, day: int) -> int:
    return stop.windows[day][0].opens


def _held(stop: Stop, day: int, begins: int) -> Stop:
    """Return a stop that may be nowhere else that day."""
    there = (Window(begins, begins + stop.minutes),)
    days = len(stop.windows)
    windows = tuple(there if n == day else () for n in range(days))
    return replace(stop, bond=Bond.PINNED, windows=windows)


def _kept(problem: Problem, day: int, keys: Sequence[bytes]) -> DayPlan | None:
    """Return the day in this order; None where somebody would have to be at two places at once.

    What is done anywhere may lie within the time for a way: one drives before it or after.
    """
    plan = planning.day_plan(problem, day, keys)
    if plan is None:
        return None
    places = {stop.key: stop.place for stop in problem.stops}
    free_from = left = talked = 0
    for one in plan.stops:
        if one.begins < free_from:
            return None
        if places.get(one.key, ANYWHERE) == ANYWHERE:
            talked += one.ends - one.begins
        elif one.begins - left - talked < one.drive:
            return None
        else:
            left, talked = one.ends, 0
        free_from = one.ends
    return plan


def _best(
    problem: Problem, day: int, placed: Sequence[bytes], key: bytes
) -> tuple[list[bytes], DayPlan] | None:
    """Return the order with ``key`` in it that drives least; None where none can be kept."""
    found: tuple[list[bytes], DayPlan] | None = None
    inside = {*placed, key}
    few = replace(problem, stops=tuple(one for one in problem.stops if one.key in inside))
    for n in range(len(placed) + 1):
        order = [*placed[:n], key, *placed[n:]]
        plan = _kept(few, day, order)
        if plan is not None and (found is None or plan.drive < found[1].drive):
            found = order, plan
    return found
