"""A week told day by day, as it stands or as it is proposed: for papers and lists.

Times are minutes after midnight, lengths minutes.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.minutes import clock, length
from kamdesk.core.wording import Text
from kamdesk.domain.week.model import (
    Bond,
    DayPlan,
    LeftOut,
    Obstacle,
    Problem,
    Proposal,
    Stop,
    Window,
    WorkDay,
)
from kamdesk.dossier.week_next import Later, later_said
from kamdesk.dossier.week_read import WeekDay, WeekItem, WeekRead, What

_OBSTACLE_WORDS: Final = {
    Obstacle.NO_WINDOW: Text("They receive at no time at which you are free"),
    Obstacle.NO_ROOM: Text("No day has room left for it"),
    Obstacle.NOT_WORTH: Text("The way is longer than it is worth"),
    Obstacle.DISPLACED: Text("Something worth more stands in its place"),
}
_NO_TIME: Final = Text("What already stands leaves no time for it")
PUT_BACK: Final = Text("You put it back")
COST: Final = Text(
    "Minutes it costs to force them in: the way, and what visits that fall out are worth"
)


class Line(NamedTuple):
    """Something in a day, and how long one drives to it. ``is_proposed``: not in the file yet."""

    item: WeekItem
    begins: int
    ends: int
    drive: int
    is_proposed: bool = False

    @property
    def leads_there(self) -> bool:
        """True where a way is counted to it: it is somewhere, and can be met there."""
        return self.item.at is not None and not self.item.is_clash

    @property
    def at(self) -> str:
        """From when to when, as a clock says it."""
        return f"{clock(self.begins)}–{clock(self.ends)}"


class Left(NamedTuple):
    """Who is due and not in the week, why not, and the price (see ``LeftOut``) in minutes.

    ``later``: the next week in which they could be visited, ``later_words`` say so; empty where
    that is not looked at.
    """

    item: WeekItem
    said: Text
    cost: int | None
    later: Later | None = None
    later_words: Text | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTold:
    """One day: ``leaves`` and ``returns`` None where nothing leads away from home.

    ``from_place`` and ``to_place`` say where one sleeps before and after (indexes of travel).
    """

    day: WeekDay
    lines: tuple[Line, ...] = ()
    leaves: int | None = None
    returns: int | None = None
    drive_back: int = 0
    from_place: int = 0
    to_place: int = 0
    lunch: Window | None = None

    @property
    def drive(self) -> int:
        """Minutes on the road in all."""
        return sum(line.drive for line in self.lines) + self.drive_back


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTold:
    """A week day by day, and who of those who are due is left out.

    ``by_hand``: see ``Proposal``; None when not known. ``placed`` of those who are due have found
    a place; others that lie on the way stand in the days as well.
    """

    read: WeekRead
    days: tuple[DayTold, ...]
    left: tuple[Left, ...] = ()
    placed: int = 0
    by_hand: int | None = None
    is_proposal: bool = False

    @property
    def due(self) -> int:
        """How many customers are due in the week, those nobody can find included."""
        return sum(item.is_due for item in self.read.due) + len(self.read.unplaced)

    @property
    def drive(self) -> int:
        """Minutes on the road in the whole week."""
        return sum(day.drive for day in self.days)

    @property
    def saved(self) -> int | None:
        """Minutes of driving a plan by hand would take more on the days still to be planned.

        None where nothing is saved, or it is not known.
        """
        driven = sum(day.drive for day in self.days if day.day.at is not None)
        saved = (self.by_hand or 0) - driven
        return saved if self.by_hand is not None and saved > 0 else None


def told(
    read: WeekRead,
    proposal: Proposal | None = None,
    *,
    pins: Collection[bytes] = (),
    later: Mapping[bytes, Later] | None = None,
) -> WeekTold:
    """Return a week as it stands, or as a proposal would have it with what the user pins in it.

    Who is due and stands in neither list of a proposal was put back by the user. ``later``: see
    ``next_weeks``; None: not looked at.
    """
    if proposal is None:
        stands = tuple(_standing(read, day) for day in read.days)
        waiting = (
            Left(item, item.because, None) for item in read.due if item.because and item.is_due
        )
        return WeekTold(read=read, days=stands, left=tuple(waiting))
    items = {
        key: replace(item, bond=Bond.PINNED) if key in pins else item
        for key, item in read.items.items()
    }
    days = []
    for day in read.days:
        if day.at is None:
            days.append(_standing(read, day))
        else:
            days.append(_proposed(read, day, proposal.days[day.at], items))
    left = [
        _left(items[one.key], one, read, later)
        for one in proposal.left_out
        if one.key in items and items[one.key].is_due
    ]
    there = {line.item.key for day in days for line in day.lines}
    there |= {one.key for one in proposal.left_out}
    left += [
        Left(item, PUT_BACK, None) for item in read.due if item.is_due and item.key not in there
    ]
    return WeekTold(
        read=read,
        days=tuple(days),
        left=tuple(left),
        placed=sum(
            line.item.what is What.DUE and line.item.is_due for day in days for line in day.lines
        ),
        by_hand=proposal.by_hand,
        is_proposal=True,
    )


def _left(
    item: WeekItem, left: LeftOut, read: WeekRead, later: Mapping[bytes, Later] | None
) -> Left:
    said = left_out_said(read, left)
    if later is None or not may_be_later(item, left):
        return Left(item, said, left.price)
    found = later.get(item.key)
    return Left(item, said, left.price, found, later_said(found))


def may_be_later(item: WeekItem, left: LeftOut) -> bool:
    """Tell whether a later week may suit better: a way that is too long is so in every week."""
    return item.what is What.DUE and left.obstacle is not Obstacle.NOT_WORTH


def driven_apart(read: WeekRead) -> dict[Day, int]:
    """Return the minutes on the road of days that are not planned any more: those that are over."""
    drives = {day.day: _standing(read, day).drive for day in read.days if day.at is None}
    return {day: drive for day, drive in drives.items() if drive}


def left_out_said(read: WeekRead, left: LeftOut) -> Text:
    """Return in words why somebody was left out."""
    items = read.items
    names = tuple(items[key].name for key in left.instead_of if key in items)
    if left.obstacle is Obstacle.DISPLACED and names:
        return Text("It would fit only in place of {names}", names=names)
    if left.obstacle is Obstacle.NO_WINDOW:
        for stop in read.problem.stops:
            if stop.key == left.key and any(stop.windows):
                return _too_far(read.problem, stop) or _NO_TIME
    return _OBSTACLE_WORDS[left.obstacle]


def _too_far(problem: Problem, stop: Stop) -> Text | None:
    """Return how far it is where no day is long enough to drive there and back."""
    way = problem.travel[0][stop.place] if stop.place >= 0 else 0
    longest = max(day.ends - day.starts for day in problem.days)
    if 2 * way + stop.minutes <= longest:
        return None
    return Text("Too far for one day: {length} each way", length=length(way))


def _standing(read: WeekRead, day: WeekDay) -> DayTold:
    """Return a day as it stands, its ways by the problem's travel; none to what clashes."""
    frame = read.problem.days[day.at] if day.at is not None else WorkDay()
    lines = tuple(_by_way(read, day, frame.from_place))
    if not lines:
        return DayTold(day=day)
    first = next((line for line in lines if line.leads_there), None)
    last = next((line for line in reversed(lines) if line.leads_there), None)
    back = 0
    if last and last.item.at is not None:
        back = read.problem.travel[last.item.at][frame.to_place]
    return DayTold(
        day=day,
        lines=lines,
        leaves=first.begins - first.drive if first and read.knows_home else None,
        returns=last.ends + back if last and read.knows_home else None,
        drive_back=back,
        from_place=frame.from_place,
        to_place=frame.to_place,
    )


def _by_way(read: WeekRead, day: WeekDay, here: int) -> Iterator[Line]:
    for item in day.items:
        if item.begins is None:
            continue
        drive = 0
        if item.at is not None and not item.is_clash:
            drive, here = read.problem.travel[here][item.at], item.at
        yield Line(item, item.begins, item.begins + item.minutes, drive)


def _proposed(read: WeekRead, day: WeekDay, plan: DayPlan, items: dict[bytes, WeekItem]) -> DayTold:
    placed = {one.key for one in plan.stops}
    lines = [
        Line(
            items[one.key],
            one.begins,
            one.ends,
            one.drive,
            items[one.key].bond is not Bond.PINNED and _is_new(day, items[one.key], one.begins),
        )
        for one in plan.stops
        if one.key in items
    ]
    # what clashes, is over or takes no time stands there though nothing was planned around it
    lines += [
        Line(item, item.begins, item.begins + item.minutes, 0)
        for item in day.items
        if item.key not in placed and item.begins is not None and item.bond is not Bond.LOOSE
    ]
    return DayTold(
        day=day,
        lines=tuple(sorted(lines, key=lambda line: (line.begins, line.item.key))),
        leaves=plan.leaves if read.knows_home else None,
        returns=plan.returns if read.knows_home else None,
        drive_back=plan.drive_back,
        from_place=plan.from_place,
        to_place=plan.to_place,
        lunch=plan.lunch,
    )


def _is_new(day: WeekDay, item: WeekItem, begins: int) -> bool:
    """True where something was not before: what is due, or a visit that moves."""
    return item.day != day.day or item.begins != begins
