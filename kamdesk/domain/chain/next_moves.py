"""Who to work on next: where our word reaches somebody whose word reaches the decider."""

from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.flow import Flow, flow
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.power import weights
from kamdesk.domain.chain.standing import STANCE_WORDS

SUPPORTER: Final = 1
"""Where we want somebody of whom nobody said what we want."""


class NextMove(NamedTuple):
    """A person worth working on.

    ``worth`` = leverage × (wanted − now) ÷ 2 × our relation: by how much the decider's stance (−1
    to 1) may move through them. ``leverage`` and ``relation`` run from 0 to 1.
    """

    person: Id
    worth: float
    leverage: float
    relation: float
    why: Text


def worth_working_on(
    net: Network, *, most: int = 3, stream: Flow | None = None
) -> tuple[NextMove, ...]:
    """Return the people with most worth, best first; who does not know us is not among them.

    Leverage is that on the decider; where none is known, or nobody whose word reaches them, it is
    the person's share of all weight. ``stream`` is the flow of this network when the caller has it.
    """
    stream = stream or flow(net)
    if stream and not stream.others:
        stream = None
    heavy = weights(net)
    whole = sum(heavy.values())
    found = []
    for node in net.people:
        relation = net.relation(node.id)
        lever = stream.leverage.get(node.id, 0.0) if stream else heavy[node.id] / whole
        worth = lever * _gap(net, node) / 2 * relation
        if worth > 0:
            found.append(NextMove(node.id, worth, lever, relation, _why(net, node, lever, stream)))
    return tuple(sorted(found, key=lambda move: (-move.worth, move.person))[:most])


def _wanted(node: Node) -> int:
    return SUPPORTER if node.stands.stance_wanted is None else node.stands.stance_wanted


def _gap(net: Network, node: Node) -> int:
    return _wanted(node) - (net.stance(node) or 0)


def _why(net: Network, node: Node, lever: float, stream: Flow | None) -> Text:
    share = round(100 * lever)
    now, wanted = STANCE_WORDS[net.stance(node)], STANCE_WORDS[_wanted(node)]
    if stream is None:
        return Text(
            "{name} holds {share} % of the weight; now {stance}, wanted {wanted}",
            name=node.name,
            share=share,
            stance=now,
            wanted=wanted,
        )
    if node.id == stream.decider:
        return Text(
            "{name} decides and knows us; now {stance}, wanted {wanted}",
            name=node.name,
            stance=now,
            wanted=wanted,
        )
    return Text(
        "{name} makes {share} % of what {decider} thinks and knows us; now {stance},"
        " wanted {wanted}",
        name=node.name,
        share=share,
        decider=net.by_id[stream.decider].name,
        stance=now,
        wanted=wanted,
    )
