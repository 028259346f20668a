"""The board: a week as read, what the user did to it, and how its days run now. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.desktop.week.timing import Timed, Wanted, timed
from kamdesk.domain.visits.calendar import STEP
from kamdesk.domain.week.model import (
    Bond,
    LeftOut,
    Obstacle,
    Placed,
    Problem,
    Proposal,
    Stop,
)
from kamdesk.dossier.week_read import Pin, WeekItem, WeekRead, What


class Night(NamedTuple):
    """A night away: after which day of the problem, and at which of its places."""

    day: int
    place: int


class Standing(NamedTuple):
    """Where something stands: the day of the problem, and its place in that day's timetable."""

    day: int
    placed: Placed


@dataclass(frozen=True, kw_only=True)
class Board:
    """A week under work. ``wanted`` says per day of the problem what shall be in it.

    ``pins`` hold what the user put somewhere, ``out`` was put back. ``proposed``: the planner has
    proposed this week.
    """

    read: WeekRead
    pins: Mapping[bytes, Pin] = field(default_factory=dict)
    out: frozenset[bytes] = frozenset()
    night: Night | None = None
    wanted: tuple[tuple[Wanted, ...], ...] = ()
    days: tuple[Timed, ...] = ()
    proposed: bool = False

    @staticmethod
    def of(read: WeekRead) -> "Board":
        """Return a week as it stands."""
        board = Board(read=read)
        wanted: list[list[Wanted]] = [[] for _ in read.problem.days]
        for day in read.days:
            if day.at is not None:
                wanted[day.at] = [
                    Wanted(item.key, item.begins) for item in day.items if item.begins is not None
                ]
        return board.with_wanted(wanted)

    # ---- what is asked

    @cached_property
    def items(self) -> dict[bytes, WeekItem]:
        """All there is by key."""
        return self.read.items

    @cached_property
    def problem(self) -> Problem:
        """The week as the planner shall plan it: pins held, what was put back taken away."""
        known = self.read.pinned(self.pins)
        days = list(known.days)
        if self.night is not None and self.night.day + 1 < len(days):
            at, place = self.night
            days[at] = replace(days[at], to_place=place)
            days[at + 1] = replace(days[at + 1], from_place=place)
        stops = tuple(stop for stop in known.stops if stop.key not in self.out)
        return replace(known, days=tuple(days), stops=stops)

    @cached_property
    def stops(self) -> dict[bytes, Stop]:
        """The problem's stops by key."""
        return {stop.key: stop for stop in self.problem.stops}

    @cached_property
    def standing(self) -> dict[bytes, Standing]:
        """Where everything that is placed stands."""
        return {
            placed.key: Standing(n, placed)
            for n, day in enumerate(self.days)
            for placed in day.plan.stops
        }

    @cached_property
    def plan(self) -> Proposal:
        """The week as a proposal, as the planner's other questions want it."""
        days = tuple(day.plan for day in self.days)
        drive = sum(day.drive for day in days)
        worth = sum(self.stops[key].prize for key in self.standing if key in self.stops)
        return Proposal(
            days=days,
            left_out=tuple(
                LeftOut(key=item.key, obstacle=Obstacle.NO_ROOM) for item in self.waiting
            ),
            value=worth - drive,
            marginal={},
        )

    @cached_property
    def waiting(self) -> tuple[WeekItem, ...]:
        """What is due, or is a visit of ours that may move, and stands nowhere; the first: most."""
        ours = [
            self.items[stop.key]
            for stop in self.read.problem.stops
            if stop.bond is Bond.LOOSE and stop.key in self.items
        ]
        return tuple(item for item in (*ours, *self.read.due) if item.key not in self.standing)

    def bond(self, key: bytes) -> Bond:
        """Return how firmly something stands."""
        stop = self.stops.get(key)
        return stop.bond if stop is not None else Bond.FIXED

    def outside_hours(self, key: bytes) -> bool:
        """Tell whether the user put something where its customer does not receive."""
        here = self.standing.get(key)
        known = next((stop for stop in self.read.problem.stops if stop.key == key), None)
        if here is None or known is None or key not in self.pins:
            return False
        placed = here.placed
        return not any(
            window.opens <= placed.begins and placed.ends <= window.closes
            for window in known.windows[here.day]
        )

    def elsewhere(self, before: "Board", key: bytes) -> bool:
        """Tell whether something stands at another time than before, or stood nowhere."""
        was, now = before.standing.get(key), self.standing.get(key)
        if was is None or now is None:
            return True
        return (was.day, was.placed.begins) != (now.day, now.placed.begins)

    def is_new(self, key: bytes) -> bool:
        """Tell whether it stands in the plan only: due, or a visit at another time than now."""
        item, standing = self.items.get(key), self.standing.get(key)
        if item is None or standing is None:
            return False
        if item.visit is None and item.day is None:
            return True
        day = self.read.planned_days[standing.day]
        return (item.day, item.begins) != (day, standing.placed.begins)

    @property
    def changes(self) -> bool:
        """Whether accepting it would change anything."""
        pinned = any(self.items[key].bond is not Bond.PINNED for key in self.pins)
        lost = any(item.visit is not None for item in self.waiting)
        return pinned or lost or any(map(self.is_new, self.standing))

    @property
    def clashes(self) -> tuple[int, ...]:
        """Days on which not all that is firm can be done."""
        return tuple(n for n, day in enumerate(self.days) if day.clashes)

    # ---- what can be done

    def with_wanted(self, wanted: Iterable[Iterable[Wanted]]) -> "Board":
        """Return the week with other things wanted in its days; they are timed anew."""
        rows = tuple(tuple(row) for row in wanted)
        known = self.problem
        days = tuple(timed(known, n, row) for n, row in enumerate(rows))
        return replace(self, wanted=rows, days=days)

    def taken(self, proposal: Proposal) -> "Board":
        """Return the week as proposed."""
        wanted = tuple(
            tuple(Wanted(one.key, one.begins) for one in day.stops) for day in proposal.days
        )
        return replace(
            self,
            wanted=wanted,
            days=tuple(Timed(day) for day in proposal.days),
            proposed=True,
        )

    def movable(self, key: bytes) -> bool:
        """Tell whether it may be moved: not what is agreed, is over, or is no visit."""
        return key in self.stops and self.stops[key].bond is not Bond.FIXED

    def moved(self, key: bytes, days: int, halves: int) -> "Board | None":
        """Return the week with something days or half hours further, and held there.

        It goes on over what is firm to the next half hour that can be kept; None: there is none.
        """
        here = self.standing.get(key)
        if here is None or not self.movable(key):
            return None
        if days:
            day = here.day + days
            while 0 <= day < len(self.problem.days):
                for begins in _outward(here.placed.begins, self.stops[key].minutes):
                    if (board := self.put(key, Pin(day, begins))) is not None:
                        return board
                day += days
            return None
        begins = here.placed.begins
        begins = (begins // STEP + 1) * STEP if halves > 0 else (begins - 1) // STEP * STEP
        while 0 <= begins <= DAY_MINUTES - self.stops[key].minutes:
            if (board := self.put(key, Pin(here.day, begins))) is not None:
                return board
            begins += halves * STEP
        return None

    def put(self, key: bytes, pin: Pin) -> "Board | None":
        """Return the week with something held there; None where what is firm leaves no room."""
        board = self._pinning(key, pin)
        if timed(board.problem, pin.day, ()).clashes:
            return None
        return board.with_wanted(board._without(key))

    def _pinning(self, key: bytes, pin: Pin) -> "Board":
        return replace(self, pins={**self.pins, key: pin}, out=self.out - {key})

    def _without(self, key: bytes) -> list[list[Wanted]]:
        return [[one for one in row if one.key != key] for row in self.wanted]

    def pinned(self, key: bytes) -> "Board":
        """Return the week with something held where it stands, or let go again."""
        here = self.standing.get(key)
        if here is None or not self.movable(key):
            return self
        if self.bond(key) is Bond.PINNED:
            pins = {one: pin for one, pin in self.pins.items() if one != key}
            board = replace(self, pins=pins)
        else:
            board = self._pinning(key, Pin(here.day, here.placed.begins))
        wanted = [
            [*row, Wanted(key, here.placed.begins)] if n == here.day else row
            for n, row in enumerate(self._without(key))
        ]
        return replace(board, wanted=tuple(map(tuple, wanted)), days=self.days)

    def put_back(self, key: bytes) -> "Board":
        """Return the week without something: it goes back to what is left out."""
        if not self.movable(key):
            return self
        wanted = self._without(key)
        pins = {one: pin for one, pin in self.pins.items() if one != key}
        return replace(self, pins=pins, out=self.out | {key}).with_wanted(wanted)

    def brought(self, key: bytes) -> "Board":
        """Return the week in which something put back may be placed again."""
        return replace(self, out=self.out - {key})

    def away(self, night: Night | None) -> "Board":
        """Return the week with a night away, or without one."""
        return replace(self, night=night)


def may_wait(item: WeekItem) -> bool:
    """Tell whether somebody is due after the week only: worth a visit on the way."""
    return item.what is What.DUE and not item.is_due


def _outward(begins: int, minutes: int) -> list[int]:
    """Return the half hours of a day, those nearest to a time first."""
    halves = range(0, DAY_MINUTES - minutes + 1, STEP)
    return sorted(halves, key=lambda half: (abs(half - begins), half))
