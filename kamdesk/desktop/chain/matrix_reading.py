"""What the matrix's side panel is given about one cell, read in the background."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kamdesk.core.ids import AccessPlanId, Id, VisitId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.access_plans.model import PlanState
from kamdesk.domain.chain.network import Cover, Network, Node
from kamdesk.domain.chain.standing import Reading, What
from kamdesk.domain.chain.way_in import Step, WayIn, no_way, ways_in
from kamdesk.dossier.cover_matrix import PAIRED, Spot

if TYPE_CHECKING:
    from kamdesk.core.clock import Day
    from kamdesk.domain.visits.model import Visit
    from kamdesk.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class CellSeen:
    """One cell in full. ``now`` and ``wanted`` are the judgements it shows, ``visit`` where the
    first was learnt. ``ways`` lead from this colleague, then from any of ours; none are looked for
    where they know each other already (``met``). ``plan`` is the executive plan for this person
    that is open, ``until`` its day.
    """

    spot: Spot
    node: Node
    cover: Cover
    now: Reading | None = None
    wanted: Reading | None = None
    visit: "Visit | None" = None
    met: bool = False
    ways: tuple[WayIn, ...] = ()
    no_way: Text | None = None
    names: Mapping[Id | None, str] = field(default_factory=dict)
    plan: AccessPlanId | None = None
    until: "Day | None" = None


def read_cell(desk: "Workspace", net: Network, spot: Spot) -> CellSeen:
    """Return what is known of one cell of the matrix of ``net``."""
    node = net.by_id[spot.person]
    covers = net.covered_by.get(node.id, ())
    cover = next(
        (one for one in covers if one.colleague == spot.colleague),
        Cover(node=node.id, colleague=spot.colleague),
    )
    last: dict[What, Reading] = {}
    for one in desk.chain.ask.readings_of(node.id, until=net.day):
        if net.map and (one.map, one.colleague) == (net.map.id, spot.colleague):
            last[one.what] = one
    now = last.get(What.COVERAGE)
    visit = desk.visits.ask.find(VisitId(now.source)) if now and now.source else None
    plan = next(
        (
            one
            for one in desk.access_plans.ask.of_account(net.account)
            if one.person == node.id and one.state is PlanState.OPEN
        ),
        None,
    )
    met = (cover.now or 0) >= PAIRED
    return CellSeen(
        spot=spot,
        node=node,
        cover=cover,
        now=now,
        wanted=last.get(What.COVERAGE_WANTED),
        visit=visit,
        met=met,
        ways=() if met else ways_for(net, spot),
        no_way=None if met else no_way(net, node.id),
        names=_names(net),
        plan=plan.id if plan else None,
        until=plan.aim_by if plan else None,
    )


def _names(net: Network) -> dict[Id | None, str]:
    names: dict[Id | None, str] = {node.id: node.name or node.post for node in net.nodes}
    return names | {one.id: one.name for one in net.ours}


def ways_for(net: Network, spot: Spot) -> tuple[WayIn, ...]:
    """Return the surest way of this colleague to a person, then that of any of ours."""
    own = tuple(cover for cover in net.covers if cover.colleague == spot.colleague)
    theirs = ways_in(replace(net, covers=own), spot.person, most=1) if spot.colleague else ()
    first = [way for way in theirs if way.steps[0].source == spot.colleague]
    led = [[step.target for step in way.steps] for way in first]
    others = [
        way for way in ways_in(net, spot.person) if [step.target for step in way.steps] not in led
    ]
    return (*first, *others)[:2]


def way_words(net: Network, way: WayIn) -> str:
    """Return a way in as a plan holds it: a line a step, whom to whom, with its reason."""
    names = _names(net)
    return "\n".join(
        f"{passes(names, step.source, step.target)}: {looks.said(step.reason)}"
        for step in way.steps
    )


def chained(names: Mapping[Id | None, str], steps: Sequence[Step]) -> str:
    """Return whom introductions lead through, the first of them ours: us → Li → Chen."""
    ways = [one.source for one in steps[:1]] + [one.target for one in steps]
    return " → ".join(_called(names, one) for one in ways)


def passes(names: Mapping[Id | None, str], source: Id | None, target: Id) -> str:
    """Return whom an introduction leads to whom."""
    return f"{_called(names, source)} → {_called(names, target)}"


def _called(names: Mapping[Id | None, str], who: Id | None) -> str:
    return looks.cut(names.get(who) or (looks.DASH if who else looks.said(Text("us"))), 30)
