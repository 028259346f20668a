"""Joining a served hub, being let in again, and the lease."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.certificates import certificate
from support.desks import MORNING, a_desk
from support.hub_joined import NO_RING, Team, a_shared_customer, content, joined, joins
from support.invented import a_person, an_account, contested
from support.memory_ring import MemoryRing

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.hub import devices
from kamdesk.storage import team as remembered
from kamdesk.storage.exchange import unsent
from kamdesk.storage.keys import KeyRing
from kamdesk.sync import joining, lease, tokens
from kamdesk.sync.desk import Direct
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.rounds import HubRounds
from kamdesk.sync.told import told


def test_looking_gives_nothing_away_and_shows_who_it_is(team: Team) -> None:
    invitation = team.invitation("lin")
    host = joining.look(invitation)
    assert (host.name, host.pinned) == ("Hub", True)
    assert host.fingerprint == team.at.place.fingerprint == invitation.fingerprint
    with team.hub.turn(team.tenant) as now:
        assert devices.devices(now.connection, team.tenant) == []


def test_a_hub_with_another_certificate_is_not_looked_at(team: Team) -> None:
    invitation = replace(team.invitation("lin"), fingerprint="0" * 64)
    with pytest.raises(HubTrouble) as told:
        joining.look(invitation)
    assert told.value.cause is Cause.UNTRUSTED


def test_an_invitation_holds_once(team: Team, tmp_path: Path) -> None:
    invitation = team.invitation("lin")
    host = joining.look(invitation)
    assert joining.ask_in(invitation, host, None).hub == "Hub"
    with pytest.raises(HubTrouble) as told:
        joining.ask_in(invitation, host, None)
    assert told.value.cause is Cause.SHUT_OUT
    assert "used" in told.value.said.plain


@pytest.mark.parametrize("offered", ["nothing", "one", "all"])
def test_what_exists_is_offered_by_choice(offered: str, team: Team, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    desk = a_desk(folder)
    first, second = an_account(desk), an_account(desk)
    chosen = {"nothing": [], "one": [first.id], "all": None}[offered]
    member = joins(desk, team, "lin", chosen)
    accounts = {op.scope[0] for op in unsent(member.storage)} - {None}
    expected = {"nothing": set(), "one": {first.id}, "all": {first.id, second.id}}
    assert accounts == expected[offered]
    assert member.round().quarantined == 0
    member.close()


def test_a_second_laptop_takes_over_who_its_user_is(team: Team, tmp_path: Path) -> None:
    first = joined(tmp_path / "first", team, "lin")
    first.round()
    folder = tmp_path / "second"
    folder.mkdir()
    desk = a_desk(folder, name="林晓彤")  # as the hub's record of her does not say it
    old = desk.team.me
    account = an_account(desk)
    desk.accounts.change(replace(account, owner=old), base=account, seen=desk.storage.position())
    invitation = team.invitation("lin", new=False)
    host = joining.look(invitation)
    enrolled = joining.ask_in(invitation, host, old)
    joining.settle_in(desk.storage, host, enrolled, token=enrolled.token, accounts=[])
    me = first.workspace.team.me
    assert desk.team.me == me != old
    assert desk.accounts.ask.get(account.id).owner == me
    rounds = HubRounds(Direct(desk.storage), NO_RING, "")
    rounds.round(0)
    rounds.close()
    assert [(one.id, one.name) for one in desk.team.ask.everybody()] == [(me, "lin")]
    assert contested(desk) == set()
    first.close()
    desk.close()


def test_whom_nobody_has_a_record_of_gets_one(team: Team, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    desk = a_desk(folder, name="")
    invitation = team.invitation("zhao")
    host = joining.look(invitation)
    enrolled = joining.ask_in(invitation, host, None)
    joining.settle_in(desk.storage, host, enrolled, token=enrolled.token, accounts=[])
    rounds = HubRounds(Direct(desk.storage), NO_RING, "")
    rounds.round(0)
    assert [(one.id, one.name) for one in desk.team.ask.everybody()] == [(desk.team.me, "zhao")]
    rounds.round(0)
    assert unsent(desk.storage) == []
    rounds.close()
    desk.close()


def test_the_token_lies_in_the_keyring_else_in_the_file(ring: MemoryRing, tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    token = "1-2-" + "x" * 43
    with_ring = KeyRing(ring)
    assert tokens.keep(with_ring, "w", token) == ""
    assert tokens.found(with_ring, "w", "") == token
    kept = tokens.keep(NO_RING, "w", token)
    tokens.note(desk.storage, kept)
    assert tokens.found(NO_RING, "w", tokens.kept(desk.storage)) == token
    desk.close()


def test_a_token_is_changed_for_a_fresh_one_and_the_old_one_dies_of_it(
    team: Team, tmp_path: Path
) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    old = tokens.kept(member.storage)
    member.storage.remember(tokens.SINCE, 0)
    rounds = HubRounds(Direct(member.storage), NO_RING, "")
    rounds.round(0)
    assert tokens.kept(member.storage) not in ("", old)
    rounds.round(0)
    with pytest.raises(HubTrouble) as told:
        member.round()  # its line still shows the old one
    assert told.value.cause is Cause.SHUT_OUT
    rounds.close()
    member.close()


def test_a_device_the_hub_does_not_know_is_let_in_again(team: Team, tmp_path: Path) -> None:
    one, other, account = a_shared_customer(tmp_path, team)
    a_person(one.workspace, account, "赵敏")
    invitation = team.invitation("lin", new=False)
    host = joining.look(invitation)
    with pytest.raises(RuleBroken):
        joining.see_free(one.storage, host.url)  # it is in good contact
    one.line.use("0" * 40)
    with pytest.raises(HubTrouble):
        one.round()
    joining.see_free(one.storage, host.url)
    enrolled = joining.ask_in(invitation, host, one.workspace.team.me)
    joining.settle_in(one.storage, host, enrolled, token=enrolled.token, accounts=[])
    rounds = HubRounds(Direct(one.storage), NO_RING, "")
    rounds.round(0)
    other.round()
    names = sorted(p.name for p in other.workspace.people.ask.everybody())
    assert names == sorted(["欧阳明珠", "赵敏"])
    assert unsent(one.storage) == []
    rounds.close()
    for desk in (one, other):
        desk.close()


def test_a_file_of_another_team_is_refused_before_the_invitation_is_used(
    team: Team, tmp_path: Path
) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    with pytest.raises(RuleBroken) as refused:
        joining.see_free(member.storage, "https://elsewhere.example")
    assert refused.value.field == "invitation"
    member.close()


def test_a_lease_runs_out_and_a_contact_begins_it_anew(team: Team, tmp_path: Path) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    an_account(member.workspace)
    before = unsent(member.storage)
    for days, over in ((29, False), (31, True)):
        member.storage.clock = StoppedClock(MORNING.plus(minutes=days * 1440))  # type: ignore[misc]
        assert lease.is_over(member.storage) is over
    with pytest.raises(lease.LeaseOver) as locked:
        lease.see(member.storage)
    assert "30 days" in locked.value.said.plain
    assert unsent(member.storage) == before
    until = told(member.storage).leased_until
    assert until is not None
    member.round()
    assert lease.is_over(member.storage) is False
    assert unsent(member.storage) == []
    member.close()


def test_a_clock_put_back_does_not_help_a_lease(team: Team, tmp_path: Path) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    member.storage.clock = StoppedClock(MORNING.plus(minutes=40 * 1440))  # type: ignore[misc]
    an_account(member.workspace)
    member.storage.clock = StoppedClock(MORNING)  # type: ignore[misc]
    assert lease.is_over(member.storage)
    member.close()


def test_contact_opens_a_file_whose_clock_was_ahead_and_was_put_right(
    team: Team, tmp_path: Path
) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    member.storage.clock = StoppedClock(MORNING.plus(minutes=366 * 1440))  # type: ignore[misc]
    an_account(member.workspace)
    member.round()
    member.storage.clock = StoppedClock(MORNING)  # type: ignore[misc]
    member.round()
    lease.see(member.storage)
    member.close()


def test_a_file_of_no_team_has_no_lease(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.storage.remember(remembered.LEASED_UNTIL, 1)
    assert lease.is_over(desk.storage) is False
    desk.close()


def test_a_failed_round_changes_nothing_of_the_file(team: Team, tmp_path: Path) -> None:
    member = joined(tmp_path / "desk", team, "lin")
    before = content(member.storage)
    member.line.use("0" * 40)
    with pytest.raises(HubTrouble) as told_why:
        member.round()
    assert told_why.value.cause is Cause.SHUT_OUT
    assert content(member.storage) == before
    member.close()


def test_only_a_certificate_is_an_authority(tmp_path: Path) -> None:
    file = tmp_path / "authority.pem"
    file.write_text(certificate(host="authority", ca=True).pem)
    assert "BEGIN CERTIFICATE" in joining.read_authority(file)
    for content_of_it in (b"hello", b"\xff" * 9, b"-----BEGIN CERTIFICATE-----" * 20_000):
        file.write_bytes(content_of_it)
        with pytest.raises(RuleBroken) as refused:
            joining.read_authority(file)
        assert refused.value.field == "authority"
