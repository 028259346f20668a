"""On which side of each other two lines run where they share a gap: as they come, so they go."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from kamdesk.figures.layout.plan import Point

_SAME: Final = 0.5
_DEEPEST: Final = 12


class Leg(NamedTuple):
    """One straight piece of a line: which piece of which points."""

    points: Sequence[Point]
    piece: int

    @property
    def upright(self) -> bool:
        """Whether it runs up or down."""
        (x1, y1), (x2, y2) = self.points[self.piece : self.piece + 2]
        return abs(x1 - x2) < abs(y1 - y2)

    def ends(self) -> tuple[float, float]:
        """Return where it starts and ends along its own direction."""
        along = 1 if self.upright else 0
        return self.points[self.piece][along], self.points[self.piece + 1][along]


def left_of(one: Leg, other: Leg) -> int:
    """Return 1 where ``one`` belongs on the left hand of ``other``, as ``one`` travels; −1: right.

    Both lie on one line. What decides is where the two part, ahead first, else behind; 0 when they
    never do.
    """
    start, end = one.ends()
    forward = 1 if end > start else -1
    ahead = _parting(one, other, forward, 1, 0)
    return ahead or -_parting(one, other, -forward, -1, 0)


def _parting(one: Leg, other: Leg, direction: int, travel: int, deep: int) -> int:
    """Follow both in a direction (of growing or falling coordinates) up to where they part.

    ``travel`` is 1 when that is how ``one`` runs, else −1. Returns 1 when ``one`` leaves to the
    left of the other, seen in that direction.
    """
    start, end = other.ends()
    travel2 = 1 if (end > start) == (direction > 0) else -1
    reach1, reach2 = _reach(one, direction), _reach(other, direction)
    if abs(reach1 - reach2) < _SAME:
        turn1, turn2 = _turn(one, travel), _turn(other, travel2)
        if turn1 != turn2:
            return 1 if turn1 > turn2 else -1
        if not turn1 or deep > _DEEPEST:
            return 0
        next1, next2 = _next(one, travel), _next(other, travel2)
        ahead = next1.ends() if travel > 0 else next1.ends()[::-1]
        return _parting(next1, next2, 1 if ahead[1] > ahead[0] else -1, travel, deep + 1)
    if (reach1 < reach2) == (direction > 0):
        return _turn(one, travel)
    return -_turn(other, travel2)


def _reach(leg: Leg, direction: int) -> float:
    return max(leg.ends()) if direction > 0 else min(leg.ends())


def _next(leg: Leg, travel: int) -> Leg:
    return leg._replace(piece=leg.piece + travel)


def _turn(leg: Leg, travel: int) -> int:
    """Return 1 when the line turns left after this piece, −1 to the right, 0 when it ends."""
    after = leg.piece + travel
    if not 0 <= after < len(leg.points) - 1:
        return 0
    if travel > 0:
        (x1, y1), (x2, y2), (x3, y3) = leg.points[leg.piece : leg.piece + 3]
    else:
        (x3, y3), (x2, y2), (x1, y1) = leg.points[leg.piece - 1 : leg.piece + 2]
    # y grows downwards, so that a positive product turns to the right
    product = (x2 - x1) * (y3 - y2) - (y2 - y1) * (x3 - x2)
    return -1 if product > 0 else 1 if product < 0 else 0
