"""What a map draws of a decision chain: cards, ties, boxes of departments and parties outside."""

from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, Role, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.dossier.chain_view import network
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.figures import chain as figure

_KINDS: Final = {
    NodeKind.PERSON: figure.CardKind.PERSON,
    NodeKind.VACANT: figure.CardKind.VACANT,
    NodeKind.GHOST: figure.CardKind.GHOST,
    NodeKind.BODY: figure.CardKind.BODY,
    NodeKind.OUTSIDE: figure.CardKind.OUTSIDE,
}
_TIES: Final = {
    TieKind.INFLUENCES: figure.TieKind.INFLUENCE,
    TieKind.CLOSE: figure.TieKind.CLOSE,
    TieKind.CONFLICT: figure.TieKind.AT_ODDS,
}
_NO_MARKS: Final[Mapping[Id, Text]] = MappingProxyType({})
_MONTH: Final = 30


def picture(
    net: Network,
    *,
    attending: Collection[Id] = frozenset(),
    way_in: Sequence[Id] = (),
    marked: Mapping[Id, Text] = _NO_MARKS,
) -> figure.ChainMap:
    """Return a decision chain as it is drawn; ids are hex of those of the nodes and ties.

    ``attending`` get the blue tab, ``way_in`` numbers in its order, ``marked`` a note on their
    frame. Two or more of one department stand in a box of their own, unless a group says better.
    """
    departments = Counter(node.department for node in net.nodes if node.group is None)
    boxed = {name for name, count in departments.items() if name and count > 1}
    groups = {node.group for node in net.nodes if node.group}
    boxes = [
        figure.Box(id=group.id.hex(), name=group.name, outside=group.outside)
        for group in net.groups
        if group.id in groups
    ]
    boxes += [figure.Box(id=_department(name), name=name) for name in departments if name in boxed]
    return figure.ChainMap(
        cards=tuple(_card(net, node, boxed, node.id in attending, marked) for node in net.nodes),
        ties=tuple(_ties(net)),
        boxes=tuple(boxes),
        way_in=tuple(who.hex() for who in way_in),
    )


def picture_of_file(file: CustomerFile, attending: Collection[Id]) -> figure.ChainMap | None:
    """Return the map of a customer's file for a visit; None when nobody is on it.

    Who attends and is not on the map stands beside it.
    """
    net = network(file)
    guests = tuple(
        Node(
            id=who,
            name=person.name,
            post=post.title if post else person.department,
            stands=file.stands(who),
            last_met=met.day if (met := file.last_met.get(who)) else None,
        )
        for who, person in file.people.items()
        if who in attending and who not in net.by_id
        for post in (file.post_of.get(PersonId(who)),)
    )
    net = replace(net, nodes=net.nodes + guests)
    if not net.nodes:
        return None
    return picture(net, attending=attending, way_in=way_to_decider(net, attending))


def way_to_decider(net: Network, attending: Collection[Id]) -> tuple[Id, ...]:
    """Return the shortest chain of influence for us from a friendly attendee to a decider."""
    deciders = {node.id for node in net.with_role(Role.DECIDER)}
    friendly = [
        node
        for node in net.people
        if node.id in attending and (node.stands.stance or 0) > 0 and node.id not in deciders
    ]
    targets: dict[Id, list[Id]] = {}
    for tie in net.ties:
        if tie.kind is TieKind.INFLUENCES and not tie.negative:
            targets.setdefault(tie.source, []).append(tie.target)
    ways = [
        way
        for node in sorted(friendly, key=lambda node: -(node.stands.stance or 0))
        if (way := _shortest(node.id, deciders, targets))
    ]
    return min(ways, key=len, default=())


def _shortest(
    start: Id, goals: Collection[Id], targets: Mapping[Id, Sequence[Id]]
) -> tuple[Id, ...]:
    ways: deque[tuple[Id, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        way = ways.popleft()
        if way[-1] in goals:
            return way
        for target in targets.get(way[-1], ()):
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def _card(
    net: Network, node: Node, boxed: Collection[str], attends: bool, marked: Mapping[Id, Text]
) -> figure.Card:
    stands, seat = node.stands, node.seat
    judged = What.STANCE if stands.stance is not None else What.INFLUENCE
    stale = net.stale(node, judged)
    group = None
    if node.group:
        group = node.group.hex()
    elif node.department in boxed:
        group = _department(node.department)
    return figure.Card(
        id=node.id.hex(),
        name=node.name,
        post=node.post or node.department,
        kind=_KINDS[node.kind],
        roles=tuple(ROLE_WORDS[role] for role in stands.roles or node.wanted),
        stance=stands.stance,
        influence=stands.influence,
        relation=stands.coverage,
        met=node.last_met is not None or node.kind is not NodeKind.PERSON,
        attends=attends,
        decides=Role.DECIDER in stands.roles or node.kind is NodeKind.BODY,
        reports_to=node.boss.hex() if node.boss else None,
        group=group,
        guide=stands.coach,
        veto=stands.veto,
        leaving=bool(stands.leaving),
        stale=stale,
        unsure=stands.stance_sureness is Sureness.LOW,
        flag=marked.get(node.id) or (_age(net.age(node, judged)) if stale else ""),
        place=(seat.x, seat.y) if seat and seat.x is not None and seat.y is not None else None,
    )


def _age(days: int | None) -> Text:
    months = (days or 0) // _MONTH
    return Text("{n} month old", "{n} months old", n=months)


def _ties(net: Network) -> list[figure.Tie]:
    found = [
        figure.Tie(
            id=tie.id.hex(),
            source=tie.source.hex(),
            target=tie.target.hex(),
            kind=_TIES[tie.kind],
            weight=tie.strength,
            against_us=tie.negative or tie.kind is TieKind.CONFLICT,
            note=tie.note,
        )
        for tie in net.ties
    ]
    return found + [
        figure.Tie(
            id=f"chair:{node.id.hex()}",
            source=node.chair.hex(),
            target=node.id.hex(),
            kind=figure.TieKind.LEADS,
        )
        for node in net.nodes
        if node.chair and node.chair in net.by_id
    ]


def _department(name: str) -> str:
    return f"department:{name}"
