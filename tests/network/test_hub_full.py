"""A hub that takes nothing more: the desk says why, keeps what it has, and reads on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.hub_joined import Joined, Team, a_hub, joined, share

from kamdesk.core.ids import Id
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.files.model import Incoming
from kamdesk.hub.bounds import Bounds
from kamdesk.storage import arriving
from kamdesk.sync import blobs
from kamdesk.sync.contents_again import SEEN, send_lacking
from kamdesk.sync.desk import Direct
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.told import told


def found(desk: Joined, name: str) -> Account:
    accounts = desk.workspace.accounts
    made = accounts.new(name)
    accounts.add(made)
    return made


Pair = tuple[Team, Joined, Joined, Account]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with a_hub(tmp_path) as team:
        one, two = joined(tmp_path / "one", team, "one"), joined(tmp_path / "two", team, "two")
        account = found(one, "甲")
        two.round()
        share(one, team, "two", account.id)
        two.round()
        yield team, one, two, account
        one.close()
        two.close()


def card(desk: Joined, account: Id) -> Account:
    return next(one for one in desk.workspace.accounts.ask.everything() if one.id == account)


def change(desk: Joined, account: Id, **fields: str) -> None:
    was = card(desk, account)
    desk.workspace.accounts.change(replace(was, **fields), base=was, seen=desk.storage.position())


@pytest.mark.parametrize(
    ("bounds", "said"),
    [(Bounds(spare=2**62), "disk is full"), (Bounds(a_day=1, spare=0), "as much as it takes")],
)
def test_what_waits_waits_and_what_comes_comes(pair: Pair, bounds: Bounds, said: str) -> None:
    team, one, two, account = pair
    change(two, account.id, website="of two")
    two.round()
    team.hub.bounds = bounds
    change(one, account.id, phone="of one")
    with pytest.raises(HubTrouble) as trouble:
        one.round()
    assert (trouble.value.cause, said in trouble.value.said.source) == (Cause.FULL, True)
    assert trouble.value.after
    assert card(one, account.id).website == "of two", "it reads on"
    stands = told(one.storage)
    assert (stands.unsent, stands.quarantined) == (1, 0)
    assert stands.trouble == trouble.value.said
    team.hub.bounds = Bounds(spare=0)
    one.round()
    two.round()
    assert told(one.storage).trouble is None
    assert card(two, account.id).phone == "of one"


def test_control_a_hub_that_is_only_busy_lets_nothing_through(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    team, one, two, account = pair
    change(two, account.id, website="of two")
    two.round()
    team.hub.bounds = Bounds(spare=2**62)
    change(one, account.id, phone="of one")
    monkeypatch.setattr("kamdesk.sync.online._HELD_OFF", {})
    with pytest.raises(HubTrouble) as trouble:
        one.round()
    assert trouble.value.cause is Cause.BUSY
    assert card(one, account.id).website != "of two"


def test_a_file_there_is_no_room_for_stays_here_until_there_is(pair: Pair) -> None:
    team, one, two, account = pair
    paper = Incoming(name="paper.txt", data=b"figures of the year")
    one.workspace.files.keep(account.id, given=[paper])
    team.hub.bounds = Bounds(files=3, spare=0)
    one.round()
    two.round()
    [digest] = one.storage.reader.ask("SELECT digest FROM files").column()
    why = "SELECT why FROM content_trouble WHERE digest = ?"
    assert one.storage.reader.ask(why, digest).value() == arriving.NO_ROOM
    assert blobs.files_told(one.storage).kept_here == 1
    assert two.storage.reader.ask("SELECT count(*) FROM files").value() == 1, "its name is there"
    team.hub.bounds = Bounds(spare=0)
    one.storage.remember(SEEN, 0)
    assert send_lacking(Direct(one.storage), one.line) == 1
    assert one.storage.reader.ask(why, digest).value() is None
    assert one.line.lacking([digest.hex()]) == []
