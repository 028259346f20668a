"""How much a person's word weighs in the decision, and how far it reaches over others."""

from collections.abc import Mapping
from itertools import chain as joined
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind

ROLE_WEIGHTS: Final = {Role.DECIDER: 3, Role.APPROVER: 2}
"""What a buying role adds to somebody's weight; every other role, and none, counts 1."""

MIDDLE_INFLUENCE: Final = 3
"""What an influence nobody judged counts as: the middle of the scale, asked and heard."""


def weights(net: Network) -> dict[Id, float]:
    """Return the weight of everybody who counts: role weight × influence, 1 to 15.

    A deciding body passes its role to its chair and members. An influence not judged counts 3.
    Beside the people stands what is unknown by its nature: an empty seat whose role somebody must
    fill, and a deciding body of whom nobody is on the map.
    """
    passed = _passed(net)
    found = {
        node.id: float(max(_role_weight(node.stands.roles), passed.get(node.id, 1)) * _word(node))
        for node in net.people
    }
    for body in deciding_bodies(net):
        if not any(who in found for who in sitting(body)):
            found[body.id] = float(_body_weight(body) * _word(body))
    for node in net.nodes:
        if node.kind in (NodeKind.GHOST, NodeKind.VACANT) and node.wanted:
            found[node.id] = float(_role_weight(node.wanted) * MIDDLE_INFLUENCE)
    return found


def guessed(net: Network) -> tuple[Node, ...]:
    """Return the people whose influence nobody judged, so that it counts as the middle."""
    return tuple(node for node in net.people if node.stands.influence is None)


def deciding_bodies(net: Network) -> tuple[Node, ...]:
    """Return the bodies that decide here.

    Those with the role of decider or approver; without any role said, where no person decides.
    """
    bodies = [node for node in net.nodes if node.kind is NodeKind.BODY]
    anyone = bool(net.with_role(Role.DECIDER))
    return tuple(
        body
        for body in bodies
        if _role_weight(body.stands.roles) > 1 or not (body.stands.roles or anyone)
    )


def sitting(body: Node) -> tuple[Id, ...]:
    """Return chair and members of a body, each once, the chair first."""
    chair = (body.chair,) if body.chair else ()
    return tuple(dict.fromkeys((*chair, *body.members)))


def who_decides(net: Network) -> Node | None:
    """Return the decider: the person of that role with most influence, else the deciding body."""
    found = [*net.with_role(Role.DECIDER), *deciding_bodies(net)]
    people = [node for node in found if node.kind is NodeKind.PERSON]
    return max(people or found, key=lambda node: node.stands.influence or 0, default=None)


def reach(net: Network) -> dict[Id, float]:
    """Return how far each one's word carries over those they influence, and over theirs.

    Katz–Bonacich power with the weights as exogenous vector, p = r + a·G·p, where a is half the
    bound below which the series converges (Katz 1953; Bonacich 1987).
    """
    return katz(influences(net), weights(net))


def influences(net: Network) -> dict[Id, dict[Id, float]]:
    """Return whom each one influences, and how strongly (1–3, negative for a contrary effect)."""
    found: dict[Id, dict[Id, float]] = {}
    for tie in net.ties:
        if tie.kind is TieKind.INFLUENCES:
            row = found.setdefault(tie.source, {})
            row[tie.target] = -tie.strength if tie.negative else float(tie.strength)
    return found


def katz(
    graph: Mapping[Id, Mapping[Id, float]], start: Mapping[Id, float], *, damping: float = 0.5
) -> dict[Id, float]:
    """Return p = start + a·G·p by iteration; ``graph[j][i]`` is the weight with which j moves i.

    a = ``damping`` / the largest sum of a row or column, so that it always converges.
    """
    into: dict[Id, float] = {}
    for row in graph.values():
        for target, weight in row.items():
            into[target] = into.get(target, 0.0) + abs(weight)
    out = (sum(map(abs, row.values())) for row in graph.values())
    largest = max(joined(into.values(), out), default=0.0)
    factor = damping / largest if largest else 0.0
    power = dict(start)
    for _ in range(200):
        new = {
            who: own
            + factor
            * sum(abs(w) * power.get(other, 0.0) for other, w in graph.get(who, {}).items())
            for who, own in start.items()
        }
        moved = max((abs(new[who] - power[who]) for who in new), default=0.0)
        power = new
        if moved < 1e-12:
            break
    return power


def _word(node: Node) -> int:
    return node.stands.influence or MIDDLE_INFLUENCE


def _role_weight(roles: tuple[Role, ...]) -> int:
    return max((ROLE_WEIGHTS.get(role, 1) for role in roles), default=1)


def _passed(net: Network) -> dict[Id, int]:
    """Return the role weight people have from the deciding bodies they sit in."""
    found: dict[Id, int] = {}
    for body in deciding_bodies(net):
        for who in sitting(body):
            found[who] = max(found.get(who, 1), _body_weight(body))
    return found


def _body_weight(body: Node) -> int:
    return _role_weight(body.stands.roles or (Role.DECIDER,))
