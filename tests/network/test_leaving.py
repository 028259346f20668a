"""Leaving a team, being shut out of it, and coming back to the same hub."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.desks import KEY, MORNING, untruths
from support.hub_joined import NO_RING, Team, a_shared_customer
from support.invented import a_person, an_account
from support.raw_pages import in_clear

from kamdesk.domain.files.model import Incoming
from kamdesk.hub import devices
from kamdesk.storage.exchange import unsent
from kamdesk.sync import joining, leaving, tokens
from kamdesk.sync.desk import Direct
from kamdesk.sync.leaving import Removed
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.rounds import HubRounds
from kamdesk.sync.running import Stopped
from kamdesk.sync.steps import forking


def test_who_leaves_keeps_what_was_made_here(team: Team, tmp_path: Path) -> None:
    one, other, account = a_shared_customer(tmp_path, team)
    own = an_account(other.workspace)
    gone = leaving.leave(Direct(other.storage), NO_RING, "", other.line)
    assert gone == Removed(hub="Hub", customers=1, kept=0, shut_out=False, at=MORNING.ms)
    assert leaving.removed(other.storage) == gone
    assert [a.id for a in other.workspace.accounts.ask.everything()] == [own.id]
    assert joining.known(other.storage) is None
    with pytest.raises(HubTrouble) as told:
        other.round()
    assert told.value.cause in (Cause.REVOKED, Cause.SHUT_OUT)
    leaving.leave(Direct(one.storage), NO_RING, "", None)
    assert [a.id for a in one.workspace.accounts.ask.everything()] == [account.id]
    for desk in (one, other):
        desk.close()


def test_who_leaves_keeps_what_was_made_here_under_a_number_given_up(
    team: Team, tmp_path: Path
) -> None:
    one, other, account = a_shared_customer(tmp_path, team)
    forking.take_number(one.storage, 4711)
    leaving.leave(Direct(one.storage), NO_RING, "", None)
    assert [a.id for a in one.workspace.accounts.ask.everything()] == [account.id]
    for desk in (one, other):
        desk.close()


def test_who_leaves_keeps_no_customer_that_was_taken_and_given_again(
    team: Team, tmp_path: Path
) -> None:
    one, other, account = a_shared_customer(tmp_path, team)
    seen = other.workspace.accounts.ask.get(account.id)
    changed = replace(seen, website="lanchuan.example")
    other.workspace.accounts.change(changed, base=seen, seen=other.storage.position())
    other.round()
    team.revoke("wang", account.id)
    other.round()
    assert other.workspace.accounts.ask.everything() == []
    team.grant("wang", account.id)
    other.round()
    assert [a.website for a in other.workspace.accounts.ask.everything()] == ["lanchuan.example"]
    leaving.leave(Direct(other.storage), NO_RING, "", other.line)
    assert other.workspace.accounts.ask.everything() == []
    for desk in (one, other):
        desk.close()


def test_a_lost_laptop_is_wiped_on_contact(team: Team, tmp_path: Path) -> None:
    """Fault 26: the token is dead, and what was exchanged is nowhere on the disk."""
    one, other, account = a_shared_customer(tmp_path, team)
    priced = Incoming(name="offer.txt", data=b"amber-heron-price " * 40)
    other.workspace.files.keep(account.id, given=[priced])
    other.round()
    a_person(other.workspace, account, "从未送出")
    file = tmp_path / "other" / "kamdesk.db"
    words = ("欧阳明珠".encode(), b"amber-heron-price")
    assert all(word in in_clear(file, KEY) for word in words)  # the control: it was there
    with team.hub.turn(team.tenant) as now:
        token = tokens.kept(other.storage)
        device = devices.known(now.connection, token)
        assert device is not None
        assert devices.revoke(now, device.device)
    heard: list[Removed] = []
    rounds = HubRounds(Direct(other.storage), NO_RING, "", removed=heard.append)
    with pytest.raises(HubTrouble) as told_why:
        rounds.round(0)
    assert told_why.value.cause is Cause.REVOKED
    rounds.close()
    assert [(gone.customers, gone.kept > 0, gone.shut_out) for gone in heard] == [(1, True, True)]
    assert leaving.removed(other.storage) == heard[0]
    assert other.workspace.accounts.ask.everything() == []
    assert tokens.kept(other.storage) == ""
    other.close()
    assert not any(word in in_clear(file, KEY) for word in words)
    one.close()


@pytest.mark.parametrize("shut_out", [True, False])
def test_who_was_out_may_come_back_to_the_same_hub(
    shut_out: bool, team: Team, tmp_path: Path
) -> None:
    one, other, account = a_shared_customer(tmp_path, team)
    own = an_account(other.workspace)
    if shut_out:
        leaving.shut_out(Direct(other.storage), NO_RING, "")
    else:
        leaving.leave(Direct(other.storage), NO_RING, "", other.line)
    invitation = team.invitation("wang", new=False)
    host = joining.look(invitation)
    joining.see_free(other.storage, host.url)
    enrolled = joining.ask_in(invitation, host, other.workspace.team.sits_here)
    joining.settle_in(other.storage, host, enrolled, token=enrolled.token, accounts=[own.id])
    assert leaving.removed(other.storage) is None
    rounds = HubRounds(Direct(other.storage), NO_RING, "")
    rounds.round(0)
    a_person(one.workspace, account, "赵敏")
    one.round()
    rounds.round(0)
    names = sorted(p.name for p in other.workspace.people.ask.everybody())
    assert names == sorted(["欧阳明珠", "赵敏"])
    assert {a.id for a in other.workspace.accounts.ask.everything()} == {account.id, own.id}
    assert unsent(other.storage) == []
    assert untruths(other.workspace) == untruths(one.workspace) == []
    rounds.close()
    for desk in (one, other):
        desk.close()


def test_what_was_begun_is_ended_when_it_was_cut_off(team: Team, tmp_path: Path) -> None:
    one, other, _ = a_shared_customer(tmp_path, team)

    class Dying:
        """A desk that dies at its third step."""

        def __init__(self) -> None:
            self.left = 3

        def do(self, step):  # type: ignore[no-untyped-def]
            self.left -= 1
            if not self.left:
                raise KeyboardInterrupt
            return step(other.storage)

    with pytest.raises(KeyboardInterrupt):
        leaving.shut_out(Dying(), NO_RING, "")
    assert leaving.is_under_way(other.storage)
    heard: list[Removed] = []
    rounds = HubRounds(Direct(other.storage), NO_RING, "", removed=heard.append)
    with pytest.raises(Stopped):
        rounds.round(0)
    assert [gone.shut_out for gone in heard] == [True]
    assert other.workspace.accounts.ask.everything() == []
    for desk in (one, other):
        desk.close()
