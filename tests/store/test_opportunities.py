"""Opportunities: added, changed, won and lost; a map is in play while one is open."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.asked import scans, statements
from support.customers import lanchuan
from support.tables import living

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.money import Money
from kamdesk.domain.chain.standing import What
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.dossier.chain_view import read_chain
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture
def account(desk: Workspace) -> AccountId:
    """Return a customer with a decision chain."""
    return lanchuan(desk).account.id


def added(desk: Workspace, account: AccountId, name: str, **fields: object) -> Opportunity:
    """Return an opportunity in the file."""
    made = replace(desk.opportunities.new(account, name), **fields)  # type: ignore[arg-type]
    desk.opportunities.add(made)
    return desk.opportunities.ask.get(made.id)


def test_what_is_saved_is_what_is_read(desk: Workspace, account: AccountId) -> None:
    line_2 = added(
        desk, account, " 二号线\n状态监测 ", step=6, amount=Money(260_000_000), note="预算占位",
        expected=date(2026, 6, 30),
    )  # fmt: skip
    assert (line_2.name, line_2.step, line_2.amount) == ("二号线 状态监测", 6, Money(260_000_000))
    assert (line_2.since, line_2.state) == (TODAY, OpportunityState.OPEN)
    unknown = added(desk, account, "备件框架")
    assert (unknown.amount, unknown.expected) == (None, None)
    assert [one.name for one in desk.opportunities.ask.of_account(account)] == [
        "二号线 状态监测",
        "备件框架",
    ]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 2000}, "name"),
        ({"step": 10}, "step"),
        ({"amount": Money(-1)}, "amount"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    desk: Workspace, account: AccountId, fields: dict[str, object], at: str
) -> None:
    before = living(desk)
    with pytest.raises(RuleBroken) as refused:
        added(desk, account, **{"name": "二号线", **fields})  # type: ignore[arg-type]
    assert refused.value.field == at
    assert living(desk) == before


def test_each_deed_is_one_that_one_undo_takes_back(desk: Workspace, account: AccountId) -> None:
    verbs, seen = desk.opportunities, desk.storage.position()
    made = added(desk, account, "二号线")
    for deed in (
        lambda: verbs.change(replace(made, name="三号线"), base=made, seen=seen),
        lambda: verbs.settle(made.id, OpportunityState.WON, on=TODAY, seen=seen),
        lambda: verbs.settle(made.id, OpportunityState.LOST, on=TODAY, seen=seen),
        lambda: verbs.move(made.id, 7, seen=seen),
        lambda: verbs.drop(made.id),
    ):
        before = living(desk)
        deed()
        assert living(desk) != before
        desk.undo.undo()
        assert living(desk) == before


def test_it_is_not_won_before_it_began_and_may_be_opened_again(
    desk: Workspace, account: AccountId
) -> None:
    verbs, seen = desk.opportunities, desk.storage.position()
    made = added(desk, account, "二号线")
    with pytest.raises(RuleBroken) as refused:
        verbs.settle(made.id, OpportunityState.WON, on=TODAY - timedelta(days=1), seen=seen)
    assert refused.value.field == "settled_on"
    verbs.settle(made.id, OpportunityState.WON, on=TODAY, seen=seen)
    assert verbs.ask.get(made.id).settled_on == TODAY
    assert verbs.ask.lines() == []
    assert [line.state for line in verbs.ask.lines(settled=True)] == [OpportunityState.WON]
    verbs.settle(made.id, OpportunityState.OPEN, on=TODAY, seen=seen)
    assert verbs.ask.get(made.id).settled_on is None
    assert [line.id for line in verbs.ask.lines()] == [made.id]


def test_lines_come_by_the_day_expected_and_unknown_last(
    desk: Workspace, account: AccountId
) -> None:
    added(desk, account, "不知何时")
    added(desk, account, "六月", expected=date(2026, 6, 1))
    added(desk, account, "四月", expected=date(2026, 4, 1))
    lines = desk.opportunities.ask.lines()
    assert [line.name for line in lines] == ["四月", "六月", "不知何时"]
    assert {line.account_name for line in lines} == {"澜川轴承"}
    assert [line.name for line in desk.opportunities.ask.lines(most=1)] == ["四月"]
    assert desk.opportunities.ask.count() == 3


def test_a_map_is_in_play_on_the_days_its_opportunity_was_open(
    desk: Workspace, account: AccountId
) -> None:
    reader, chain = desk.storage.reader, desk.chain.open_map(account)

    def in_play(day: date) -> bool:
        return read_chain(reader, account, at=Instant.at(day, 9), map_id=chain.id).in_play

    assert not in_play(TODAY)
    first = added(desk, account, "二号线", since=date(2026, 2, 1))
    assert (in_play(TODAY), in_play(date(2026, 1, 31))) == (True, False)
    seen = desk.storage.position()
    desk.opportunities.settle(first.id, OpportunityState.LOST, on=date(2026, 3, 1), seen=seen)
    assert (in_play(TODAY), in_play(date(2026, 2, 20))) == (False, True)
    shelf = read_chain(reader, account, at=Instant.at(date(2026, 2, 20), 9)).shelf_days
    assert shelf(What.STANCE) == 90
    other = added(desk, account, "备件")
    own = desk.chain.open_map(account, "二号线", opportunity=first.id)
    assert in_play(TODAY)
    at = desk.clock.now()
    assert not read_chain(reader, account, at=at, map_id=own.id).in_play
    assert other.open_on(TODAY)


def test_the_list_comes_in_order_of_an_index(desk: Workspace, account: AccountId) -> None:
    added(desk, account, "四月", expected=date(2026, 4, 1))
    [asked] = statements(desk, lambda: desk.opportunities.ask.lines(most=50))
    assert scans(desk, asked) == ["opportunities by opportunities_expected"]
    execute = desk.storage.connection.execute
    plan = [row[3] for row in execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert not [line for line in plan if "TEMP B-TREE" in line]
