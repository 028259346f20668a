"""Lanes: lines that share a gap are laid side by side, in the order in which they come and go."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import Final, NamedTuple

from kamdesk.figures.layout.mesh import CLEAR, Piece
from kamdesk.figures.layout.plan import Point
from kamdesk.figures.layout.sides import Leg, left_of
from kamdesk.figures.layout.tree import Place

_PORT: Final = 4.0
"""How near to a card's corner a line may leave it."""
_ROOM: Final = 2.0
"""How far a line must be able to go from one of the hierarchy to lie beside it."""
_SQUEEZES: Final = 16
_LEAST: Final = 0.6
"""Lines nearer than that look like one."""
_TIGHTER: Final = 0.8
_PASSES: Final = 5
_STILL: Final = 1.0
"""When no line moved so far in a pass, all are where they belong."""


class Wire(NamedTuple):
    """A right-angled line by the name of what it stands for."""

    id: str
    points: tuple[Point, ...]


@dataclass(slots=True, eq=False)
class _Run:
    """A straight piece that may move sideways between ``low`` and ``high``.

    ``base`` is where it lay in the mesh, ``at`` where it lies now, ``start`` to ``end`` what it
    passes. A line of the hierarchy has no ``leg`` and stays where it is.
    """

    base: float
    leg: Leg | None = None
    wire: int = -1
    piece: int = -1
    at: float = 0.0
    start: float = inf
    end: float = -inf
    low: float = 0.0
    high: float = 0.0
    wish: float = 0.0
    before: list["_Gap"] = field(default_factory=list)
    after: list["_Gap"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Gap:
    """What lies between a run and one further to the right or down."""

    first: _Run
    second: _Run
    width: float


def spread(
    wires: Sequence[Wire],
    ends: Mapping[str, tuple[Place, Place]],
    cards: Sequence[Place],
    labels: Sequence[Place],
    hierarchy: Sequence[Piece],
    lane: float,
) -> list[Wire]:
    """Return the wires with ``lane`` between any two that run along each other.

    Where a gap is too narrow for so many they move together evenly. No wire leaves the gap it was
    given, and none comes to lie on a line of the hierarchy.
    """
    street = _Street(wires, ends, [*cards, *labels], hierarchy, lane)
    for _ in range(_PASSES):
        far = max(street.lay(upright=True), street.lay(upright=False))
        if far < _STILL:
            break
    return street.wires()


class _Street:
    def __init__(
        self,
        wires: Sequence[Wire],
        ends: Mapping[str, tuple[Place, Place]],
        blocks: Sequence[Place],
        hierarchy: Sequence[Piece],
        lane: float,
    ) -> None:
        self._wires = wires
        self._ends = ends
        self._blocks = blocks
        self._lane = lane
        self._runs: list[list[_Run]] = []
        for number, wire in enumerate(wires):
            legs = [Leg(wire.points, piece) for piece in range(len(wire.points) - 1)]
            self._runs.append([])
            for leg in legs:
                base = wire.points[leg.piece][0 if leg.upright else 1]
                run = _Run(base, leg, number, leg.piece, base)
                self._runs[-1].append(run)
        self._fixed = [
            (
                piece.upright,
                _Run(
                    piece.at,
                    at=piece.at,
                    low=piece.at,
                    high=piece.at,
                    start=piece.low,
                    end=piece.high,
                    wish=piece.at,
                ),
            )
            for piece in hierarchy
        ]

    def wires(self) -> list[Wire]:
        """Return the wires as their runs lie now."""
        return [
            Wire(wire.id, tuple(self._corner(number, at) for at in range(len(wire.points))))
            for number, wire in enumerate(self._wires)
        ]

    def lay(self, *, upright: bool) -> float:
        """Give all upright, or all level, runs their lanes; return how far one moved at most."""
        runs = [run for fixed, run in self._fixed if fixed is upright]
        for wire in self._runs:
            for run in wire:
                if run.leg is not None and run.leg.upright is upright:
                    self._prepare(run, upright)
                    runs.append(run)
        stood = [(run, run.at) for run in runs]
        if squeezed := self._laid(runs, set()):
            turned = {
                frozenset((gap.first, gap.second))
                for gap in squeezed
                if gap.first.leg is None or gap.second.leg is None
            }
            if turned and len(self._laid(runs, turned)) >= len(squeezed):
                self._laid(runs, set())
        return max((abs(run.at - at) for run, at in stood), default=0.0)

    def _laid(self, runs: Sequence[_Run], turned: Collection[frozenset[_Run]]) -> list[_Gap]:
        """Lay runs in order, but for the pairs that are turned; return gaps far too narrow."""
        for run in runs:
            run.before, run.after = [], []
        runs = _in_order(runs, self._meeting, turned)
        self._part(runs)
        self._wish(runs)
        _settle(runs)
        return [gap for run in runs for gap in run.after if gap.width < _LEAST]

    def _corner(self, number: int, at: int) -> Point:
        """Return a corner of a wire: one run gives its x, the other its y, at the ends the card."""
        runs, points = self._runs[number], self._wires[number].points
        x, y = points[at]
        for run in runs[max(0, at - 1) : at + 1]:
            if run.leg is not None and run.leg.upright:
                x = run.at
            else:
                y = run.at
        return x, y

    def _prepare(self, run: _Run, upright: bool) -> None:
        """Note what a run passes now, and how far it may move between the cards."""
        run.before, run.after = [], []
        across, along = (0, 1) if upright else (1, 0)
        one = self._corner(run.wire, run.piece)[along]
        other = self._corner(run.wire, run.piece + 1)[along]
        # what it passed in an earlier pass counts as well, or two passes might take turns for ever
        run.start = min(one, other, run.start)
        run.end = max(one, other, run.end)
        first, last = run.piece == 0, run.piece == len(self._runs[run.wire]) - 1
        source, target = self._ends[self._wires[run.wire].id]
        own = [card for card, ending in ((source, first), (target, last)) if ending]
        run.low, run.high = -1e9, 1e9
        for card in own:
            run.low = max(run.low, card[across] + _PORT)
            run.high = min(run.high, card[across] + card[across + 2] - _PORT)
        for block in self._blocks:
            top, bottom = block[along] - CLEAR, block[along] + block[along + 2] + CLEAR
            if block in own or run.end <= top or bottom <= run.start:
                continue
            if block[across] + block[across + 2] / 2 < run.base:
                run.low = max(run.low, block[across] + block[across + 2] + CLEAR)
            else:
                run.high = min(run.high, block[across] - CLEAR)
        if run.low > run.high:
            run.low = run.high = min(max(run.at, run.high), run.low)

    def _meeting(self, one: _Run, other: _Run) -> bool:
        """Return whether two runs pass, or nearly pass, the same stretch."""
        near = 0.6 * self._lane
        return one.start < other.end + near and other.start < one.end + near

    def _part(self, runs: Sequence[_Run]) -> None:
        """Put a lane between every two runs that meet and might come near each other."""
        for number, run in enumerate(runs):
            for later in runs[number + 1 :]:
                if run.leg is None and later.leg is None:
                    continue
                if later.low - run.high < self._lane and self._meeting(run, later):
                    gap = _Gap(run, later, self._lane)
                    run.after.append(gap)
                    later.before.append(gap)

    def _wish(self, runs: Sequence[_Run]) -> None:
        """Wish every run its lane of those that share its line of the mesh, in their middle."""
        left: dict[_Run, int] = {}
        right: dict[_Run, int] = {}
        for run in runs:
            same = [gap.first for gap in run.before if gap.first.base == run.base]
            left[run] = max((left[one] + 1 for one in same), default=0)
        for run in reversed(runs):
            same = [gap.second for gap in run.after if gap.second.base == run.base]
            right[run] = max((right[one] + 1 for one in same), default=0)
            if run.leg is not None:
                run.wish = run.base + (left[run] - right[run]) * self._lane / 2


def _in_order(
    runs: Sequence[_Run],
    meeting: Callable[[_Run, _Run], bool],
    turned: Collection[frozenset[_Run]],
) -> list[_Run]:
    """Return the runs from left to right: by their line of the mesh, on one line by their sides."""
    ordered: list[_Run] = []
    for _base, same in groupby(sorted(runs, key=lambda run: run.base), key=lambda run: run.base):
        ordered += _sorted(list(same), meeting, turned)
    return ordered


def _sorted(
    runs: list[_Run],
    meeting: Callable[[_Run, _Run], bool],
    turned: Collection[frozenset[_Run]],
) -> list[_Run]:
    """Sort runs of one line so that few pairs that meet stand against their sides."""
    waiting: dict[_Run, set[_Run]] = {run: set() for run in runs}  # who must come first
    for number, run in enumerate(runs):
        for other in runs[number + 1 :]:
            if meeting(run, other):
                first = run if _first(run, other) else other
                if turned and frozenset((run, other)) in turned:
                    first = other if first is run else run
                waiting[other if first is run else run].add(first)
    ordered: list[_Run] = []
    while waiting:
        run = min(waiting, key=lambda one: len(waiting[one]))
        del waiting[run]
        for others in waiting.values():
            others.discard(run)
        ordered.append(run)
    return ordered


def _first(run: _Run, other: _Run) -> bool:
    """Return whether of two runs on one line the first belongs further left, or up."""
    if run.leg is None or other.leg is None:
        moving, fixed = (run, other) if other.leg is None else (other, run)
        leg = moving.leg
        if leg is None:
            return True
        before, after = fixed.at - moving.low, moving.high - fixed.at
        if min(before, after) < _ROOM <= max(before, after):  # only one side has room
            return (before > after) is (moving is run)
        ends = (fixed.start, fixed.end)
        points = [(fixed.base, end) if leg.upright else (end, fixed.base) for end in ends]
        return _leftwards(leg, left_of(leg, Leg(points, 0)) or 1) is (moving is run)
    hand = left_of(run.leg, other.leg)
    if not hand:
        hand = 1 if run.wire < other.wire else -1
        if run.wire > other.wire:
            return not _leftwards(other.leg, 1)
    return _leftwards(run.leg, hand)


def _leftwards(leg: Leg, hand: int) -> bool:
    """Return whether a hand (1: left) of who travels the leg lies at smaller coordinates."""
    start, end = leg.ends()
    growing = end > start
    # going down, the left hand is to the east; going right, it is up
    return (hand > 0) is (growing is not leg.upright)


def _settle(runs: Sequence[_Run]) -> None:
    """Place the runs as near to their wishes as their gaps allow, squeezing those too full."""
    least: dict[_Run, float] = {}
    most: dict[_Run, float] = {}
    for _ in range(_SQUEEZES):
        for run in runs:
            least[run] = max([run.low, *(least[gap.first] + gap.width for gap in run.before)])
        for run in reversed(runs):
            most[run] = min([run.high, *(most[gap.second] - gap.width for gap in run.after)])
        tight = {run for run in runs if least[run] > most[run] + 1e-6}
        if not tight:
            break
        for run in tight:
            for gap in run.after:
                if gap.second in tight:
                    gap.width *= _TIGHTER
    for run in runs:
        low = max([run.low, *(gap.first.at + gap.width for gap in run.before)])
        run.at = min(max(low, run.wish), max(most[run], run.low))
