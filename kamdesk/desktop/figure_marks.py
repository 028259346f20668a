"""From shapes to marks: what a reportlab drawing looks like, told in paths, pens and brushes."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen, QTransform

from kamdesk.core.text.lines import NARROW
from kamdesk.desktop import looks, theme

Colours = Callable[[QColor], QColor]
"""Turns a colour of the paper into one of the screen; the dark theme needs it."""

_CAPS = {
    0: Qt.PenCapStyle.FlatCap,
    1: Qt.PenCapStyle.RoundCap,
    2: Qt.PenCapStyle.SquareCap,
}
_JOINS = {
    0: Qt.PenJoinStyle.MiterJoin,
    1: Qt.PenJoinStyle.RoundJoin,
    2: Qt.PenJoinStyle.BevelJoin,
}
_WIDE: Final = str.maketrans({narrow: wide for wide, narrow in NARROW.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing to paint, in the drawing's points with y downwards.

    ``words`` are painted with their baseline's start at the origin of ``place``; ``record`` is
    the id of the record the mark stands for, ``said`` what a screen reader says of it.
    """

    pen: QPen
    brush: QBrush
    path: QPainterPath | None = None
    words: str = ""
    font: QFont | None = None
    place: QTransform | None = None
    record: bytes | None = None
    said: str = ""


def marks(drawing: Any, colours: Colours) -> Iterator[Mark]:
    """Return the marks of a ``reportlab.graphics`` drawing, from back to front."""
    upright = QTransform(1, 0, 0, -1, 0, float(drawing.height))
    yield from _of_group(drawing, upright, colours, None, "")


def _of_group(
    group: Any, place: QTransform, colours: Colours, record: bytes | None, said: str
) -> Iterator[Mark]:
    own = getattr(group, "transform", None)
    if own is not None:
        place = QTransform(*(float(n) for n in own)) * place
    for shape in group.contents:
        of = _id(getattr(shape, "record", None)) or record
        name = getattr(shape, "said", "") or said
        if hasattr(shape, "provideNode"):
            shape = shape.provideNode()
        elif type(shape).__name__ == "Wedge":
            shape = shape.asPolygon()
        if hasattr(shape, "contents"):
            yield from _of_group(shape, place, colours, of, name)
        elif type(shape).__name__ == "String":
            yield _text(shape, place, colours, of, name)
        elif (path := _path(shape)) is not None:
            yield Mark(
                path=place.map(path),
                pen=_pen(shape, place, colours),
                brush=_brush(shape, colours),
                record=of,
                said=name,
            )


def _id(record: bytes | str | None) -> bytes | None:
    """Figures name records by hex digits, the window by bytes."""
    if not isinstance(record, str):
        return record
    try:
        return bytes.fromhex(record)
    except ValueError:
        return record.encode()


def _path(shape: Any) -> QPainterPath | None:
    draw = _SHAPES.get(next((c.__name__ for c in type(shape).__mro__ if c.__name__ in _SHAPES), ""))
    if draw is None:
        return None
    path = QPainterPath()
    draw(path, shape)
    if getattr(shape, "_fillRule", getattr(shape, "fillRule", 1)) == 1:
        path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _rect(path: QPainterPath, shape: Any) -> None:
    box = QRectF(shape.x, shape.y, shape.width, shape.height).normalized()
    if shape.rx or shape.ry:
        path.addRoundedRect(box, shape.rx or shape.ry, shape.ry or shape.rx)
    else:
        path.addRect(box)


def _line(path: QPainterPath, shape: Any) -> None:
    path.moveTo(shape.x1, shape.y1)
    path.lineTo(shape.x2, shape.y2)


def _polyline(path: QPainterPath, shape: Any) -> None:
    points = list(shape.points)
    if points and isinstance(points[0], tuple | list):
        points = [n for pair in points for n in pair]
    for n in range(0, len(points) - 1, 2):
        at = QPointF(points[n], points[n + 1])
        if n:
            path.lineTo(at)
        else:
            path.moveTo(at)


def _polygon(path: QPainterPath, shape: Any) -> None:
    _polyline(path, shape)
    path.closeSubpath()


def _circle(path: QPainterPath, shape: Any) -> None:
    path.addEllipse(QPointF(shape.cx, shape.cy), shape.r, shape.r)


def _ellipse(path: QPainterPath, shape: Any) -> None:
    path.addEllipse(QPointF(shape.cx, shape.cy), shape.rx, shape.ry)


def _free(path: QPainterPath, shape: Any) -> None:
    points, at = [float(n) for n in shape.points], 0
    for operator in shape.operators:
        if operator == 0:
            path.moveTo(points[at], points[at + 1])
        elif operator == 1:
            path.lineTo(points[at], points[at + 1])
        elif operator == 2:
            path.cubicTo(*points[at : at + 6])
        else:
            path.closeSubpath()
        at += (2, 2, 6, 0)[operator]


_SHAPES: dict[str, Callable[[QPainterPath, Any], None]] = {
    "Rect": _rect,
    "Line": _line,
    "PolyLine": _polyline,
    "Polygon": _polygon,
    "Circle": _circle,
    "Ellipse": _ellipse,
    "Path": _free,
}


def _colour(value: Any, opacity: Any, colours: Colours) -> QColor | None:
    if value is None:
        return None
    alpha = getattr(value, "alpha", 1)
    made = QColor.fromRgbF(float(value.red), float(value.green), float(value.blue))
    made = colours(made)
    made.setAlphaF((1.0 if alpha is None else alpha) * (1.0 if opacity is None else opacity))
    return made


def _pen(shape: Any, place: QTransform, colours: Colours) -> QPen:
    colour = _colour(shape.strokeColor, getattr(shape, "strokeOpacity", None), colours)
    width = float(getattr(shape, "strokeWidth", 1) or 0)
    if colour is None or width <= 0:
        return QPen(Qt.PenStyle.NoPen)
    width *= math.sqrt(abs(place.determinant()))
    pen = QPen(colour, width)
    pen.setCapStyle(_CAPS.get(getattr(shape, "strokeLineCap", 0) or 0, _CAPS[0]))
    pen.setJoinStyle(_JOINS.get(getattr(shape, "strokeLineJoin", 0) or 0, _JOINS[0]))
    dashes = getattr(shape, "strokeDashArray", None)
    if dashes:
        if isinstance(dashes, int | float):
            dashes = [dashes]
        if isinstance(dashes[0], tuple | list):  # dashes with a phase
            dashes = dashes[0]
        dashes = list(dashes) * (1 + len(dashes) % 2)
        pen.setDashPattern([float(n) / width for n in dashes])
    return pen


def _brush(shape: Any, colours: Colours) -> QBrush:
    colour = _colour(
        getattr(shape, "fillColor", None), getattr(shape, "fillOpacity", None), colours
    )
    return QBrush(Qt.BrushStyle.NoBrush) if colour is None else QBrush(colour)


def _text(shape: Any, place: QTransform, colours: Colours, record: bytes | None, said: str) -> Mark:
    font = QFont(theme.FAMILY)
    font.setPixelSize(64)  # laid out large and scaled down: sizes on paper are fractions
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    words = looks.plain(str(shape.text))
    if words.translate(_WIDE) != words:  # marks that paper sets narrow by stand-ins of its own
        words = words.translate(_WIDE)
        for feature in ("palt", "pwid"):
            font.setFeature(QFont.Tag(feature), 1)
    if "Bold" in str(shape.fontName) and theme.bold_has(words):
        font.setWeight(QFont.Weight.Bold)
    scale = float(shape.fontSize) / 64
    wide = QFontMetricsF(font).horizontalAdvance(words) * scale
    back = {"middle": wide / 2, "end": wide, "numeric": wide}.get(shape.textAnchor, 0.0)
    at = QTransform(scale, 0, 0, -scale, float(shape.x) - back, float(shape.y)) * place
    return Mark(
        words=words,
        font=font,
        place=at,
        pen=QPen(_colour(shape.fillColor, None, colours) or QColor("black")),
        brush=QBrush(Qt.BrushStyle.NoBrush),
        record=record,
        said=said,
    )
