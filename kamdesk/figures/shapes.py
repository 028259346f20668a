"""Shapes of a figure: reportlab's own, in groups that carry the id of the record they show."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, PolyLine, Rect, String
from reportlab.lib.attrmap import AttrMap, AttrMapValue
from reportlab.lib.colors import Color
from reportlab.lib.validators import isString

from kamdesk.figures import type as letters
from kamdesk.figures.ink import BLACK, Ink
from kamdesk.figures.type import Weight

Point: TypeAlias = tuple[float, float]
Shape: TypeAlias = Circle | Group | Line | Path | PolyLine | Rect | String
_WIDE: Final = 100_000.0


class RecordGroup(Group):
    """The shapes that show one record; ``record`` is its id as hex."""

    _attrMap = AttrMap(  # noqa: N815  (reportlab looks for it under this name)
        BASE=Group, record=AttrMapValue(isString, desc="id of the record the shapes show")
    )

    def __init__(self, record: str, shapes: Iterable[Shape]) -> None:
        super().__init__(*shapes)
        self.record = record


def records(drawing: Drawing) -> list[str]:
    """Return the ids of the records drawn, in the order they are painted."""
    return [group.record for group in drawing.contents if isinstance(group, RecordGroup)]


INKS: Final[dict[int, Ink]] = {}
"""The ink of each colour made here, by the colour's identity (they are never freed)."""


@cache
def colour(ink: Ink) -> Color:
    """Return the ink as a colour of reportlab's."""
    made = Color(*ink)
    INKS[id(made)] = ink
    return made


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    radius: float = 0.0,
    fill: Ink | None = None,
    stroke: Ink | None = None,
    line: float = 0.5,
    dash: Sequence[float] = (),
) -> Rect:
    """Return a rectangle with its lower left corner at a point."""
    return Rect(x, y, width, height, radius, radius, **_look(fill, stroke, line, dash))


def circle(
    x: float,
    y: float,
    radius: float,
    *,
    fill: Ink | None = None,
    stroke: Ink | None = None,
    line: float = 0.5,
    dash: Sequence[float] = (),
) -> Circle:
    """Return a circle around a point."""
    return Circle(x, y, radius, **_look(fill, stroke, line, dash))


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    ink: Ink = BLACK,
    width: float = 0.5,
    dash: Sequence[float] = (),
) -> Line:
    """Return a straight line."""
    return Line(x1, y1, x2, y2, **_look(None, ink, width, dash))


def bent(points: Sequence[Point], *, ink: Ink = BLACK, width: float = 0.5) -> PolyLine:
    """Return a line through several points."""
    return PolyLine(
        [edge for point in points for edge in point], strokeColor=colour(ink), strokeWidth=width
    )


def curve(
    points: tuple[Point, Point, Point, Point],
    *,
    ink: Ink = BLACK,
    width: float = 0.5,
    dash: Sequence[float] = (),
) -> Path:
    """Return a cubic curve from the first point to the last, drawn by the two between."""
    path = Path(**_look(None, ink, width, dash))
    path.moveTo(*points[0])
    path.curveTo(*points[1], *points[2], *points[3])
    return path


def polygon(points: Sequence[Point], *, fill: Ink = BLACK) -> Path:
    """Return a filled polygon."""
    path = Path(**_look(fill, None, 0.0, ()))
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.closePath()
    return path


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    weight: Weight = Weight.REGULAR,
    ink: Ink = BLACK,
    align: float = 0.0,
    most: float = _WIDE,
) -> list[Shape]:
    """Return one line of text with its baseline at ``y``, cut short where wider than ``most``."""
    if not words:
        return []
    whole = letters.line(words, size, most, weight)
    left = x - whole.width * align
    return [
        String(
            round(left + dx, 2),
            y,
            run,
            fontName=weight.value,
            fontSize=size,
            fillColor=colour(ink),
        )
        for dx, run in whole.runs
    ]


def _look(
    fill: Ink | None, stroke: Ink | None, width: float, dash: Sequence[float]
) -> dict[str, Any]:
    return {
        "fillColor": None if fill is None else colour(fill),
        "strokeColor": None if stroke is None else colour(stroke),
        "strokeWidth": width,
        "strokeDashArray": list(dash) or None,
    }
