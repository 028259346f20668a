"""From a customer's file to the content of the influence table."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import AccessStep, PlanState
from kamdesk.domain.access_plans.store import AccessPlanStore
from kamdesk.domain.chain.analysis import Analysis, analysed
from kamdesk.domain.chain.breadth import BREADTH_WORDS, Breadth
from kamdesk.domain.chain.flow import Path
from kamdesk.domain.chain.foremost import between_most, furthest
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.packs import SHIPPED, shipped
from kamdesk.domain.chain.rules import Pack
from kamdesk.domain.chain.standing import LINE_WORDS
from kamdesk.domain.chain.support import Support
from kamdesk.domain.opportunities.model import STEP_WORDS, Opportunity
from kamdesk.domain.visits.model import Visit, VisitState
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.chain_moves import moved_between
from kamdesk.dossier.chain_picture import picture
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.papers.chain_map.gather import MOVEMENT_DAYS, made_by, standing
from kamdesk.papers.influence_table.content import BodyLine, Gap, InfluenceTable, Way
from kamdesk.papers.influence_table.rows import rows_of
from kamdesk.papers.words import Words
from kamdesk.storage.database import Reader

LOG_DAYS: Final = 92
MOST_CHANGES: Final = 8
MOST_GAPS: Final = 8
_MOST_VISITS: Final = 3
"""Planned visits that are looked into for what comes next."""


def of_chain(
    reader: Reader,
    account: AccountId,
    map_id: MapId | None = None,
    *,
    at: Instant,
    made: Instant,
    me: ColleagueId | None = None,
    pack: Pack | None = None,
    quiet: Mapping[str, Text] = MappingProxyType({}),
) -> InfluenceTable:
    """Return a customer's influence table as of ``at``, made at ``made``.

    ``pack`` judges (the first shipped one without), ``quiet`` are its rules that were mostly noise.
    Raises ``LookupError`` for an account that is not there.
    """
    file = read_file(reader, account, at=at, map_id=map_id)
    net = read_chain(reader, account, at=at, map_id=map_id)
    before = read_chain(reader, account, at=at.plus(days=-MOVEMENT_DAYS), map_id=map_id)
    judged = analysed(net, pack=pack or shipped(SHIPPED[0]), before=before, quiet=quiet)
    coming, deal = _coming(reader, file), _deal(file)
    return InfluenceTable(
        customer=net.account_name,
        map_name=net.map.name if net.map else "",
        opportunity=deal.name if deal else "",
        step=_step(deal) if deal else "",
        decision_day=deal.expected if deal else None,
        decision_way=net.map.decision_way if net.map else "",
        bodies=tuple(
            BodyLine(b.name, b.meets, b.next_day) for b in file.bodies if b.id in net.by_id
        ),
        guides=tuple(node.name for node in net.people if node.stands.coach),
        day=net.day,
        made=made,
        made_by=made_by(reader, me),
        chain=picture(net, way_in=_first_way(judged)),
        rows=rows_of(
            file,
            net,
            stream=judged.flow,
            before=before,
            coming=coming,
            steps=_steps(reader, account),
        ),
        standing=_support(net, before, judged) if net.people else (),
        flow=_flow(net, judged),
        gaps=tuple(Gap(one.said, one.advice) for one in judged.findings if not one.quiet)[
            :MOST_GAPS
        ],
        ways=_ways(file, net, judged),
        moves=tuple(move.why for move in judged.next_moves),
        changes=_changes(reader, file, map_id),
        not_shown=len(file.hidden),
    )


def _deal(file: CustomerFile) -> Opportunity | None:
    """Return the opportunity of the map; of the customer's own map the only one that is open."""
    own = file.chain.opportunity if file.chain else None
    if own:
        return next((one for one in file.opportunities if one.id == own), None)
    still_open = [one for one in file.opportunities if one.open_on(file.day)]
    return still_open[0] if len(still_open) == 1 else None


def _step(deal: Opportunity) -> Text:
    return Text("step {step} of 9: {name}", step=deal.step, name=STEP_WORDS[deal.step])


def _coming(reader: Reader, file: CustomerFile) -> dict[Id, Visit]:
    """Return the next planned visit by whom of theirs it is with."""
    ahead = [
        one
        for one in file.visits
        if one.state is VisitState.PLANNED and one.start and one.start >= file.at
    ]
    store, found = VisitStore(reader), dict[Id, Visit]()
    for visit in sorted(ahead, key=lambda one: one.start or file.at)[:_MOST_VISITS]:
        for seat in store.attendees(visit.id):
            if seat.who:
                found.setdefault(seat.who, visit)
    return found


def _steps(reader: Reader, account: AccountId) -> dict[Id, AccessStep]:
    """Return the step to be done next of each open engagement plan, by its target."""
    plans, found = AccessPlanStore(reader), dict[Id, AccessStep]()
    for plan in plans.of_account(account):
        left = [step for step in plans.steps(plan.id) if step.done_on is None]
        if plan.state is PlanState.OPEN and left:
            found[plan.person] = min(left, key=lambda step: (step.due is None, step.due or Day.max))
    return found


def _first_way(judged: Analysis) -> tuple[Id, ...]:
    return tuple(step.target for step in judged.ways[0].steps) if judged.ways else ()


def _support(net: Network, before: Network, judged: Analysis) -> tuple[Words, ...]:
    """Return how far they lean to us, in which range, what pulls down; how broadly we stand."""
    said, footing = judged.support, judged.footing
    lines = list(standing(net, before))
    if said.score is None:
        low, high = round(said.low), round(said.high)
        lines.append(Text("anywhere between {low} and {high} of 100", low=low, high=high))
    else:
        lines += _pulling(net, said)
    if said.capped_by:
        name = net.by_id[said.capped_by].name
        lines.append(Text("held down while {name} is against us", name=name))
    how_broad = BREADTH_WORDS[footing.breadth]
    stands = footing.breadth is not Breadth.NONE
    lines.append(Text("we stand on {breadth}", breadth=how_broad) if stands else how_broad)
    if footing.unpaired:
        pairs = tuple(LINE_WORDS[line] for line in footing.unpaired)
        lines.append(Text("nobody of ours is paired on: {lines}", lines=pairs))
    return (*lines, said.assumed) if said.assumed else tuple(lines)


def _pulling(net: Network, said: Support) -> list[Words]:
    """Return the heaviest that pull the score down, and whose step would lift it most."""
    lines: list[Words] = [
        Text(
            "{name} costs {n} point",
            "{name} costs {n} points",
            name=net.by_id[term.node].name,
            n=-round(term.points),
        )
        for term in said.minus
        if round(term.points)
    ]
    best = max(said.step.items(), key=lambda step: step[1], default=None)
    if best and round(best[1]):
        lines.append(
            Text(
                "one step of {name} brings {n} point",
                "one step of {name} brings {n} points",
                name=net.by_id[best[0]].name,
                n=round(best[1]),
            )
        )
    return lines


def _flow(net: Network, judged: Analysis) -> tuple[Words, ...]:
    """Return the strongest ways of a word to the decider, in words."""
    stream = judged.flow
    if stream is None:
        return ()
    decider = net.by_id[stream.decider].name
    if not stream.paths:
        return (Text("Nobody is noted whose word reaches {name}.", name=decider),)

    def said(path: Path) -> Words:
        names = " → ".join(net.by_id[who].name or net.by_id[who].post for who in path.nodes)
        share = round(100 * path.share)
        if path.contrary:
            return Text("{names}: {share} %, to the contrary", names=names, share=share)
        return Text("{names}: {share} %", names=names, share=share)

    others = Text(
        "{share} % of what {name} thinks comes from others",
        share=round(100 * stream.others),
        name=decider,
    )
    return (others, *(said(path) for path in stream.paths), *_who_counts(net))


def _who_counts(net: Network) -> list[Words]:
    """Return whose word carries furthest over others, and between whom most of them stand."""
    found: list[Words] = []
    if far := furthest(net):
        found.append(Text("furthest reach: {names}", names=_names(net, far)))
    if between := between_most(net):
        found.append(Text("between most others: {names}", names=_names(net, between)))
    return found


def _names(net: Network, people: Iterable[Id]) -> tuple[str, ...]:
    return tuple(net.by_id[who].name or net.by_id[who].post for who in people)


def _ways(file: CustomerFile, net: Network, judged: Analysis) -> tuple[Way, ...]:
    found = []
    for way in judged.ways[:2]:
        first = way.steps[0].source
        ours: Words = file.name_of(first) or Text("one of us")
        names = (ours, *(net.by_id[step.target].name for step in way.steps))
        whys = tuple(step.why for step in way.steps)
        found.append(Way(names, way.success, whys, way.steps[-1].reason))
    return tuple(found)


def _changes(
    reader: Reader, file: CustomerFile, map_id: MapId | None
) -> tuple[tuple[Day, Words], ...]:
    first = file.day - timedelta(days=LOG_DAYS)
    moved = moved_between(reader, file.account.id, first, file.day, map_id=map_id)
    return tuple((one.day, one.said) for one in reversed(moved))[:MOST_CHANGES]
