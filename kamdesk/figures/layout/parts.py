"""Parts of a map too large for one look: around one card, branches folded, the heaviest ties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.figures.chain import ChainMap, Tie
from kamdesk.figures.layout.tree import Seat, without_loops

MOST_AT_ONCE: Final = 60
"""People on one map before it is shown in parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is left of a map, and ``folded``: how many cards are hidden under a card."""

    content: ChainMap
    folded: Mapping[str, int]


def around(content: ChainMap, centre: str, *, steps: int = 2) -> ChainMap:
    """Return the map of who is at most ``steps`` lines from a card, and of all bosses above it.

    Lines are ties and reports alike. Who is left out is counted; a card nobody knows leaves the
    map as it is.
    """
    bosses = _bosses(content)
    if centre not in bosses:
        return content
    beside: dict[str, set[str]] = {id_: set() for id_ in bosses}
    lines = [(card, boss) for card, boss in bosses.items() if boss is not None]
    lines += [(tie.source, tie.target) for tie in content.ties]
    for one, other in lines:
        if one in beside and other in beside:
            beside[one].add(other)
            beside[other].add(one)
    near = rim = {centre}
    for _ in range(steps):
        rim = {other for one in rim for other in beside[one]} - near
        near = near | rim
    above = bosses[centre]
    while above is not None:
        near = near | {above}
        above = bosses[above]
    return _only(content, near)


def fold(content: ChainMap, heads: Collection[str]) -> Part:
    """Return the map without whoever stands below a card of ``heads``; ties go to that card.

    Of several ties that so come to join the same two cards the heaviest stays; ties within a
    folded branch go.
    """
    bosses = _bosses(content)
    home: dict[str, str] = {}
    for id_ in bosses:
        home[id_] = id_
        boss = bosses[id_]
        while boss is not None:
            if boss in heads:
                home[id_] = boss
            boss = bosses[boss]
    folded: dict[str, int] = {}
    for id_, at in home.items():
        if id_ != at:
            folded[at] = folded.get(at, 0) + 1
    seen = {id_ for id_, at in home.items() if id_ == at}
    own = {(tie.source, tie.target) for tie in content.ties}
    ties: list[Tie] = []
    for tie in sorted(content.ties, key=lambda tie: -tie.weight):
        if tie.source not in home or tie.target not in home:
            continue
        source, target = home[tie.source], home[tie.target]
        if (source, target) == (tie.source, tie.target):
            ties.append(tie)
        elif source != target and (source, target) not in own:
            own.add((source, target))
            ties.append(replace(tie, source=source, target=target))
    content = replace(
        content,
        cards=tuple(card for card in content.cards if card.id in seen),
        ties=tuple(ties),
        way_in=tuple(dict.fromkeys(home[id_] for id_ in content.way_in if id_ in home)),
    )
    return Part(content=content, folded=folded)


def branches_to_fold(content: ChainMap, *, most: int = MOST_AT_ONCE) -> frozenset[str]:
    """Return the heads to fold so that at most ``most`` cards are left, the lowest branches first.

    Branches with deciders, attendees or the way in stay open as long as others can be folded.
    """
    bosses = _bosses(content)
    depth = {id_: _depth(id_, bosses) for id_ in bosses}
    below: dict[str, list[str]] = {}
    for id_, boss in bosses.items():
        if boss is not None:
            below.setdefault(boss, []).append(id_)
    wanted = {card.id for card in content.cards if card.decides or card.attends}
    wanted |= set(content.way_in)
    order = sorted(below, key=lambda id_: (bool(wanted.intersection(below[id_])), -depth[id_], id_))
    heads: set[str] = set()
    for head in order:
        if len(fold(content, heads).content.cards) <= most:
            break
        heads.add(head)
    return frozenset(head for head in heads if not _under(head, heads, bosses))


def heaviest_ties(content: ChainMap, most: int) -> ChainMap:
    """Return the map with at most ``most`` ties: strong ones, and those of weighty people."""
    influence = {card.id: card.influence or 0 for card in content.cards}

    def weight(tie: Tie) -> tuple[int, int]:
        return tie.weight, influence.get(tie.source, 0) + influence.get(tie.target, 0)

    kept = sorted(content.ties, key=weight, reverse=True)[:most]
    return replace(content, ties=tuple(tie for tie in content.ties if tie in kept))


def _only(content: ChainMap, ids: Collection[str]) -> ChainMap:
    cards = tuple(card for card in content.cards if card.id in ids)
    return replace(
        content,
        cards=cards,
        ties=tuple(tie for tie in content.ties if tie.source in ids and tie.target in ids),
        way_in=tuple(id_ for id_ in content.way_in if id_ in ids),
        left_out=content.left_out + len(content.cards) - len(cards),
    )


def _bosses(content: ChainMap) -> dict[str, str | None]:
    return without_loops([Seat(card.id, card.reports_to) for card in content.cards])


def _depth(id_: str, bosses: Mapping[str, str | None]) -> int:
    boss = bosses[id_]
    return 0 if boss is None else 1 + _depth(boss, bosses)


def _under(id_: str, heads: Collection[str], bosses: Mapping[str, str | None]) -> bool:
    boss = bosses[id_]
    while boss is not None:
        if boss in heads:
            return True
        boss = bosses[boss]
    return False
