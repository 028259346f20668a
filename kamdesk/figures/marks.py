"""Small marks that say the same on screen and paper, in colour and in grey."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.domain.chain.standing import STANCE_WORDS
from kamdesk.figures.ink import BLACK, BRICK, GREY, HAIR, WHITE, Ink
from kamdesk.figures.shapes import (
    Point,
    Shape,
    Steps,
    circle,
    line,
    path,
    polygon,
    text,
)
from kamdesk.figures.type import Weight

STANCES: Final[dict[int | None, Text]] = STANCE_WORDS | {None: Text("unknown")}
"""The word beside each ball."""


def ball(
    x: float,
    y: float,
    stance: int | None,
    *,
    radius: float = 3.0,
    ink: Ink = BLACK,
    guess: bool = False,
) -> list[Shape]:
    """Return the ball of a stance: ringed, full, half, empty, crossed; dotted with ? if unknown.

    A guess is pale with a dotted edge.
    """
    if stance is None:
        return [
            circle(x, y, radius, stroke=GREY, line=radius * 0.24, dash=_dots(radius)),
            *text(x, y - radius * 0.62, "?", radius * 1.75, weight=Weight.BOLD, ink=ink, align=0.5),
        ]
    fill, dash = (HAIR, _dots(radius)) if guess else (ink, ())
    thin = radius * 0.27
    shapes: list[Shape] = [
        circle(x, y, radius, fill=fill if stance > 0 else WHITE, stroke=ink, line=thin, dash=dash)
    ]
    if stance == 2:
        shapes.append(circle(x, y, radius * 1.5, stroke=ink, line=radius * 0.2, dash=dash))
    elif stance == 0:
        shapes.append(_half(x, y, radius, fill))
    elif stance == -2:
        k = radius * 0.7
        cross = Steps().move(x - k, y - k).line(x + k, y + k).move(x - k, y + k).line(x + k, y - k)
        shapes.append(path(cross, stroke=GREY if guess else ink, line=radius * 0.33, dash=dash))
    return shapes


def _dots(radius: float) -> tuple[float, float]:
    return radius * 0.3, radius * 0.37


def bars(x: float, y: float, influence: int | None, *, height: float = 6.4) -> list[Shape]:
    """Return five rising bars, as many of them black as the influence; a dash when unknown."""
    wide, pitch = height * 0.31, height * 0.47
    if influence is None:
        middle = y + height / 2
        return [line(x + pitch, middle, x + 4 * pitch, middle, ink=GREY, width=height / 8)]
    black, pale = Steps(), Steps()
    for step in range(5):
        left, top = x + step * pitch, y + height * (0.3 + 0.175 * step)
        bar = black if step < influence else pale
        bar.move(left, y).line(left + wide, y).line(left + wide, top).line(left, top).close()
    return [path(steps, fill=ink) for steps, ink in ((black, BLACK), (pale, HAIR)) if steps.points]


def ring(x: float, y: float, relation: int, *, radius: float = 2.8) -> list[Shape]:
    """Return a ring whose dark part grows clockwise with the relationship, 0 to 5."""
    wide = radius * 0.54
    shapes: list[Shape] = [circle(x, y, radius, stroke=HAIR, line=radius * 0.46)]
    if relation >= 5:
        shapes.append(circle(x, y, radius, stroke=BLACK, line=wide))
    elif relation > 0:
        shapes.append(_arc(x, y, radius, relation / 5, wide))
    return shapes


def hatch(x: float, y: float, width: float, height: float, *, pitch: float = 5.0) -> Shape:
    """Return pale slanting lines over a rectangle: someone we have not met."""
    steps = Steps()
    at = -height
    while at < width:
        steps.move(x + max(at, 0), y + max(-at, 0))
        steps.line(x + min(at + height, width), y + min(height, width - at))
        at += pitch
    return path(steps, stroke=HAIR, line=pitch * 0.12)


def disc(x: float, y: float, number: int, *, radius: float = 4.2) -> list[Shape]:
    """Return a black disc with a number in it."""
    size = radius * 1.57
    return [
        circle(x, y, radius, fill=BLACK, stroke=WHITE, line=radius * 0.19),
        *text(x, y - size * 0.36, str(number), size, weight=Weight.BOLD, ink=WHITE, align=0.5),
    ]


def head(x: float, y: float, ux: float, uy: float, size: float) -> list[tuple[float, float]]:
    """Return the corners of an arrow head at a point, flying along the unit vector."""
    half = size * 0.42
    return [
        (x, y),
        (x - ux * size - uy * half, y - uy * size + ux * half),
        (x - ux * size + uy * half, y - uy * size - ux * half),
    ]


def zigzag(points: Sequence[Point], *, unit: float = 1.0) -> Shape:
    """Return a zigzag along points: two who are at odds."""
    legs = [(a, b, hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise(points)]
    whole = sum(length for _, _, length in legs)
    teeth = max(4, round(whole / (2.6 * unit)))
    steps, done, at = Steps().move(*points[0]), 0.0, 0
    for tooth in range(1, teeth):
        place = whole * tooth / teeth
        while at < len(legs) - 1 and place > done + legs[at][2]:
            done += legs[at][2]
            at += 1
        (ax, ay), (bx, by), length = legs[at]
        part = (place - done) / (length or 1.0)
        ux, uy = (bx - ax) / (length or 1.0), (by - ay) / (length or 1.0)
        side = 1.9 * unit * (1 if tooth % 2 else -1)
        steps.line(ax + (bx - ax) * part - uy * side, ay + (by - ay) * part + ux * side)
    return path(steps.line(*points[-1]), stroke=BRICK, line=0.95 * unit)


def triangle(x: float, y: float, size: float) -> Shape:
    """Return the triangle that warns, standing on its base."""
    return polygon([(x, y), (x + size, y), (x + size / 2, y + size * 0.87)])


def _half(x: float, y: float, radius: float, ink: Ink) -> Shape:
    k = radius * 0.5523
    steps = Steps().move(x, y - radius)
    steps.curve((x - k, y - radius), (x - radius, y - k), (x - radius, y))
    steps.curve((x - radius, y + k), (x - k, y + radius), (x, y + radius))
    return path(steps.close(), fill=ink)


def _arc(x: float, y: float, radius: float, part: float, wide: float) -> Shape:
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
    return path(steps, stroke=BLACK, line=wide)
