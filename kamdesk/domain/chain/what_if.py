"""What if a stance or a tie moved, or somebody left: the same map supposed otherwise, unsaved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.ids import Id, MapId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Tie, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import STANCE_WORDS, Reading, Standing, Sureness, What
from kamdesk.domain.chain.support import Support, known_stances, leaning, support

FIRMEST: Final = 2
COLD: Final = 0.05
"""The relation with which effort is reckoned for somebody we hardly know."""


class StanceMove(NamedTuple):
    """A person stands at ``value``, −2 to 2; None: nobody knows any longer."""

    person: Id
    value: int | None


class TieMove(NamedTuple):
    """``source`` influences ``target`` with strength 1–3, contrary or not; 0: no longer."""

    source: Id
    target: Id
    strength: int = 2
    negative: bool = False


class LeaveMove(NamedTuple):
    """A person leaves: their roles are open, their ties gone, their people under the next boss."""

    person: Id


Move = StanceMove | TieMove | LeaveMove


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What moves would do to the support; ``low`` to ``high`` is where it may end, 0 to 100.

    In that range everybody unknown stands at −2 or +2, who is only guessed one step off.
    """

    before: Support
    after: Support
    low: float
    high: float


class Cheap(NamedTuple):
    """A move with the points it brings and its effort (1: one step of somebody close to us)."""

    move: StanceMove
    gain: float
    effort: float
    why: Text


def supposing(net: Network, moves: Iterable[Move]) -> Network:
    """Return the network as if these moves had happened, one after the other."""
    for move in moves:
        match move:
            case StanceMove():
                net = _stance(net, move)
            case TieMove():
                net = _tie(net, move)
            case LeaveMove():
                net = _left(net, move.person)
    return net


def outcome(net: Network, moves: Iterable[Move]) -> Outcome:
    """Return the support before and after these moves, and the range it may end in."""
    supposed = supposing(net, moves)
    low, high = _range(supposed)
    return Outcome(before=support(net), after=support(supposed), low=low, high=high)


def cheapest(net: Network, *, most: int = 3) -> tuple[Cheap, ...]:
    """Return the moves that bring most for least effort: one step of one person each.

    Effort is one step divided by our relation to the person, half as much again for an opponent.
    People whose stance is unknown are to be asked first and are not among them.
    """
    stances = known_stances(net)
    now = leaning(net)
    found = []
    for who, stance in stances.items():
        if stance >= FIRMEST:
            continue
        gain = leaning(net, {**stances, who: stance + 1}) - now
        effort = (1.5 if stance < 0 else 1.0) / max(net.relation(who), COLD)
        if gain > 0:
            why = Text(
                "{name} from {stance} to {wanted}: {points} points",
                name=net.by_id[who].name,
                stance=STANCE_WORDS[stance],
                wanted=STANCE_WORDS[stance + 1],
                points=round(gain, 1),
            )
            found.append(Cheap(StanceMove(who, stance + 1), gain, effort, why))
    found.sort(key=lambda cheap: (-cheap.gain / cheap.effort, cheap.move.person))
    return tuple(found[:most])


def _range(net: Network) -> tuple[float, float]:
    """Return the points if all that is unsure turned out badly, and if it turned out well."""
    known, unknown = known_stances(net), support(net).unknown
    unsure = {who for who in known if net.by_id[who].stands.stance_sureness is Sureness.LOW}
    low, high = (
        leaning(
            net,
            {who: _within(stance + step * (who in unsure)) for who, stance in known.items()}
            | dict.fromkeys(unknown, step * FIRMEST),
        )
        for step in (-1, 1)
    )
    return low, high


def _within(stance: int) -> int:
    return max(-FIRMEST, min(FIRMEST, stance))


def _stance(net: Network, move: StanceMove) -> Network:
    def moved(node: Node) -> Node:
        # Without a reading behind it a value is as fresh as the supposition.
        latest: dict[What, Reading] = {
            what: said for what, said in node.latest.items() if what is not What.STANCE
        }
        stands = replace(
            node.stands,
            stance=move.value,
            stance_since=None if move.value is None else net.day,
            stance_sureness=None,
        )
        return replace(node, stands=stands, latest=MappingProxyType(latest))

    return replace(net, nodes=tuple(moved(n) if n.id == move.person else n for n in net.nodes))


def _tie(net: Network, move: TieMove) -> Network:
    kept = tuple(
        tie
        for tie in net.ties
        if (tie.kind, tie.source, tie.target) != (TieKind.INFLUENCES, move.source, move.target)
    )
    if not move.strength:
        return replace(net, ties=kept)
    ties = {tie.id for tie in net.ties}
    new = Tie(
        id=next(Id(b"%016x" % n) for n in count() if Id(b"%016x" % n) not in ties),
        account=net.account,
        map=net.map.id if net.map else MapId(Id(bytes(16))),
        kind=TieKind.INFLUENCES,
        source=move.source,
        target=move.target,
        strength=move.strength,
        negative=move.negative,
    ).checked()
    return replace(net, ties=(*kept, new))


def _left(net: Network, person: Id) -> Network:
    gone = net.by_id.get(person)
    if gone is None or gone.kind is not NodeKind.PERSON:
        return net
    place = gone.post_id or gone.id
    vacant = replace(
        gone,
        id=Id(place),
        kind=NodeKind.VACANT,
        name="",
        wanted=gone.stands.roles or gone.wanted,
        stands=Standing(),
        latest=MappingProxyType({}),
        last_met=None,
        owner=None,
    )

    def without(node: Node) -> Node:
        if node.id == person:
            return vacant
        return replace(
            node,
            boss=Id(place) if node.boss == person else node.boss,
            chair=None if node.chair == person else node.chair,
            secretary=None if node.secretary == person else node.secretary,
            members=tuple(who for who in node.members if who != person),
        )

    return replace(
        net,
        nodes=tuple(without(node) for node in net.nodes),
        ties=tuple(tie for tie in net.ties if person not in (tie.source, tie.target)),
        covers=tuple(cover for cover in net.covers if cover.node != person),
        contacts=MappingProxyType({who: n for who, n in net.contacts.items() if who != person}),
    )
