"""A map cut into sheets: an overview first, then branches, each saying where the rest is."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kamdesk.core.wording import Text
from kamdesk.figures.chain import Card, ChainMap, Tie

ONE_SHEET: Final = 60
"""Cards that stand on one sheet."""
PART: Final = 36
"""Cards on each of several."""


class Away(NamedTuple):
    """A tie from a card of this sheet to one that stands on another."""

    tie: Tie
    source: str
    target: str
    sheet: int


class Sheet(NamedTuple):
    """One sheet, counted from 1; ``heads`` name who leads the branches on it (none: overview)."""

    number: int
    heads: tuple[str, ...]
    chain: ChainMap
    away: tuple[Away, ...] = ()


@dataclass(slots=True)
class _Part:
    """Cards that stay together: below ``head``, who is repeated above them (None: at the top)."""

    head: str | None
    cards: list[str]


def sheets(content: ChainMap, *, most: int = ONE_SHEET, part: int = PART) -> tuple[Sheet, ...]:
    """Return the map on one sheet, or on several with at most ``part`` cards each."""
    if len(content.cards) <= most:
        return (Sheet(1, (), content),)
    packed = _packed(_parts(content.cards, part), part)
    home = {id_: n for n, parts in enumerate(packed, 1) for one in parts for id_ in one.cards}
    below = {one.head: (len(one.cards), n) for n, parts in enumerate(packed, 1) for one in parts}
    by_id = {card.id: card for card in content.cards}
    found = []
    for number, parts in enumerate(packed, 1):
        cards = []
        heads = [one.head for one in parts if one.head and home[one.head] != number]
        for id_ in (*heads, *(id_ for one in parts for id_ in one.cards)):
            card = by_id[id_]
            if id_ in heads:
                card = replace(
                    card, reports_to=None, flag=Text("from sheet {sheet}", sheet=home[id_])
                )
            elif id_ in below and below[id_][1] != number:
                count, sheet = below[id_]
                card = replace(card, more=_more(count, sheet))
            cards.append(replace(card, place=None))
        found.append(_sheet(content, number, tuple(by_id[h].name for h in heads), cards, home))
    return tuple(found)


def _more(count: int, sheet: int) -> Text:
    return Text("{n} more on sheet {sheet}", "{n} more on sheet {sheet}", n=count, sheet=sheet)


def _parts(cards: Sequence[Card], part: int) -> list[_Part]:
    """Return who stands together: the top of the tree, then what is missing below each card."""
    known = {card.id for card in cards}
    children: dict[str | None, list[str]] = {}
    for card in cards:
        boss = card.reports_to if card.reports_to in known and card.reports_to != card.id else None
        children.setdefault(boss, []).append(card.id)
    roots = sorted(children.get(None, []), key=lambda id_: id_ not in children)
    done: set[str] = set()
    found: list[_Part] = []
    todo: deque[tuple[str | None, list[str]]] = deque([(None, roots)])
    while todo:
        head, first = todo.popleft()
        taken = _nearest(first, children, part - (head is not None), done)
        found.append(_Part(head, taken))
        rest = [id_ for id_ in first if id_ not in done]
        if rest:
            todo.append((head, rest))
        todo.extend(
            (id_, missing)
            for id_ in taken
            if (missing := [child for child in children.get(id_, ()) if child not in done])
        )
    circled = [card.id for card in cards if card.id not in done]
    return found + [_Part(None, circled[at : at + part]) for at in range(0, len(circled), part)]


def _nearest(
    first: Iterable[str], children: dict[str | None, list[str]], most: int, done: set[str]
) -> list[str]:
    """Take cards level by level until there are enough; mark them as done."""
    taken: list[str] = []
    level = deque(first)
    while level and len(taken) < most:
        id_ = level.popleft()
        if id_ not in done:
            done.add(id_)
            taken.append(id_)
            level.extend(children.get(id_, ()))
    return taken


def _packed(parts: list[_Part], most: int) -> list[list[_Part]]:
    """Return parts by sheet: the overview alone, then branches, each where there is room first."""
    packed: list[list[_Part]] = [[parts[0]]]
    rooms = [0]
    for one in parts[1:]:
        needs = len(one.cards) + (one.head is not None)
        at = next((n for n, room in enumerate(rooms) if needs <= room), len(rooms))
        if at == len(rooms):
            packed.append([])
            rooms.append(most)
        packed[at].append(one)
        rooms[at] -= needs
    return packed


def _sheet(
    content: ChainMap,
    number: int,
    heads: tuple[str, ...],
    cards: list[Card],
    home: dict[str, int],
) -> Sheet:
    here = {card.id for card in cards}
    names = {card.id: card.name for card in content.cards}
    groups = {card.group for card in cards}
    away = tuple(
        Away(tie, names[tie.source], names[tie.target], home[other])
        for tie in content.ties
        if home.get(tie.source) and home.get(tie.target)
        for other in ((tie.target if home[tie.source] == number else tie.source),)
        if number in (home[tie.source], home[tie.target]) and other not in here
    )
    chain = replace(
        content,
        cards=tuple(cards),
        ties=tuple(tie for tie in content.ties if tie.source in here and tie.target in here),
        boxes=tuple(box for box in content.boxes if box.id in groups),
        way_in=content.way_in,
    )
    return Sheet(number, heads, chain, away)
