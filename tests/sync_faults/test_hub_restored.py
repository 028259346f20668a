"""Faults 12 and 13: the hub comes back from an old backup, or what answers is no hub."""

import dataclasses
from unittest.mock import patch

import pytest
from msgspec.structs import replace
from support.in_process import Fate
from support.team import Team
from support.team_deeds import account, accounts, in_review, look, person, save, whole
from support.team_desk import SkewedClock, TeamDesk

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.storage.inbox import Inbox
from kamdesk.storage.storage import Storage
from kamdesk.storage.team import ACCESS
from kamdesk.sync import quarantine
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.steps import epochs, forking, snapshots
from kamdesk.sync.told import lost_list, told
from kamdesk.sync.wire.messages import PROTO, Answer, Exchange, Scope, SnapshotAsk


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


def test_fault_12_rights_that_came_and_went_after_the_backup_are_heard_anew(
    each_team: Team,
) -> None:
    """The desk gave an account up; on the log put back it has it, as it had had it there."""
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§kept")
    assert team.at_rest() == []
    team.hub.copy()
    team.hub.revoke(other.user, account(other, "乙").id)
    team.true.move(minutes=1)
    team.exchange(other)
    assert accounts(other) == {"甲", "丙"}
    team.hub.set_back()
    assert team.at_rest() == []
    assert accounts(other) == {"甲", "乙", "丙"}


def test_fault_12_rights_given_after_the_backup_are_lost_with_it(each_team: Team) -> None:
    team = each_team
    other = team.let_in("other")
    team.hub.grant("other", account(team.desks[0], "乙").id)
    team.exchange(other)
    team.hub.copy()
    team.hub.grant("other", account(team.desks[0]).id)
    team.true.move(minutes=1)
    team.exchange(other)
    assert accounts(other) == {"甲", "乙"}
    team.hub.set_back()
    assert team.at_rest() == []
    assert accounts(other) == {"乙"}


def _only_the_colleague_comes(team: Team) -> TeamDesk:
    """A customer is made and shared after the backup; its maker does not come again."""
    boss, other = team.desks[0], team.let_in("other")
    team.exchange(other)
    team.hub.copy()
    made = dataclasses.replace(account(boss), id=AccountId(boss.storage.new_id()), name="丁")
    boss.workspace.accounts.add(made)
    team.exchange(boss)
    team.hub.grant("other", made.id)
    team.true.move(minutes=1)
    team.exchange(other)
    assert "丁" in accounts(other)
    team.hub.set_back()
    team.exchange(other)
    team.exchange(other)
    return other


def test_fault_12_what_the_log_put_back_never_heard_of_is_not_wiped(each_team: Team) -> None:
    assert "丁" in accounts(_only_the_colleague_comes(each_team))


def test_fault_12_what_only_another_desk_still_has_is_told_until_its_writer_comes(
    each_team: Team,
) -> None:
    other = _only_the_colleague_comes(each_team)
    boss = each_team.desks[0]
    (made,) = (one.id for one in other.workspace.accounts.ask.everything() if one.name == "丁")
    lost = lost_list(other.storage)
    assert {one.record for one in lost} == {made}
    assert "name" in {cell for one in lost for cell in one.cells}
    assert told(other.storage).lost == len(lost) > 0
    each_team.exchange(boss)
    each_team.hub.grant("other", made)
    each_team.exchange(other)
    assert (told(other.storage).lost, lost_list(other.storage)) == (0, [])
    assert "丁" in accounts(other)


def test_fault_12_what_only_another_desk_still_has_may_be_said_again_by_it(
    each_team: Team,
) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    assert team.at_rest() == []
    team.hub.copy()
    save(team, boss, website="§boss later", phone="§boss too")
    assert team.at_rest() == []
    team.hub.set_back()
    save(team, other, phone="§other since")
    for _ in range(2):
        team.exchange(other)
    assert told(other.storage).lost > 0
    done = quarantine.say_again(other.storage)
    assert {cell for _, _, cell in done.left} == {"phone"}  # written here since: it stays
    assert told(other.storage).lost == 0
    team.exchange(other)
    third = team.colleague("third")
    assert (account(third).website, account(third).phone) == ("§boss later", "§other since")
    assert team.at_rest() == []  # its writer comes after all: nothing stands twice
    assert {account(desk).website for desk in team.desks} == {"§boss later"}
    assert {told(desk.storage).lost for desk in team.desks} == {0}


def test_fault_12_control_without_saying_again_nobody_else_gets_it(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    assert team.at_rest() == []
    team.hub.copy()
    save(team, boss, website="§boss later")
    assert team.at_rest() == []
    team.hub.set_back()
    for _ in range(2):
        team.exchange(other)
    assert account(other).website == "§boss later"
    assert account(team.colleague("third")).website == ""


def test_fault_12_control_what_the_hub_does_not_give_goes(team: Team) -> None:
    with patch.object(snapshots, "_has_place", lambda storage, scope: True):
        assert "丁" not in accounts(_only_the_colleague_comes(team))


def _half_given(team: Team) -> list[str]:
    """Let a grant be lost with the hub while what it gives is on its way."""
    boss, other = team.desks[0], team.let_in("other")
    team.hub.grant("other", account(boss).id, "partner")
    save(team, boss, look(boss, person(boss)), focus="§before")
    team.exchange(boss)
    team.exchange(other)
    team.hub.copy()
    team.hub.grant("other", account(boss).id)
    save(team, boss, look(boss, person(boss)), focus="§after")
    team.exchange(boss)
    team.exchange(other, Fate.WELL, Fate.LOST)
    team.hub.set_back()
    return team.at_rest()


def test_fault_12_half_of_what_a_lost_grant_gave_does_not_stay(each_team: Team) -> None:
    assert _half_given(each_team) == []


def test_fault_12_control_half_a_record_is_noticed(team: Team) -> None:
    with patch.object(snapshots, "_half_here", lambda storage: set()):
        assert "rows are not what the log says" in _half_given(team)[0]


def test_fault_12_control_rights_not_heard_anew_leave_a_desk_without_its_account(
    team: Team,
) -> None:
    boss, other = team.desks[0], team.colleague()
    assert team.at_rest() == []
    team.hub.copy()
    team.hub.revoke(other.user, account(other, "乙").id)
    team.exchange(other)
    team.hub.set_back()
    plain = epochs.turn_back

    def turn_back(storage: Storage, **words: int) -> None:
        access = storage.number(ACCESS)
        plain(storage, **words)
        storage.remember(ACCESS, min(access, words["start"]))

    with patch.object(epochs, "turn_back", turn_back):
        save(team, boss, website="§new")
        assert any(line.startswith("1 ") for line in team.at_rest())


def _number_given_up(team: Team) -> list[str]:
    """Write under a second number; put the hub back to before it gave that one."""
    boss = team.desks[0]
    team.colleague()
    team.hub.copy()
    disk = boss.copied()
    save(team, boss, website="§first")
    team.exchange(boss)
    boss.set_back(disk)
    team.ledger.died(boss)
    save(team, boss, phone="§under another number")
    team.exchange(boss)
    assert boss.storage.number("dev") != team.hub.first_number(boss)
    team.hub.set_back()
    save(team, boss, short_name="§and on")
    return team.at_rest()


def test_fault_12_what_was_written_under_a_number_given_up_is_said_again(each_team: Team) -> None:
    team = each_team
    assert _number_given_up(team) == []
    other = team.desks[1]
    assert account(other).phone == "§under another number"
    assert account(other).short_name == "§and on"
    assert in_review(other) == {}


def test_fault_12_control_numbers_given_up_and_forgotten(team: Team) -> None:
    with patch.object(forking, "_stranded", lambda storage: []):
        assert any(line.startswith("3 ") for line in _number_given_up(team))


def _two_disks(team: Team) -> list[str]:
    """Put the hub back, and let the copy of a disk come before it under the same number."""
    boss, other = team.desks[0], team.colleague()
    clone = team.seated(
        boss.clone(team.folder / "clone", SkewedClock(team.true), team.person(boss).chance)
    )
    team.hub.copy()
    save(team, boss, look(boss, person(boss)), focus="§of the first disk")
    team.exchange(boss)
    team.exchange(other)
    team.hub.set_back()
    save(team, clone, website="§of the second disk")
    team.exchange(clone)
    return team.at_rest()


def test_fault_12_a_copied_disk_says_something_else_under_the_same_number(
    each_team: Team,
) -> None:
    team = each_team
    assert _two_disks(team) == []
    other = team.desks[1]
    assert person(other).focus == "§of the first disk"
    assert account(other).website == "§of the second disk"


def test_fault_12_control_the_number_alone_does_not_say_what_it_is(team: Team) -> None:
    with patch.object(Inbox, "_is_another", lambda *words: False):
        assert any(line.startswith("1 ") for line in _two_disks(team))


def test_fault_12_a_hub_put_back_in_the_middle_of_a_snapshot_begins_it_anew(
    each_team: Team,
) -> None:
    team = each_team
    boss, other = team.desks[0], team.let_in("other")
    team.exchange(other)
    team.hub.grant("other", account(boss).id)
    team.hub.copy()
    save(team, boss, website="§after the backup")
    team.exchange(boss)
    ask = SnapshotAsk(
        proto=PROTO,
        scopes=[Scope(account(boss).id.hex(), audience) for audience in ("internal", "partner")],
        limit=1,
    )
    assert other.post is not None
    first = other.post.snapshot(ask)
    team.hub.set_back()
    again = replace(ask, at=first.at.seq, after=first.after)
    page = other.post.snapshot(again)
    assert page.at.seq == team.hub.head() < first.at.seq
    assert [op.seq for op in page.ops] == [op.seq for op in other.post.snapshot(ask).ops]


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
        Engine(boss, _Answers(cause)).round()  # type: ignore[arg-type]
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
