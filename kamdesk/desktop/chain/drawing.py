"""The map as the canvas draws it: laid out for a view, put into shapes, on the reader's thread."""

from dataclasses import dataclass, replace
from typing import Any, Final

from kamdesk.figures.chain import ChainMap
from kamdesk.figures.chain_map import map_drawing, sizes_for
from kamdesk.figures.layout.plan import Plan
from kamdesk.figures.measures import SCREEN

UNIT: Final = SCREEN.unit
"""Seats keep their places in points of the paper; the screen draws each of them this large."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A map ready to be shown: what is on it, where, as shapes; ``view`` says how laid out."""

    view: str
    content: ChainMap
    plan: Plan
    drawing: Any


def drawn(
    picture: ChainMap,
    view: str,
    *,
    language: str,
    width: float | None = None,
    before: Drawn | None = None,
) -> Drawn:
    """Return a map in a view, laid out; where the same view was seen before, cards keep to it.

    ``view`` is ``organisation`` or ``influence``; either is made as narrow as ``width`` where that
    can be.
    """
    content = on_screen(picture, free=view == "influence")
    sizes = sizes_for(content, language=language)
    stays = (
        before.plan
        if before is not None and before.view == view and not _given_back(before.content, content)
        else None
    )
    if view == "influence":
        from kamdesk.figures.layout.layered import layered

        plan = layered(content, sizes, width=width, before=stays)
    else:
        from kamdesk.figures.layout.organisation import organised

        plan = organised(content, sizes, width=width, before=stays)
    return Drawn(
        view=view,
        content=content,
        plan=plan,
        drawing=map_drawing(content, plan, language=language),
    )


def _given_back(before: ChainMap, content: ChainMap) -> bool:
    """Whether a card put by hand before is the layout's again, as by undo or by tidying up."""
    put = {card.id for card in before.cards if card.place is not None}
    return any(card.id in put and card.place is None for card in content.cards)


def on_screen(content: ChainMap, *, free: bool = False) -> ChainMap:
    """Return a map with the places of cards in the screen's measure; ``free``: without them."""
    return replace(
        content,
        cards=tuple(
            replace(
                card,
                place=None
                if free or card.place is None
                else (card.place[0] * UNIT, card.place[1] * UNIT),
            )
            for card in content.cards
        ),
    )


def kept_place(x: float, y: float) -> tuple[float, float]:
    """Return a place on the screen's drawing as a seat keeps it."""
    return round(x / UNIT, 2), round(y / UNIT, 2)
