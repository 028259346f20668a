"""Faults 19 and 20: a snapshot cut anywhere, and one scope whose checksum is wrong."""

from unittest.mock import patch

import pytest
from msgspec.structs import replace
from support.in_process import Fate
from support.team import Team
from support.team_deeds import account, look, person, save, tag
from support.team_desk import TeamDesk

from kamdesk.sync.post import HubTrouble
from kamdesk.sync.steps import checking
from kamdesk.sync.told import reports, told
from kamdesk.sync.wire.messages import Answer, Done, Exchange, SnapshotAsk, SnapshotPage

PAGE = 4


def small_pages(desk: TeamDesk) -> list[SnapshotAsk]:
    """Let a desk's snapshots come in pages of a few ops; return what it asks, as it asks."""
    assert desk.post is not None
    asked: list[SnapshotAsk] = []
    plain = desk.post.snapshot

    def snapshot(ask: SnapshotAsk) -> SnapshotPage:
        asked.append(ask)
        return plain(replace(ask, limit=PAGE))

    desk.post.snapshot = snapshot  # type: ignore[method-assign]
    return asked


def _busy(team: Team) -> None:
    boss = team.desks[0]
    for n in range(6):
        somebody = boss.workspace.people.new(f"§person {n}", account(boss).id)
        with team.ledger.noting(boss):
            boss.workspace.people.add(somebody)
        save(team, boss, website=f"§website {n}")
    save(team, boss, look(boss, person(boss)), focus="§seen")
    team.exchange(boss)


def _newcomer(team: Team) -> TeamDesk:
    desk = team.let_in("newcomer")
    for one in team.accounts:
        team.hub.grant("newcomer", one.id)
    return desk


@pytest.mark.parametrize("fate", [Fate.LOST, Fate.UNANSWERED])
def test_fault_19_a_first_sync_cut_at_every_call_ends_whole(each_team: Team, fate: Fate) -> None:
    """Each attempt gets one call further before the line is cut; others write meanwhile."""
    team = each_team
    _busy(team)
    desk = _newcomer(team)
    asked = small_pages(desk)
    for calls in range(40):
        before = len(asked)
        desk.line.planned.extend([Fate.WELL] * (calls % 5) + [fate])
        try:
            with team.ledger.noting(desk):
                desk.round()
        except HubTrouble:
            pass
        else:
            if desk.line.planned:
                break
        desk.line.planned.clear()
        save(team, team.desks[0], phone=f"§written meanwhile {calls}")
        team.exchange(team.desks[0])
        assert len(asked) - before <= 6
    desk.line.planned.clear()
    assert team.at_rest() == []
    assert account(desk).phone == account(team.desks[0]).phone
    assert told(desk.storage).reports == 0


def test_fault_19_killed_at_every_step_of_a_first_sync(team: Team) -> None:
    _busy(team)
    desk = _newcomer(team)
    small_pages(desk)
    for steps in range(30):
        desk.killed_round(steps)
        team.exchange(team.desks[0])
    assert team.at_rest() == []
    assert told(desk.storage).reports == 0


def test_fault_19_an_interrupted_snapshot_goes_on_where_it_was(team: Team) -> None:
    _busy(team)
    desk = _newcomer(team)
    asked = small_pages(desk)
    desk.line.planned.extend([Fate.WELL, Fate.WELL, Fate.WELL, Fate.LOST])
    with pytest.raises(HubTrouble):
        desk.round()
    reached = asked[-1].after
    assert reached
    desk.line.planned.clear()
    del asked[:]
    team.exchange(desk)
    assert asked[0].after == reached
    assert team.at_rest() == []


def test_fault_19_control_a_page_that_lacks_an_op_is_noticed(team: Team) -> None:
    _busy(team)
    desk = _newcomer(team)
    small_pages(desk)
    assert desk.post is not None
    plain = desk.post.snapshot

    def snapshot(ask: SnapshotAsk) -> SnapshotPage:
        page = plain(ask)
        return replace(page, ops=page.ops[:-1])

    desk.post.snapshot = snapshot  # type: ignore[method-assign]
    assert team.at_rest() != []


def _spoil(desk: TeamDesk, record: bytes) -> None:
    """Let an op be missing from a desk's file, as a flipped bit or a bug would."""
    execute = desk.storage.connection.execute
    execute(
        "DELETE FROM op WHERE lid IN (SELECT max(lid) FROM op WHERE eid = ? AND seq IS NOT NULL)",
        (record,),
    )
    desk.restart()


def test_fault_20_only_the_scope_that_differs_is_fetched_again(each_team: Team) -> None:
    team = each_team
    other = team.colleague()
    save(team, team.desks[0], website="§one")
    assert team.at_rest() == []
    assert other.post is not None
    _spoil(other, account(other).id)
    asked: list[SnapshotAsk] = []
    plain = other.post.snapshot

    def snapshot(ask: SnapshotAsk) -> SnapshotPage:
        asked.append(ask)
        return plain(ask)

    with patch.object(other.post, "snapshot", snapshot):
        save(team, team.desks[0], phone="§touches the scope")
        save(team, team.desks[0], look(team.desks[0], account(team.desks[0], "乙")), website="§too")
        team.exchange(team.desks[0])
        team.exchange(other)
    scopes = {(scope.account, scope.audience) for ask in asked for scope in ask.scopes}
    assert {of for of, _ in scopes} == {account(other).id.hex()}
    assert len(scopes) == 1
    assert len(reports(other.storage)) == 1
    other.storage.connection.execute("DELETE FROM reports")
    assert team.at_rest() == []
    assert account(other).website == "§one"


def test_fault_20_control_without_checks_it_stays_wrong(team: Team) -> None:
    other = team.colleague()
    save(team, team.desks[0], website="§one")
    assert team.at_rest() == []
    _spoil(other, account(other).id)
    save(team, team.desks[0], phone="§touches the scope")
    team.exchange(team.desks[0])
    assert other.post is not None
    plain = other.post.exchange
    with patch.object(other.post, "exchange", lambda ask: replace(plain(ask), checks=[])):
        team.exchange(other)
    assert reports(other.storage) == []
    assert account(other).website != "§one"


def _page_by_page(team: Team) -> TeamDesk:
    """Return a desk that lacks an op of 甲, which only the first of many pages touches."""
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§one")
    assert team.at_rest() == []
    _spoil(other, account(other).id)
    save(team, boss, phone="§touches the scope")
    for n in range(2 * PAGE):
        save(team, boss, look(boss, account(boss, "乙")), website=f"§{n}")
    team.exchange(boss)
    return other


def _by_pages(desk: TeamDesk, *, checked: bool) -> list[bool]:
    """Let a desk exchange by small pages, with their checks or without; return what had more."""
    assert desk.post is not None
    plain, more = desk.post.exchange, []

    def exchange(ask: Exchange) -> Answer:
        answer = plain(replace(ask, limit=PAGE))
        if isinstance(answer, Done):
            more.append(answer.more)
            if answer.more and not checked:
                return replace(answer, checks=[])
        return answer

    with patch.object(desk.post, "exchange", exchange):
        desk.round()
    return more


def test_fault_20_a_scope_only_an_early_page_touches_is_compared(each_team: Team) -> None:
    team = each_team
    other = _page_by_page(team)
    more = _by_pages(other, checked=True)
    assert more.count(True) >= 2
    assert len(reports(other.storage)) == 1
    other.storage.connection.execute("DELETE FROM reports")
    assert team.at_rest() == []
    assert account(other).website == "§one"


def test_fault_20_control_with_checks_of_the_last_page_alone_it_stays_wrong(team: Team) -> None:
    other = _page_by_page(team)
    _by_pages(other, checked=False)
    assert reports(other.storage) == []
    assert account(other).website != "§one"


def test_fault_20_two_scopes_that_differ_on_different_pages_are_both_fetched(team: Team) -> None:
    boss = team.desks[0]
    other = _page_by_page(team)
    _spoil(other, account(other, "乙").id)
    _by_pages(other, checked=True)
    assert {report.account for report in reports(other.storage)} == {
        account(boss).id,
        account(boss, "乙").id,
    }
    other.storage.connection.execute("DELETE FROM reports")
    assert team.at_rest() == []


def _overtaken(team: Team) -> None:
    """Let somebody say blindly, in a scope given only then, what a colleague had said there."""
    boss, other = team.desks[0], team.let_in("other")
    team.person(boss).found("丁")
    team.exchange(boss)
    team.hub.grant("other", account(boss, "丁").id, "partner")
    team.exchange(other)
    tag(team, boss, "x", "丁")
    team.exchange(boss)
    team.exchange(other)
    tag(team, other, "x", "丁")
    team.hub.grant("other", account(boss, "丁").id)
    team.exchange(other)


def test_fault_20_what_was_written_over_comes_with_a_grant_too(each_team: Team) -> None:
    _overtaken(each_team)
    assert each_team.at_rest() == []


def test_fault_20_control_an_equal_sum_alone_leaves_it_out(team: Team) -> None:
    with patch.object(checking, "_begun_here", lambda _, scopes: scopes):
        _overtaken(team)
    assert "lacks" in team.at_rest()[0]
