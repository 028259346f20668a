"""An organisation as a chart: names, posts, who reports to whom; nothing else, in any place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.figures.ink import GREY, WHITE
from kamdesk.figures.layout.tree import COMFORTABLE, Place, Seat, arranged
from kamdesk.figures.shapes import Shape, bent, grouped, rect, text
from kamdesk.figures.type import Weight, lines
from kamdesk.figures.type import width as width_of

_NAME: Final = 9.0
_POST: Final = 7.4
_LEAD: Final = 9.6
_TALLS: Final = (46.0, 36.0)
"""Heights of a card whose post takes two lines, and one."""


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
        talls=_TALLS if _wide_posts(members) else _TALLS[1:],
    )
    drawing = Drawing(width, max(plan.height, 1.0))
    top = plan.height
    for joint in plan.joints:
        drawing.contents.append(bent([(x, top - y) for x, y in joint.points], ink=GREY, width=0.7))
    for member in members:
        drawing.contents.append(grouped(member.id, _card(member, plan.places[member.id], top)))
    return drawing


def _wide_posts(members: Sequence[Member]) -> bool:
    return any(width_of(member.post, _POST) > COMFORTABLE - 16 for member in members)


def _card(member: Member, place: Place, top: float) -> list[Shape]:
    x, y, most = place.x, top - place.y - place.height, place.width - 16
    shapes: list[Shape] = [
        rect(x, y, place.width, place.height, radius=4, fill=WHITE, stroke=GREY, line=0.8)
    ]
    rows = 2 if place.height > _TALLS[1] else 1
    post = lines(member.post, _POST, most, most=rows) if place.height >= 24 else ()
    above = y + place.height / 2 + 0.5 * _LEAD * len(post) - 0.35 * _NAME
    shapes += text(x + 8, above, member.name, _NAME, weight=Weight.BOLD, most=most)
    for n, line in enumerate(post, 1):
        shapes += text(x + 8, above - n * _LEAD - 1.5, line.text, _POST, ink=GREY, most=most + 1)
    return shapes
