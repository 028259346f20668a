"""The way of the day chosen, as a picture that is not to scale."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.minutes import length
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.painter import paint
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.said import clock, item_words
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.domain.week.model import DayPlan

if TYPE_CHECKING:  # reportlab comes with the first picture
    from kamdesk.figures.route import Route

_HIGH = 190
_CALM = 150
"""Milliseconds for which a way must stay as it is to be drawn anew."""


class _Picture(QWidget):
    """The drawing itself, made for the room it has; it says in words where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self._route: Route | None = None
        self._drawn: tuple[Route, float, Any] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.now().px(_HIGH))
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self._draw)

    def show_route(self, route: "Route", said: str) -> None:
        """Show a way; ``said`` is what a screen reader says of it."""
        self._route = route
        self.setAccessibleName(said)
        if self._drawn is None:
            self._draw()
        else:
            self._calm.start()

    def _draw(self) -> None:
        if self._route is None:
            return
        from kamdesk.figures.measures import SCREEN
        from kamdesk.figures.route import route_picture

        wide = self.width() * 100 / theme.now().percent
        if self._drawn is None or self._drawn[:2] != (self._route, wide):
            drawing = route_picture(
                self._route, width=wide, height=_HIGH, language=looks.language(), measures=SCREEN
            )
            self._drawn = self._route, wide, drawing
            self.setFixedHeight(theme.now().px(round(drawing.height)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is not None:
            paint(QPainter(self), self._drawn[2], QRectF(self.rect()))


class RoutePart(QWidget):
    """The heading with the day's name, the picture, or why there is none."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.heading = Heading(Text("Route"), Text("not to scale"), rule=False)
        self.picture = _Picture()
        self.none = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        for part in (self.heading, self.picture, self.none):
            column.addWidget(part)

    def show_day(self, board: Board, at: int | None, name: str) -> None:
        """Show the way of a day; ``at`` None: nothing can be planned there."""
        self.heading.name.say(Text("{day} route", day=name))
        plan = board.days[at].plan if at is not None and at < len(board.days) else None
        driven = [one for one in plan.stops if _leads_there(board, one.key)] if plan else []
        self.picture.setVisible(bool(driven))
        self.none.setVisible(not driven)
        if plan is None or not driven:
            empty = Text("Nobody is visited on this day.")
            self.none.say(empty if at is not None else Text("No way is reckoned for this day."))
            return
        from kamdesk.figures.route import Route, RouteStop

        stops = tuple(
            RouteStop(
                id=one.key.hex(),
                name=item_words(board.items[one.key]),
                at=one.begins,
                drive=one.drive,
                spot=spot_of(board, one.key),
            )
            for one in driven
        )
        route = Route(
            stops=stops,
            start=_spot(board, plan.from_place),
            end=_spot(board, plan.to_place),
            drive_back=plan.drive_back,
            home=_spot(board, 0),
        )
        self.picture.show_route(route, _said(plan, stops))


def _leads_there(board: Board, key: bytes) -> bool:
    """Tell whether a way is counted to it: it lies somewhere, and can be met there."""
    item = board.items.get(key)
    return item is not None and not item.is_clash and spot_of(board, key) is not None


def spot_of(board: Board, key: bytes) -> Spot | None:
    """Return where something lies; None for what is done anywhere or is not known."""
    item = board.items.get(key)
    if item is None:
        return None
    places = board.read.places
    if item.at is not None and item.at < len(places):
        return places[item.at].spot
    return item.place.spot


def _spot(board: Board, place: int) -> Spot | None:
    places = board.read.places
    return places[place].spot if 0 <= place < len(places) else None


def _said(plan: DayPlan, stops: tuple[Any, ...]) -> str:
    parts = [
        Text("{length} to {name}, {time}", length=length(stop.drive), name=stop.name,
             time=clock(stop.at or 0))
        for stop in stops
    ]  # fmt: skip
    if plan.drive_back:
        parts.append(Text("{length} home", length=length(plan.drive_back)))
    return "; ".join(looks.said(part) for part in parts)
