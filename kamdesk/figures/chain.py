"""What a decision-chain map shows, and which people stay on it when there are too many."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.wording import Text

MOST_CARDS: Final = 16
"""Cards on one map of a paper; who is left out is counted, never dropped in silence."""


class CardKind(StrEnum):
    """What stands on a card."""

    PERSON = "person"
    VACANT = "vacant"  # a post without a holder
    GHOST = "ghost"  # a role that somebody must fill and nobody is known for
    BODY = "body"  # a committee that decides as one
    OUTSIDE = "outside"  # a design institute, a consultant, a partner


class TieKind(StrEnum):
    """How two cards are tied beside the hierarchy."""

    INFLUENCE = "influence"
    CLOSE = "close"
    AT_ODDS = "at odds"
    LEADS = "leads"  # who chairs a deciding body


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One box of the map. ``id`` names the record behind it (hex of person, post or body).

    ``stance`` runs from −2 to 2 and is None when unknown, as is ``influence`` (1 to 5).
    ``relation`` is our relationship, 0 to 5, or None when it does not apply. ``group`` is the id of
    the box around it. ``flag`` is a short note on its frame (“new since 4 March”); ``stale``: what
    is thought of them is old, ``unsure``: it is a guess. ``place`` is where the user put its
    middle, in points of the paper. ``more`` stands below: who reports to them and is not drawn
    here.
    """

    id: str
    name: str
    post: str = ""
    kind: CardKind = CardKind.PERSON
    roles: tuple[Text | str, ...] = ()
    stance: int | None = None
    influence: int | None = None
    relation: int | None = None
    met: bool = True
    attends: bool = False
    decides: bool = False
    reports_to: str | None = None
    group: str | None = None
    guide: bool = False
    veto: bool = False
    leaving: bool = False
    stale: bool = False
    unsure: bool = False
    flag: Text | str = ""
    more: Text | str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """``source`` influences ``target`` (or is close to, at odds with it); ``weight`` 1 to 3.

    ``sign`` stands on the line for a note that is too long for it.
    """

    id: str = ""
    source: str
    target: str
    kind: TieKind = TieKind.INFLUENCE
    weight: int = 1
    against_us: bool = False
    note: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What is drawn around the cards of a group: a department, a company, a party outside."""

    id: str
    name: Text | str
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainMap:
    """A map: its cards, the ties between them, and the way in as the ids it passes.

    ``opinions`` is False when stance, influence and relationship must not be seen at all
    (which is not the same as unknown). ``left_out`` counts cards taken off for want of room.
    """

    cards: tuple[Card, ...] = ()
    ties: tuple[Tie, ...] = ()
    boxes: tuple[Box, ...] = ()
    way_in: tuple[str, ...] = ()
    opinions: bool = True
    left_out: int = 0


def chosen(content: ChainMap, *, most: int = MOST_CARDS) -> ChainMap:
    """Return the map with at most ``most`` cards: attendees, deciders, the way in, influence.

    Whoever stays keeps a boss on the map: the nearest one above who stays as well.
    """
    if len(content.cards) <= most:
        return content
    way_in = frozenset(content.way_in)
    by_weight = sorted(
        range(len(content.cards)),
        key=lambda place: (_rank(content.cards[place], way_in), place),
    )
    staying = {content.cards[place].id for place in by_weight[:most]}
    bosses = {card.id: card.reports_to for card in content.cards}
    return replace(
        content,
        cards=tuple(
            replace(card, reports_to=_nearest(card.id, bosses, staying))
            for card in content.cards
            if card.id in staying
        ),
        ties=_between(content.ties, staying),
        left_out=content.left_out + len(content.cards) - most,
    )


def without_opinions(content: ChainMap) -> ChainMap:
    """Return the map as an organisation chart: nothing on it says what we think of anybody."""
    return replace(
        content,
        cards=tuple(
            replace(
                card,
                stance=None,
                influence=None,
                relation=None,
                guide=False,
                veto=False,
                leaving=False,
                stale=False,
                unsure=False,
                flag="",
            )
            for card in content.cards
        ),
        ties=(),
        way_in=(),
        opinions=False,
    )


def polite(content: ChainMap) -> ChainMap:
    """Return the map as the customer may see it: people, posts, reporting lines, departments.

    People of parties outside are not theirs and are left off.
    """
    outside = {box.id for box in content.boxes if box.outside}
    staying = {
        card.id
        for card in content.cards
        if card.kind is CardKind.PERSON and card.group not in outside
    }
    bosses = {card.id: card.reports_to for card in content.cards}
    plain = without_opinions(content)
    return replace(
        plain,
        cards=tuple(
            replace(
                card,
                roles=(),
                met=True,
                attends=False,
                decides=False,
                reports_to=_nearest(card.id, bosses, staying),
            )
            for card in plain.cards
            if card.id in staying
        ),
        boxes=tuple(box for box in content.boxes if not box.outside),
    )


def _rank(card: Card, way_in: frozenset[str]) -> tuple[bool, bool, bool, int]:
    return (
        not card.attends,
        not card.decides,
        card.id not in way_in,
        -(card.influence or 0),
    )


def _nearest(card: str, bosses: dict[str, str | None], staying: set[str]) -> str | None:
    boss, passed = bosses[card], {card}
    while boss is not None and boss not in passed:
        if boss in staying:
            return boss
        passed.add(boss)
        boss = bosses.get(boss)
    return None


def _between(ties: Iterable[Tie], staying: set[str]) -> tuple[Tie, ...]:
    return tuple(tie for tie in ties if tie.source in staying and tie.target in staying)
