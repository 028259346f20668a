"""An organisation as a chart: names, posts, departments, who reports to whom; nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.graphics.shapes import Drawing

from kamdesk.figures.chain import Box, Card, ChainMap
from kamdesk.figures.chain_map import map_drawing, sizes_for
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import Plan, at_origin
from kamdesk.figures.layout.tree import Seat, arranged
from kamdesk.figures.measures import PAPER

_WIDENED: Final = (1.0, 1.6, 2.6)
"""Widths tried, in widths of the room."""
_MOST_IN_BOXES: Final = 60
"""More people than that stand in a plain tree, small enough to be seen at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One card: ``id`` and ``boss`` are hex of the records behind."""

    id: str
    name: str
    post: str = ""
    department: str = ""
    boss: str | None = None


def organisation_drawing(members: Sequence[Member], *, width: float, height: float) -> Drawing:
    """Draw an organisation as large as it comes, in the shape that fits a room of this size best.

    Two or more of one department stand in a box, unless they are very many. Nobody gives an
    empty drawing.
    """
    content = _chart(members)
    if len(members) <= _MOST_IN_BOXES:
        plan = _in_boxes(content, width, height)
    else:
        seats = [Seat(member.id, member.boss) for member in members]
        tree = arranged(seats, width=width, height=height)
        plan = Plan(places=tree.places, joints=tree.joints, width=width, height=tree.height)
    drawing = Drawing(max(plan.width, 1.0), max(plan.height, 1.0))
    known = {member.id for member in members}
    shapes: list[Any] = map_drawing(content, plan, language="en", measures=PAPER).contents
    for group in shapes:
        drawing.contents.extend([group] if group.record in known else group.contents)
    return drawing


def _in_boxes(content: ChainMap, width: float, height: float) -> Plan:
    """Return the plan that is seen largest in the room, departments in boxes."""
    sizes = sizes_for(content, language="en", measures=PAPER)
    best, largest = Plan(places={}), 0.0
    for wider in _WIDENED:
        plan = at_origin(organised(content, sizes, width=width * wider))
        across, tall = width / max(plan.width, 1.0), height / max(plan.height, 1.0)
        if min(across, tall) > largest * 1.05:
            best, largest = plan, min(across, tall)
        if across <= tall:  # a wider one is seen smaller still
            break
    return best


def _chart(members: Sequence[Member]) -> ChainMap:
    count = Counter(member.department for member in members)
    return ChainMap(
        cards=tuple(
            Card(
                id=member.id,
                name=member.name,
                post=member.post,
                reports_to=member.boss,
                group=(member.department or None) if count[member.department] > 1 else None,
            )
            for member in members
        ),
        boxes=tuple(Box(id=name, name=name) for name in count if name and count[name] > 1),
        opinions=False,
    )
