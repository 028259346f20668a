"""A day on the decision chain: a finding's evidence, the way in, an executive plan, a deal won."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.hand import Hand

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId
from kamdesk.desktop.chain.panel_row import LinkLine
from kamdesk.desktop.pages import Route
from kamdesk.domain.access_plans.model import PlanState
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.standing import What
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.domain.visits.model import Attendee, Side, VisitState
from kamdesk.dossier.chain_view import read_chain
from kamdesk.workspace import Workspace

THEN, LAST_MONTH = date(2025, 9, 10), Instant.at(date(2026, 2, 12), 18)

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A decider nobody met, and a supporter who moves him and was last seen half a year ago."""

    def a_chain(desk: Workspace) -> None:
        account = desk.accounts.new("澜川精密轴承有限公司")
        desk.accounts.add(account)
        chain = desk.chain.open_map(account.id)
        people = {}
        for name, role, influence in (("陈立新", Role.DECIDER, "5"), ("李敏", Role.APPROVER, "4")):
            person = desk.people.new(name, account.id)
            desk.people.add(person, title="总监")
            people[name] = person.id
            desk.chain.seat(chain, person.id, label=name)
            told = {What.ROLES: role.value, What.INFLUENCE: influence}
            desk.chain.judge(
                *(desk.chain.reading(chain, person.id, w, v, on=THEN) for w, v in told.items())
            )
        desk.chain.join(
            desk.chain.tie(
                chain, TieKind.INFLUENCES, people["李敏"], people["陈立新"], strength=3, since=THEN
            )
        )
        visit = replace(
            desk.visits.new(account.id, Instant.at(THEN, 10)), topic="交流", state=VisitState.HELD
        )
        desk.visits.plan(visit, Attendee.at(visit, people["李敏"], Side.THEIRS))
        told = {What.STANCE: "1", What.COVERAGE: "4"}
        desk.chain.judge(
            *(
                desk.chain.reading(chain, people["李敏"], w, v, on=THEN, source=visit.id)
                for w, v in told.items()
            )
        )
        desk.opportunities.add(desk.opportunities.new(account.id, "二号线状态监测"))

    return a_chain


def test_from_a_finding_to_a_deal_won(hand: Hand) -> None:
    (account,) = hand.asked(lambda desk: desk.accounts.ask.by_name("澜川精密轴承有限公司"))
    before = hand.asked(lambda desk: last_month(desk, account))
    assert {node.name for node in before.nodes} == {"陈立新", "李敏"}

    chain = at_chain(hand, account)
    panel = chain.surroundings.panel
    numbers = {one.rule: n for n, one in enumerate(panel.findings.spoken, 1)}
    hand.press(str(numbers["supporter_unseen"]))  # to the card of whom it is about
    assert chain.current.name == "李敏"
    evidence = next(one for one in panel.findChildren(LinkLine) if "交流" in one.accessibleName())
    evidence.setFocus()
    hand.press("Return")
    visit = hand.at("visit")
    assert hand.asked(lambda desk: desk.visits.ask.get(visit.visit)).topic == "交流"

    hand.press("Alt+Left")
    chain = hand.at("chain")
    chain.canvas.setFocus()
    hand.press("F")
    hand.type("陈立新")
    hand.press("Return", "W")
    ways = chain.surroundings.panel.ways.ways
    names = {node.id: node.name for node in chain.net.nodes}
    assert [names[step.target] for step in ways[0].steps] == ["李敏", "陈立新"]

    hand.program.application.window.go(Route("chain", account, "matrix"))
    matrix = hand.at("chain")
    hand.until(lambda: matrix.matrix is not None)
    hand.press("P")
    plan = hand.at("access_plan")
    hand.until(lambda: plan.content is not None)
    hand.press("C")
    assert "what we do next" in plan.field("our_next").row.refusal
    assert stored(hand, account).state is PlanState.OPEN
    for name, words in (("our_next", "提交试点方案"), ("their_next", "指定试点产线")):
        field = plan.field(name)
        field.begin()
        hand.type(words)
        hand.press("Ctrl+Return")
    hand.press("C")
    kept = stored(hand, account)
    assert (kept.state, kept.our_next) == (PlanState.CLOSED, "提交试点方案")
    assert kept.their_next == "指定试点产线"

    (deal,) = hand.asked(lambda desk: desk.opportunities.ask.of_account(account))
    hand.program.application.window.go(Route("opportunity", deal.id))
    hand.at("opportunity")
    hand.press("W")
    hand.told("Won: 二号线状态监测")
    (deal,) = hand.asked(lambda desk: desk.opportunities.ask.of_account(account))
    assert (deal.state, deal.settled_on) == (OpportunityState.WON, date(2026, 3, 12))

    chain = at_chain(hand, account)
    hand.press("S", "2")
    hand.type("asked for the offer")
    hand.press("Return")
    assert 2 in {node.stands.stance for node in chain.net.nodes}
    assert hand.asked(lambda desk: last_month(desk, account)) == before


def at_chain(hand: Hand, account: AccountId) -> Any:
    """Go to the map and to its first card."""
    hand.program.application.window.go(Route("chain", account))
    chain = hand.at("chain")
    hand.until(lambda: chain.canvas.cards)
    chain.canvas.setFocus()
    hand.press("Down")
    return chain


def stored(hand: Hand, account: AccountId) -> Any:
    """Return the only executive plan."""
    (plan,) = hand.asked(lambda desk: desk.access_plans.ask.of_account(account))
    return plan


def last_month(desk: Workspace, account: AccountId) -> Network:
    """Return the map as of a month ago."""
    return read_chain(desk.storage.reader, account, at=LAST_MONTH)
