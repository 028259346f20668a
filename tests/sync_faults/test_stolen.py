"""Fault 26: a laptop is stolen: its token is dead, its lease locks, and contact wipes it."""

import pytest
from sqlalchemy import update
from support.memory_ring import MemoryRing
from support.team import Team
from support.team_deeds import WORD, accounts, on_disk, save

from kamdesk.hub.schema import DEVICE
from kamdesk.hub.turn import writing
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.team import LEASED_UNTIL
from kamdesk.sync import lease, leaving
from kamdesk.sync.post import Cause, HubTrouble


def test_fault_26_a_revoked_token_is_dead_and_contact_wipes(each_team: Team) -> None:
    team = each_team
    stolen = team.colleague("stolen")
    save(team, team.desks[0], website=f"{WORD}.example")
    assert team.at_rest() == []
    assert on_disk(stolen)
    team.hub.shut_out(stolen)
    save(team, stolen, phone="§by the thief")
    with pytest.raises(HubTrouble) as trouble:
        stolen.round()
    assert trouble.value.cause is Cause.REVOKED
    assert "§by the thief" not in repr(team.hub.everything())
    leaving.shut_out(stolen, KeyRing(MemoryRing()), "workspace")
    assert accounts(stolen) == set()
    assert not on_disk(stolen)


def test_fault_26_control_a_hub_that_forgets_who_was_shut_out_lets_the_thief_in(
    team: Team,
) -> None:
    stolen = team.colleague("stolen")
    team.hub.shut_out(stolen)
    with writing(team.hub.hub.engine) as connection:
        connection.execute(update(DEVICE).values(revoked=None))
    save(team, stolen, phone="§by the thief")
    stolen.round()
    assert "§by the thief" in repr(team.hub.everything())
    assert accounts(stolen) == {"甲", "乙", "丙"}


def test_fault_26_control_a_lease_that_never_ends_locks_nobody_out(team: Team) -> None:
    other = team.colleague("stolen")
    other.storage.remember(LEASED_UNTIL, 2**53)
    team.true.move(days=31)
    lease.see(other.storage)


def test_fault_26_a_device_that_was_not_revoked_goes_on(team: Team) -> None:
    other = team.colleague("stolen")
    save(team, other, phone="§not stolen")
    assert team.at_rest() == []
    assert accounts(other) == {"甲", "乙", "丙"}


def test_fault_26_without_contact_the_lease_locks(team: Team) -> None:
    other = team.colleague("stolen")
    lease.see(other.storage)  # it has just had contact
    team.true.move(days=31)
    with pytest.raises(lease.LeaseOver):
        lease.see(other.storage)
    team.exchange(other)
    lease.see(other.storage)
