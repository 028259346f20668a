"""One tie of a chain map along its way: an arrow, a double line, a zigzag, and its note."""

from collections.abc import Collection, Sequence
from math import hypot
from typing import Final

from kamdesk.figures.chain import Tie, TieKind
from kamdesk.figures.ink import ACCENT, BRICK, GREY, WHITE, Ink
from kamdesk.figures.layout.plan import Point, Route
from kamdesk.figures.layout.tree import Place
from kamdesk.figures.marks import head, zigzag
from kamdesk.figures.measures import Measures
from kamdesk.figures.shapes import Shape, Steps, path, rect, text
from kamdesk.figures.type import Weight
from kamdesk.figures.type import width as wide

_CORNER: Final = 5.0
_ROUND: Final = 0.5523
_LONGEST: Final = 52.0
"""What a note on a line may take across, in units; the layout keeps so much free."""


def routed(
    tie: Tie, route: Route, top: float, measures: Measures, cards: Collection[Place] = ()
) -> list[Shape]:
    """Return a tie along right-angled points with round corners, and its note on it.

    A note that would cover one of ``cards`` is told by a sign.
    """
    points = _apart([(x, top - y) for x, y in route.points])
    if len(points) < 2:
        return []
    (x1, y1), end = points[-2:]
    length = hypot(end[0] - x1, end[1] - y1)
    landing = ((end[0] - x1) / length, (end[1] - y1) / length)
    if tie.kind is TieKind.AT_ODDS:
        shapes: list[Shape] = [zigzag(points, unit=measures.unit)]
    else:
        if tie.kind is TieKind.INFLUENCE:
            points[-1] = _before(end, landing, min(length * 0.9, _head(tie, measures) * 0.8))
        shapes = _stroked(tie, rounded(points, _CORNER * measures.unit), end, landing, measures)
    if tie.note and measures.remarks:
        whole = fits_on_line(tie, measures) and not _covers(tie, route.label, cards, measures)
        shapes += _note(tie, (route.label[0], top - route.label[1]), measures, whole=whole)
    return shapes


def rounded(points: Sequence[Point], corner: float) -> Steps:
    """Return the way through points with each corner a quarter circle, smaller in short legs."""
    steps = Steps().move(*points[0])
    for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
        back = hypot(before[0] - x, before[1] - y)
        ahead = hypot(after[0] - x, after[1] - y)
        radius = min(corner, back / 2, ahead / 2)
        bx, by = (before[0] - x) / back, (before[1] - y) / back
        ax, ay = (after[0] - x) / ahead, (after[1] - y) / ahead
        rest = radius * (1 - _ROUND)
        steps.line(x + bx * radius, y + by * radius)
        steps.curve(
            (x + bx * rest, y + by * rest),
            (x + ax * rest, y + ay * rest),
            (x + ax * radius, y + ay * radius),
        )
    return steps.line(*points[-1])


def ink_of(tie: Tie) -> Ink:
    """Return the colour of a tie; each has a second sign: dash, zigzag, double line, dots."""
    if tie.kind is TieKind.AT_ODDS or (tie.kind is TieKind.INFLUENCE and tie.against_us):
        return BRICK
    return ACCENT if tie.kind is TieKind.INFLUENCE else GREY


def _stroked(tie: Tie, steps: Steps, end: Point, landing: Point, measures: Measures) -> list[Shape]:
    unit = measures.unit
    if tie.kind is TieKind.CLOSE:
        return [
            path(steps, stroke=GREY, line=2.5 * unit),
            path(steps, stroke=WHITE, line=1.1 * unit),
        ]
    if tie.kind is TieKind.LEADS:
        return [path(steps, stroke=GREY, line=0.9 * unit, dash=(0.9 * unit, 1.8 * unit))]
    dash = (3.2 * unit, 1.8 * unit) if tie.against_us else ()
    ink = ink_of(tie)
    return [
        path(steps, stroke=ink, line=_width(tie, measures), dash=dash),
        _arrow_head(tie, end, landing, measures),
    ]


def _arrow_head(tie: Tie, end: Point, landing: Point, measures: Measures) -> Shape:
    steps = Steps()
    (x, y), *others = head(*end, *landing, _head(tie, measures))
    steps.move(x, y)
    for point in others:
        steps.line(*point)
    return path(steps.close(), fill=ink_of(tie))


def _width(tie: Tie, measures: Measures) -> float:
    return measures.arrows[min(3, max(1, tie.weight)) - 1]


def _head(tie: Tie, measures: Measures) -> float:
    return 4.4 * measures.unit + _width(tie, measures)


def _before(end: Point, landing: Point, length: float) -> Point:
    return end[0] - landing[0] * length, end[1] - landing[1] * length


def _apart(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that lie on the one before or straight between two."""
    found: list[Point] = []
    for point in points:
        if found and hypot(point[0] - found[-1][0], point[1] - found[-1][1]) < 0.01:
            continue
        if len(found) > 1:
            (ax, ay), (bx, by) = found[-2:]
            ahead = (bx - ax) * (point[0] - bx) + (by - ay) * (point[1] - by)
            across = (bx - ax) * (point[1] - by) - (by - ay) * (point[0] - bx)
            if ahead > 0 and abs(across) < 0.01:
                found.pop()
        found.append(point)
    return found


def fits_on_line(tie: Tie, measures: Measures) -> bool:
    """True for a note short enough to stand on its line."""
    words = tie.note.strip()
    if "\n" in words or len(words) > _LONGEST:
        return False
    return wide(words, measures.flag) + 8 * measures.unit <= _LONGEST * measures.unit


def _covers(tie: Tie, at: Point, cards: Collection[Place], measures: Measures) -> bool:
    """True where a tie's whole note, in the middle of ``at``, would lie on a card."""
    across = wide(tie.note.strip(), measures.flag) / 2 + 2 * measures.unit
    tall = measures.flag * 0.5
    x, y = at
    return any(
        x - across < card.x + card.width
        and card.x < x + across
        and y - tall < card.y + card.height
        and card.y < y + tall
        for card in cards
    )


def _note(tie: Tie, at: Point, measures: Measures, *, whole: bool) -> list[Shape]:
    """Return a tie's note in a small frame around a point, or the sign that stands for it."""
    size, unit = measures.flag, measures.unit
    words = tie.note.strip() if whole else tie.sign or "…"
    weight = Weight.REGULAR if whole else Weight.BOLD
    tall = size * 1.45
    across = max(tall, wide(words, size, weight) + (8 * unit if whole else size * 0.6))
    x, y = at
    return [
        rect(
            x - across / 2,
            y - tall / 2,
            across,
            tall,
            radius=tall / 2,
            fill=WHITE,
            stroke=ink_of(tie),
            line=measures.thin * 0.8,
        ),
        *text(x, y - size * 0.36, words, size, weight=weight, ink=ink_of(tie), align=0.5),
    ]
