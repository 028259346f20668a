"""The week of one account manager as the planner, the page and the papers read it. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, PersonId, SiteId, VisitId
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.domain.week.model import Bond, Problem, Reason, Stop, Window


class What(StrEnum):
    """What stands in a week."""

    VISIT = "visit"
    APPOINTMENT = "appointment"
    DUE = "due"
    """A customer who is due and for whom nothing is planned yet."""


class Place(NamedTuple):
    """Where something is, in words (a city or the name of a site); ``spot`` None: not known.

    ``sure`` is False where the spot is that of a whole city or county.
    """

    words: str = ""
    address: str = ""
    gate: str = ""
    spot: Spot | None = None
    sure: bool = False


NOWHERE: Final = Place()
NOTHING_TO_PLAN: Final = Problem(days=(), stops=(), travel=())


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekItem:
    """A visit, an appointment or a customer who is due; ``key`` names it in the problem.

    ``day`` and ``begins`` (minutes after midnight) say where it stands now; None for what is due
    and nowhere yet. ``reasons`` say what it is worth in minutes of driving, the most telling first.
    ``hours`` is what the file says of when they receive. ``at``: its index in ``places``; None
    where one need not go, or nobody knows where it is. ``is_due`` False: worth a visit if it lies
    on the way, but it may wait beyond the week. ``is_clash``: it cannot be held as it
    stands, since something else is at the same time or too far away. ``minutes`` end by midnight;
    ``goes_on`` are those of a visit of several days after its first.
    """

    key: bytes
    what: What
    name: str
    account: AccountId | None = None
    visit: VisitId | None = None
    site: SiteId | None = None
    people: tuple[PersonId, ...] = ()
    day: Day | None = None
    begins: int | None = None
    minutes: int = 60
    goes_on: int = 0
    bond: Bond = Bond.FREE
    kind: VisitKind = VisitKind.VISIT
    state: VisitState | None = None
    topic: str = ""
    place: Place = NOWHERE
    at: int | None = None
    contact: str = ""
    phone: str = ""
    hours: str = ""
    reasons: tuple[Reason, ...] = ()
    is_due: bool = True
    is_clash: bool = False

    @property
    def because(self) -> Text | None:
        """Why it is to be in the week, in a few words: the most telling reason."""
        return self.reasons[0].said if self.reasons else None


class Away(NamedTuple):
    """A stretch of a day at which one is not available, and why; ``whole``: all of it.

    ``key`` names it in the problem; empty where it is not there.
    """

    begins: int
    ends: int
    words: str
    whole: bool = False
    key: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """One day of the week. ``at``: its index in ``problem.days``; None when nothing is planned
    there: it is over, a day off, or one is away.

    ``works`` None: no list of holidays for its year. ``holiday`` names a day off or a make-up
    working day. ``items`` are its visits and appointments in order of time, ``notes`` what stands
    there all day and takes no time.
    """

    day: Day
    works: bool | None = True
    holiday: Text | str = ""
    is_past: bool = False
    at: int | None = None
    away: tuple[Away, ...] = ()
    items: tuple[WeekItem, ...] = ()
    notes: tuple[str, ...] = ()


class Pin(NamedTuple):
    """Where the user wants something: the index of its day in ``problem.days``, and when."""

    day: int
    begins: int


class Unplaced(NamedTuple):
    """A customer who cannot be planned: it is due and nobody knows where, or has no class."""

    account: AccountId
    name: str
    site: SiteId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRead:
    """A week as it stands and as it may be planned, for the colleague ``me`` as of ``now``.

    ``due`` are candidates, the most worth first. ``places`` go with the problem's travel: the
    first is home. ``not_judged`` says in words what could not be judged, ``unplaced`` and
    ``unclassed`` by name.
    """

    monday: Day
    now: Instant
    me: ColleagueId | None = None
    days: tuple[WeekDay, ...] = ()
    due: tuple[WeekItem, ...] = ()
    places: tuple[Place, ...] = ()
    problem: Problem = NOTHING_TO_PLAN
    not_judged: tuple[Text, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    unclassed: tuple[Unplaced, ...] = ()
    knows_home: bool = True
    night_cost: int = 180
    has_customers: bool = True

    @property
    def sunday(self) -> Day:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def planned_days(self) -> tuple[Day, ...]:
        """The days of ``problem.days``."""
        return tuple(one.day for one in self.days if one.at is not None)

    @property
    def items(self) -> dict[bytes, WeekItem]:
        """Everything by key: what stands in the week, and what is due."""
        standing = (item for day in self.days for item in day.items)
        return {item.key: item for item in (*standing, *self.due)}

    def pinned(self, pins: Mapping[bytes, Pin]) -> Problem:
        """Return the problem with stops held where the user wants them."""
        stops = tuple(
            _held(stop, pins[stop.key], len(self.problem.days)) if stop.key in pins else stop
            for stop in self.problem.stops
        )
        return replace(self.problem, stops=stops)


def _held(stop: Stop, pin: Pin, days: int) -> Stop:
    there = (Window(pin.begins, pin.begins + stop.minutes),)
    windows = tuple(there if day == pin.day else () for day in range(days))
    return replace(stop, windows=windows, bond=Bond.PINNED)
