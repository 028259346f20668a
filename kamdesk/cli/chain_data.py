"""A decision chain as data: people, ties, score, gaps, flow and ways in, for ``--json``."""

from collections.abc import Iterable, Sequence
from typing import Any

from kamdesk.cli.show import fields_of
from kamdesk.core.ids import Id
from kamdesk.domain.chain.analysis import Analysis
from kamdesk.domain.chain.finding import Finding, NotJudged
from kamdesk.domain.chain.flow import Flow
from kamdesk.domain.chain.foremost import between_most, furthest
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.support import Support
from kamdesk.domain.chain.way_in import WayIn
from kamdesk.domain.chain.what_if import Move, cheapest, outcome
from kamdesk.dossier.customer_file import CustomerFile

Data = dict[str, Any]


def chain_data(file: CustomerFile, net: Network, found: Analysis, ways: Iterable[WayIn]) -> Data:
    """Return a chain as ``product.md`` 6 gives its shape; further keys stand beside."""
    return {
        "account": file.account.id,
        "account_name": file.account.name,
        "as_of": file.day,
        "map": file.chain.id if file.chain else None,
        "map_name": file.chain.name if file.chain else "",
        "people": [_person(file, who, found) for who in file.on_map()],
        "ties": file.ties,
        "bodies": file.bodies,
        "support": found.support.score,
        "movement": found.support.movement,
        "support_parts": _parts(net, found.support),
        "gaps": [_gap(net, one) for one in found.findings],
        "not_judged": [_open(net, one) for one in found.not_judged],
        "flow": _flow(net, found.flow) if found.flow else None,
        "ways_in": [_way(net, way) for way in ways],
        "threads": found.threads.count,
        "effective_contacts": found.threads.effective,
        "cut": named(net, found.threads.cut),
        "furthest_reach": named(net, furthest(net)),
        "between_most": named(net, between_most(net)),
        "next": [
            {**_named(net, move.person), "worth": move.worth, "why": move.why}
            for move in found.next_moves
        ],
    }


def supposed_data(net: Network, moves: Sequence[Move]) -> Data:
    """Return what the moves would do, as a range, and the three cheapest moves there are."""
    came = outcome(net, moves)
    return {
        "what_if": {
            "before": came.before.score,
            "after": came.after.score,
            "low": came.low,
            "high": came.high,
            "cheapest": [
                {**_named(net, one.move.person), "to": one.move.value, "points": one.gain,
                 "effort": one.effort, "why": one.why}
                for one in cheapest(net)
            ],
        }
    }  # fmt: skip


def named(net: Network, people: Iterable[Id]) -> list[Data]:
    """Return people with their names."""
    return [_named(net, who) for who in people]


def _named(net: Network, who: Id) -> Data:
    node = net.by_id.get(who)
    return {"id": who, "name": (node.name or node.post) if node else ""}


def _person(file: CustomerFile, who: Any, found: Analysis) -> Data:
    claimed, place = found.salience.get(who), found.power_interest.get(who)
    return {
        "id": who,
        "name": file.name_of(who),
        "post": file.post_of[who].title if who in file.post_of else "",
        "reports_to": file.boss_of(who),
        "last_met": file.last_met.get(who),
        "claim": claimed.claim if claimed else None,
        "attention": place.attention if place else None,
        **fields_of(file.stands(who)),
    }


def _parts(net: Network, support: Support) -> Data:
    return {
        "low": support.low,
        "high": support.high,
        "known_power": support.known,
        "why_not": support.why_not,
        "minus": [{**_named(net, one.node), "points": one.points} for one in support.minus],
        "capped_by": _named(net, support.capped_by) if support.capped_by else None,
        "newcomers": named(net, support.newcomers),
        "steps": [
            {**_named(net, who), "points": points}
            for who, points in sorted(support.step.items(), key=lambda step: -step[1])
        ],
    }


def _gap(net: Network, finding: Finding) -> Data:
    return {
        "rule": finding.rule,
        "said": finding.said,
        "people": named(net, finding.people),
        "evidence": finding.evidence,
        "advice": finding.advice,
        "weight": finding.weight,
        "roles": finding.roles,
        "quiet": finding.quiet,
    }


def _open(net: Network, one: NotJudged) -> Data:
    return {
        "rule": one.rule,
        "said": one.said,
        "helps": one.helps,
        "people": named(net, one.people),
    }


def _flow(net: Network, flow: Flow) -> Data:
    moved = sorted(flow.leverage.items(), key=lambda pair: -abs(pair[1]))
    return {
        "decider": _named(net, flow.decider),
        "leverage": [{**_named(net, who), "leverage": n} for who, n in moved if n],
        "paths": [
            {"people": named(net, path.nodes), "share": path.share, "contrary": path.contrary}
            for path in flow.paths
        ],
    }


def _way(net: Network, way: WayIn) -> Data:
    ours: dict[Id, str] = {one.id: one.name for one in net.ours}

    def end(who: Id | None) -> Data | None:
        if who is None:
            return None
        return {"id": who, "name": ours[who]} if who in ours else _named(net, who)

    steps = [
        {
            "from": end(step.source),
            "to": end(step.target),
            "success": step.success,
            "why": step.why,
            "reason": step.reason,
        }
        for step in way.steps
    ]
    return {"success": way.success, "steps": steps}
