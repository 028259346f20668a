"""A day's way as a schematic picture: home, numbered stops, minutes on the legs, the way back."""

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from kamdesk.core.spot import Spot
from kamdesk.figures.measures import PAPER, Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStop:
    """A stop of the way: ``id`` hex of the record, ``at`` minutes after midnight, ``drive`` there.

    ``spot`` None: where it lies is not known, it stands beside the one before.
    """

    id: str
    name: str
    at: int | None = None
    drive: int = 0
    spot: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A day's way from where one starts to where one sleeps."""

    stops: tuple[RouteStop, ...] = ()
    start: Spot | None = None
    end: Spot | None = None
    drive_back: int = 0


def route_picture(
    route: Route, *, width: float, height: float, language: str, measures: Measures = PAPER
) -> Drawing:
    """Draw a day's way in 45° steps within a room of this size, not to scale."""
    return Drawing(width, height)
