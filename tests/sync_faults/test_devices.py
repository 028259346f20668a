"""Fault 11: a backup put back, a disk copied: a new number, and nothing given twice."""

from unittest.mock import patch

import pytest
from support.team import Team
from support.team_deeds import account, save
from support.team_desk import SkewedClock, TeamDesk
from support.team_mutants import Mutant

from kamdesk.hub.push import Taking
from kamdesk.storage.inbox import Inbox


def _set_back(team: Team, *, with_new_writes: bool) -> list[str]:
    boss, other = team.desks[0], team.colleague()
    copy = boss.copied()
    save(team, boss, website="§sent")
    team.exchange(boss)
    team.exchange(other)
    boss.set_back(copy)
    team.ledger.died(boss)
    if with_new_writes:
        save(team, boss, phone="§after the copy")
    return team.at_rest()


@pytest.mark.parametrize("with_new_writes", [True, False])
def test_fault_11_a_backup_put_back_takes_a_new_number(
    each_team: Team, with_new_writes: bool
) -> None:
    team = each_team
    assert _set_back(team, with_new_writes=with_new_writes) == []
    boss = team.desks[0]
    assert account(boss).website == "§sent"
    if with_new_writes:
        assert account(team.desks[1]).phone == "§after the copy"
    save(team, boss, short_name="§later")
    assert team.at_rest() == []
    assert boss.storage.number("dev") != team.hub.first_number(boss)


def test_fault_11_control_without_the_check_writes_are_lost(team: Team) -> None:
    with Mutant.NO_FORK_CHECK.at_work():
        assert _set_back(team, with_new_writes=True) != []


def _cloned(team: Team) -> TeamDesk:
    boss = team.desks[0]
    return team.seated(
        boss.clone(team.folder / "clone", SkewedClock(team.true), team.person(boss).chance)
    )


@pytest.mark.parametrize("unsent", [True, False])
def test_fault_11_a_copied_disk_takes_a_new_number(each_team: Team, unsent: bool) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    if unsent:
        save(team, boss, website="§before the copy")
    clone = _cloned(team)
    save(team, boss, phone="§boss")
    save(team, clone, short_name="§clone")
    assert team.at_rest() == []
    seen = account(other)
    assert (seen.phone, seen.short_name) == ("§boss", "§clone")
    if unsent:
        assert seen.website == "§before the copy"
    numbers = {boss.storage.number("dev"), clone.storage.number("dev")}
    assert len(numbers) == 2


def test_fault_11_both_write_the_same_number_of_things_and_none_is_lost(each_team: Team) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    clone = _cloned(team)
    for n in range(4):
        save(team, boss, website=f"§boss {n}")
        save(team, clone, phone=f"§clone {n}")
    team.exchange(clone)
    team.exchange(boss)
    assert team.at_rest() == []
    assert (account(other).website, account(other).phone) == ("§boss 3", "§clone 3")


def test_fault_11_what_lay_unsent_on_a_disk_with_a_wrong_clock_is_said_once(team: Team) -> None:
    """One copy stamps it anew before the other finds it at the hub."""
    boss, other = team.desks[0], team.colleague()
    boss.clock.ahead = 86_400_000
    save(team, boss, website="§tomorrow")
    clone = _cloned(team)
    save(team, clone, phone="§clone")
    assert team.at_rest() == []
    assert [op.cells for op in team.hub.log() if op.cells.get("website")] == [
        {"website": "§tomorrow"}
    ]
    assert account(other).phone == "§clone"


def _both_anew(team: Team) -> list[str]:
    """Put the hub back; a third copy takes the next number, and two must say theirs anew."""
    boss = team.desks[0]
    team.colleague()
    third = _cloned(team)
    team.hub.copy()
    save(team, boss, website="§of both")
    team.exchange(boss)
    clock, chance = SkewedClock(team.true), team.person(boss).chance
    second = team.seated(boss.clone(team.folder / "second", clock, chance))
    team.hub.set_back()
    save(team, third, phone="§third")
    team.exchange(third)
    save(team, second, short_name="§second")
    return team.at_rest()


def test_fault_11_what_two_copies_say_anew_is_said_once(each_team: Team) -> None:
    team = each_team
    assert _both_anew(team) == []
    assert [op.cells for op in team.hub.log() if op.cells.get("website")] == [
        {"website": "§of both"}
    ]
    seen = account(team.desks[1])
    assert (seen.phone, seen.short_name) == ("§third", "§second")


def test_fault_11_control_two_copies(team: Team) -> None:
    with (
        patch.object(Inbox, "_make_room", lambda *words: None),
        patch.object(Taking, "_said_by_copies", lambda *_: {}),
    ):
        assert any("2 times" in line for line in _both_anew(team))


def test_fault_11_control_copied_disk(team: Team) -> None:
    with Mutant.NO_FORK_CHECK.at_work():
        boss = team.desks[0]
        clone = _cloned(team)
        save(team, boss, phone="§boss")
        save(team, clone, short_name="§clone")
        assert team.at_rest() != []


def _restored_after_the_revoke(team: Team) -> None:
    """Let a desk send something, lose the customer, and be set back to before it was sent."""
    other = team.colleague()
    save(team, other, phone="§of the copy")
    copy = other.copied()
    save(team, other, website="§after the copy")
    team.exchange(other)
    team.true.move(minutes=1)
    team.hub.revoke(other.user, account(other).id)
    other.set_back(copy)
    team.ledger.died(other)


def test_fault_11_what_may_not_be_read_any_more_is_not_taken_twice(each_team: Team) -> None:
    _restored_after_the_revoke(each_team)
    assert each_team.at_rest() == []


def test_fault_11_control_without_a_look_at_the_copies_it_is(team: Team) -> None:
    _restored_after_the_revoke(team)
    with patch.object(Taking, "_said_by_copies", lambda *_: {}):
        assert team.at_rest() == ["3 '§of the copy' is at the hub 2 times"]
