"""Parts of a map too large for one look: around one card, branches folded, the heaviest ties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.figures.chain import ChainMap, Tie
from kamdesk.figures.layout.tree import Seat, without_loops

MOST_AT_ONCE: Final = 60
"""People on one map before it is shown in parts."""
MOST_TIES: Final = 150
"""Ties on one drawing: of more nobody could follow one, and laying them out takes seconds."""


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
    for id_ in _from_the_top(bosses):
        boss = bosses[id_]
        if boss is not None and home[boss] != boss:
            home[id_] = home[boss]
        else:
            home[id_] = boss if boss is not None and boss in heads else id_
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
    from_the_top = _from_the_top(bosses)
    depth: dict[str, int] = {}
    below: dict[str, int] = {}
    for id_ in from_the_top:
        boss = bosses[id_]
        depth[id_] = 0 if boss is None else depth[boss] + 1
        if boss is not None:
            below[boss] = below.get(boss, 0) + 1
    wanted = {card.id for card in content.cards if card.decides or card.attends}
    wanted |= set(content.way_in)
    above: set[str] = set()
    for id_ in reversed(from_the_top):
        if id_ in wanted and (boss := bosses[id_]) is not None:
            above.add(boss)
            wanted.add(boss)
    left, heads = len(bosses), set[str]()
    for head in sorted(below, key=lambda id_: (id_ in above, -depth[id_], id_)):
        if left <= most:
            break
        heads.add(head)
        left -= below[head]  # whatever is further below is folded already
    hidden: set[str] = set()
    for id_ in from_the_top:
        boss = bosses[id_]
        if boss is not None and (boss in heads or boss in hidden):
            hidden.add(id_)
    return frozenset(heads - hidden)


def heaviest_ties(content: ChainMap, most: int) -> ChainMap:
    """Return the map with at most ``most`` ties: strong ones, and those of weighty people."""
    influence = {card.id: card.influence or 0 for card in content.cards}

    def weight(tie: Tie) -> tuple[int, int]:
        return tie.weight, influence.get(tie.source, 0) + influence.get(tie.target, 0)

    if len(content.ties) <= most:
        return content
    kept = {tie.id for tie in sorted(content.ties, key=weight, reverse=True)[:most]}
    return replace(content, ties=tuple(tie for tie in content.ties if tie.id in kept))


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


def _from_the_top(bosses: Mapping[str, str | None]) -> list[str]:
    """Return the cards so that each comes after the one above it."""
    below: dict[str | None, list[str]] = {}
    for id_, boss in bosses.items():
        below.setdefault(boss, []).append(id_)
    ordered = list(below.get(None, ()))
    for id_ in ordered:
        ordered += below.get(id_, ())
    return ordered
