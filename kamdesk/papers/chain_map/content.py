"""What a map on paper says besides the map: whose it is, of which day, how far it leans to us."""

from dataclasses import dataclass, replace

from kamdesk.core.clock import Day, Instant
from kamdesk.core.text.neutral import is_neutral
from kamdesk.figures.chain import ChainMap, polite
from kamdesk.papers.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPaper:
    """A customer's map on a day. ``map_name`` is empty for the customer's own map.

    It is laid out as an organisation, or ``by_influence``: deciders on top, whose word they hear
    below.
    ``standing`` are clauses on the support; without them the paper is one the customer may see.
    """

    customer: str
    map_name: str = ""
    decision_way: str = ""
    day: Day
    made: Instant
    made_by: str = ""
    chain: ChainMap
    standing: tuple[Words, ...] = ()
    by_influence: bool = False

    @property
    def private(self) -> bool:
        """True when it says what we think of people."""
        return self.chain.opinions


def for_the_customer(paper: MapPaper) -> MapPaper:
    """Return the paper as a polite organisation chart: names, posts, departments, nothing else.

    A post or department with a word the customer must never read is left out.
    """
    chain = polite(paper.chain)
    boxes = tuple(box for box in chain.boxes if is_neutral(str(box.name)))
    cards = tuple(card if is_neutral(card.post) else replace(card, post="") for card in chain.cards)
    chain = replace(chain, cards=cards, boxes=boxes)
    return replace(
        paper, map_name="", decision_way="", standing=(), chain=chain, by_influence=False
    )
