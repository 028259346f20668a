"""What the grid of a week shows: blocks, ways between them, lunch, and when one is away. Pure."""

from enum import Enum
from functools import partial
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.wording import Text
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.ways import Road, roads_of
from kamdesk.domain.week.model import ANYWHERE, Bond
from kamdesk.dossier.week_read import WeekDay, WeekItem, WeekRead, What
from kamdesk.dossier.week_told import driven_apart

_WEEKDAYS: Final = 5
_OPENS: Final = 8
_CLOSES: Final = 18
"""Hours shown at least."""
_EARLY: Final = 6 * 60
_LATE: Final = 21 * 60
"""Ways before and after are shown as far as there are hours."""


class Frame(Enum):
    """How a block is framed: how firmly it stands."""

    PROPOSED = "proposed"
    LOOSE = "loose"
    PINNED = "pinned"
    FIXED = "fixed"
    OVER = "over"


class Block(NamedTuple):
    """A block: ``column`` counts the days shown, times are minutes after midnight."""

    item: WeekItem
    column: int
    begins: int
    ends: int
    frame: Frame
    movable: bool
    clashes: bool = False
    is_outside: bool = False
    """They do not receive then: it was put there by hand."""
    is_other: bool = False
    """While something is tried: it stands elsewhere than before, or is new."""


class Shade(NamedTuple):
    """A stretch at which one is not available, and why; not ``taken``: noted, yet one is free."""

    column: int
    begins: int
    ends: int
    words: Text | str
    taken: bool = True


class Rest(NamedTuple):
    """Lunch."""

    column: int
    begins: int
    ends: int


class Shapes(NamedTuple):
    """All there is to see of a week; ``hours`` are those shown, first and last line."""

    first: Day
    days: tuple[WeekDay, ...]
    blocks: tuple[Block, ...]
    roads: tuple[Road, ...]
    shades: tuple[Shade, ...]
    rests: tuple[Rest, ...]
    drives: tuple[int | None, ...]
    hours: range


def shapes_of(board: Board, *, before: Board | None = None) -> Shapes:
    """Return what is seen of a week; ``before``: what it is compared with while one tries."""
    read = board.read
    days = days_shown(read)
    column_of = {day.at: n for n, day in enumerate(days) if day.at is not None}
    blocks: list[Block] = []
    roads: list[Road] = []
    rests: list[Rest] = []
    over = driven_apart(read)
    drives: list[int | None] = [over.get(day.day) for day in days]
    for at, timed in enumerate(board.days):
        if (column := column_of.get(at)) is None:
            continue
        plan = timed.plan
        drives[column] = plan.drive or None
        roads += roads_of(column, plan, partial(_is_anywhere, board))
        if plan.lunch is not None and any(_is_met(board, one.key) for one in plan.stops):
            rests.append(Rest(column, plan.lunch.opens, plan.lunch.closes))
        blocks += [
            Block(
                item, column, placed.begins, placed.ends, frame_of(board, item),
                board.movable(item.key), item.is_clash, board.outside_hours(item.key),
                before is not None and board.elsewhere(before, item.key),
            )
            for placed in plan.stops
            if (item := board.items.get(placed.key)) is not None and not _shaded(item)
        ]  # fmt: skip
    standing = board.standing
    for column, day in enumerate(days):
        blocks += [
            Block(item, column, item.begins, item.begins + item.minutes, Frame.OVER
                  if day.is_past else Frame.FIXED, False, item.is_clash)
            for item in day.items
            if item.begins is not None and item.key not in standing and not _shaded(item)
            and (day.at is None or item.key not in board.stops)
        ]  # fmt: skip
    shades = [shade for column, day in enumerate(days) for shade in _shades(column, day)]
    times = [minute for one in blocks for minute in (one.begins, one.ends)]
    times += [max(way.begins, _EARLY) for way in roads] + [min(way.ends, _LATE) for way in roads]
    opens = min([_OPENS, *(minute // 60 for minute in times)])
    closes = max([_CLOSES, *(-(-minute // 60) for minute in times)])
    return Shapes(
        read.monday, days, tuple(blocks), tuple(roads), tuple(shades), tuple(rests),
        tuple(drives), range(max(opens, 0), min(closes, 24) + 1),
    )  # fmt: skip


def days_shown(read: WeekRead) -> tuple[WeekDay, ...]:
    """Return Monday to Friday, and the weekend as far as one works or something lies there."""
    last = _WEEKDAYS
    for n, day in enumerate(read.days[_WEEKDAYS:], _WEEKDAYS):
        if day.at is not None or day.items:
            last = n + 1
    return read.days[:last]


def frame_of(board: Board, item: WeekItem) -> Frame:
    """Return how something is framed."""
    bond = board.bond(item.key)
    if bond is Bond.PINNED:
        return Frame.PINNED
    if bond is Bond.FIXED:
        return Frame.FIXED
    return Frame.PROPOSED if board.is_new(item.key) else Frame.LOOSE


def _is_anywhere(board: Board, key: bytes) -> bool:
    return key in board.stops and board.stops[key].place == ANYWHERE


def _is_met(board: Board, key: bytes) -> bool:
    """Tell whether something takes one anywhere or to anybody: not an absence."""
    item = board.items.get(key)
    return item is not None and not _shaded(item)


def _shaded(item: WeekItem) -> bool:
    """Appointments that lie nowhere are stretches at which one is not available."""
    return item.what is What.APPOINTMENT and item.at is None and item.place.spot is None


def _shades(column: int, day: WeekDay) -> list[Shade]:
    whole = (0, DAY_MINUTES)
    if day.works is False and day.at is None and not any(one.whole for one in day.away):
        return [Shade(column, *whole, day.holiday or Text("Day off"))]
    found = [
        Shade(column, *(whole if one.whole else (one.begins, one.ends)), one.words)
        for one in day.away
    ]
    return found + [
        Shade(
            column,
            item.begins,
            item.begins + item.minutes,
            item.name,
            item.bond is not Bond.FREE,
        )
        for item in day.items
        if item.begins is not None and _shaded(item)
    ]
