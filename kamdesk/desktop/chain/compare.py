"""Two maps against each other: what is otherwise on the second, by node; read and drawn at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.drawing import on_screen
from kamdesk.desktop.chain.panel_words import stance_said
from kamdesk.desktop.chain.reading import ChainSeen, read_seen
from kamdesk.desktop.chain.tie_editor import tie_words
from kamdesk.domain.chain.model import ROLE_WORDS, Role, Tie, TieKind
from kamdesk.domain.chain.network import Network, Node
from kamdesk.dossier.chain_picture import picture
from kamdesk.figures.chain_map import map_drawing, sizes_for
from kamdesk.figures.layout.organisation import organised

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_NEW: Final = Text("new")
_GONE: Final = Text("gone")
_OTHER: Final = Text("changed")


class Difference(NamedTuple):
    """What is otherwise on the second map: of which node, in words; a stance before and after."""

    node: Id
    said: Text
    stance: tuple[int | None, int | None] | None = None


def differences(first: Network, second: Network) -> tuple[Difference, ...]:
    """Return what is otherwise on ``second``: who came and went, stances, influence, roles …"""
    found: list[Difference] = []
    for node in second.nodes:
        before = first.by_id.get(node.id)
        if before is None:
            found.append(Difference(node.id, Text("{name} is new", name=_name(node))))
        else:
            found += _of_node(first, second, before, node)
    found += [
        Difference(node.id, Text("{name} is not there any more", name=_name(node)))
        for node in first.nodes
        if node.id not in second.by_id
    ]
    found += _of_ties(first, second)
    return tuple(sorted(found, key=lambda one: one.stance is None))


def _of_node(first: Network, second: Network, a: Node, b: Node) -> Iterator[Difference]:
    name = _name(b)
    if a.stands.stance != b.stands.stance:
        pair = (a.stands.stance, b.stands.stance)
        before, after = (stance_said(one) for one in pair)
        said = Text("{name}: {before} → {after}", name=name, before=before, after=after)
        yield Difference(b.id, said, pair)
    if a.stands.influence != b.stands.influence:
        before, after = (looks.number(one) for one in (a.stands.influence, b.stands.influence))
        yield Difference(
            b.id,
            Text("{name}: influence {before} → {after}", name=name, before=before, after=after),
        )
    if a.stands.coverage != b.stands.coverage:
        before, after = (looks.number(one) for one in (a.stands.coverage, b.stands.coverage))
        said = Text(
            "{name}: relationship {before} → {after}", name=name, before=before, after=after
        )
        yield Difference(b.id, said)
    if set(a.stands.roles) != set(b.stands.roles):
        before, after = _roles(a.stands.roles), _roles(b.stands.roles)
        yield Difference(
            b.id, Text("{name}: roles {before} → {after}", name=name, before=before, after=after)
        )
    if a.boss != b.boss:
        above = second.by_id.get(b.boss) if b.boss else None
        boss = _name(above) if above else looks.DASH
        yield Difference(b.id, Text("{name} reports to {boss}", name=name, boss=boss))
    if a.post != b.post:
        yield Difference(b.id, Text("{name}: now {post}", name=name, post=looks.cut(b.post, 40)))
    if a.name != b.name:
        yield Difference(b.id, Text("{name} instead of {before}", name=name, before=_name(a)))


_Key = tuple[TieKind, Id, Id]


def _of_ties(first: Network, second: Network) -> Iterator[Difference]:
    before, after = _ties(first), _ties(second)
    for key, tie in after.items():
        old = before.get(key)
        if old is None:
            yield Difference(tie.source, Text("New: {tie}", tie=tie_words(second, tie)))
        elif (old.strength, old.negative) != (tie.strength, tie.negative):
            said = Text(
                "{tie}: {before} → {after} of 3",
                tie=tie_words(second, tie),
                before=old.strength,
                after=tie.strength,
            )
            yield Difference(tie.source, said)
    for key, tie in before.items():
        if key not in after:
            yield Difference(tie.source, Text("No longer: {tie}", tie=tie_words(first, tie)))


def _ties(net: Network) -> Mapping[_Key, Tie]:
    return {(tie.kind, tie.source, tie.target): tie for tie in net.ties}


def _name(node: Node) -> str:
    return looks.cut(node.name or node.post, 40) or looks.said(Text("empty seat"))


def _roles(roles: tuple[Role, ...]) -> str:
    comma = "、" if looks.language() == "zh" else ", "
    return comma.join(looks.said(ROLE_WORDS[role]) for role in roles) or looks.DASH


class Side(NamedTuple):
    """Which map of the customer (None: its own), on which day (None: today)."""

    map: MapId | None = None
    day: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two maps drawn with what differs marked, and the differences in words."""

    first: ChainSeen
    second: ChainSeen
    drawings: tuple[Any, Any]
    differences: tuple[Difference, ...]


def read_compared(
    desk: "Workspace", account: AccountId, first: Side, second: Side, *, language: str
) -> Compared:
    """Return two maps of a customer against each other; who is on both stands alike."""
    left = read_seen(desk, account, map_id=first.map, day=first.day)
    right = read_seen(desk, account, map_id=second.map, day=second.day)
    found = differences(left.net, right.net)
    drawings = _drawn(left.net, right.net, found, language)
    return Compared(first=left, second=right, drawings=drawings, differences=found)


def _drawn(
    first: Network, second: Network, found: tuple[Difference, ...], language: str
) -> tuple[Any, Any]:
    """Return both as ``reportlab.graphics`` drawings."""
    changed = {one.node: _OTHER for one in found}
    gone = {**changed, **{n.id: _GONE for n in first.nodes if n.id not in second.by_id}}
    new = {**changed, **{n.id: _NEW for n in second.nodes if n.id not in first.by_id}}
    left = on_screen(picture(first, marked=gone))
    right = on_screen(picture(second, marked=new))
    sizes = sizes_for(max(left, right, key=lambda one: len(one.cards)), language=language)
    plan = organised(left, sizes)
    beside = organised(right, sizes, before=plan)
    return (
        map_drawing(left, plan, language=language),
        map_drawing(right, beside, language=language),
    )
