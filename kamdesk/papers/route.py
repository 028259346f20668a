"""A day's way on paper: the schematic picture of the figures, fitted into a width."""

from kamdesk.dossier.week_read import WeekRead
from kamdesk.dossier.week_told import DayTold
from kamdesk.figures.route import Route, RouteStop, route_picture
from kamdesk.papers.blocks import NOTHING, Block
from kamdesk.papers.paint import paint
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice


def route_of(read: WeekRead, told: DayTold) -> Route | None:
    """Return the way of a day; None when it leads nowhere one knows."""
    stops = tuple(
        RouteStop(
            id=line.item.key.hex(),
            name=line.item.name,
            at=line.begins,
            drive=line.drive,
            spot=line.item.place.spot,
        )
        for line in told.lines
        if line.leads_there
    )
    if not stops:
        return None
    return Route(
        stops=stops,
        start=read.places[told.from_place].spot,
        end=read.places[told.to_place].spot,
        drive_back=told.drive_back,
        home=read.places[0].spot,
    )


def route_block(route: Route | None, voice: Voice, *, width: float, height: float) -> Block:
    """Return the picture of a way as a block; nothing for none."""
    if route is None:
        return NOTHING
    drawing = route_picture(route, width=width, height=height, language=voice.first)

    def draw(pen: Pen, x: float, top: float) -> None:
        paint(pen, drawing, x, top - drawing.height)

    return Block(drawing.height, draw)
