"""Page two of the brief: the evidence, and what the file does not say."""

from typing import Final

from kamdesk.papers.blocks import LADDER, Block, Fit, Mark, beside, stacked
from kamdesk.papers.brief.advice import not_in_the_file, talking, the_risk
from kamdesk.papers.brief.columns import business, promises, visits
from kamdesk.papers.brief.content import Brief
from kamdesk.papers.brief.page_one import Page
from kamdesk.papers.brief.work import (
    bring,
    calendar,
    colleagues,
    our_side,
    questions,
    rivals,
    their_questions,
)
from kamdesk.papers.frame import WIDTH
from kamdesk.papers.voice import Voice

_GUTTER: Final = 18.0
_GAP: Final = 9.0


def page_two(content: Brief, voice: Voice, room: float, first: Page, mark: Mark) -> Block:
    """Lay out page two in the height given, squeezed as little as needed."""
    for fit in LADDER:
        gap = _GAP * max(0.4, fit.gap)
        blocks = []
        if not first.has_risk:
            blocks.append(the_risk(content, voice, WIDTH, fit))
        if not first.has_advice:
            blocks.append(talking(content, voice, WIDTH, fit, mark))
        blocks.append(_columns(content, voice, fit, gap, mark))
        blocks.append(not_in_the_file(content, voice, WIDTH, fit))
        page = stacked(blocks, gap)
        if page.height <= room:
            break
    spread = min(7.0, max(0.0, room - page.height) / max(1, len(blocks) - 1))
    return stacked(blocks, gap + spread)


def _columns(content: Brief, voice: Voice, fit: Fit, gap: float, mark: Mark) -> Block:
    """Return two columns of about one height; each block keeps its side if that helps nobody."""
    wide = (WIDTH - _GUTTER) / 2
    left = [
        visits(content, voice, wide, fit, mark),
        questions(content, voice, wide, fit, mark),
        their_questions(content, voice, wide, fit),
        colleagues(content, voice, wide, fit),
    ]
    right = [
        promises(content, voice, wide, fit, mark),
        business(content, voice, wide, fit, mark),
        our_side(content, voice, wide, fit),
        bring(content, voice, wide, fit),
        rivals(content, voice, wide, fit),
        calendar(content, voice, wide, fit),
    ]
    left, right = _balanced(left, right)
    return beside((stacked(left, gap), stacked(right, gap)), (0.0, wide + _GUTTER))


def _balanced(left: list[Block], right: list[Block]) -> tuple[list[Block], list[Block]]:
    """Move last blocks from the higher column to the lower one while that brings them together."""
    columns = ([b for b in left if b.height], [b for b in right if b.height])
    for _ in range(6):
        heights = [sum(block.height for block in column) for column in columns]
        high = 0 if heights[0] > heights[1] else 1
        apart = heights[high] - heights[1 - high]
        movable = [block for block in columns[high] if 0 < block.height < apart]
        if not movable or len(columns[high]) < 2:
            break
        best = min(movable, key=lambda block: abs(apart - 2 * block.height))
        columns[high].remove(best)
        columns[1 - high].append(best)
    return columns
