"""Figures on paper: a drawing's shapes written by the pen."""

from collections.abc import Iterable
from typing import Any

from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Group,
    Line,
    Path,
    PolyLine,
    Rect,
    String,
)
from reportlab.lib.colors import Color

from kamdesk.figures.ink import Ink
from kamdesk.figures.shapes import INKS, RecordGroup
from kamdesk.figures.type import Weight
from kamdesk.papers.pen import Pen

_UPRIGHT = (1, 0, 0, 1, 0, 0)
_CURVE, _CLOSE = 2, 3  # operators of a path; 0 moves, 1 draws a line


def paint(pen: Pen, drawing: Drawing, x: float, y: float, *, scale: float = 1.0) -> None:
    """Paint a drawing with its lower left corner at a point of the page."""
    pen.raw(f"q {scale:.4g} 0 0 {scale:.4g} {x:.2f} {y:.2f} cm")
    paint_shapes(pen, drawing.contents)
    pen.raw("Q")
    pen.forget()


def paint_shapes(pen: Pen, shapes: Iterable[Any]) -> None:
    """Paint shapes where they are."""
    for shape in shapes:
        _PAINTERS[type(shape)](pen, shape)


def _group(pen: Pen, shape: Any) -> None:
    place = shape.transform
    if place == _UPRIGHT:
        paint_shapes(pen, shape.contents)
        return
    pen.raw(f"q {' '.join(f'{part:.4g}' for part in place)} cm")
    pen.forget()
    paint_shapes(pen, shape.contents)
    pen.raw("Q")
    pen.forget()


def _rect(pen: Pen, shape: Any) -> None:
    how = _dip(pen, shape)
    if not how:
        return
    if shape.rx:
        pen.rounded(shape.x, shape.y, shape.width, shape.height, shape.rx, paint=how)
    else:
        pen.raw(f"{shape.x:.2f} {shape.y:.2f} {shape.width:.2f} {shape.height:.2f} re {how}")


def _circle(pen: Pen, shape: Any) -> None:
    how = _dip(pen, shape)
    if how:
        pen.circle(shape.cx, shape.cy, shape.r, paint=how)


def _line(pen: Pen, shape: Any) -> None:
    _dip(pen, shape)
    pen.raw(f"{shape.x1:.2f} {shape.y1:.2f} m {shape.x2:.2f} {shape.y2:.2f} l S")


def _poly_line(pen: Pen, shape: Any) -> None:
    _dip(pen, shape)
    edges = shape.points
    pen.shape(list(zip(edges[::2], edges[1::2], strict=True)), paint="S")


def _path(pen: Pen, shape: Any) -> None:
    how = _dip(pen, shape)
    if not how:
        return
    points, at, steps = shape.points, 0, []
    for kind in shape.operators:
        if kind == _CURVE:
            a, b, c, d, e, f = points[at : at + 6]
            steps.append(f"{a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f} c")
            at += 6
        elif kind == _CLOSE:
            steps.append("h")
        else:
            steps.append(f"{points[at]:.2f} {points[at + 1]:.2f} {'l' if kind else 'm'}")
            at += 2
    pen.raw(f"{' '.join(steps)} {how}")


def _string(pen: Pen, shape: Any) -> None:
    pen.run(
        shape.x,
        shape.y,
        shape.text,
        shape.fontSize,
        weight=Weight(shape.fontName),
        ink=_ink(shape.fillColor),
    )


def _dip(pen: Pen, shape: Any) -> str:
    """Set the pen's colours and line for a shape; return the operator that paints it."""
    look = shape.__dict__
    stroke, fill = look.get("strokeColor"), look.get("fillColor")
    if stroke is not None:
        dash = look["strokeDashArray"]
        pen.stroke(_ink(stroke), look["strokeWidth"], tuple(dash) if dash else ())
    if fill is None:
        return "" if stroke is None else "S"
    pen.fill(_ink(fill))
    return "f" if stroke is None else "B"


def _ink(colour: Color) -> Ink:
    return INKS.get(id(colour)) or Ink(colour.red, colour.green, colour.blue)


_PAINTERS = {
    Circle: _circle,
    Group: _group,
    Line: _line,
    Path: _path,
    PolyLine: _poly_line,
    RecordGroup: _group,
    Rect: _rect,
    String: _string,
}
