"""What narrows a map: who fits stays, the others fade. Pure rules on the network."""

from collections.abc import Callable
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import What


class Mesh(NamedTuple):
    """One thing to look for: its key, its words, who fits."""

    key: str
    words: Text | str
    fits: Callable[[Network, Node], bool]


def _judged(node: Node) -> bool:
    return node.kind is NodeKind.PERSON


MESHES: Final = (
    Mesh("unmet", Text("not met"), lambda _, node: _judged(node) and node.last_met is None),
    Mesh(
        "unknown",
        Text("stance unknown"),
        lambda net, node: _judged(node) and net.stance(node) is None,
    ),
    Mesh("against", Text("against us"), lambda _, node: (node.stands.stance or 0) < 0),
    Mesh("for", Text("for us"), lambda _, node: (node.stands.stance or 0) > 0),
    Mesh(
        "stale",
        Text("not renewed for long"),
        lambda net, node: any(net.stale(node, what) for what in (What.STANCE, What.INFLUENCE)),
    ),
    Mesh("strong", Text("influence 4–5"), lambda _, node: (node.stands.influence or 0) >= 4),
    Mesh(
        "deciding",
        Text("decide or approve"),
        lambda _, node: bool({Role.DECIDER, Role.APPROVER} & {*node.stands.roles, *node.wanted}),
    ),
    Mesh(
        "empty",
        Text("nobody there"),
        lambda _, node: node.kind in (NodeKind.GHOST, NodeKind.VACANT),
    ),
)


def meshes(net: Network) -> tuple[Mesh, ...]:
    """Return all there is to look for on a map: the usual, its roles, its departments."""
    roles = {role for node in net.nodes for role in (*node.stands.roles, *node.wanted)}
    departments = dict.fromkeys(node.department for node in net.nodes if node.department)
    playing = [_playing(role) for role in ROLE_WORDS if role in roles]
    return (*MESHES, *playing, *(_within(name) for name in departments))


def _playing(role: Role) -> Mesh:
    def fits(_: Network, node: Node) -> bool:
        return role in (*node.stands.roles, *node.wanted)

    return Mesh(f"role:{role}", ROLE_WORDS[role], fits)


def _within(department: str) -> Mesh:
    def fits(_: Network, node: Node) -> bool:
        return node.department == department

    return Mesh(f"in:{department}", department, fits)


def fitting(net: Network, keys: frozenset[str]) -> frozenset[Id] | None:
    """Return who fits all that is looked for; None when nothing is."""
    wanted = [mesh for mesh in meshes(net) if mesh.key in keys]
    if not wanted:
        return None
    return frozenset(node.id for node in net.nodes if all(mesh.fits(net, node) for mesh in wanted))
