"""Page one of the brief: what must be known in ninety seconds before the door."""

from typing import Final, NamedTuple

from kamdesk.core.wording import Text
from kamdesk.figures.chain_room import chain_drawing
from kamdesk.papers.blocks import LADDER, NOTHING, Block, Fit, Mark, section, stacked
from kamdesk.papers.brief.advice import talking, the_risk
from kamdesk.papers.brief.content import Brief
from kamdesk.papers.brief.opening import facts, for_the_boss, heading, purpose, since_last_time
from kamdesk.papers.brief.people import their_side
from kamdesk.papers.frame import BOTTOM, TOP, WIDTH
from kamdesk.papers.paint import paint
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

_HEAD: Final = 14.0  # the paper's name stands above
_GAP: Final = 8.0
TALLEST_MAP: Final = 330.0
"""Height of the decision chain with its legend where the page has room."""


class Page(NamedTuple):
    """A page ready to be drawn, and whether the risk and the advice stand on it."""

    draw: Block
    has_risk: bool
    has_advice: bool


def page_one(content: Brief, voice: Voice, mark: Mark) -> Page:
    """Lay out page one, squeezed as little as needed."""
    room = TOP - _HEAD - BOTTOM
    for fit in LADDER:
        blocks = _blocks(content, voice, fit, mark)
        gap = _GAP * max(0.5, fit.gap)
        used = stacked(blocks, gap).height
        left = room - used - gap
        if left >= _map_needs(content, fit):
            break
    has_risk = has_advice = False
    chain = _chain(content, voice, left, fit, mark)
    if chain.height:
        blocks.append(chain)
        left -= chain.height + gap
    risk = the_risk(content, voice, WIDTH, fit)
    if risk.height and left >= risk.height:
        blocks.append(risk)
        left -= risk.height + gap
        has_risk = True
    advice = talking(content, voice, WIDTH, fit, mark)
    if advice.height and left >= advice.height:
        blocks.append(advice)
        left -= advice.height + gap
        has_advice = True
    whole = [block for block in blocks if block.height]
    spread = min(6.0, max(0.0, left) / max(1, len(whole) - 1))
    return Page(stacked(whole, gap + spread), has_risk, has_advice)


def _blocks(content: Brief, voice: Voice, fit: Fit, mark: Mark) -> list[Block]:
    return [
        heading(content.heading, voice, WIDTH, fit),
        for_the_boss(content.boss, voice, WIDTH, fit),
        purpose(content.purpose, voice, WIDTH, fit),
        facts(content.facts, voice, WIDTH, fit),
        since_last_time(content, voice, WIDTH, fit),
        their_side(content, voice, WIDTH, fit, mark),
    ]


def _map_needs(content: Brief, fit: Fit) -> float:
    """Return the height below which the map would be cramped: less when all else is squeezed."""
    if content.chain is None:
        return 0.0
    cards = min(16, len(content.chain.cards))
    return (60.0 + min(170.0, 26.0 * cards)) * (1.0 if fit.gap > 0.6 else 0.85)


def _chain(content: Brief, voice: Voice, room: float, fit: Fit, mark: Mark) -> Block:
    if content.chain is None:
        return NOTHING
    drawing = chain_drawing(
        content.chain,
        width=WIDTH,
        height=min(TALLEST_MAP, room - 12.0 - 6.0 * fit.gap),
        language=voice.first,
        plan=content.chain_plan,
    )

    def draw(pen: Pen, x: float, top: float) -> None:
        paint(pen, drawing, x, top - drawing.height)

    title = Text("decision chain")
    return section(voice, title, Block(drawing.height, draw), WIDTH, fit, mark=mark)
