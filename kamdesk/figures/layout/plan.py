"""Where everything on a map stands: cards, lines of the hierarchy, routes of ties, boxes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from kamdesk.figures.layout.tree import Joint, Place

Point: TypeAlias = tuple[float, float]


class Route(NamedTuple):
    """The way of a tie from card to card: right-angled points, y downwards; where a note may stand."""

    points: tuple[Point, ...]
    label: Point


class Sizes(NamedTuple):
    """Measures of cards and of the space between them, in the drawing's own unit."""

    card: tuple[float, float] = (104.0, 31.0)
    beside: float = 20.0
    below: float = 40.0
    stack: float = 9.0
    indent: float = 12.0
    lane: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A laid-out map: ``places`` by card id, ``routes`` by tie id, ``boxes`` by group id."""

    places: Mapping[str, Place]
    joints: tuple[Joint, ...] = ()
    routes: Mapping[str, Route] = field(default_factory=lambda: MappingProxyType({}))
    boxes: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    width: float = 0.0
    height: float = 0.0
