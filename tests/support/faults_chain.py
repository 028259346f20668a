"""What a user does on a decision chain: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from support.faults_seed import ACCOUNT, DAY, PEOPLE

from kamdesk.core.clock import Instant
from kamdesk.domain.chain.model import Map, Role, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.service import Chain
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.new_at_visit import Stranger
from kamdesk.dossier.seating import Seating
from kamdesk.storage.storage import Storage
from kamdesk.transfer.chart.indented import read_text
from kamdesk.transfer.chart.taking import Charts
from kamdesk.transfer.chart.ties import take_ties

CHEN, LI, _ = PEOPLE


def draw(s: Storage) -> None:
    """Save a map with two people tied, an empty seat, a group and a body."""
    chain = Chain(s)
    drawn = chain.open_map(ACCOUNT.id)
    chain.seat(drawn, CHEN.id, label=CHEN.name)
    chain.seat(drawn, LI.id, label=LI.name)
    chain.ghost(drawn, Role.INITIATOR, label="项目负责人")
    chain.join(chain.tie(drawn, TieKind.INFLUENCES, LI.id, CHEN.id, strength=3))
    chain.bodies.add(chain.bodies.new(ACCOUNT.id, "总办会"), members=(CHEN.id,))
    group = chain.seats.new_group(drawn, "财务部")
    chain.seats.make_group(drawn, group, _node(_seen(s), LI.name), on=DAY)


def _map(s: Storage) -> Map:
    return Chain(s).open_map(ACCOUNT.id)


def _seen(s: Storage) -> Network:
    return read_chain(s.reader, ACCOUNT.id, at=Instant.at(DAY, 18))


def _node(seen: Network, name: str) -> Node:
    return next(node for node in seen.nodes if node.name == name)


def _put_under(s: Storage) -> None:
    seen = _seen(s)
    Seating(s).put_under(
        _map(s), [_node(seen, LI.name)], _node(seen, CHEN.name), on=DAY, note="会上宣布"
    )


def _add(s: Storage) -> None:
    under, line = _node(_seen(s), CHEN.name), Stranger("赵磊", "二号产线", "经理")
    Seating(s).add(_map(s), line, on=DAY, under=under, roles=(Role.USER,))


def _add_ghost(s: Storage) -> None:
    under = _node(_seen(s), CHEN.name)
    Seating(s).add_ghost(_map(s), Role.BUYER, on=DAY, label="采购", under=under)


def _fill(s: Storage) -> None:
    seat = next(node for node in _seen(s).nodes if node.kind is NodeKind.GHOST)
    Seating(s).fill(_map(s), seat, Stranger("周楠", "", "项目经理"), on=DAY)


def _unseat(s: Storage) -> None:
    Chain(s).seats.unseat(_map(s), *_seen(s).nodes, on=DAY)


def _want(s: Storage) -> None:
    seat = _node(_seen(s), "项目负责人")
    Chain(s).seats.want(_map(s), seat, Role.INITIATOR, Role.USER, on=DAY)


def _call(s: Storage) -> None:
    Chain(s).seats.call(_node(_seen(s), "项目负责人"), "项目经理")


def _place(s: Storage) -> None:
    places = [(node, 40.0 * n, 80.0) for n, node in enumerate(_seen(s).nodes)]
    Chain(s).seats.place(_map(s), places, on=DAY)


def _make_group(s: Storage) -> None:
    seats = Chain(s).seats
    group = seats.new_group(_map(s), "总经办")
    seats.make_group(_map(s), group, _node(_seen(s), CHEN.name), on=DAY)


def _take_out(s: Storage) -> None:
    Chain(s).seats.put_in(_map(s), None, _node(_seen(s), LI.name), on=DAY)


def _change_tie(s: Storage) -> None:
    [tie] = _seen(s).ties
    Chain(s).ties.change(replace(tie, strength=1, note="听他的。" * 50), base=tie, on=DAY)


def _end_tie(s: Storage) -> None:
    Chain(s).ties.end(*_seen(s).ties, on=DAY)


def _change_body(s: Storage) -> None:
    [body] = Chain(s).ask.bodies(ACCOUNT.id)
    Chain(s).bodies.change(replace(body, meets="每月", chair=CHEN.id), base=body, members=[LI.id])


def _take_chart(s: Storage) -> None:
    charts = Charts(s)
    chart = read_text(
        f"{CHEN.name} 总经理\n  {LI.name} 财务总监\n    赵磊 二号线经理\n    空缺 出纳"
    )
    charts.take(charts.look(ACCOUNT.id, chart, map_id=_map(s).id), on=DAY, chain=_map(s))


def _change_map(s: Storage) -> None:
    drawn = _map(s)
    Chain(s).change_map(replace(drawn, decision_way="总办会定，财务先看。"), base=drawn)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "put under a boss": _put_under,
    "add on the map": _add,
    "add a seat under a boss": _add_ghost,
    "fill a seat": _fill,
    "take off the map": _unseat,
    "say which roles are wanted": _want,
    "name a seat": _call,
    "place on the map": _place,
    "make a group": _make_group,
    "take out of a group": _take_out,
    "change a tie": _change_tie,
    "end a tie": _end_tie,
    "change a body": _change_body,
    "change a map": _change_map,
    "take a chart in": _take_chart,
    "take ties in": lambda s: take_ties(
        s, _map(s), [(CHEN.name, LI.name), (LI.name, CHEN.name)], TieKind.CONFLICT, on=DAY
    ),
    "copy a map": lambda s: Chain(s).copy_map(_map(s), "二号线", on=DAY),
    "delete a map": lambda s: Chain(s).drop_map(_map(s)),
}
"""What is done to the map that ``draw`` draws."""
