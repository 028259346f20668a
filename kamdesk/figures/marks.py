"""Small marks that say the same on screen and paper, in colour and in grey."""

from math import cos, pi, sin
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.chain import TieKind
from kamdesk.figures.ink import BLACK, BRICK, GREY, HAIR, WHITE
from kamdesk.figures.shapes import (
    Point,
    Shape,
    Steps,
    circle,
    curve,
    line,
    path,
    polygon,
    text,
)
from kamdesk.figures.type import Weight

STANCES: Final[dict[int | None, Text]] = {
    2: Text("champion"),
    1: Text("supporter"),
    0: Text("neutral"),
    -1: Text("doubtful"),
    -2: Text("opponent"),
    None: Text("unknown"),
}
"""The word beside each ball."""


def ball(x: float, y: float, stance: int | None, *, radius: float = 3.0) -> list[Shape]:
    """Return the ball of a stance: ringed, full, half, empty, crossed; dotted with ? if unknown."""
    if stance is None:
        return [
            circle(x, y, radius, stroke=GREY, line=0.7, dash=(0.9, 1.1)),
            *text(x, y - radius * 0.62, "?", radius * 1.75, weight=Weight.BOLD, align=0.5),
        ]
    shapes: list[Shape] = [
        circle(x, y, radius, fill=BLACK if stance > 0 else WHITE, stroke=BLACK, line=0.8)
    ]
    if stance == 2:
        shapes.append(circle(x, y, radius + 1.5, stroke=BLACK, line=0.6))
    elif stance == 0:
        shapes.append(_half(x, y, radius))
    elif stance == -2:
        k = radius * 0.7
        cross = Steps().move(x - k, y - k).line(x + k, y + k).move(x - k, y + k).line(x + k, y - k)
        shapes.append(path(cross, stroke=BLACK, line=1.0))
    return shapes


def bars(x: float, y: float, influence: int | None, *, height: float = 6.4) -> list[Shape]:
    """Return five rising bars, as many of them black as the influence; a dash when unknown."""
    wide, pitch = height * 0.31, height * 0.47
    if influence is None:
        return [line(x + pitch, y + height / 2, x + 4 * pitch, y + height / 2, ink=GREY, width=0.8)]
    black, pale = Steps(), Steps()
    for step in range(5):
        left, top = x + step * pitch, y + height * (0.3 + 0.175 * step)
        bar = black if step < influence else pale
        bar.move(left, y).line(left + wide, y).line(left + wide, top).line(left, top).close()
    return [path(steps, fill=ink) for steps, ink in ((black, BLACK), (pale, HAIR)) if steps.points]


def ring(x: float, y: float, relation: int, *, radius: float = 2.8) -> list[Shape]:
    """Return a ring whose dark part grows clockwise with the relationship, 0 to 5."""
    shapes: list[Shape] = [circle(x, y, radius, stroke=HAIR, line=1.3)]
    if relation >= 5:
        shapes.append(circle(x, y, radius, stroke=BLACK, line=1.5))
    elif relation > 0:
        shapes.append(_arc(x, y, radius, relation / 5))
    return shapes


def hatch(x: float, y: float, width: float, height: float) -> Shape:
    """Return pale slanting lines over a rectangle: someone we have not met."""
    steps = Steps()
    for at in range(-int(height), int(width), 5):
        steps.move(x + max(at, 0), y + max(-at, 0))
        steps.line(x + min(at + height, width), y + min(height, width - at))
    return path(steps, stroke=HAIR, line=0.6)


def disc(x: float, y: float, number: int, *, radius: float = 4.2) -> list[Shape]:
    """Return a black disc with a number in it."""
    return [
        circle(x, y, radius, fill=BLACK, stroke=WHITE, line=0.8),
        *text(x, y - 2.4, str(number), 6.6, weight=Weight.BOLD, ink=WHITE, align=0.5),
    ]


def head(x: float, y: float, ux: float, uy: float, size: float) -> list[tuple[float, float]]:
    """Return the corners of an arrow head at a point, flying along the unit vector."""
    half = size * 0.42
    return [
        (x, y),
        (x - ux * size - uy * half, y - uy * size + ux * half),
        (x - ux * size + uy * half, y - uy * size - ux * half),
    ]


def bond(kind: TieKind, points: tuple[Point, Point, Point, Point]) -> list[Shape]:
    """Return the line between two who are close (double) or at odds (dotted, crossed out)."""
    if kind is TieKind.CLOSE:
        return [curve(points, ink=GREY, width=2.2), curve(points, ink=WHITE, width=1.0)]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    x, y = (x1 + 3 * x2 + 3 * x3 + x4) / 8, (y1 + 3 * y2 + 3 * y3 + y4) / 8
    return [
        curve(points, ink=BRICK, width=1.2, dash=(0.6, 2.0)),
        line(x - 2.4, y - 2.4, x + 2.4, y + 2.4, ink=BRICK, width=1.2),
        line(x - 2.4, y + 2.4, x + 2.4, y - 2.4, ink=BRICK, width=1.2),
    ]


def triangle(x: float, y: float, size: float) -> Shape:
    """Return the triangle that warns, standing on its base."""
    return polygon([(x, y), (x + size, y), (x + size / 2, y + size * 0.87)])


def _half(x: float, y: float, radius: float) -> Shape:
    k = radius * 0.5523
    steps = Steps().move(x, y - radius)
    steps.curve((x - k, y - radius), (x - radius, y - k), (x - radius, y))
    steps.curve((x - radius, y + k), (x - k, y + radius), (x, y + radius))
    return path(steps.close(), fill=BLACK)


def _arc(x: float, y: float, radius: float, part: float) -> Shape:
    """Return the stroke from noon clockwise over ``part`` of the circle."""
    quarters = max(1, round(part * 4))
    turn = 2 * pi * part / quarters
    # The handle of an arc is 4/3 tan(turn/4), and tan(a) = sin(2a) / (1 + cos(2a)).
    handle = radius * 4 / 3 * sin(turn / 2) / (1 + cos(turn / 2))
    angle = pi / 2
    right, up = cos(angle), sin(angle)
    steps = Steps().move(x + radius * right, y + radius * up)
    for _ in range(quarters):
        first = (x + radius * right + handle * up, y + radius * up - handle * right)
        angle -= turn
        right, up = cos(angle), sin(angle)
        second = (x + radius * right - handle * up, y + radius * up + handle * right)
        steps.curve(first, second, (x + radius * right, y + radius * up))
    return path(steps, stroke=BLACK, line=1.5)
