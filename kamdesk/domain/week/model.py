"""What the planner is asked and what it answers: days, stops, a proposal. Values only.

Minutes are minutes after midnight of the day where they name a time, else lengths. A *key* names
what is to be placed: the id of a visit that exists already, of an appointment, or of a customer
who is due.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.wording import Text

ANYWHERE: Final = -1
"""The place of what can be done wherever one is: a call, an absence."""


class Window(NamedTuple):
    """A stretch of a day within which a whole stay must lie."""

    opens: int
    closes: int


class Lunch(NamedTuple):
    """A break of ``minutes`` that begins between two times; never while driving or visiting."""

    earliest: int
    latest: int
    minutes: int


class Bond(StrEnum):
    """How firmly something stands in the week."""

    FIXED = "fixed"
    """Agreed with the customer, or an appointment of one's own: neither day nor time moves."""
    PINNED = "pinned"
    """The user wants it there: neither day nor time moves until it is unpinned."""
    LOOSE = "loose"
    """Planned by us alone: the planner may move it, must not drop it without saying so."""
    FREE = "free"
    """Due, and nowhere yet."""

    @property
    def is_held(self) -> bool:
        """True for what the planner leaves where it stands."""
        return self in (Bond.FIXED, Bond.PINNED)


class Reason(NamedTuple):
    """One term of what a stop is worth, in minutes of driving; ``points`` sum up to the prize."""

    said: Text
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """What may or must be placed. ``place`` indexes the problem's travel; ``windows`` by day.

    ``prize`` is what it is worth, in minutes of driving: the sum of ``reasons``. FIXED and PINNED
    stops have their one window of exactly ``minutes`` on their one day.
    """

    key: bytes
    place: int
    minutes: int
    windows: tuple[tuple[Window, ...], ...]
    bond: Bond = Bond.FREE
    prize: float = 0.0
    reasons: tuple[Reason, ...] = ()


LUNCH: Final = Lunch(690, 780, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDay:
    """When one may be on the road, and where one starts and sleeps (indexes of travel)."""

    starts: int = 510
    ends: int = 1110
    lunch: Lunch | None = LUNCH
    from_place: int = 0
    to_place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A week to be planned. ``travel[a][b]`` are minutes from place a to b, gate included."""

    days: tuple[WorkDay, ...]
    stops: tuple[Stop, ...]
    travel: tuple[tuple[int, ...], ...]


class Placed(NamedTuple):
    """A stop in its day: when it begins, and how long one drives to it (``drive`` minutes)."""

    key: bytes
    begins: int
    ends: int
    drive: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """One day as it would run: ``leaves`` and ``returns`` are times at its two ends."""

    stops: tuple[Placed, ...] = ()
    lunch: Window | None = None
    leaves: int | None = None
    returns: int | None = None
    drive_back: int = 0
    from_place: int = 0
    to_place: int = 0

    @property
    def drive(self) -> int:
        """Minutes on the road in all."""
        return sum(stop.drive for stop in self.stops) + self.drive_back


class Obstacle(StrEnum):
    """Why a stop was left out; ``LeftOut.costs`` says what it would take."""

    NO_WINDOW = "no window"
    """They receive at no time of this week at which one is free."""
    NO_ROOM = "no room"
    """It fits into no day without taking something out."""
    NOT_WORTH = "not worth the way"
    """It would fit; the way is longer than it is worth."""
    DISPLACED = "displaced"
    """It would fit only in place of something worth more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What is due and was not placed.

    ``costs`` are the minutes of driving (and of overrunning the day) that the cheapest way of
    squeezing it in would add; None where no day takes it. ``day`` is that day; ``instead_of`` are
    the keys that would have to go; ``loses`` what they are worth more than it, in minutes.
    """

    key: bytes
    obstacle: Obstacle
    costs: int | None = None
    day: int | None = None
    instead_of: tuple[bytes, ...] = ()
    loses: float = 0.0

    @property
    def price(self) -> int | None:
        """What forcing it in costs the week, in minutes of driving: the way, and what has to go."""
        return round(self.loses) if self.obstacle is Obstacle.DISPLACED else self.costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A week as proposed. ``value`` = prizes of what is placed − minutes driven.

    ``marginal``: minutes of driving each placed key adds to its day. ``by_hand``: minutes the same
    week would take by the nearest-neighbour rule of thumb; None when that placed nothing.
    """

    days: tuple[DayPlan, ...]
    left_out: tuple[LeftOut, ...]
    value: float
    marginal: Mapping[bytes, int]
    by_hand: int | None = None

    @property
    def drive(self) -> int:
        """Minutes on the road in the whole week."""
        return sum(day.drive for day in self.days)


Better = Callable[[Proposal], object]
"""Told each time a better proposal is found."""
