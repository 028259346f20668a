"""A day's way as a schematic picture: home, numbered stops, minutes on the legs, the way back."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from reportlab.graphics.shapes import Drawing

from kamdesk.core.minutes import hours_minutes, length
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text, say
from kamdesk.figures.ink import ACCENT, BLACK, GREY, WHITE
from kamdesk.figures.layout.day_route import RoutePlan, Wanted, beside_names, planned
from kamdesk.figures.layout.day_route_words import Box, Point
from kamdesk.figures.measures import PAPER, Measures
from kamdesk.figures.shapes import Shape, Steps, bent, circle, grouped, path, rect, text
from kamdesk.figures.type import Weight
from kamdesk.figures.type import line as one_line
from kamdesk.figures.type import width as text_width

_UNIT: Final = 12.0
"""The size of letters that ``layout.day_route`` reckons in."""
_MINUTES: Final = 11.0
_HOUR: Final = 60


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
    """A day's way from where one starts to where one sleeps; None: not known where.

    ``home`` is where one lives, ``start`` when left out: elsewhere one sleeps in a hotel.
    """

    stops: tuple[RouteStop, ...] = ()
    start: Spot | None = None
    end: Spot | None = None
    drive_back: int = 0
    home: Spot | None = None

    def ends_at_home(self, end: Spot | None) -> bool:
        """True when one of its two ends is where one lives."""
        return end == (self.home or self.start)


def route_picture(
    route: Route, *, width: float, height: float, language: str, measures: Measures = PAPER
) -> Drawing:
    """Draw a day's way in steps of 45°, not to scale, as wide as the room.

    It is as high as it comes; ``height`` is what an empty one has, and what stops that stand below
    each other may use (six and more, or long names): they take more where they must.
    """
    if not route.stops:
        return Drawing(width, height)
    u = measures.small / _UNIT
    small = _MINUTES * u
    first = next((n for n, stop in enumerate(route.stops) if stop.drive), 0)
    minutes = [
        _minutes(stop.drive, language, whole=n == first) for n, stop in enumerate(route.stops)
    ]
    widest = max(text_width(said, small) for said in minutes)
    labels = [_label(stop, width - beside_names(widest, u), u) for stop in route.stops]
    away = route.start is not None and route.end is not None and route.end != route.start
    back = _back(route, language)
    plan = planned(
        [
            Wanted(
                name=label.width,
                minutes=text_width(said, small),
                lat=stop.spot.lat if stop.spot else None,
                lon=stop.spot.lon if stop.spot else None,
            )
            for stop, label, said in zip(route.stops, labels, minutes, strict=True)
        ],
        width=width,
        height=height,
        home=route.start is not None,
        away=away,
        back=text_width(back, small) if back else 0.0,
        unit=u,
    )
    drawing = Drawing(width, plan.height)
    drawing.contents.extend(_ways(plan, route, u))
    for n, stop in enumerate(route.stops):
        shapes = _disc(plan.stops[n], n + 1, u) + labels[n].drawn(plan.names[n], u)
        shapes += _said(plan.minutes[n], minutes[n], small)
        drawing.add(grouped(stop.id, shapes))
    drawing.contents.extend(_said(plan.back_minutes, back, small))
    return drawing


class _Label(NamedTuple):
    """A stop's name and its time behind it; ``room`` is what the name may take."""

    name: str
    room: float
    clock: str
    width: float

    def drawn(self, box: Box, u: float) -> list[Shape]:
        """Return the words in their place."""
        size = _UNIT * u
        shapes = text(box.left, _baseline(box, size), self.name, size, most=self.room)
        right = text_width(self.clock, size)
        return shapes + text(
            box.left + self.width - right, _baseline(box, size), self.clock, size, ink=GREY
        )


def _label(stop: RouteStop, most: float, u: float) -> _Label:
    size = _UNIT * u
    clock = "" if stop.at is None else hours_minutes(stop.at)
    behind = text_width(clock, size) + 5 * u if clock else 0.0
    if behind and one_line(stop.name, size, most).width > most - behind:
        clock, behind = "", 0.0  # rather whom than when: the day says it as well
    name = one_line(stop.name, size, most - behind).width
    return _Label(stop.name, most - behind, clock, name + behind)


def _minutes(drive: int, language: str, *, whole: bool) -> str:
    """Return minutes as they stand on a leg; the first says what they are, no way says none."""
    if not drive:
        return ""
    return say(length(drive), language) if whole or drive >= _HOUR else str(drive)


def _back(route: Route, language: str) -> str:
    if route.start is None or route.end is None:
        return ""
    if not route.ends_at_home(route.end):
        return say(Text("{length} to the hotel", length=length(route.drive_back)), language)
    return say(Text("home {length}", length=length(route.drive_back)), language)


def _ways(plan: RoutePlan, route: Route, u: float) -> list[Shape]:
    """Return the lines, the way home dashed, and the marks at its ends."""
    shapes: list[Shape] = [
        bent(leg, ink=ACCENT, width=2.2 * u) for leg in plan.legs if len(leg) > 1
    ]
    if plan.back:
        shapes.append(bent(plan.back, ink=ACCENT, width=1.4 * u, dash=(3.5 * u, 2.5 * u)))
    for mark, lies in ((plan.home, route.start), (plan.bed, route.end)):
        if mark is not None:
            (x, y), inside = mark, _house if route.ends_at_home(lies) else _bed
            side = 9 * u
            shapes.append(rect(x - side, y - side, 2 * side, 2 * side, radius=2.5 * u, fill=BLACK))
            shapes.append(path(inside(x, y, u), stroke=WHITE, line=1.3 * u))
    return shapes


def _house(x: float, y: float, u: float) -> Steps:
    steps = Steps().move(x - 5 * u, y + 0.2 * u).line(x, y + 4.8 * u).line(x + 5 * u, y + 0.2 * u)
    steps.move(x - 3.6 * u, y + 1 * u).line(x - 3.6 * u, y - 4.4 * u)
    return steps.line(x + 3.6 * u, y - 4.4 * u).line(x + 3.6 * u, y + 1 * u)


def _bed(x: float, y: float, u: float) -> Steps:
    steps = Steps().move(x - 5.4 * u, y + 4 * u).line(x - 5.4 * u, y - 4 * u)
    steps.move(x - 5.4 * u, y - 2 * u).line(x + 5.4 * u, y - 2 * u)
    steps.move(x + 5.4 * u, y - 4 * u).line(x + 5.4 * u, y + 1 * u).line(x - 1 * u, y + 1 * u)
    return steps.line(x - 1 * u, y - 2 * u)


def _disc(at: Point, number: int, u: float) -> list[Shape]:
    (x, y), size = at, 11 * u
    return [
        circle(x, y, 8.5 * u, fill=WHITE, stroke=ACCENT, line=2 * u),
        *text(x, y - size * 0.365, str(number), size, weight=Weight.BOLD, align=0.5),
    ]


def _said(box: Box | None, words: str, size: float) -> list[Shape]:
    if box is None or not words:
        return []
    return text(box.left, _baseline(box, size), words, size, ink=GREY)


def _baseline(box: Box, size: float) -> float:
    return (box.low + box.high) / 2 - size * 0.365
