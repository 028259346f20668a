"""An organisation as a chart: names, posts, who reports to whom; nothing else, in any place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.figures.ink import BLACK, GREY, WHITE
from kamdesk.figures.layout.tree import Place, Seat, arranged
from kamdesk.figures.shapes import Shape, bent, grouped, rect, text
from kamdesk.figures.type import Weight

_NAME: Final = 9.0
_POST: Final = 7.4
_TALL: Final = 36.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One card: ``id`` and ``boss`` are hex of the records behind."""

    id: str
    name: str
    post: str = ""
    boss: str | None = None


def organisation_drawing(members: Sequence[Member], *, width: float, height: float) -> Drawing:
    """Draw an organisation within ``width`` × ``height`` points; nobody gives an empty drawing."""
    plan = arranged(
        [Seat(member.id, member.boss) for member in members],
        width=width,
        height=height,
        talls=(_TALL,),
    )
    drawing = Drawing(width, max(plan.height, 1.0))
    top = plan.height
    for joint in plan.joints:
        line = bent([(x, top - y) for x, y in joint.points], ink=GREY, width=0.7)
        drawing.contents.append(grouped(joint.id, [line]))
    for member in members:
        drawing.contents.append(grouped(member.id, _card(member, plan.places[member.id], top)))
    return drawing


def _card(member: Member, place: Place, top: float) -> list[Shape]:
    x, y, most = place.x, top - place.y - place.height, place.width - 16
    shapes: list[Shape] = [
        rect(x, y, place.width, place.height, radius=4, fill=WHITE, stroke=GREY, line=0.8)
    ]
    if place.height < 24 or not member.post:
        middle = y + place.height / 2 - 0.35 * _NAME
        return shapes + text(x + 8, middle, member.name, _NAME, weight=Weight.BOLD, most=most)
    high = y + place.height / 2
    shapes += text(x + 8, high + 3, member.name, _NAME, weight=Weight.BOLD, ink=BLACK, most=most)
    shapes += text(x + 8, high - 10, member.post, _POST, ink=GREY, most=most)
    return shapes
