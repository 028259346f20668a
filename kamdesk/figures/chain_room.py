"""The map in a little room, as the brief has it: dense, with ties through the gaps, and a legend.

A layout with boxes of departments and hand-placed cards would come out too small to read there.
"""

from dataclasses import replace
from typing import Final

from reportlab.graphics.shapes import Drawing

from kamdesk.core.wording import Text, say
from kamdesk.figures.chain import ChainMap, TieKind, chosen
from kamdesk.figures.chain_card import THREE_LINES, Drawn, has_room
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.chain_map import map_drawing
from kamdesk.figures.ink import GREY
from kamdesk.figures.layout.plan import Plan, Sizes, tie_key
from kamdesk.figures.layout.routes import Line, routed
from kamdesk.figures.layout.tree import COMFORTABLE, TALL, Seat, arranged
from kamdesk.figures.measures import BRIEF
from kamdesk.figures.shapes import text

_TOP: Final = 6.0  # above the topmost cards, for numbers on their edge
_BELOW: Final = 8.0  # above the legend
_GAPS: Final = Sizes(beside=16.0, below=17.0, stack=5.0, lane=4.0)


def chain_drawing(
    content: ChainMap, *, width: float, height: float, language: str, plan: Plan | None = None
) -> Drawing:
    """Draw the map with its legend within ``width`` × ``height``; its own height is what it needs.

    ``plan`` is taken where it is of these cards and low enough. Who has no room is counted in the
    legend; who chairs a body is left to the larger maps.
    """
    shown = _shown(content)
    signs = legend(shown, width=width, language=language)
    if not shown.cards:
        return _empty(width, language)
    room = max(20.0, height - signs.height - _TOP - _BELOW)
    known = {card.id for card in shown.cards}
    if plan is None or plan.height > room or plan.places.keys() != known:
        plan = _plan(shown, width, room, language)
    raised = replace(plan, height=plan.height + _BELOW + signs.height)
    drawing = Drawing(width, raised.height + _TOP)
    drawing.contents.extend(map_drawing(shown, raised, language=language, measures=BRIEF).contents)
    drawing.contents.extend(signs.shapes)
    return drawing


def plan_in_room(content: ChainMap, *, width: float, height: float, language: str) -> Plan:
    """Return where everything stands in a room of ``width`` × ``height`` with the legend in it."""
    shown = _shown(content)
    signs = legend(shown, width=width, language=language)
    return _plan(shown, width, max(20.0, height - signs.height - _TOP - _BELOW), language)


def _shown(content: ChainMap) -> ChainMap:
    shown = chosen(content)
    told = tuple(tie for tie in shown.ties if tie.kind is not TieKind.LEADS)
    return replace(shown, ties=told, boxes=())


def _plan(shown: ChainMap, width: float, room: float, language: str) -> Plan:
    how = Drawn(BRIEF, shown.opinions, language)
    talls: tuple[float, ...] = (TALL,)
    if not all(has_room(card, COMFORTABLE, TALL, how) for card in shown.cards):
        talls = (THREE_LINES, TALL)
    seats = [Seat(card.id, card.reports_to) for card in shown.cards]
    tree = arranged(seats, width=width, height=room, talls=talls)
    lines = [
        Line(tie_key(tie), tie.source, tie.target)
        for tie in shown.ties
        if tie.source in tree.places and tie.target in tree.places and tie.source != tie.target
    ]
    bosses = {seat.id: str(seat.boss) for seat in seats}
    hierarchy = [(bosses[joint.id], joint) for joint in tree.joints]
    routes = routed(tree.places, lines, hierarchy, (), _GAPS) if lines else {}
    return Plan(
        places=tree.places, joints=tree.joints, routes=routes, width=width, height=tree.height
    )


def _empty(width: float, language: str) -> Drawing:
    drawing = Drawing(width, 20)
    said = say(Text("Nobody is on the map yet."), language)
    drawing.contents.extend(text(0, 8, said, 7.6, ink=GREY))
    return drawing
