"""Lanes: lines that share a gap are laid side by side, in the order in which they come and go."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kamdesk.figures.layout.mesh import Piece
from kamdesk.figures.layout.plan import Point
from kamdesk.figures.layout.tree import Place


class Wire(NamedTuple):
    """A right-angled line by the name of what it stands for."""

    id: str
    points: tuple[Point, ...]


def spread(
    wires: Sequence[Wire],
    ends: Mapping[str, tuple[Place, Place]],
    cards: Sequence[Place],
    labels: Sequence[Place],
    hierarchy: Sequence[Piece],
    lane: float,
) -> list[Wire]:
    """Return the wires with ``lane`` between any two that run along each other."""
    return list(wires)
