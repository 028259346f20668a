"""The map fitted to a column of the screen: as the chain's own page draws it, without notes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from reportlab.graphics.shapes import Drawing

from kamdesk.figures.chain import ChainMap, chosen
from kamdesk.figures.chain_legend import legend
from kamdesk.figures.chain_map import map_drawing, sizes_for
from kamdesk.figures.layout.organisation import organised
from kamdesk.figures.layout.plan import at_origin
from kamdesk.figures.measures import SCREEN
from kamdesk.figures.shapes import grouped

SMALLEST: Final = 0.75
"""Cards are shown no smaller than this, and the map no higher than wide: rather fewer people."""
_FEWER: Final = (24, 16, 12, 9, 6)
_QUIET: Final = SCREEN._replace(remarks=False)


def column_drawing(content: ChainMap, *, width: float, language: str) -> Drawing:
    """Draw a map of the screen's measure with its legend, at least ``width`` wide.

    It is shown whole where it is ``width`` wide, smaller where it is wider. Only cards carry ids;
    who has no room is counted in the legend. Places the user gave hold where there is room.
    """
    for shown in _smaller_and_smaller(content):
        sizes = sizes_for(shown, language=language, measures=_QUIET)
        plan = at_origin(organised(shown, sizes, width=width))
        if plan.width * SMALLEST <= width and plan.height <= max(plan.width, width):
            break
    across = max(plan.width, width)
    signs = legend(shown, width=across, language=language, measures=_QUIET)
    cards = {card.id for card in shown.cards}
    drawing = Drawing(across, plan.height + signs.height)
    groups: list[Any] = map_drawing(shown, plan, language=language, measures=_QUIET).contents
    for group in groups:
        lifted = grouped(group.record if group.record in cards else "", group.contents)
        lifted.translate(0, signs.height)
        drawing.contents.append(lifted)
    drawing.contents.extend(signs.shapes)
    return drawing


def _smaller_and_smaller(content: ChainMap) -> Iterator[ChainMap]:
    """Give the map with cards where the user put them, then in order, then with fewer cards."""
    if any(card.place for card in content.cards):
        yield content
    free = replace(content, cards=tuple(replace(card, place=None) for card in content.cards))
    yield free
    for most in _FEWER:
        if most < len(free.cards):
            yield chosen(free, most=most)
