"""Where everything on a map stands: cards, lines of the hierarchy, routes of ties, boxes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from kamdesk.figures.chain import Tie
from kamdesk.figures.layout.tree import Joint, Place

Point: TypeAlias = tuple[float, float]


class Route(NamedTuple):
    """The way of a tie from card to card, y downwards, and where its note may stand.

    Right-angled in the organisation view; in the influence view straight from row to row.
    """

    points: tuple[Point, ...]
    label: Point


class Sizes(NamedTuple):
    """Measures of cards and of the space between them, in the drawing's own unit.

    ``label`` is the height of the line with a box's name above its cards, ``padding`` what lies
    between a box and its cards.
    """

    card: tuple[float, float] = (104.0, 31.0)
    beside: float = 20.0
    below: float = 40.0
    stack: float = 9.0
    indent: float = 12.0
    lane: float = 5.0
    label: float = 11.0
    padding: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A laid-out map: ``places`` by card id, ``routes`` by ``tie_key``, ``boxes`` by group id.

    Everything lies within ``width`` × ``height`` from (``left``, ``top``), which is not (0, 0)
    where the user put cards by hand or what was seen before keeps its place.
    """

    places: Mapping[str, Place]
    joints: tuple[Joint, ...] = ()
    routes: Mapping[str, Route] = field(default_factory=lambda: MappingProxyType({}))
    boxes: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    width: float = 0.0
    height: float = 0.0
    left: float = 0.0
    top: float = 0.0


def tie_key(tie: Tie) -> str:
    """Return what names a tie's route: its id, or who it goes from and to."""
    return tie.id or f"{tie.source}>{tie.target}"


def at_origin(plan: Plan) -> Plan:
    """Return the same plan with its upper left corner at (0, 0), as a sheet of paper wants it."""
    return plan if plan.left == plan.top == 0 else moved(plan, -plan.left, -plan.top)


def moved(plan: Plan, dx: float, dy: float) -> Plan:
    """Return the same plan further to the right and down."""

    def shift(points: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((x + dx, y + dy) for x, y in points)

    def carry(places: Mapping[str, Place]) -> dict[str, Place]:
        return {id_: at._replace(x=at.x + dx, y=at.y + dy) for id_, at in places.items()}

    return replace(
        plan,
        places=carry(plan.places),
        joints=tuple(Joint(joint.id, shift(joint.points)) for joint in plan.joints),
        routes={
            key: Route(shift(route.points), *shift((route.label,)))
            for key, route in plan.routes.items()
        },
        boxes=carry(plan.boxes),
        left=plan.left + dx,
        top=plan.top + dy,
    )
