"""Where a dragged card comes to stand: on the grid, or in line with a card near by. Pure."""

from collections.abc import Iterable
from typing import Final, NamedTuple

GRID: Final = 8.0
REACH: Final = 6.0
"""Within this distance a card snaps to the line of another one."""


class Spot(NamedTuple):
    """The middle of a card, in the drawing's own measure."""

    x: float
    y: float


class Snapped(NamedTuple):
    """Where the card comes to stand; ``upright`` and ``level`` are lines it stands on, if any."""

    at: Spot
    upright: float | None = None
    level: float | None = None


def snapped(wanted: Spot, others: Iterable[Spot], *, grid: float = GRID) -> Snapped:
    """Return where a card dragged to ``wanted`` stands: lines of others go before the grid."""
    others = tuple(others)
    upright = _nearest(wanted.x, (other.x for other in others))
    level = _nearest(wanted.y, (other.y for other in others))
    return Snapped(
        Spot(
            upright if upright is not None else round(wanted.x / grid) * grid,
            level if level is not None else round(wanted.y / grid) * grid,
        ),
        upright,
        level,
    )


def _nearest(at: float, lines: Iterable[float]) -> float | None:
    near = [line for line in lines if abs(line - at) <= REACH]
    return min(near, key=lambda line: (abs(line - at), line), default=None)
