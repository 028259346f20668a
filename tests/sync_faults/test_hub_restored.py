"""Faults 12 and 13: the hub comes back from an old backup, or what answers is no hub."""

import pytest
from support.team import Team
from support.team_deeds import account, save, whole

from kamdesk.core.wording import Text
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.told import told
from kamdesk.sync.wire.messages import Answer, Exchange


def test_fault_12_desks_offer_anew_what_an_old_backup_lacks(each_team: Team) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§kept")
    assert team.at_rest() == []
    team.hub.copy()
    save(team, boss, phone="§boss later")
    save(team, other, short_name="§other later")
    assert team.at_rest() == []
    before = {desk.user: account(desk) for desk in team.desks}
    team.hub.set_back()
    save(team, other, website="§unsent when it came back")
    lost = team.hub.head()
    team.exchange(other)
    assert team.hub.head() > lost
    assert team.at_rest() == []
    for desk in team.desks:
        seen = account(desk)
        assert (seen.phone, seen.short_name) == ("§boss later", "§other later")
        assert seen.website == "§unsent when it came back"
        assert before[desk.user].id == seen.id


def test_fault_12_the_log_has_grown_past_where_it_was_before_anybody_comes(
    each_team: Team,
) -> None:
    """A desk comes back when the restored log is longer than the one it knew."""
    team = each_team
    boss, other, third = team.desks[0], team.colleague(), team.colleague("third")
    team.hub.copy()
    save(team, boss, website="§boss later")
    assert team.at_rest() == []
    team.hub.set_back()
    for n in range(5):
        save(team, third, phone=f"§third {n}")
        team.exchange(third)
    assert team.at_rest() == []
    assert (account(other).website, account(other).phone) == ("§boss later", "§third 4")


def test_fault_12_again_and_again(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    team.hub.copy()
    for n in range(3):
        save(team, boss, website=f"§boss {n}")
        save(team, other, phone=f"§other {n}")
        assert team.at_rest() == []
        team.hub.set_back()
    assert team.at_rest() == []
    assert (account(other).website, account(boss).phone) == ("§boss 2", "§other 2")


class _Answers:
    """A post on which every call ends in the same trouble."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause

    def exchange(self, ask: Exchange) -> Answer:
        raise HubTrouble(self.cause, Text("The hub cannot be reached."))

    snapshot = renumber = lacking = put_part = get_part = exchange


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause is not Cause.POSTED])
def test_fault_13_what_is_no_answer_changes_nothing_here(team: Team, cause: Cause) -> None:
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§unsent")
    save(team, boss, phone="§unsent too")
    before, unsent = whole(boss), told(boss.storage).unsent
    with pytest.raises(HubTrouble):
        Engine(boss, _Answers(cause), boss.clock, None).round()  # type: ignore[arg-type]
    assert whole(boss) == before
    assert told(boss.storage).unsent == unsent == 2
    assert team.at_rest() == []
    assert account(other).website == "§unsent"


def test_fault_13_an_emptied_hub_knows_nobody_and_takes_nothing(each_team: Team) -> None:
    team = each_team
    boss = team.desks[0]
    save(team, boss, website="§unsent")
    before = whole(boss)
    team.hub.emptied()
    with pytest.raises(HubTrouble) as told_:
        boss.round()
    assert told_.value.cause is Cause.SHUT_OUT
    assert whole(boss) == before


def test_fault_13_control_an_answer_taken_for_the_hubs_would_change_something(team: Team) -> None:
    boss = team.desks[0]
    save(team, boss, website="§unsent")
    before = whole(boss)
    team.exchange(boss)
    assert whole(boss) != before
