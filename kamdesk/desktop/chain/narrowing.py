"""Which part of a large map is drawn: who is near somebody, or all with branches folded. Pure."""

from dataclasses import dataclass, replace

from kamdesk.core.wording import Text
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout.parts import (
    MOST_AT_ONCE,
    MOST_TIES,
    around,
    branches_to_fold,
    fold,
    heaviest_ties,
)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """``near``: only who is near this card. ``turned``: heads folded or unfolded by hand.

    Above 60 people the lowest branches are folded by themselves, unless all is ``open``. Of more
    than ``MOST_TIES`` ties the heaviest are drawn.
    """

    near: str | None = None
    turned: frozenset[str] = frozenset()
    open: bool = False

    def of(self, whole: ChainMap) -> ChainMap:
        """Return what of a map is drawn; a folded head says how many are below it."""
        return heaviest_ties(self._part(whole), MOST_TIES)

    def _part(self, whole: ChainMap) -> ChainMap:
        if self.near is not None:
            return around(whole, self.near)
        crowded = len(whole.cards) > MOST_AT_ONCE and not self.open
        heads = (branches_to_fold(whole) if crowded else frozenset()) ^ self.turned
        if not heads:
            return whole
        part = fold(whole, heads)
        cards = (
            replace(card, flag=Text("+{n} below", n=part.folded[card.id]))
            if card.id in part.folded
            else card
            for card in part.content.cards
        )
        return replace(part.content, cards=tuple(cards))
