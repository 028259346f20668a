"""A drawing as SVG: text stays text, shapes of a record keep its id, fonts are named."""

from collections.abc import Iterable, Iterator
from html import escape  # that of xml.sax would bring half the network along
from typing import Any, Final

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, PolyLine, Rect, String
from reportlab.lib.colors import Color

from kamdesk.core.text.lines import NARROW
from kamdesk.figures import type as letters
from kamdesk.figures.shapes import RecordGroup
from kamdesk.figures.type import Way, Weight, way

_FONTS: Final = "'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_WEIGHTS: Final = {Weight.REGULAR: 400, Weight.BOLD: 700}
_WIDE: Final = str.maketrans({narrow: mark for mark, narrow in NARROW.items()})
_MOVE, _LINE_TO, _CURVE, _CLOSE = range(4)


def as_svg(drawing: Drawing, *, title: str, language: str, rim: float = 0.0) -> bytes:
    """Return a drawing as an SVG file, one point one unit, ``rim`` points free around it."""
    wide, high = drawing.width + 2 * rim, drawing.height + 2 * rim
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.2f}pt" height="{high:.2f}pt" '
        f'viewBox="{-rim:.2f} {-rim:.2f} {wide:.2f} {high:.2f}" '
        f"xml:lang={_quoted(language)} font-family={_quoted(_FONTS)}>"
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        head,
        f"<title>{_plain(title)}</title>",
        f'<rect x="{-rim:.2f}" y="{-rim:.2f}" width="{wide:.2f}" height="{high:.2f}" fill="#fff"/>',
        *_Writer(drawing.height).written(drawing.contents),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


class _Writer:
    """Writes shapes; their y runs upwards to ``top``, that of SVG downwards."""

    def __init__(self, top: float) -> None:
        self._top = top
        self._ids: set[str] = set()

    def written(self, shapes: Iterable[Any]) -> Iterator[str]:
        for shape in shapes:
            if isinstance(shape, RecordGroup):
                yield f"<g{self._id(shape.record)}>"
                yield from self.written(shape.contents)
                yield "</g>"
            elif isinstance(shape, Group):
                dx, dy = shape.transform[4:]  # figures only ever move a group
                yield f'<g transform="translate({dx:.2f} {-dy:.2f})">'
                yield from self.written(shape.contents)
                yield "</g>"
            else:
                yield self._shape(shape)

    def _id(self, record: str) -> str:
        """Return the group's id; only the first of a record may carry it."""
        name = "".join("_" if char.isspace() else char for char in record)
        if not name:
            return ""
        first = name not in self._ids
        self._ids.add(name)
        said = f"data-record={_quoted(_harmless(name))}"
        return f" id={_quoted(_harmless(name))} {said}" if first else f" {said}"

    def _shape(self, shape: Any) -> str:
        match shape:
            case Rect():
                y = self._top - shape.y - shape.height
                place = f'x="{shape.x:.2f}" y="{y:.2f}"'
                size = f'width="{shape.width:.2f}" height="{shape.height:.2f}"'
                corner = f' rx="{shape.rx:.2f}"' if shape.rx else ""
                return f"<rect {place} {size}{corner}{_look(shape)}/>"
            case Circle():
                place = f'cx="{shape.cx:.2f}" cy="{self._top - shape.cy:.2f}" r="{shape.r:.2f}"'
                return f"<circle {place}{_look(shape)}/>"
            case Line():
                start = f'x1="{shape.x1:.2f}" y1="{self._top - shape.y1:.2f}"'
                end = f'x2="{shape.x2:.2f}" y2="{self._top - shape.y2:.2f}"'
                return f"<line {start} {end}{_look(shape)}/>"
            case PolyLine():
                edges = zip(shape.points[::2], shape.points[1::2], strict=True)
                points = " ".join(self._at(x, y) for x, y in edges)
                return f'<polyline points="{points}"{_look(shape)}/>'
            case Path():
                return f'<path d="{self._steps(shape)}"{_look(shape)}/>'
            case String():
                return self._text(shape)
        raise TypeError(f"no figure draws {type(shape).__name__}")

    def _at(self, x: float, y: float) -> str:
        return f"{x:.2f},{self._top - y:.2f}"

    def _steps(self, shape: Any) -> str:
        found, at = [], 0
        for kind in shape.operators:
            if kind == _CLOSE:
                found.append("Z")
                continue
            count = 6 if kind == _CURVE else 2
            edges = shape.points[at : at + count]
            at += count
            points = " ".join(self._at(x, y) for x, y in zip(edges[::2], edges[1::2], strict=True))
            found.append({_MOVE: "M", _LINE_TO: "L", _CURVE: "C"}[kind] + points)
        return " ".join(found)

    def _text(self, shape: Any) -> str:
        weight = Weight(shape.fontName)
        across = letters.width(shape.text, shape.fontSize, weight)
        place = f'x="{shape.x:.2f}" y="{self._top - shape.y:.2f}"'
        face = f'font-size="{shape.fontSize:g}" font-weight="{_WEIGHTS[weight]}"'
        fit = f'textLength="{across:.2f}" lengthAdjust="spacingAndGlyphs"'
        words = _plain(shape.text.translate(_WIDE))
        return f'<text {place} {face} {fit} fill="{_hex(shape.fillColor)}">{words}</text>'


def _look(shape: Any) -> str:
    look = shape.__dict__
    fill, stroke = look.get("fillColor"), look.get("strokeColor")
    said = f' fill="{_hex(fill)}"' if fill is not None else ' fill="none"'
    if stroke is not None:
        said += f' stroke="{_hex(stroke)}" stroke-width="{look["strokeWidth"]:g}"'
        if dash := look["strokeDashArray"]:
            said += f' stroke-dasharray="{" ".join(f"{step:.4g}" for step in dash)}"'
    return said


def _hex(colour: Color) -> str:
    parts = (colour.red, colour.green, colour.blue)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _plain(words: str) -> str:
    return escape(_harmless(words), quote=False)


def _quoted(words: str) -> str:
    return f'"{escape(words)}"'


def _harmless(words: str) -> str:
    """Return words in which marks that hide or turn text, or are no XML, are shown as “�”."""
    return "".join(
        char if char.isprintable() or way(char, Weight.REGULAR) is Way.OWN else "�"
        for char in words
    )
