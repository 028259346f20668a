"""Shapes of a figure: reportlab's own, in groups that carry the id of the record they show."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

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

    def __init__(self, record: str = "", shapes: Iterable[Shape] = ()) -> None:
        super().__init__(*shapes)
        self.record = record


def grouped(record: str, shapes: Iterable[Shape]) -> RecordGroup:
    """Return shapes as what shows one record."""
    return _made(_GROUP, record=record, contents=list(shapes))


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
    look = _look(fill, stroke, line, dash)
    return _made(_RECT, x=x, y=y, width=width, height=height, rx=radius, ry=radius, **look)


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
    return _made(_CIRCLE, cx=x, cy=y, r=radius, **_look(fill, stroke, line, dash))


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
    return _made(_LINE, x1=x1, y1=y1, x2=x2, y2=y2, **_look(None, ink, width, dash))


def bent(
    points: Sequence[Point],
    *,
    ink: Ink = BLACK,
    width: float = 0.5,
    dash: Sequence[float] = (),
) -> PolyLine:
    """Return a line through several points."""
    edges = [edge for point in points for edge in point]
    return _made(_POLY_LINE, points=edges, **_look(None, ink, width, dash))


class Steps:
    """The way of a path: moves, lines and curves one after the other."""

    def __init__(self) -> None:
        self.points: list[float] = []
        self.operators: list[int] = []

    def move(self, x: float, y: float) -> "Steps":
        """Begin anew at a point."""
        self.operators.append(_MOVE)
        self.points += (x, y)
        return self

    def line(self, x: float, y: float) -> "Steps":
        """Go straight to a point."""
        self.operators.append(_LINE_TO)
        self.points += (x, y)
        return self

    def curve(self, first: Point, second: Point, end: Point) -> "Steps":
        """Go to ``end`` in a curve drawn by two points."""
        self.operators.append(_CURVE_TO)
        self.points += (*first, *second, *end)
        return self

    def close(self) -> "Steps":
        """Go straight back to where it began."""
        self.operators.append(_CLOSE)
        return self


def path(
    steps: Steps,
    *,
    fill: Ink | None = None,
    stroke: Ink | None = None,
    line: float = 0.5,
    dash: Sequence[float] = (),
) -> Path:
    """Return a path along steps."""
    look = _look(fill, stroke, line, dash)
    return _made(_PATH, points=steps.points, operators=steps.operators, **look)


def curve(
    points: tuple[Point, Point, Point, Point],
    *,
    ink: Ink = BLACK,
    width: float = 0.5,
    dash: Sequence[float] = (),
) -> Path:
    """Return a cubic curve from the first point to the last, drawn by the two between."""
    steps = Steps().move(*points[0]).curve(*points[1:])
    return path(steps, stroke=ink, line=width, dash=dash)


def polygon(points: Sequence[Point], *, fill: Ink = BLACK) -> Path:
    """Return a filled polygon."""
    steps = Steps().move(*points[0])
    for point in points[1:]:
        steps.line(*point)
    return path(steps.close(), fill=fill)


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
        _made(
            _STRING,
            x=left + dx,
            y=y,
            text=run,
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


_Made = TypeVar("_Made", bound=Shape)
_MOVE, _LINE_TO, _CURVE_TO, _CLOSE = range(4)
_GROUP: Final = RecordGroup()
_RECT: Final = Rect(0, 0, 0, 0)
_CIRCLE: Final = Circle(0, 0, 0)
_LINE: Final = Line(0, 0, 0, 0)
_POLY_LINE: Final = PolyLine([0, 0, 0, 0])
_PATH: Final = Path()
_STRING: Final = String(0, 0, "")


def _made(like: _Made, **attributes: Any) -> _Made:
    """Return a shape like another one with other attributes.

    reportlab checks each attribute as it is set: ten microseconds a shape, a third of a brief.
    """
    kind = type(like)
    shape = kind.__new__(kind)
    shape.__dict__.update(like.__dict__, **attributes)
    return shape
