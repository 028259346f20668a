"""From a customer's file and chain to the rows of the influence table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import AccessStep
from kamdesk.domain.chain.flow import Flow
from kamdesk.domain.chain.model import ROLE_WORDS, Role, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.power import weights
from kamdesk.domain.chain.standing import (
    LEVEL_WORDS,
    LINE_WORDS,
    PART_WORDS,
    SURENESS_WORDS,
    What,
)
from kamdesk.domain.people.model import NeedLevel
from kamdesk.domain.visits.model import KIND_WORDS as VISIT_WORDS
from kamdesk.domain.visits.model import Visit
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.figures.chain import CardKind
from kamdesk.papers.influence_table.content import Influence, Row
from kamdesk.papers.words import Words

_KINDS: Final = {
    NodeKind.PERSON: CardKind.PERSON,
    NodeKind.VACANT: CardKind.VACANT,
    NodeKind.GHOST: CardKind.GHOST,
    NodeKind.BODY: CardKind.BODY,
    NodeKind.OUTSIDE: CardKind.OUTSIDE,
}


def rows_of(
    file: CustomerFile,
    net: Network,
    *,
    stream: Flow | None,
    before: Network | None,
    coming: Mapping[Id, Visit],
    steps: Mapping[Id, AccessStep],
) -> tuple[Row, ...]:
    """Return everybody on the map: first whose word moves the decider most, then the heaviest.

    ``coming`` is the next planned visit by whom of theirs it is with, ``steps`` the next step of
    the open engagement plan for somebody.
    """
    heavy = weights(net)
    lever = stream.leverage if stream else {}

    def rank(node: Node) -> tuple[bool, float, float]:
        decides = stream is not None and node.id == stream.decider
        return not decides, -abs(lever.get(node.id, 0.0)), -heavy.get(node.id, 0.0)

    return tuple(
        replace(
            _row(file, net, node, before),
            number=number,
            next_move=_next(file, node, coming.get(node.id), steps.get(node.id)),
        )
        for number, node in enumerate(sorted(net.nodes, key=rank), 1)
    )


def _row(file: CustomerFile, net: Network, node: Node, before: Network | None) -> Row:
    stands, person = node.stands, file.people.get(PersonId(node.id))
    needs = file.needs.get(PersonId(node.id), [])
    stance = stands.stance
    then = before.by_id.get(node.id) if before else None
    was = then.stands.stance if then else None
    reading = node.latest.get(What.STANCE)
    seen = next((one for one in file.visits if reading and one.id == reading.source), None)
    met = file.last_met.get(node.id)
    how = next((one.kind for one in file.visits if met and one.start == met), None)
    named = sorted(
        (c for c in net.covered_by.get(node.id, ()) if c.colleague and c.colleague != node.owner),
        key=lambda cover: -(cover.now or 0),
    )
    return Row(
        kind=_KINDS[node.kind],
        name=node.name,
        post=node.post,
        department=node.department,
        level=LEVEL_WORDS[stands.level] if stands.level else "",
        line=LINE_WORDS[stands.line] if stands.line else "",
        roles=tuple(ROLE_WORDS[role] for role in stands.roles),
        fills=tuple(ROLE_WORDS[role] for role in node.wanted if not stands.roles),
        part=PART_WORDS[stands.part] if stands.part else "",
        veto=stands.veto,
        guide=stands.coach,
        decides=Role.DECIDER in stands.roles,
        influence=stands.influence,
        influences=_ties(net, node, outward=True),
        influenced_by=_ties(net, node, outward=False),
        need=_joined(need.words for need in needs if need.level is not NeedLevel.PERSONAL),
        motive=_joined(need.words for need in needs if need.level is NeedLevel.PERSONAL),
        focus=person.focus if person else "",
        stance=stance,
        stance_before=was if was is not None and was != stance else None,
        stance_wanted=stands.stance_wanted if stands.stance_wanted != stance else None,
        stale=net.stale(node, What.STANCE),
        project_stance=stands.project_stance if stands.project_stance != stance else None,
        rival=stands.rival,
        relation=stands.coverage,
        owner=file.name_of(node.owner),
        peer=file.name_of(named[0].colleague) if named else "",
        last_met=node.last_met,
        met_how=VISIT_WORDS[how] if how else "",
        evidence=(reading.note or _visit_said(seen)) if reading and reading.value else "",
        certainty=SURENESS_WORDS[reading.sureness] if reading and reading.sureness else "",
    )


def _ties(net: Network, node: Node, *, outward: bool) -> tuple[Influence, ...]:
    found = []
    for tie in net.ties:
        this, other = (tie.source, tie.target) if outward else (tie.target, tie.source)
        if tie.kind is TieKind.INFLUENCES and this == node.id:
            name = net.by_id[other].name or net.by_id[other].post
            found.append(Influence(name, tie.strength, tie.negative))
    return tuple(sorted(found, key=lambda one: -one.strength))


def _next(
    file: CustomerFile, node: Node, visit: Visit | None, step: AccessStep | None
) -> tuple[Words, ...]:
    """Return what comes next with somebody, two things at most.

    The visit planned, the step of their plan, what they promised; without any, our aim.
    """
    said: list[Words] = []
    if visit and visit.start:
        topic, day = visit.topic or visit.objective, visit.start.day.isoformat()
        said.append(
            Text("{day} {kind}: {topic}", day=day, kind=VISIT_WORDS[visit.kind], topic=topic)
        )
    if step:
        who = file.name_of(step.colleague) or Text("nobody named")
        by = step.due.isoformat() if step.due else Text("no day")
        said.append(Text("plan: {what} ({who}, {day})", what=step.what, who=who, day=by))
    for promise in file.open_promises():
        if promise.person == node.id and len(said) < 2:
            due = promise.due.isoformat() if promise.due else Text("no day")
            said.append(Text("they owe: {what} ({day})", what=promise.words, day=due))
    person = file.people.get(PersonId(node.id))
    if not said and person and person.our_aim:
        said.append(Text("aim: {aim}", aim=person.our_aim))
    return tuple(said)


def _visit_said(visit: Visit | None) -> Words:
    if visit is None or visit.start is None:
        return ""
    return Text("{kind} {day}", kind=VISIT_WORDS[visit.kind], day=visit.start.day.isoformat())


def _joined(words: Iterable[str]) -> str:
    return " · ".join(words)
