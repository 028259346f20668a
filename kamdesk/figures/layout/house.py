"""Who stands below whom on a map once groups have boxes of their own: the forest to be packed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout.tree import Seat, without_loops

_BOX: Final = "box:"


def box_key(group: str) -> str:
    """Return the key of a group's box beside the ids of cards."""
    return _BOX + group


def group_of(key: str) -> str:
    """Return the group whose box this is the key of."""
    return key.removeprefix(_BOX)


@dataclass(slots=True)
class House:
    """The forest of a map. Keys are card ids and, for boxes, ``box_key`` of the group.

    ``below`` lists what hangs under a key (under None: what hangs under nobody): cards of the same
    box under a card, everything that reports out of it under a box. ``inside`` lists the heads in
    a box, and ``bosses`` the boss of each card. A group is one region: the box hangs where its
    highest head reports to; ``outside`` are the boxes of parties that are not the customer.
    """

    bosses: dict[str, str | None]
    below: dict[str | None, list[str]] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()

    def lists(self) -> Iterator[list[str]]:
        """Give every list of siblings."""
        yield from self.below.values()
        yield from self.inside.values()

    def under(self, key: str) -> Iterator[str]:
        """Give the cards of a key and of all that hangs under it."""
        waiting = [key]
        while waiting:
            at = waiting.pop()
            if at in self.bosses:
                yield at
            waiting += self.inside.get(at, ())
            waiting += self.below.get(at, ())

    def leaf(self, key: str) -> bool:
        """Return whether the key is a card that nothing hangs under."""
        return key in self.bosses and not self.below.get(key)


def house_of(content: ChainMap) -> House:
    """Return the forest of a map: loops cut, bosses nobody knows left out."""
    bosses = without_loops([Seat(card.id, card.reports_to) for card in content.cards])
    known = {box.id for box in content.boxes}
    group = {card.id: card.group if card.group in known else None for card in content.cards}
    house = House(
        bosses, outside=frozenset(box_key(box.id) for box in content.boxes if box.outside)
    )
    homes: dict[str, str] = {}  # box: the boss its highest head reports to
    for card in sorted(bosses, key=lambda id_: _depth(id_, bosses)):
        boss, own = bosses[card], group[card]
        if boss is not None and group[boss] == own:
            house.below.setdefault(boss, []).append(card)
            continue
        key = card
        if own is not None:
            key = box_key(own)
            house.inside.setdefault(key, []).append(card)
            if key in homes:
                continue
            homes[key] = card
        above = boss if boss is None or group[boss] is None else box_key(str(group[boss]))
        house.below.setdefault(above, []).append(key)
    place = {card.id: at for at, card in enumerate(content.cards)}
    for siblings in house.lists():
        siblings.sort(key=lambda key: place.get(key, place.get(homes.get(key, ""), 0)))
    return house


def _depth(card: str, bosses: dict[str, str | None]) -> int:
    depth, boss = 0, bosses[card]
    while boss is not None:
        depth, boss = depth + 1, bosses[boss]
    return depth
