"""Who can open whose door: the chance that one person's introduction to another succeeds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kamdesk.core.clock import days_between
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.bonds import close_words
from kamdesk.domain.chain.model import Tie, TieKind
from kamdesk.domain.chain.network import RELATION_HALVES, Cover, Network, Node, NodeKind

TIE_SUCCESS: Final = {1: 0.35, 2: 0.5, 3: 0.65}
"""With what chance an influence of strength 1, 2, 3 opens a door (``model_notes.md`` 28)."""

CLOSE_SUCCESS: Final = 0.65
LINE_SUCCESS: Final = 0.5
UPHILL_SUCCESS: Final = 0.35
"""From the one who is influenced back to the one who influences."""

GOODWILL: Final = {2: 1.0, 1: 1.0, 0: 0.85, None: 0.85, -1: 0.5, -2: 0.25}
"""How much of a chance is left when the introducer stands so towards us."""

RELATION_WORDS: Final = {
    1: Text("knows us"),
    2: Text("can be met"),
    3: Text("talks openly"),
    4: Text("helps inside"),
    5: Text("stands by us"),
}
"""How well somebody knows us (``field_book.md`` D2)."""

AT_ODDS: Final = 0.5
"""What is left when the two are in conflict, or the influence works the contrary way."""

MET_ONLY: Final = 1 / 5
"""A relationship nobody judged with somebody we sat with: they know us, 1 of 5."""

LIVE: Final = 0.1
"""A relationship weaker than this has gone cold: 2 of 5 after 180 days without contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One step of an introduction: its chance in (0, 1] and, in words, why it may succeed."""

    chance: float
    why: Text


def doors(net: Network) -> dict[Id, dict[Id, Door]]:
    """Return for each person whose doors on the map they can open.

    Only people open doors; a deciding body is reached through those who sit in it.
    """
    found: dict[Id, dict[Id, Door]] = {}
    odds = {frozenset((tie.source, tie.target)) for tie in net.ties if tie.kind is TieKind.CONFLICT}

    def add(source: Id, target: Id, chance: float, why: Text) -> None:
        opener, behind = net.by_id.get(source), net.by_id.get(target)
        if opener is None or behind is None or opener.kind is not NodeKind.PERSON:
            return
        if behind.kind not in (NodeKind.PERSON, NodeKind.BODY):
            return
        chance *= GOODWILL[net.stance(opener)]
        if frozenset((opener.id, behind.id)) in odds:
            chance, why = chance * AT_ODDS, Text("{why}, but they are at odds", why=why)
        row = found.setdefault(opener.id, {})
        if behind.id not in row or row[behind.id].chance < chance:
            row[behind.id] = Door(chance=chance, why=why)

    for tie in net.ties:
        _by_tie(net, tie, add)
    for node in net.nodes:
        if node.boss:
            low, high = node.name, net.by_id[node.boss].name
            why = Text("{low} reports to {high}", low=low, high=high)
            add(node.id, node.boss, LINE_SUCCESS, why)
            add(node.boss, node.id, LINE_SUCCESS, why)
        if node.kind is NodeKind.BODY:
            _into_body(net, node, add)
    return found


def our_doors(net: Network) -> dict[ColleagueId | None, dict[Id, Door]]:
    """Return for each of ours whom of theirs they know, and how well; None: ours, unnamed.

    A relationship noted without a name is taken for its owner's. Somebody we sat with and whose
    relationship nobody judged counts as knowing us.
    """
    found: dict[ColleagueId | None, dict[Id, Door]] = {}
    names: dict[ColleagueId | None, str] = {one.id: one.name for one in net.ours}
    for cover in net.covers:
        node = net.by_id.get(cover.node)
        chance = cover.strength(net.day)
        if node and node.kind is NodeKind.PERSON and chance:
            chance *= GOODWILL[net.stance(node)]
            whose = cover.colleague or _whose(net, node)
            row = found.setdefault(whose, {})
            if node.id not in row or row[node.id].chance < chance:
                why = _acquainted(net, cover, node, names.get(whose))
                row[node.id] = Door(chance=chance, why=why)
    for node in net.people:
        if node.last_met and (chance := _met_only(net, node)):
            chance *= GOODWILL[net.stance(node)]
            days = max(0, days_between(node.last_met, net.day))
            why = Text(
                "{name} was met {n} day ago; how well we know them is not noted",
                "{name} was met {n} days ago; how well we know them is not noted",
                name=node.name,
                n=days,
            )
            found.setdefault(None, {}).setdefault(node.id, Door(chance=chance, why=why))
    return found


def _whose(net: Network, node: Node) -> ColleagueId | None:
    """Return whose a relationship is that names nobody: the owner's, else of whoever knows best."""
    if any(one.id == node.owner for one in net.ours):
        return node.owner
    named = [cover for cover in net.covered_by[node.id] if cover.colleague and cover.now]
    best = max(named, key=lambda cover: cover.strength(net.day), default=None)
    return best.colleague if best else None


def known_to_us(net: Network) -> frozenset[Id]:
    """Return the people with whom any of ours has a live relationship."""
    return frozenset(
        node.id for node in net.people if max(net.relation(node.id), _met_only(net, node)) >= LIVE
    )


def _met_only(net: Network, node: Node) -> float:
    """Return the relationship with somebody we sat with and whose relationship nobody judged."""
    judged = any(cover.now is not None for cover in net.covered_by.get(node.id, ()))
    if judged or node.last_met is None:
        return 0.0
    days = max(0, days_between(node.last_met, net.day))
    return float(MET_ONLY * 2.0 ** (-days / RELATION_HALVES))


_Add = Callable[[Id, Id, float, Text], None]


def _by_tie(net: Network, tie: Tie, add: _Add) -> None:
    source, target = net.by_id.get(tie.source), net.by_id.get(tie.target)
    if source is None or target is None:
        return
    one, other = source.name, target.name
    if tie.kind is TieKind.CLOSE:
        why = close_words(tie.bond, one, other)
        add(source.id, target.id, CLOSE_SUCCESS, why)
        add(target.id, source.id, CLOSE_SUCCESS, why)
    elif tie.kind is TieKind.INFLUENCES and tie.negative:
        chance = TIE_SUCCESS[tie.strength] * AT_ODDS
        why = Text("{other} does the contrary of what {one} says", one=one, other=other)
        add(source.id, target.id, chance, why)
    elif tie.kind is TieKind.INFLUENCES:
        why = Text("{other} listens to {one}", one=one, other=other)
        add(source.id, target.id, TIE_SUCCESS[tie.strength], why)
        add(target.id, source.id, UPHILL_SUCCESS, why)


def _into_body(net: Network, body: Node, add: _Add) -> None:
    said = body.name
    for who in (body.chair, body.secretary, *body.members):
        sits = net.by_id.get(who) if who else None
        if sits is None:
            continue
        if sits.id == body.chair:
            why = Text("{name} chairs {body}", name=sits.name, body=said)
            add(sits.id, body.id, CLOSE_SUCCESS, why)
        elif sits.id == body.secretary:
            why = Text("{name} writes the papers of {body}", name=sits.name, body=said)
            add(sits.id, body.id, CLOSE_SUCCESS, why)
        else:
            why = Text("{name} sits in {body}", name=sits.name, body=said)
            add(sits.id, body.id, LINE_SUCCESS, why)


def _acquainted(net: Network, cover: Cover, node: Node, colleague: str | None) -> Text:
    known = RELATION_WORDS[cover.now or 1]
    ours = colleague or Text("one of us")
    if cover.last_met is None:
        return Text(
            "{ours} – {name}: {known}, no meeting noted", ours=ours, name=node.name, known=known
        )
    days = max(0, days_between(cover.last_met, net.day))
    return Text(
        "{ours} – {name}: {known}, met {n} day ago",
        "{ours} – {name}: {known}, met {n} days ago",
        ours=ours,
        name=node.name,
        known=known,
        n=days,
    )
